//! Every screen, in both themes and at 200 %, under the eyes of axe-core; the pictures stay in
//! `target/shots`.

use std::mem;

use crate::harness::{Outcome, Window, journey};

/// Walks from screen to screen and gathers what axe-core finds, so that one walk tells all.
pub struct Tour<'window> {
    window: &'window Window,
    problems: Vec<String>,
}

impl<'window> Tour<'window> {
    pub fn of(window: &'window Window) -> Self {
        Self {
            window,
            problems: Vec::new(),
        }
    }

    /// Takes the pictures of this screen and lets axe-core examine it.
    pub async fn look(&mut self, name: &str) -> Outcome {
        if let Err(problem) = self.window.axe().await {
            self.problems.push(format!("{name}: {problem}"));
        }
        self.window.shots(name).await
    }

    pub fn end(&mut self) -> Outcome {
        match mem::take(&mut self.problems).join("\n") {
            problems if problems.is_empty() => Ok(()),
            problems => Err(problems.into()),
        }
    }
}

#[tokio::test]
async fn every_step_of_the_first_run() -> Outcome {
    journey("screens-first-run", async |window| {
        let mut tour = Tour::of(window);
        window.find("heading", "Mettre Relais en service").await?;
        tour.look("premier-lancement").await?;
        window.click("button", "Commencer").await?;
        window.see_the_known_profile().await?;
        tour.look("premier-lancement-profil").await?;
        window.click("button", "Continuer").await?;
        window.make_the_lead().await?;
        tour.look("premier-lancement-responsable").await?;
        window.click("button", "Continuer").await?;
        window.type_the_recovery_key_back().await?;
        tour.look("premier-lancement-secours").await?;
        window.click("button", "Continuer").await?;
        window
            .find("heading", "Une clé Ed25519, valable deux ans")
            .await?;
        tour.look("premier-lancement-cle").await?;
        window.click("radio", "Importer une clé").await?;
        window.field("Clé secrète en texte").await?;
        tour.look("premier-lancement-cle-importee").await?;
        window.click("radio", "Créer une clé").await?;
        window.click("button", "Créer le coffre").await?;
        window.find("heading", "Relais est prêt").await?;
        tour.look("premier-lancement-pret").await?;
        window.click("button", "Ouvrir Relais").await?;
        window.says("Le coffre est vide").await?;
        tour.look("tableau-de-bord-vide").await?;
        window.click("link", "Équipe et réglages").await?;
        let temporary = window.add_person("Titouan Le Goff", "Analyste").await?;
        window.lock().await?;
        tour.look("deverrouillage").await?;
        window.click("button", "Utiliser la clé de secours").await?;
        window
            .find("heading", "Rouvrir avec la clé de secours")
            .await?;
        tour.look("secours").await?;
        window.click("button", "Revenir au déverrouillage").await?;
        window.give_passphrase("Titouan", &temporary).await?;
        window.find("heading", "Choisir sa phrase de passe").await?;
        tour.look("phrase-provisoire").await?;
        tour.end()
    })
    .await
}

#[tokio::test]
async fn every_screen_before_a_case() -> Outcome {
    journey("screens-before-a-case", async |window| {
        let mut tour = Tour::of(window);
        window.make_the_demonstration().await?;
        tour.look("demonstration-prete").await?;
        window.click("button", "Ouvrir comme lead").await?;
        window.says("cas ouverts").await?;
        tour.look("tableau-de-bord").await?;

        window.press("Control+n").await?;
        take_a_call(window).await?;
        tour.look("signalement").await?;
        window.press("Control+Shift+Enter").await?;
        window.find("button", "Terminer et créer le cas").await?;
        tour.look("signalement-fin").await?;
        window.click("button", "Reprendre la saisie").await?;
        window.click_starting("link", "Signalements").await?;
        window.says("En cours de saisie").await?;
        tour.look("signalements").await?;

        window.click_starting("link", "Cas").await?;
        window.says("cas, en").await?;
        window
            .find_starting("complementary", "Aperçu du cas")
            .await?;
        tour.look("cas-liste").await?;
        window.click("button", "Filtrer").await?;
        window.find("dialog", "Filtrer").await?;
        tour.look("cas-filtres").await?;
        window.press("Escape").await?;
        window.press("/").await?;
        window.type_text("rançon").await?;
        window.says("Passage trouvé").await?;
        tour.look("cas-recherche").await?;
        window.press("Control+k").await?;
        window.find("dialog", "Chercher ou agir").await?;
        window.type_text("serveur").await?;
        window.says("résultats").await?;
        tour.look("cas-liste-palette").await?;
        tour.end()
    })
    .await
}

#[tokio::test]
async fn every_part_of_a_case() -> Outcome {
    journey("screens-case", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        open_the_gravest_case(window).await?;
        tour.look("cas-resume").await?;
        for (tab, shown, name) in [
            (
                "Qualification",
                "Nature de l’événement",
                "cas-qualification",
            ),
            ("Chronologie", "Signalement reçu par le CSIRT", "cas-detail"),
            ("Notes", "Nouvelle note", "cas-notes"),
            ("Contacts", "Ajouter un contact", "cas-contacts"),
            ("Journal", "écritures", "cas-journal"),
        ] {
            window.click_starting("tab", tab).await?;
            window.says(shown).await?;
            tour.look(name).await?;
        }
        window.click("button", "Changer le statut").await?;
        window.find("dialog", "Changer le statut").await?;
        tour.look("cas-statut").await?;
        window.press("Escape").await?;
        window.click("button", "Préparer la synthèse").await?;
        window.shows_a_page("Aperçu de la synthèse").await?;
        tour.look("cas-documents").await?;
        window.click("button", "Soumettre à signature").await?;
        window.says("Synthèse soumise à signature").await?;
        window.click_starting("link", "À signer").await?;
        window.shows_a_page("Synthèse").await?;
        tour.look("a-signer").await?;
        tour.end()
    })
    .await
}

#[tokio::test]
async fn every_screen_of_the_house() -> Outcome {
    journey("screens-house", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        window.click("link", "Vérifier").await?;
        window.find("heading", "Vérifier un fichier").await?;
        tour.look("verifier").await?;
        let file = window.folder().join("autre.pdf");
        std::fs::write(&file, "autre chose")?;
        window.give_file("Fichier", &file).await?;
        window.click("button", "Vérifier").await?;
        window
            .find(
                "heading",
                "Ce fichier ne correspond à aucun document de vos cas.",
            )
            .await?;
        tour.look("verifier-inconnu").await?;
        window.click("link", "RFC 2350").await?;
        window.find("heading", "RFC 2350").await?;
        window.says("à régler").await?;
        tour.look("rfc2350").await?;
        window.click("link", "Équipe et réglages").await?;
        for (link, name) in [
            ("Personnes", "equipe"),
            ("Profil du CSIRT", "equipe-profil"),
            ("Clé de l’équipe", "equipe-cle"),
            ("Réglages", "equipe-reglages"),
            ("Vérification du journal", "equipe-journal"),
            ("Ma phrase de passe", "equipe-phrase"),
            ("À propos", "equipe-a-propos"),
        ] {
            window.click("link", link).await?;
            window.find("heading", link).await?;
            tour.look(name).await?;
        }
        window.click("link", "Vérification du journal").await?;
        window
            .click("button", "Vérifier toutes les chaînes")
            .await?;
        window.find("heading", "Le journal est intact.").await?;
        tour.look("equipe-journal-verifie").await?;
        window.press("?").await?;
        window.find("dialog", "Raccourcis clavier").await?;
        tour.look("raccourcis").await?;
        tour.end()
    })
    .await
}

pub async fn take_a_call(window: &Window) -> Outcome {
    window.find("form", "Formulaire de signalement").await?;
    window
        .fill("Nom de l’organisation", "Menuiserie Batardière")
        .await?;
    window.fill("Effectif", "46").await?;
    window.fill("Commune", "Les Herbiers").await?;
    window.click_starting("option", "Les Herbiers").await?;
    window.press("Alt+2").await?;
    window.fill("Prénom et nom", "Gaëtan Morvault").await?;
    window.fill("Téléphone", "02 61 91 44 08").await?;
    window.fill("Constaté", "hier 16h30").await?;
    window.enter("Début supposé").await?;
    window.press("Control+j").await?;
    window.click("checkbox", "Rançongiciel").await?;
    window
        .fill(
            "Récit, avec les mots de l’appelant",
            "Les plans ne s’ouvrent plus, une note demande une rançon.",
        )
        .await?;
    window.click("button", "Urgent").await?;
    let measure = ("group", "Coupez le réseau des machines touchées");
    window.click_in(measure, "checkbox", "Dit").await?;
    window.says("Dit à").await?;
    window.says("Enregistré sur ce poste à").await
}

pub async fn open_the_gravest_case(window: &Window) -> Outcome {
    window.click_starting("link", "G3 et G4 ouverts").await?;
    window.says("cas, en").await?;
    window.press("/").await?;
    window.press("Down").await?;
    window.press("Enter").await?;
    window.find("tab", "Résumé").await?;
    Ok(())
}
