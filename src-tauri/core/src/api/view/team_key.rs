//! The team's key.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Whether it can be used now.
    pub usable: bool,
    /// Whether it is revoked: replaced, or the whole certificate.
    pub revoked: bool,
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
