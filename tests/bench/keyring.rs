//! The key ring of a large team: 2 000 keys, as they are taken, listed and looked up by somebody who has just unlocked.

use chrono::{Duration, Utc};
use relais_core::api::view::KeyOrigin;
use relais_core::domain::people::Role;
use relais_core::pgp::TeamKey;
use relais_tests::Team;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::samples::Samples;

const KEYS: usize = 2_000;
/// As many as one import takes.
const FILE: usize = 250;
const TURNS: usize = 200;
const LIST_MS: Goal = Goal::AtMost(1_000.0);
const LOOK_UP_MS: Goal = Goal::AtMost(5.0);
const VERIFY_MS: Goal = Goal::AtMost(50.0);

/// Times of one vault.
pub fn measure(board: &mut Board) -> Outcome {
    let team = Team::of_three_at(Utc::now());
    let made = Utc::now() - Duration::days(30);
    let mut files = Vec::new();
    for file in 0..KEYS / FILE {
        let mut ring = Vec::new();
        for place in 0..FILE {
            let number = file * FILE + place;
            let mail = format!("contact{number}@firme{}.example", number / 4);
            let key = TeamKey::generate("Contact", &mail, made, made + Duration::days(700))?;
            ring.extend(key.key.certificate().to_bytes()?);
        }
        files.push(ring);
    }
    let mut analyst = team.unlock(Role::Analyst);
    let mut taking = Samples::default();
    for ring in &files {
        taking.time(|| analyst.import_keys(ring, KeyOrigin::File, None))?;
    }
    drop(analyst);
    let analyst = team.unlock(Role::Analyst);
    let [mut cold, mut first, mut warm, mut one, mut all] = [(); 5].map(|()| Samples::default());
    cold.time(|| analyst.certificate_for("contact1234@firme308.example"))?;
    first.time(|| analyst.keyring(""))?;
    warm.time(|| analyst.keyring(""))?;
    for turn in 0..TURNS {
        let number = (turn * 37) % KEYS;
        let mail = format!("contact{number}@firme{}.example", number / 4);
        one.time(|| analyst.certificate_for(&mail))?;
        all.time(|| analyst.known())?;
    }
    let keys = format!("{KEYS} keys");
    let ring = format!("a ring of {FILE} keys");
    board.put("taking keys", taking.median(), "ms", Goal::None, &ring);
    board.put(
        "first look-up of a recipient",
        cold.median(),
        "ms",
        LOOK_UP_MS,
        &keys,
    );
    board.put(
        "first list of the key ring",
        first.median(),
        "ms",
        LIST_MS,
        &keys,
    );
    board.put("list of the key ring", warm.median(), "ms", LIST_MS, &keys);
    board.put(
        "look-up of a recipient, p95",
        one.p95(),
        "ms",
        LOOK_UP_MS,
        &keys,
    );
    board.put(
        "keys to verify a mail by, p95",
        all.p95(),
        "ms",
        VERIFY_MS,
        &keys,
    );
    Ok(())
}
