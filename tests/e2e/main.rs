//! Journeys in the real window: the built application under `WebKitWebDriver`,
//! on a fresh data folder each. `./dev e2e` builds, starts Xvfb and runs them one
//! after the other.
//!
//! A journey is one file with `#[tokio::test]` functions that read as what a
//! person does:
//!
//! ```ignore
//! #[tokio::test]
//! async fn the_lead_locks_with_the_keyboard() -> Outcome {
//!     journey("lock", async |window| {
//!         window.fill("Phrase de passe", "correct horse").await?;
//!         window.click("button", "Déverrouiller").await?;
//!         window.find("heading", "Cas").await?;
//!         window.press("Control+Shift+l").await?;
//!         window.says("Coffre verrouillé").await?;
//!         window.shots("verrouillage").await?;
//!         window.axe().await
//!     })
//!     .await
//! }
//! ```
//!
//! Everything is found as assistive technology finds it: by role and name, as
//! WebKit computes them, and inside the open modal dialog if there is one. Each
//! call waits up to twenty seconds for what it needs, so a journey never sleeps (but one, which waits for the
//! idle lock). In
//! a name, any white space stands for any other (write plain spaces for U+202F).
//! A failing journey leaves `target/shots/NAME-failed.png` and says what the
//! screen showed instead.

mod acting;
mod correspondent;
mod demo;
mod driver;
mod finding;
mod firm_screens;
mod firms;
mod first_run;
mod harness;
mod judges;
mod look;
mod mail;
mod mail_screens;
mod readiness;
mod rfc2350;
mod screens;
mod settings;
mod team;
mod team_key;
