//! The RFC 2350 document: the lead settles it, signs two versions and hands them over; programs that we did not write
//! judge what was handed over.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Days, Local, NaiveDate};
use serde_json::json;

use crate::harness::{Outcome, Window, journey};
use crate::judges::Judges;

const MISSION: &str = "Ordre de mission, texte français";
const SITE: &str = "https://csirt.example";
/// Typed for the first version, and in its place for the second.
const FIRST: &str = "Aider les organisations de la région, dont la guilde des luthiers.";
const SECOND: &str = "Aider les organisations de la région, dont la guilde des tonneliers.";

#[tokio::test]
async fn the_document_is_settled_signed_and_judged_by_others() -> Outcome {
    journey("rfc2350", async |window| {
        window.found_vault().await?;
        window.press("g").await?;
        window.press("f").await?;
        find_what_is_to_be_settled(window).await?;
        write_the_mission(window, FIRST).await?;
        window.look("rfc2350-section").await?;
        let today = Local::now().date_naive();
        let yesterday = today.checked_sub_days(Days::new(1)).ok_or("no yesterday")?;
        settle(window, yesterday).await?;
        look_at_the_draft(window).await?;
        publish(window, "1.1").await?;
        let first = export(window, "1.1").await?;

        write_the_mission(window, SECOND).await?;
        window.click("link", "Vue d’ensemble").await?;
        window
            .says("Modifié depuis la version 1.1, à signer")
            .await?;
        for (fix, finding) in [
            (
                "Augmenter la version",
                "ne dépasse pas celle qui est publiée",
            ),
            (
                "Mettre la date du jour",
                "n’est pas plus récente que celle de la publication",
            ),
        ] {
            apply(window, fix, finding).await?;
        }
        publish(window, "1.2").await?;
        let second = export(window, "1.2").await?;
        compare(window).await?;

        judge(&first, "luthiers", "1.1")?;
        judge(&second, "tonneliers", "1.2")?;
        Ok(())
    })
    .await
}

impl Window {
    /// What everyone can read, and its pictures.
    async fn look(&self, name: &str) -> Outcome {
        self.axe()
            .await
            .map_err(|problem| format!("{name}: {problem}"))?;
        self.shots(name).await
    }
}

/// The team begins with the document that it had; nothing can be signed yet.
async fn find_what_is_to_be_settled(window: &Window) -> Outcome {
    window.find("heading", "RFC 2350").await?;
    window.find("region", "Points à régler").await?;
    window.says("points à régler avant de signer").await?;
    window.says("Le document n’a pas de mention TLP.").await?;
    let publish = window.find("button", "Signer et publier").await?;
    assert_eq!(
        publish.attr("aria-disabled").await?.as_deref(),
        Some("true")
    );
    window.shows_a_page("Pages du brouillon, en français").await
}

/// Types a text, sees it kept, and says that the English still holds.
async fn write_the_mission(window: &Window, text: &str) -> Outcome {
    window.click_starting("link", "3. Charte").await?;
    window.fill(MISSION, text).await?;
    window.says("Enregistré").await?;
    window
        .click("button", "L’anglais est à jour : Ordre de mission")
        .await?;
    window.says("Anglais relu : Ordre de mission").await?;
    assert_eq!(window.value(MISSION).await?, text);
    Ok(())
}

/// Settles what blocks: what Relais can fix by itself, then what only a person knows.
async fn settle(window: &Window, dated: NaiveDate) -> Outcome {
    window.click("link", "Vue d’ensemble").await?;
    for (fix, finding) in [
        (
            "Retirer l’identifiant court",
            "est désignée par un identifiant court",
        ),
        ("Ajouter les TPE", "Les PME sont nommées, pas les TPE."),
    ] {
        apply(window, fix, finding).await?;
    }
    let identification = ("region", "Identification");
    window.fill_in(identification, "Version", "1.1").await?;
    date(window, dated).await?;
    window
        .click_in(("group", "Marquage TLP"), "radio", "TLP:CLEAR")
        .await?;
    for (place, address) in [
        ("Où trouver ce document (1.3)", "rfc2350.pdf"),
        ("Où les changements sont annoncés (1.2)", "annonces"),
        (
            "Où trouver la clé publique (1.4 et 2.8)",
            "cle-publique.asc",
        ),
    ] {
        window
            .fill_in(("group", place), "Adresse", &format!("{SITE}/{address}"))
            .await?;
    }
    window
        .fill(
            "Adresse du fichier security.txt (facultatif)",
            &format!("{SITE}/.well-known/security.txt"),
        )
        .await?;
    window.says_no_more("à régler avant de signer").await
}

/// Presses a fix; what was found is settled, and the list moves up.
async fn apply(window: &Window, fix: &str, finding: &str) -> Outcome {
    window.says(finding).await?;
    window.click_starting("button", fix).await?;
    window.says(&format!("{fix} : fait")).await?;
    window.says_no_more(finding).await
}

/// Gives the field its day as its calendar would: in which order the parts of a date are typed hangs on the locale.
async fn date(window: &Window, day: NaiveDate) -> Outcome {
    let field = window.field("Date de cette version").await?;
    let script = "const [field, day] = arguments;
        field.focus();
        field.value = day;
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))";
    let day = json!(day.to_string());
    window
        .page()
        .execute(script, vec![field.to_json()?, day])
        .await?;
    Ok(())
}

/// The draft as pages, as text, and as what changed: nothing to compare with yet.
async fn look_at_the_draft(window: &Window) -> Outcome {
    window.look("rfc2350-pret").await?;
    window.click("tab", "Texte").await?;
    let text = window
        .find("region", "Texte brut du brouillon, en français")
        .await?;
    assert!(text.text().await?.contains("guilde des luthiers"));
    window.look("rfc2350-texte").await?;
    window.click("tab", "Modifications").await?;
    window.says("Aucune version publiée").await?;
    window.look("rfc2350-sans-version").await?;
    window.click("tab", "Pages").await?;
    window.click("radio", "English").await?;
    window
        .shows_a_page("Pages du brouillon, en anglais")
        .await?;
    window.click("radio", "Français").await
}

async fn publish(window: &Window, version: &str) -> Outcome {
    window.click("button", "Signer et publier").await?;
    let title = format!("Signer et publier la version {version}");
    window.find("alertdialog", &title).await?;
    if version == "1.1" {
        window.look("rfc2350-signer").await?;
    }
    window.click("button", "Signer et publier").await?;
    window
        .says(&format!("Version {version} signée et publiée"))
        .await?;
    window.says(&format!("Version {version}, en vigueur")).await
}

/// Writes a version out and gives the folder that the screen names.
async fn export(window: &Window, version: &str) -> Outcome<PathBuf> {
    window.click("button", "Exporter").await?;
    let entry = format!("Version {version}, signée");
    window.click("menuitem", &entry).await?;
    window.says("fichiers écrits dans").await?;
    let text = window.text().await?;
    let (_, folder) = text
        .rsplit_once("fichiers écrits dans ")
        .ok_or("the folder is not named")?;
    let folder = folder.lines().next().unwrap_or_default();
    Ok(PathBuf::from(folder))
}

/// From the first version to the second, by the word.
async fn compare(window: &Window) -> Outcome {
    window
        .click("button", "Modifications depuis la 1.1")
        .await?;
    let tab = window.find("tab", "Modifications").await?;
    assert_eq!(tab.attr("aria-selected").await?.as_deref(), Some("true"));
    let mission = window.find("region", "3.1 Ordre de mission").await?;
    let script = "return ['ins', 'del'].map(tag => [...arguments[0].querySelectorAll(tag)]
        .map(run => [...run.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
            .map(node => node.textContent).join('').trim()).join(' '))";
    let words: [String; 2] = window
        .page()
        .execute(script, vec![mission.to_json()?])
        .await?
        .convert()?;
    assert_eq!(words, ["tonneliers", "luthiers"]);
    window.look("rfc2350-modifications").await
}

/// Programs that we did not write read the folder as a stranger would who was given it.
fn judge(folder: &Path, word: &str, version: &str) -> Outcome {
    let judges = Judges::new()?;
    let at = |name: &str| folder.join(name);
    judges.gpg_imports(&fs::read_to_string(at("cle-publique.asc"))?)?;
    let mut verified = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?
            .file_name()
            .into_string()
            .map_err(|_| "a name that is no text")?;
        if let Some(signed) = name.strip_suffix(".asc")
            && name != "cle-publique.asc"
        {
            assert!(judges.gpg_says_good(&at(&name), &at(signed))?, "{name}");
            assert!(
                !judges.gpg_says_good(&at(&name), &judges.modified(&at(signed))?)?,
                "{name}"
            );
            verified.push(signed.to_owned());
        }
    }
    verified.sort();
    let signed = [
        "SHA256SUMS",
        "rfc2350-en.pdf",
        "rfc2350-en.txt",
        "rfc2350-fr.pdf",
        "rfc2350-fr.txt",
    ];
    assert_eq!(verified, signed);
    for name in [
        "rfc2350-fr.signed.txt",
        "rfc2350-en.signed.txt",
        "security.txt",
    ] {
        assert!(judges.gpg_says_good_in_clear(&at(name))?, "{name}");
        assert!(
            !judges.gpg_says_good_in_clear(&judges.modified(&at(name))?)?,
            "{name}"
        );
    }
    Judges::manifest_holds(folder)?;
    let pages = judges.pdftotext(&at("rfc2350-fr.pdf"))?;
    assert!(pages.contains(&format!("la guilde des {word}.")), "{pages}");
    assert!(pages.contains(&format!("Version {version}")), "{pages}");
    assert!(!pages.contains("Brouillon"), "{pages}");
    Ok(())
}
