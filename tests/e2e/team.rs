//! What every journey begins with: a team founds its vault, people come in and leave.

use std::time::Duration;

use thirtyfour::By;

use crate::harness::{Outcome, Window};

/// Who answers for the team.
pub const LEAD: &str = "Aurore Vasselin";

/// A debug build on a busy machine writes a few cases in a second.
const DEMONSTRATION_PATIENCE: Duration = Duration::from_secs(90);

/// What the lead keeps of the first run.
pub struct Founded {
    pub passphrase: String,
    /// Nine groups, as on the printed sheet.
    pub recovery_key: Vec<String>,
}

impl Window {
    /// The whole first run of the known team, up to the open window.
    pub async fn found_vault(&self) -> Outcome<Founded> {
        self.find("heading", "Mettre Relais en service").await?;
        self.click("button", "Commencer").await?;
        self.see_the_known_profile().await?;
        self.click("button", "Continuer").await?;
        let passphrase = self.make_the_lead().await?;
        self.click("button", "Continuer").await?;
        let recovery_key = self.type_the_recovery_key_back().await?;
        self.click("button", "Continuer").await?;
        self.find("heading", "Une clé Ed25519, valable deux ans")
            .await?;
        self.click("button", "Créer le coffre").await?;
        self.find("heading", "Relais est prêt").await?;
        self.click("button", "Ouvrir Relais").await?;
        self.find("navigation", "Navigation principale").await?;
        Ok(Founded {
            passphrase,
            recovery_key,
        })
    }

    /// The profile of the known team is there from the start.
    pub async fn see_the_known_profile(&self) -> Outcome {
        self.find("heading", "Profil du CSIRT").await?;
        self.until("the profile of the known team", async || {
            Ok(self
                .value("Nom complet")
                .await?
                .contains("Pays de la Loire"))
        })
        .await
    }

    /// The lead's name, and a passphrase that Relais proposes.
    pub async fn make_the_lead(&self) -> Outcome<String> {
        self.find("heading", "Compte responsable").await?;
        self.fill("Prénom et nom", LEAD).await?;
        self.take_a_proposed_passphrase("Phrase de passe").await
    }

    /// Takes the passphrase that Relais proposes, and types it a second time.
    pub async fn take_a_proposed_passphrase(&self, label: &str) -> Outcome<String> {
        self.click("button", "Proposer une phrase").await?;
        self.until("a proposed passphrase", async || {
            Ok(!self.value(label).await?.is_empty())
        })
        .await?;
        let passphrase = self.value(label).await?;
        self.fill("La même, une seconde fois", &passphrase).await?;
        self.says("Suffisante").await?;
        Ok(passphrase)
    }

    /// The recovery key on the screen; the groups that are asked for are typed back.
    pub async fn type_the_recovery_key_back(&self) -> Outcome<Vec<String>> {
        let list = self.find("list", "Les neuf groupes de la clé").await?;
        let mut key = Vec::new();
        for group in list.find_all(By::Css(".mono")).await? {
            key.extend(group.prop("textContent").await?);
        }
        for label in self.names("field").await? {
            let number = label
                .strip_prefix("Groupe ")
                .and_then(|n| n.parse::<usize>().ok());
            if let Some(group) = number.and_then(|number| key.get(number - 1)) {
                self.fill(&label, group).await?;
            }
        }
        Ok(key)
    }

    /// The lead adds somebody, and is told the passphrase to hand over.
    pub async fn add_person(&self, name: &str, role: &str) -> Outcome<String> {
        self.click("button", "Ajouter une personne").await?;
        self.fill("Prénom et nom", name).await?;
        self.click("radio", role).await?;
        self.click("button", "Ajouter une personne").await?;
        let title = format!("Phrase provisoire de {name}");
        let dialog = self.find("alertdialog", &title).await?;
        let passphrase = dialog
            .find(By::Css(".mono"))
            .await?
            .prop("textContent")
            .await?;
        let passphrase = passphrase.ok_or("no passphrase is shown")?;
        self.click("button", "J’ai transmis la phrase").await?;
        self.says_no_more(&title).await?;
        self.says(name).await?;
        Ok(passphrase)
    }

    /// Locks with the keyboard.
    pub async fn lock(&self) -> Outcome {
        self.press("Control+l").await?;
        self.find("heading", "Déverrouiller Relais").await?;
        Ok(())
    }

    /// Somebody chooses their name and types a passphrase; what comes next is not looked at.
    pub async fn give_passphrase(&self, name: &str, passphrase: &str) -> Outcome {
        self.find("heading", "Déverrouiller Relais").await?;
        self.click_starting("radio", name).await?;
        self.fill("Phrase de passe", passphrase).await?;
        self.press("Enter").await
    }

    /// Opens the vault.
    pub async fn unlock(&self, name: &str, passphrase: &str) -> Outcome {
        self.give_passphrase(name, passphrase).await?;
        self.find("navigation", "Navigation principale").await?;
        Ok(())
    }

    /// Opens the vault for the first time, with a passphrase that must be changed at once.
    pub async fn unlock_first(&self, name: &str, temporary: &str) -> Outcome<String> {
        self.give_passphrase(name, temporary).await?;
        self.find("heading", "Choisir sa phrase de passe").await?;
        self.fill("Phrase provisoire", temporary).await?;
        let passphrase = self
            .take_a_proposed_passphrase("Nouvelle phrase de passe")
            .await?;
        self.click("button", "Enregistrer et ouvrir").await?;
        self.find("navigation", "Navigation principale").await?;
        Ok(passphrase)
    }

    /// Makes the demonstration vault: about two hundred invented cases.
    pub async fn make_the_demonstration(&self) -> Outcome {
        self.click("button", "Préparer la démonstration").await?;
        self.until_within(DEMONSTRATION_PATIENCE, "the demonstration", async || {
            Ok(self.text().await?.contains("Démonstration prête"))
        })
        .await
    }

    /// Makes the demonstration vault and opens it as its lead.
    pub async fn explore(&self) -> Outcome {
        self.make_the_demonstration().await?;
        self.click("button", "Ouvrir comme lead").await?;
        self.find("navigation", "Navigation principale").await?;
        Ok(())
    }
}
