//! The candidature: what the vault knows, what the lead states and attaches, and the file that goes out.

use std::fs;

use crate::harness::{Outcome, Window, journey};
use crate::judges::Judges;

#[tokio::test]
async fn the_lead_prepares_a_candidature() -> Outcome {
    journey("readiness", async |window| {
        window.found_vault().await?;
        window.click("link", "RFC 2350").await?;
        window.click("link", "Candidatures").await?;
        window.find("heading", "Candidatures").await?;
        window.says("Pièce à joindre").await?;
        window.axe().await?;
        window.shots("candidatures").await?;
        state_and_remark(window).await?;
        attach(window).await?;
        window.axe().await?;
        window.shots("candidatures-completees").await?;
        hand_over(window).await
    })
    .await
}

async fn state_and_remark(window: &Window) -> Outcome {
    let fee = (
        "group",
        "Déclaration : S’acquitter de la cotisation annuelle.",
    );
    window.click_in(fee, "radio", "Oui").await?;
    window.says("Déclaration enregistrée.").await?;
    window
        .fill(
            "Remarque pour le dossier (facultatif)",
            "Payée le 3 mars, reçu 2026-118.",
        )
        .await?;
    window.click("button", "Enregistrer").await?;
    window.says("Déclaré par Aurore Vasselin").await
}

async fn attach(window: &Window) -> Outcome {
    let file = window.folder().join("tmp/auto-evaluation-sim3.pdf");
    fs::write(&file, b"%PDF-1.7 essai")?;
    let asked = "Disposer d’une auto-évaluation de la maturité, du type SIM3.";
    window.give_file_in(("group", asked), &file).await?;
    window
        .says("Pièce jointe, chiffrée dans le coffre.")
        .await?;
    window.says("auto-evaluation-sim3.pdf").await
}

async fn hand_over(window: &Window) -> Outcome {
    window.click("button", "Exporter le dossier").await?;
    window.says("2 fichiers écrits dans").await?;
    let files = window.files()?;
    let dossier = files
        .iter()
        .find(|file| file.ends_with("candidature/dossier-fr.pdf"))
        .ok_or("no file was written")?;
    let judges = Judges::new()?;
    judges.qpdf_finds_nothing_wrong(dossier)?;
    let text = judges.pdftotext(dossier)?;
    for said in ["InterCERT France", "auto-evaluation-", "reçu 2026-118"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    Ok(())
}
