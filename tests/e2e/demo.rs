//! Exploring with demonstration data, without a mouse.

use thirtyfour::{By, WebElement};

use crate::finding::plain;
use crate::harness::{Outcome, Window, journey};

#[tokio::test]
async fn the_demonstration_is_explored_by_the_keyboard() -> Outcome {
    journey("demo", async |window| {
        window.explore().await?;
        window.says("Démonstration, données inventées").await?;
        window.says("cas ouverts").await?;
        window.press("g").await?;
        window.press("c").await?;
        window.find("heading", "Cas").await?;
        window.says("200 cas, en").await?;
        search_with_highlights(window).await?;
        filter_by_grade(window).await?;
        open_with_the_arrows(window).await?;
        turn_the_tabs(window).await?;
        change_and_undo(window).await?;
        jump_with_the_palette(window).await
    })
    .await
}

/// What was found stands out, whatever its accents.
async fn search_with_highlights(window: &Window) -> Outcome {
    window.press("/").await?;
    window.type_text("rancon").await?;
    window.says_no_more("200 cas, en").await?;
    let script =
        "return [...document.querySelectorAll('[role=grid] mark')].map(mark => mark.textContent)";
    window
        .until("highlights in the list", async || {
            let marks: Vec<String> = window.page().execute(script, vec![]).await?.convert()?;
            Ok(!marks.is_empty()
                && marks
                    .iter()
                    .all(|mark| mark.to_lowercase().starts_with("ranç")))
        })
        .await?;
    window.press("Escape").await?;
    window.says("200 cas, en").await
}

/// A filter becomes a chip that takes it away again.
async fn filter_by_grade(window: &Window) -> Outcome {
    window.click("button", "Filtrer").await?;
    window.find("dialog", "Filtrer").await?;
    window.click("checkbox", "G4 Critique").await?;
    window.click("button", "Filtrer les cas").await?;
    window.find("button", "Retirer : G4 Critique").await?;
    window
        .until("only grave cases", async || {
            let script =
                "return [...document.querySelectorAll('[role=grid] tbody tr td:first-child')]
                .map(cell => cell.textContent.trim()).filter(text => text !== '')";
            let grades: Vec<String> = window.page().execute(script, vec![]).await?.convert()?;
            Ok(!grades.is_empty() && grades.iter().all(|grade| grade.starts_with("G4")))
        })
        .await?;
    window.click("button", "Retirer : G4 Critique").await?;
    window.says("200 cas, en").await
}

/// The arrows choose a row, Enter opens it, Alt and the arrows go on to its neighbours.
async fn open_with_the_arrows(window: &Window) -> Outcome {
    window.press("/").await?;
    window.press("Down").await?;
    window.press("Down").await?;
    window.press("Down").await?;
    let row = selected_row(window).await?;
    assert_eq!(row.attr("aria-rowindex").await?.as_deref(), Some("4"));
    let reference = row.find(By::Css(".ref")).await?.text().await?;
    window.press("Enter").await?;
    window.find("tab", "Résumé").await?;
    window.says(&reference).await?;
    window.press("Alt+Down").await?;
    window.says_no_more(&reference).await?;
    window.press("Alt+Up").await?;
    window.says(&reference).await
}

async fn selected_row(window: &Window) -> Outcome<WebElement> {
    let script = "return document.querySelector('[role=grid] tr[aria-selected=true]')";
    Ok(window.page().execute(script, vec![]).await?.element()?)
}

/// Each digit shows a tab; the arrows go from one to the next.
async fn turn_the_tabs(window: &Window) -> Outcome {
    for (key, tab) in [
        ("2", "Qualification"),
        ("3", "Chronologie"),
        ("4", "Notes"),
        ("1", "Résumé"),
        ("5", "Échanges"),
        ("6", "Contacts"),
        ("7", "Documents"),
        ("8", "Journal"),
    ] {
        leave_the_field(window).await?;
        window.press(key).await?;
        window
            .until(&format!("the tab {tab}"), async || {
                is_current(window, tab).await
            })
            .await?;
    }
    window.says("écritures").await?;
    window
        .find_starting("tab", "Journal")
        .await?
        .focus()
        .await?;
    window.press("Right").await?;
    window
        .until("the first tab again", async || {
            is_current(window, "Résumé").await
        })
        .await
}

/// The notes put the focus into their field, where a digit is a digit.
async fn leave_the_field(window: &Window) -> Outcome {
    window
        .page()
        .execute("document.activeElement?.blur()", vec![])
        .await?;
    Ok(())
}

async fn is_current(window: &Window, tab: &str) -> Outcome<bool> {
    let tab = window.find_starting("tab", tab).await?;
    Ok(tab.attr("aria-selected").await?.as_deref() == Some("true"))
}

/// A change of status stands in the journal, and is taken back by Ctrl and Z.
async fn change_and_undo(window: &Window) -> Outcome {
    let before = current_step(window).await?;
    leave_the_field(window).await?;
    window.press("s").await?;
    window.find("dialog", "Changer le statut").await?;
    let reason = window.find_starting("field", "Raison").await?;
    reason.send_keys("Essai du clavier").await?;
    window.click("button", "Changer le statut").await?;
    window
        .until("another status", async || {
            Ok(current_step(window).await? != before)
        })
        .await?;
    leave_the_field(window).await?;
    window.press("Control+z").await?;
    window.says("Changement annulé.").await?;
    window
        .until("the status before", async || {
            Ok(current_step(window).await? == before)
        })
        .await
}

async fn current_step(window: &Window) -> Outcome<String> {
    let step = By::Css("main [aria-current=step] strong");
    Ok(plain(&window.page().find(step).await?.text().await?))
}

/// Ctrl and K finds a case by a word, and an action by a part of its name.
async fn jump_with_the_palette(window: &Window) -> Outcome {
    window.press("Control+k").await?;
    window.find("dialog", "Chercher ou agir").await?;
    window.type_text(">verif").await?;
    window.find("option", "Vérifier un fichier").await?;
    window.press("Enter").await?;
    window.find("heading", "Vérifier un fichier").await?;
    window.press("Control+k").await?;
    window.find("dialog", "Chercher ou agir").await?;
    window.type_text("#rancon").await?;
    window
        .until("cases in the palette", async || {
            Ok(window.names("option").await?.len() > 1)
        })
        .await?;
    window.press("Down").await?;
    window.press("Enter").await?;
    window.find("tab", "Résumé").await?;
    Ok(())
}
