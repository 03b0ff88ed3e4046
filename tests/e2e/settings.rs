//! What a person sets for this workstation and for their own access, and what a wrong
//! passphrase meets.

use std::time::Duration;

use thirtyfour::Key;

use crate::harness::{Outcome, Window, journey};
use crate::team::LEAD;

const WRONG: &str = "ce ne sont pas les bons mots";

#[tokio::test]
async fn settings_passphrase_and_recovery() -> Outcome {
    journey("settings", async |window| {
        let mut lead = window.found_vault().await?;
        window.press("g").await?;
        window.press("r").await?;
        speak_english_and_french(window).await?;
        wear_both_themes(window).await?;
        set_the_lock_delay(window).await?;
        lead.passphrase = change_passphrase(window, &lead.passphrase).await?;
        window.lock().await?;
        wait_longer_after_each_wrong_passphrase(window).await?;
        let passphrase = recover(window, &lead.recovery_key).await?;
        window.lock().await?;
        window.unlock(LEAD, &passphrase).await?;
        // The passphrase before the recovery opens nothing any more.
        window.lock().await?;
        window.give_passphrase(LEAD, &lead.passphrase).await?;
        window
            .says("Cette phrase de passe n’ouvre pas cet accès.")
            .await?;
        window.unlock(LEAD, &passphrase).await?;
        leave_the_desk(window).await
    })
    .await
}

/// Nobody touches anything for the shortest delay: the vault locks by itself.
async fn leave_the_desk(window: &Window) -> Outcome {
    window.press("g").await?;
    window.press("r").await?;
    window.fill("Verrouillage sans activité", "1").await?;
    window.click("button", "Enregistrer").await?;
    window.says("verrouillage dans 1 min").await?;
    // The one sleep of the journeys: there is no clock to turn in the real window.
    tokio::time::sleep(Duration::from_secs(60)).await;
    window.field("Phrase de passe").await?;
    window.find("button", "Déverrouiller").await?;
    Ok(())
}

/// The whole window changes its language at once.
async fn speak_english_and_french(window: &Window) -> Outcome {
    window.find("heading", "Réglages").await?;
    window.click("radio", "English").await?;
    window.find("heading", "Settings").await?;
    window.find("link", "My passphrase").await?;
    window.says("Data encrypted, locks in").await?;
    window.click("radio", "Français").await?;
    window.find("heading", "Réglages").await?;
    Ok(())
}

async fn wear_both_themes(window: &Window) -> Outcome {
    for (name, dark) in [("Sombre", true), ("Claire", false)] {
        window.click("radio", name).await?;
        window
            .until(&format!("the theme “{name}”"), async || {
                Ok((window.brightness().await? < 0.5) == dark)
            })
            .await?;
    }
    Ok(())
}

async fn set_the_lock_delay(window: &Window) -> Outcome {
    window.fill("Verrouillage sans activité", "0").await?;
    window.click("button", "Enregistrer").await?;
    window.says("Indiquez un nombre de 1 à 120.").await?;
    window.fill("Verrouillage sans activité", "45").await?;
    window.click("button", "Enregistrer").await?;
    window.says("verrouillage dans 45 min").await
}

async fn change_passphrase(window: &Window, current: &str) -> Outcome<String> {
    window.click("link", "Ma phrase de passe").await?;
    window.fill("Phrase actuelle", WRONG).await?;
    let next = window
        .take_a_proposed_passphrase("Nouvelle phrase de passe")
        .await?;
    window.click("button", "Changer la phrase de passe").await?;
    window
        .says("Cette phrase de passe n’ouvre pas cet accès.")
        .await?;
    window.fill("Phrase actuelle", current).await?;
    window.click("button", "Changer la phrase de passe").await?;
    window.says("Phrase de passe changée.").await?;
    Ok(next)
}

/// A few slips are free; then each wrong passphrase makes wait longer than the one before.
async fn wait_longer_after_each_wrong_passphrase(window: &Window) -> Outcome {
    window.give_passphrase(LEAD, WRONG).await?;
    window
        .says("Cette phrase de passe n’ouvre pas cet accès. Vérifiez")
        .await?;
    let mut waits = Vec::new();
    while waits.len() < 2 {
        // Enter waits for nothing: an attempt that comes too early is told how long to wait.
        window
            .field("Phrase de passe")
            .await?
            .send_keys(Key::Enter + "")
            .await?;
        let text = window.text().await?;
        if let Some(seconds) = asked_to_wait(&text) {
            waits.push(seconds);
            window.says_no_more("Réessayez dans").await?;
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    assert!(
        waits.is_sorted_by(|before, after| before < after),
        "{waits:?}"
    );
    Ok(())
}

/// The seconds of « Réessayez dans 4 s. ».
fn asked_to_wait(text: &str) -> Option<u32> {
    let (_, after) = text.split_once("Réessayez dans ")?;
    after.split_whitespace().next()?.parse().ok()
}

/// The printed key gives the lead a new passphrase; a slip of the pen is found by its group.
async fn recover(window: &Window, key: &[String]) -> Outcome<String> {
    window.click("button", "Utiliser la clé de secours").await?;
    let mut mistyped = key.to_vec();
    let other = if mistyped[1].starts_with('7') {
        "8"
    } else {
        "7"
    };
    mistyped[1].replace_range(0..1, other);
    window.fill("Clé de secours", &mistyped.join(" ")).await?;
    let passphrase = window
        .take_a_proposed_passphrase("Nouvelle phrase de passe")
        .await?;
    window.click("button", "Rouvrir le coffre").await?;
    window
        .says("Une faute de frappe se trouve dans le groupe 2.")
        .await?;
    window
        .fill("Clé de secours", &key.join("-").to_lowercase())
        .await?;
    window.click("button", "Rouvrir le coffre").await?;
    window.find("navigation", "Navigation principale").await?;
    Ok(passphrase)
}
