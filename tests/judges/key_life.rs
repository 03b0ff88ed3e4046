//! gpg, RNP and sqop judge the team's key after each change of its life, the texts that it signs
//! in clear, its Web Key Directory and its back-up.

#[path = "key_life/changes.rs"]
mod changes;
#[path = "key_life/directory.rs"]
mod directory;
#[path = "gpg/programs.rs"]
mod programs;
#[path = "key_life/texts.rs"]
mod texts;

use chrono::{DateTime, Duration, TimeZone, Utc};
use programs::Gpg;
use relais_core::pgp::{Sharing, SigningMaterial, TeamKey};

const FILE: &[u8] = "Synthèse du cas PDL-2026-0042\n".as_bytes();
const MAIL: &str = "contact@csirt-estuaire.example";
const RECOVERY: &str = "7K3M-Q9XA-0B2C-D4EF-GH5J-K6MN-P7QR-S8TV-W9XY";

/// The judges read the machine's clock, so the tests live now.
fn now() -> DateTime<Utc> {
    Utc.timestamp_opt(Utc::now().timestamp(), 0).unwrap()
}

fn ago(days: i64) -> DateTime<Utc> {
    now() - Duration::days(days)
}

fn within(days: i64) -> DateTime<Utc> {
    now() + Duration::days(days)
}

/// A key made 400 days ago that ends in `days` from now.
fn team(days: i64) -> TeamKey {
    TeamKey::generate("Équipe de l’Estuaire", MAIL, ago(400), within(days))
        .unwrap()
        .key
}

fn lead(key: &TeamKey, at: DateTime<Utc>) -> SigningMaterial {
    let sharing = Sharing::by_role(key, at).unwrap();
    SigningMaterial::open(&key.lead_part().unwrap(), sharing.document_key(), at).unwrap()
}

fn published(key: &TeamKey) -> String {
    key.certificate().armoured().unwrap()
}

fn listing(gpg: &Gpg) -> String {
    gpg.run(&["--with-colons", "--fixed-list-mode", "--list-keys"], b"")
        .stdout()
}

fn lines<'a>(listing: &'a str, kind: &str) -> Vec<Vec<&'a str>> {
    let split = listing.lines().map(|l| l.split(':').collect::<Vec<_>>());
    split.filter(|l| l[0] == kind).collect()
}
