//! The first screen of a new workstation.

use crate::harness::{Outcome, journey};

#[tokio::test]
async fn the_window_opens_on_a_page_that_anyone_can_read() -> Outcome {
    journey("first-run", async |window| {
        window.find_any("heading").await?;
        window.shots("premier-lancement").await?;
        window.axe().await
    })
    .await
}
