//! The team's key.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::report::qr::QrCode;

/// A key or subkey of the team's certificate.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyEntryView {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// "certification", "documents", "mail", "encryption"; none when it does not say.
    pub role: Option<String>,
    /// "Ed25519", "RSA 3072".
    pub algorithm: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends by itself, if ever.
    pub expires: Option<DateTime<Utc>>,
    /// What it is good for today.
    pub state: KeyState,
}

/// What a key is good for today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// It does its work.
    InForce,
    /// Another took its place: it still verifies what it signed, and opens what was encrypted to it.
    Replaced,
    /// It has ended; it can be extended.
    Expired,
    /// Its binding is of an algorithm that nobody should trust any more.
    Weak,
    /// The whole certificate is revoked.
    Revoked,
}

/// How the key stands on a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PublicationState {
    /// It waits for the network.
    Queued,
    /// The server has the key as it is.
    Current,
    /// The server has the key as it was before a change.
    Behind,
    /// The server said no.
    Refused,
}

/// A key server.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Publication {
    /// Its host.
    pub server: String,
    /// How the key stands there.
    pub state: PublicationState,
    /// Since when.
    pub at: DateTime<Utc>,
    /// What it said when it refused; else empty.
    pub refused: String,
}

/// A key that the team had before.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FormerKeyView {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// Its names, the first one first.
    pub user_ids: Vec<String>,
    /// Whether it is revoked.
    pub revoked: bool,
    /// When it ends, if ever.
    pub expires: Option<DateTime<Utc>>,
}

/// A revocation certificate, to be printed and sealed. Who has it can end the key.
#[derive(Serialize, TS)]
pub struct RevocationPaper {
    /// Fingerprint of the key that it ends, in groups of four.
    pub fingerprint: String,
    /// The certificate, armoured.
    pub text: String,
    /// The same, for a camera.
    pub qr: QrCode,
}

impl fmt::Debug for RevocationPaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RevocationPaper({})", self.fingerprint)
    }
}

/// How near the end of the team's key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyNearness {
    /// 60 days or fewer.
    Soon,
    /// 15 days or fewer.
    Urgent,
    /// Past.
    Expired,
    /// The key is revoked.
    Revoked,
}

/// The end of the team's key, when it is worth a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct KeyEnd {
    /// How near.
    pub nearness: KeyNearness,
    /// Whole days left of the part that ends first; nothing left once it is past.
    pub days: u32,
}

/// A key that ends soon, or has ended.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyReminder {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// When it ends.
    pub expires: DateTime<Utc>,
    /// Whole days left; negative once it is past.
    pub days: i32,
}

/// The team's key as the registry knows it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TeamKeyView {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// Names in force, the first one first.
    pub user_ids: Vec<String>,
    /// When the certificate ends, if ever.
    pub expires: Option<DateTime<Utc>>,
    /// Whether it is revoked.
    pub revoked: bool,
    /// The primary key and the subkeys.
    pub keys: Vec<KeyEntryView>,
    /// What ends within 60 days, or has ended.
    pub reminders: Vec<KeyReminder>,
    /// Fingerprint of the key that signs documents, in groups of four.
    pub document_key: String,
    /// The fingerprint for a camera: OPENPGP4FPR and its digits.
    pub qr: QrCode,
    /// The key servers that have it, or are to have it.
    pub publications: Vec<Publication>,
    /// The keys before this one: they verify old documents and open old mail.
    pub former: Vec<FormerKeyView>,
}

/// Which subkey is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RotatedKey {
    /// The one that decrypts: the old one is kept for old mail.
    Encryption,
    /// The one that signs mail.
    Mail,
    /// The one that signs documents.
    Documents,
}

/// Why the certificate is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RevocationCause {
    /// No reason is given: everything that it signed is in doubt.
    Unspecified,
    /// Its secret is in other hands.
    Compromised,
    /// Another key takes its place.
    Superseded,
    /// The team uses it no more.
    Retired,
}
