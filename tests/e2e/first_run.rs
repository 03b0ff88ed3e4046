//! The first whole way: from an empty workstation to a signed summary that others can verify.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Utc};

use crate::finding::plain;
use crate::harness::{Outcome, Window, journey};
use crate::judges::Judges;
use crate::team::LEAD;

const ANALYST: &str = "Titouan Le Goff";
const OPERATOR: &str = "Nolwenn Kerbrat";
const COMPANY: &str = "Menuiserie Batardière";
const REQUESTER: &str = "Gaëtan Morvault";
/// Words of the call and of the notes that no file may hold in clear.
const CANARIES: [&str; 4] = [
    "martinet-des-greniers",
    "bergeronnette-grise",
    "chevalier-guignette",
    REQUESTER,
];

#[tokio::test]
async fn from_the_first_run_to_the_signed_summary() -> Outcome {
    journey("first-run", async |window| {
        let lead = window.found_vault().await?;
        window.click("link", "Équipe et réglages").await?;
        let analyst = window.add_person(ANALYST, "Analyste").await?;
        let operator = window.add_person(OPERATOR, "Opérateur").await?;
        window.lock().await?;

        let operator = window.unlock_first(OPERATOR, &operator).await?;
        take_the_call(window).await?;
        window.kill().await?;
        window.reopen().await?;
        window.unlock(OPERATOR, &operator).await?;
        find_the_draft_again(window).await?;
        let reference = end_the_call(window).await?;
        window.lock().await?;

        let analyst = window.unlock_first(ANALYST, &analyst).await?;
        qualify(window, &reference).await?;
        write_a_note_and_a_fact(window).await?;
        submit_the_summary(window).await?;
        window.lock().await?;

        window.unlock(LEAD, &lead.passphrase).await?;
        sign_the_summary(window).await?;
        let document = export_the_summary(window, &reference).await?;
        let signature = with_suffix(&document, ".asc");
        let key = public_key(window).await?;
        judge(&document, &signature, &key)?;
        verify_in_the_window(window, &reference, &document, &signature).await?;
        check_all_chains(window).await?;

        let passphrases = [lead.passphrase, operator, analyst];
        for canary in CANARIES
            .into_iter()
            .chain(passphrases.iter().map(String::as_str))
        {
            assert_eq!(
                window.files_with(canary)?,
                Vec::<PathBuf>::new(),
                "{canary}"
            );
        }
        Ok(())
    })
    .await
}

/// A joinery under ransomware calls; not everything is known.
async fn take_the_call(window: &Window) -> Outcome {
    window.press("Control+n").await?;
    window.find("form", "Formulaire de signalement").await?;
    window.fill("Nom de l’organisation", COMPANY).await?;
    window.fill("Effectif", "46").await?;
    window.fill("Commune", "La Roche-sur-Yon").await?;
    window.click_starting("option", "La Roche-sur-Yon").await?;
    window.says("Dans le périmètre de l’équipe.").await?;

    window.press("Alt+2").await?;
    window.fill("Prénom et nom", REQUESTER).await?;
    window.fill("Fonction", "dirigeant").await?;
    window.fill("Téléphone", "02 61 91 44 08").await?;

    window.fill("Constaté", "hier 16h30").await?;
    window.enter("Début supposé").await?;
    window.press("Control+j").await?;

    window.click("checkbox", "Rançongiciel").await?;
    let told = "Note de rançon sur le serveur de plans, signée martinet-des-greniers.";
    window
        .fill("Récit, avec les mots de l’appelant", told)
        .await?;
    window.fill("Machines touchées", "21").await?;
    window
        .enter("Antivirus, pare-feu, journaux, politiques")
        .await?;
    window.press("Control+j").await?;
    window.click("button", "Urgent").await?;

    let measure = ("group", "Coupez le réseau des machines touchées");
    window.click_in(measure, "checkbox", "Dit").await?;
    window.says("Dit à").await?;
    let last = "L’atelier est à l’arrêt.";
    window
        .fill("Conséquences pour l’organisation", last)
        .await?;
    window.says_no_more("Saisie en cours…").await?;
    window.says("Enregistré sur ce poste à").await
}

/// The process was killed during the call: every answer is still there.
async fn find_the_draft_again(window: &Window) -> Outcome {
    window
        .click("link", &format!("Reprendre {COMPANY}"))
        .await?;
    window.find("form", "Formulaire de signalement").await?;
    window.says("[URGENT]").await?;
    for (label, told) in [
        ("Nom de l’organisation", COMPANY),
        ("Effectif", "46"),
        ("Téléphone", "02 61 91 44 08"),
        ("Machines touchées", "21"),
        (
            "Conséquences pour l’organisation",
            "L’atelier est à l’arrêt.",
        ),
    ] {
        assert_eq!(plain(&window.value(label).await?), told, "{label}");
    }
    assert!(
        window
            .value("Récit, avec les mots de l’appelant")
            .await?
            .contains("martinet-des-greniers")
    );
    // « Je ne sais pas » is an answer, and kept as one.
    assert_eq!(window.value("Début supposé").await?, "");
    window.says("Ne sait pas, à redemander").await?;
    window.says("Dit à").await
}

/// The draft becomes a case with a reference.
async fn end_the_call(window: &Window) -> Outcome<String> {
    window.press("Control+Shift+Enter").await?;
    window.click("button", "Terminer et créer le cas").await?;
    let reference = format!("PDL-{}-0001", Utc::now().year());
    window.says(&format!("Cas {reference} créé")).await?;
    window.find("tab", "Résumé").await?;
    Ok(reference)
}

/// The analyst gives the case its category, severity, marking and consent.
async fn qualify(window: &Window, reference: &str) -> Outcome {
    window
        .click("link", &format!("Qualifier {COMPANY}"))
        .await?;
    window.says(reference).await?;
    window.press("2").await?;
    window.click("radio", "Incident").await?;
    window.says("Modifié : Type").await?;
    window.click("radio", "Confirmé").await?;
    assert!(
        window
            .find("checkbox", "Rançongiciel")
            .await?
            .is_selected()
            .await?
    );
    window.click("checkbox", "Fuite de données").await?;
    window
        .click_starting("radio", "3 L’essentiel de l’activité")
        .await?;
    window.click_starting("radio", "2 Aide extérieure").await?;
    window
        .click("checkbox", "Chiffrement en cours : G3 au moins")
        .await?;
    window.says("Chiffrement en cours : au moins G3.").await?;
    window.click_starting("radio", "TLP:AMBER+STRICT").await?;
    window.says("Modifié : TLP").await?;
    window
        .click("button", "Consigner la réponse : Transmettre au CERT-FR")
        .await?;
    window.click("radio", "Oui").await?;
    window.fill("Donné par", REQUESTER).await?;
    window.click("button", "Enregistrer").await?;
    window.says(&format!("Oui, par {REQUESTER}")).await?;
    window.press("s").await?;
    window.click("radio", "Qualification").await?;
    window.click("button", "Changer le statut").await?;
    window.says("Statut : Qualification").await
}

async fn write_a_note_and_a_fact(window: &Window) -> Outcome {
    window.press("n").await?;
    window
        .fill(
            "Nouvelle note",
            "Rappeler l’infogérant, mot de passe bergeronnette-grise.",
        )
        .await?;
    window.press("Control+Enter").await?;
    window.says("Note ajoutée").await?;
    window.click_starting("tab", "Chronologie").await?;
    window.click("button", "Ajouter un fait").await?;
    window.click("radio", "Action").await?;
    window
        .fill("En quelques mots", "Réseau de l’atelier coupé")
        .await?;
    window
        .fill(
            "Précision (facultatif)",
            "Commutateur chevalier-guignette débranché.",
        )
        .await?;
    window.click("button", "Ajouter").await?;
    window.says("Fait ajouté").await?;
    window.says("Signalement reçu par le CSIRT").await
}

/// The summary is looked at before it goes to the lead.
async fn submit_the_summary(window: &Window) -> Outcome {
    window.click("button", "Préparer la synthèse").await?;
    window
        .shows_a_page("Aperçu de la synthèse, Bénéficiaire, page 1 sur")
        .await?;
    window.click("button", "Soumettre à signature").await?;
    window.says("Synthèse soumise à signature").await?;
    window
        .says("Un document s’exporte une fois signé, ou remis par délégation.")
        .await
}

async fn sign_the_summary(window: &Window) -> Outcome {
    window.click_starting("link", "À signer").await?;
    window.shows_a_page("Synthèse").await?;
    window.click("button", "Signer").await?;
    window.find("alertdialog", "Signer ce document").await?;
    window.click("button", "Signer").await?;
    window.says("Document signé :").await
}

/// The signed document is written out in clear, by name, and the screen says where.
async fn export_the_summary(window: &Window, reference: &str) -> Outcome<PathBuf> {
    window.click_starting("link", "Cas").await?;
    window.click("link", &format!("[URGENT] {COMPANY}")).await?;
    window.click_starting("tab", "Documents").await?;
    window
        .click_starting("button", "Synthèse, Bénéficiaire")
        .await?;
    window.shows_a_page("Synthèse").await?;
    window.click("button", "Exporter").await?;
    window.click("button", "Écrire la copie en clair").await?;
    window.says("Copie en clair écrite dans").await?;
    let name = format!("{reference}-synthese.pdf");
    let files = window.files()?;
    let document = files.into_iter().find(|file| file.ends_with(&name));
    let document = document.ok_or(format!("no file is called {name}"))?;
    // It is the only PDF in clear, and this proves that the search for canaries can find.
    assert_eq!(window.files_with("%PDF-")?, [document.as_path()]);
    Ok(document)
}

/// The team's public key, as the screen shows it.
pub async fn public_key(window: &Window) -> Outcome<String> {
    window.click("link", "Équipe et réglages").await?;
    window.click("link", "Clé de l’équipe").await?;
    window.click("button", "Afficher la clé publique").await?;
    window.value("Texte de la clé publique").await
}

/// Programs that we did not write say good of the document, and bad of another.
fn judge(document: &Path, signature: &Path, key: &str) -> Outcome {
    let judges = Judges::new()?;
    judges.qpdf_finds_nothing_wrong(document)?;
    judges.gpg_imports(key)?;
    assert!(judges.gpg_says_good(signature, document)?);
    let other = judges.modified(document)?;
    assert!(!judges.gpg_says_good(signature, &other)?);
    Ok(())
}

async fn verify_in_the_window(
    window: &Window,
    reference: &str,
    document: &Path,
    signature: &Path,
) -> Outcome {
    let judges = Judges::new()?;
    let other = judges.modified(document)?;
    window.click("link", "Vérifier").await?;
    for (file, sentence) in [
        (
            document,
            "Signé par la clé de l’équipe, et inchangé depuis.",
        ),
        (
            other.as_path(),
            "Ce fichier n’est pas celui qui a été signé.",
        ),
    ] {
        window.give_file("Fichier", file).await?;
        window.give_file("Signature", signature).await?;
        window.click("button", "Vérifier").await?;
        window.find("heading", sentence).await?;
        window.click("button", "Vérifier un autre fichier").await?;
    }
    // Without its signature, the document is recognised by its bytes: the case keeps both.
    window.give_file("Fichier", document).await?;
    window.click("button", "Vérifier").await?;
    window
        .find(
            "heading",
            "Signé par la clé de l’équipe, et inchangé depuis.",
        )
        .await?;
    window.find("link", reference).await?;
    Ok(())
}

async fn check_all_chains(window: &Window) -> Outcome {
    window.click("link", "Équipe et réglages").await?;
    window.click("link", "Vérification du journal").await?;
    window
        .click("button", "Vérifier toutes les chaînes")
        .await?;
    window.find("heading", "Le journal est intact.").await?;
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    let path = PathBuf::from(name);
    assert!(fs::exists(&path).unwrap_or_default(), "{path:?}");
    path
}
