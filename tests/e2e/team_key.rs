//! The life of the team's key in the window: extended, renewed, made safe for the worst day, ended from the envelope, and
//! replaced. gpg follows what is published.

use std::path::PathBuf;

use thirtyfour::By;

use crate::harness::{Outcome, Window, journey};
use crate::judges::Judges;

const SECOND_MAIL: &str = "astreinte@csirt-pdl.example";

#[tokio::test]
async fn the_key_of_the_team_lives_ends_and_is_replaced() -> Outcome {
    journey("team-key", async |window| {
        let lead = window.found_vault().await?;
        window.click("link", "Équipe et réglages").await?;
        window.click("link", "Clé de l’équipe").await?;
        let fingerprint = fingerprint(window).await?;

        extend(window).await?;
        replace_the_mail_reading_key(window).await?;
        add_a_name(window).await?;
        window.axe().await?;
        window.shots("cle-vivante").await?;
        gpg_finds_it_in_the_directory(window, &fingerprint).await?;
        back_up(window, &lead.recovery_key, &fingerprint).await?;
        ask_for_a_key_server(window).await?;
        let paper = prepare_the_envelope(window).await?;

        end_it_from_the_envelope(window, &paper).await?;
        take_another(window, &fingerprint).await
    })
    .await
}

async fn fingerprint(window: &Window) -> Outcome<String> {
    let place = window.find("region", "Empreinte").await?;
    let mut digits = String::new();
    for group in place.find_all(By::Css("li")).await? {
        digits.push_str(&group.text().await?);
    }
    assert_eq!(digits.len(), 40, "{digits}");
    Ok(digits)
}

async fn extend(window: &Window) -> Outcome {
    window.click("button", "Prolonger la clé").await?;
    window
        .find("dialog", "Prolonger la clé de l’équipe")
        .await?;
    window.click("radio", "3 ans").await?;
    window.axe().await?;
    window.shots("cle-prolonger").await?;
    window.click("button", "Prolonger").await?;
    window.says("Clé prolongée jusqu’au").await?;
    window.says("La clé a changé.").await
}

async fn replace_the_mail_reading_key(window: &Window) -> Outcome {
    window
        .click("button", "Remplacer la clé qui lit les courriels")
        .await?;
    window
        .find("alertdialog", "Remplacer la clé qui lit les courriels")
        .await?;
    window.click("button", "Remplacer la sous-clé").await?;
    window.says("Sous-clé remplacée.").await?;
    window.says("Remplacée").await
}

async fn add_a_name(window: &Window) -> Outcome {
    window.click("button", "Ajouter un nom").await?;
    window.fill("Adresse", "sans arobase").await?;
    window.press("Enter").await?;
    window
        .says("Indiquez un nom et une adresse complète")
        .await?;
    window.fill("Adresse", SECOND_MAIL).await?;
    window.press("Enter").await?;
    window.says("Nom ajouté à la clé.").await?;
    window.says(SECOND_MAIL).await
}

/// What lies in the directory is the key as it is now: both names, and two keys that encrypt, one of them replaced.
async fn gpg_finds_it_in_the_directory(window: &Window, fingerprint: &str) -> Outcome {
    window.click("button", "Exporter l’annuaire WKD").await?;
    window.says("Annuaire écrit dans").await?;
    let keys: Vec<PathBuf> = window
        .files()?
        .into_iter()
        .filter(|file| file.parent().is_some_and(|folder| folder.ends_with("hu")))
        .collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    let judges = Judges::new()?;
    for key in &keys {
        judges.gpg_imports_file(key)?;
    }
    let listed = judges.gpg_lists()?;
    assert!(
        listed.contains(fingerprint) && listed.contains(SECOND_MAIL),
        "{listed}"
    );
    assert_eq!(listed.matches("\nsub:").count(), 4, "{listed}");
    Ok(())
}

/// Only the recovery key that opens this vault is taken; gpg opens the file with it, and has the whole secret key.
async fn back_up(window: &Window, recovery_key: &[String], fingerprint: &str) -> Outcome {
    window.click("button", "Sauvegarder").await?;
    let mut typed = recovery_key.to_vec();
    typed.swap(0, 1);
    window
        .fill("Clé de secours imprimée", &typed.join(" "))
        .await?;
    window.press("Enter").await?;
    window.says("groupe 1").await?;
    window
        .fill(
            "Clé de secours imprimée",
            &recovery_key.join(" ").to_lowercase(),
        )
        .await?;
    window.press("Enter").await?;
    window.says("Sauvegarde écrite dans").await?;
    let files = window.files()?;
    let sealed = files
        .iter()
        .find(|file| {
            file.to_string_lossy().contains("cle-sauvegarde")
                && file.extension().is_some_and(|e| e == "asc")
        })
        .ok_or("no back-up was written")?;
    let judges = Judges::new()?;
    judges.gpg_opens_and_imports(sealed, &recovery_key.join("-"))?;
    let secret = judges.gpg_lists_secrets()?;
    assert!(secret.contains(fingerprint), "{secret}");
    Ok(())
}

/// No network: the key waits, and is taken off the list again.
async fn ask_for_a_key_server(window: &Window) -> Outcome {
    window.fill("Serveur", "ce n’est pas un serveur").await?;
    window.click("button", "Publier la clé").await?;
    window.says("Indiquez le nom d’un serveur").await?;
    window.fill("Serveur", "cles.example").await?;
    window.click("button", "Publier la clé").await?;
    window.says("En attente du réseau").await?;
    window
        .click("button", "Retirer cles.example de la liste")
        .await?;
    window.says_no_more("En attente du réseau").await
}

async fn prepare_the_envelope(window: &Window) -> Outcome<String> {
    window.click("button", "Préparer").await?;
    let dialog = window
        .find("dialog", "Certificat de révocation sous enveloppe")
        .await?;
    window
        .until("the certificate", async || {
            Ok(!dialog.find_all(By::Css("pre")).await?.is_empty())
        })
        .await?;
    let paper = dialog.find(By::Css("pre")).await?;
    let paper = paper.prop("textContent").await?.unwrap_or_default();
    window.axe().await?;
    window.shots("cle-enveloppe").await?;
    window.click("button", "Fermer").await?;
    // It goes on paper, never on the disk.
    let line = paper.lines().nth(3).ok_or("an empty certificate")?;
    assert_eq!(window.files_with(line)?, Vec::<PathBuf>::new());
    Ok(paper)
}

async fn end_it_from_the_envelope(window: &Window, paper: &str) -> Outcome {
    window.click("button", "Recopier").await?;
    window
        .fill("Certificat imprimé", "ce n’est pas le bon texte")
        .await?;
    window.click("button", "Révoquer la clé").await?;
    window
        .says("Ce texte n’est pas un certificat de révocation")
        .await?;
    window.fill("Certificat imprimé", paper).await?;
    window.click("button", "Révoquer la clé").await?;
    window.says("La clé de l’équipe est révoquée.").await?;
    window.axe().await?;
    window.shots("cle-revoquee").await
}

async fn take_another(window: &Window, before: &str) -> Outcome {
    window.click("button", "Prendre cette clé").await?;
    window.find("dialog", "Prendre une autre clé").await?;
    // It looks at the dialog once it stands still: what is pressed while it opens may miss.
    window.axe().await?;
    window.click("button", "Prendre cette clé").await?;
    window.says("La nouvelle clé est en service.").await?;
    window.find("heading", "Clés précédentes").await?;
    assert_ne!(fingerprint(window).await?, before);
    window.axe().await?;
    window.shots("cle-remplacee").await?;
    // The vault knows it for the next document too.
    window.click("link", "Vérification du journal").await?;
    window
        .click("button", "Vérifier toutes les chaînes")
        .await?;
    window.find("heading", "Le journal est intact.").await?;
    Ok(())
}
