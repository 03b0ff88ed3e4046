//! From the triage of a case to the firm that the beneficiary chose, and five days later.

use chrono::Utc;

use crate::harness::{Outcome, Window, journey_begun};
use crate::screens::take_a_call;
use crate::team::LEAD;

const REQUESTER: &str = "Gaëtan Morvault";

#[tokio::test]
async fn a_case_is_given_to_a_firm_and_asked_after() -> Outcome {
    journey_begun(5, "firms", async |window| {
        let lead = window.found_vault().await?;
        take_the_firms_in(window).await?;
        window.press("Control+n").await?;
        take_a_call(window).await?;
        window.press("Control+Shift+Enter").await?;
        window.click("button", "Terminer et créer le cas").await?;
        window.find("tab", "Résumé").await?;
        window.click("link", "Trouver un prestataire").await?;
        change_the_needs(window).await?;
        draw_and_read_the_list(window).await?;
        note_the_choice(window).await?;
        window.axe().await?;

        // Five days go by.
        window.kill().await?;
        window.reopen().await?;
        window.unlock(LEAD, &lead.passphrase).await?;
        ask_after(window).await?;
        hand_the_case_over(window).await
    })
    .await
}

const FIRMS: &str = "Raison sociale;Ville;Zones;Sur place;Labels;Incidents;Prestations;Technologies;Capacité;Charte;Délai sur place;Délai de réponse;Interlocuteur;Téléphone;E-mail\n\
    Digue et Rempart;Saint-Nazaire;région 52;oui;ExpertCyber jusqu’au LABEL_ENDS;rançongiciel;endiguement, reconstruction;AD;3;2025-02-01;8;2;Anaïg Rédo;02 61 91 44 10;contact@digue.example\n\
    Ligérys Réponse;Angers;région 52;oui;PRIS jusqu’au LABEL_ENDS;rançongiciel;endiguement, reconstruction;AD;3;2025-02-01;8;2;Loïc Maresq;02 61 91 44 11;contact@ligerys.example\n\
    Bocalys;La Roche-sur-Yon;région 52;oui;ExpertCyber jusqu’au LABEL_ENDS;rançongiciel;endiguement, reconstruction;AD;3;2025-02-01;8;2;Yuna Perrac;02 61 91 44 12;contact@bocalys.example\n\
    Octobaie;Les Sables-d’Olonne;région 52;oui;PASSI;hameçonnage;audit;;2;2025-02-01;8;2;;;\n";

/// The table is tried first, then taken in.
async fn take_the_firms_in(window: &Window) -> Outcome {
    window.press("g").await?;
    window.press("p").await?;
    window.click("button", "Importer un tableau").await?;
    window.find("dialog", "Importer un tableau").await?;
    let table = window.folder().join("prestataires.csv");
    let next_year = Utc::now().date_naive() + chrono::Days::new(365);
    std::fs::write(&table, FIRMS.replace("LABEL_ENDS", &next_year.to_string()))?;
    window
        .give_file_in(("dialog", "Importer un tableau"), &table)
        .await?;
    window.says("4 lignes").await?;
    window.click("button", "Importer").await?;
    window.says("4 prestataires").await
}

/// What the call adds to the triage: whom the insurer agrees with, who is there already, where it is; and back.
async fn change_the_needs(window: &Window) -> Outcome {
    window.says("3 remplissent les critères exigés").await?;
    window.unfold("Bénéficiaire et assurance").await?;
    window
        .fill("Prestataires agréés par l’assureur", "Ligérys Réponse")
        .await?;
    window.says("1 remplit les critères exigés").await?;
    window
        .fill("Prestataire déjà sur place", "Ligérys Réponse")
        .await?;
    window.says("Aucun ne remplit les critères exigés").await?;
    window.click("button", "Reprendre du cas").await?;
    window.says("3 remplissent les critères exigés").await?;
    window.fill("Lieu", "Saint-Nazaire").await?;
    window.click_starting("option", "Saint-Nazaire").await?;
    window.says("Modifiés à la main.").await?;
    window.click("button", "Reprendre du cas").await
}

/// Three fit, and the fourth is told why not; the list is drawn, kept, read, and noted as read.
async fn draw_and_read_the_list(window: &Window) -> Outcome {
    window.says("3 remplissent les critères exigés").await?;
    window.says("sur 4 référencés").await?;
    window.click("button", "Garder cette liste").await?;
    window.click("button", "Vérifier le tirage").await?;
    window
        .says("les mêmes données donnent la même liste")
        .await?;
    window.click("button", "Lire au téléphone").await?;
    window.find("dialog", "À lire au téléphone").await?;
    window.says("02 61 91 44 12").await?;
    window.click("button", "Noter comme lue").await?;
    window.says("Lue au téléphone le").await
}

async fn note_the_choice(window: &Window) -> Outcome {
    window.click("button", "Noter le choix : Bocalys").await?;
    window
        .find("dialog", "Choix du bénéficiaire : Bocalys")
        .await?;
    window.click("radio", "Oui").await?;
    window.fill("Répondu par", REQUESTER).await?;
    window.click("button", "Noter le choix").await?;
    window.find("heading", "Suivi de Bocalys").await?;
    Ok(())
}

/// The day’s screen tells whom to ask; what was heard is noted, and the firm’s record learns it.
async fn ask_after(window: &Window) -> Outcome {
    window.find_starting("heading", "Suivis à faire").await?;
    window.says("Bocalys").await?;
    window.says("J+5 : aujourd’hui").await?;
    window.picture("suivi-cinq-jours").await?;
    window.click_starting("link", "Suivre").await?;
    window.find("heading", "Suivi de Bocalys").await?;
    window.click("button", "Noter le suivi").await?;
    window.find("dialog", "Suivi de Bocalys").await?;
    window
        .click("button", "Premier contact le : aujourd’hui")
        .await?;
    window.click("button", "Enregistrer le suivi").await?;
    window.says("Prochain point dans 14 jours").await
}

async fn hand_the_case_over(window: &Window) -> Outcome {
    window
        .click("link", "Créer le document de transmission")
        .await?;
    window.click("button", "Soumettre à signature").await?;
    window.says("Synthèse soumise à signature").await?;
    window.click_starting("link", "À signer").await?;
    window.shows_a_page("Transmission").await?;
    window.click("button", "Signer").await?;
    window.find("alertdialog", "Signer ce document").await?;
    window.click("button", "Signer").await?;
    window.says("Document signé :").await
}
