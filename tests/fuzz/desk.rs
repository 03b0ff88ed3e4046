//! The desk at which everything is read: a team whose mail key anybody may know, and one correspondent.
//!
//! Gaëtan's secret key was thrown away once he had signed the seeds. So whatever a reader calls his must be one of the
//! few things that he really signed, in whatever mail it is wrapped: [`TEXT`], [`LISTED`], or [`PART`] where a part is
//! shown as a text. The team's key is for these tests alone: everybody may read what is encrypted to it.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use relais_core::mail::read::{Known, Ring};
use relais_core::pgp::{Certificate, MailKeys, Sharing, import};

/// The day on which everything is read: 1 June 2026.
pub const NOW: DateTime<Utc> = DateTime::from_timestamp(1_780_315_200, 0).expect("a date");

/// The address of the one known correspondent.
pub const GAETAN: &str = "secours@batardiere.example";

/// All that was ever encrypted to the team or signed by Gaëtan.
pub const TEXT: &str = "Tout est coupé.";
/// The same, as a text that he signed in the clear.
pub const LISTED: &str = "- un tiret\nTout est coupé.";
/// The same, as a part with protected headers; what follows its empty line is [`TEXT`].
pub const PART: &str = "Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\n\
    Content-Transfer-Encoding: 8bit\n\
    From: Gaetan Morvault <secours@batardiere.example>\nTo: contact@csirt-estuaire.example\n\
    Subject: =?utf-8?q?Serveur_chiffr=C3=A9?=\nMessage-ID: <un@batardiere.example>\n\nTout est coupé.";
/// The subject that the part protects.
pub const SUBJECT: &str = "Serveur chiffré";

/// What the readers read with.
pub struct Desk {
    pub keys: MailKeys,
    pub team: Certificate,
    pub gaetan: Certificate,
    /// Both certificates.
    pub known: Known,
}

impl Desk {
    pub fn ring(&self) -> Ring<'_> {
        Ring {
            keys: Some(&self.keys),
            known: &self.known,
        }
    }
}

/// Opened once: that costs more than most readings.
pub static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let key = import(include_bytes!("desk/team.asc"), None, NOW).expect("the team's key");
    let sharing = Sharing::by_role(&key.key, NOW).expect("what analysts hold of it");
    let part = key.key.analyst_part(&sharing).expect("their part");
    let team = key.key.certificate();
    let keys = MailKeys::open([(part.as_slice(), &team)]).expect("the mail keys");
    let gaetan = Certificate::parse(include_bytes!("desk/gaetan.asc")).expect("Gaëtan's key");
    Desk {
        keys,
        known: Known::by_their_names(&[team.clone(), gaetan.clone()], NOW),
        team,
        gaetan,
    }
});
