//! Before the vault is open: what can be seen of it, and what makes or opens one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::team::{Face, SessionView};
use crate::domain::people::Role;
use crate::domain::team::TeamProfile;
use crate::vault::{Hint, VaultKind};

/// What can be told of a vault without opening it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VaultFace {
    /// Real or demonstration.
    pub kind: VaultKind,
    /// The team's name.
    pub team: String,
    /// Who can open it. Empty when both copies of the vault file are damaged.
    pub people: Vec<Face>,
    /// Seconds to wait before the next try.
    pub wait_seconds: u32,
    /// Both copies are damaged: only the recovery key opens.
    pub damaged: bool,
}

/// Interface language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

/// Interface theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Choices of this workstation that are needed before a vault is open; nothing confidential.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Preferences {
    /// Language of the interface.
    pub language: Language,
    /// Theme of the interface.
    pub theme: Theme,
}

/// Where the application stands when the window opens.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AppStatus {
    /// Version of the application.
    pub version: String,
    /// The data folder, to be told in an error.
    pub data_folder: String,
    /// The vaults found. None means first run.
    pub vaults: Vec<VaultFace>,
    /// The open session, if there is one.
    pub session: Option<SessionView>,
    /// Choices of this workstation.
    pub preferences: Preferences,
}

/// A proposed passphrase.
#[derive(Clone, Serialize, TS)]
pub struct SuggestedPassphrase {
    /// The words.
    pub passphrase: String,
    /// Its entropy.
    pub bits: u32,
}

/// How strong a passphrase is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassphraseStrength {
    /// Estimated entropy.
    pub bits: u32,
    /// What the rule asks (CNIL 2022-100: 80 bits alone).
    pub needed: u32,
    /// Whether it is enough.
    pub enough: bool,
    /// What weakens it.
    pub hints: Vec<Hint>,
}

/// What an imported key is, before it is taken.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyPreview {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// User identifiers.
    pub user_ids: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it expires, if it does.
    pub expires_at: Option<DateTime<Utc>>,
    /// Its keys, the primary first.
    pub keys: Vec<KeyPart>,
    /// What is to be known before it is used, by code.
    pub warnings: Vec<String>,
}

/// One key of a certificate.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyPart {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// "Ed25519", "RSA 4096"…
    pub algorithm: String,
    /// Certifies other keys.
    pub certifies: bool,
    /// Signs.
    pub signs: bool,
    /// Encrypts.
    pub encrypts: bool,
    /// Its role in a key that Relais made: "documents", "mail", "encryption".
    pub role: Option<String>,
}

/// Where the team's key comes from.
#[derive(Clone, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum TeamKeySource {
    /// Made now.
    Generate,
    /// An armoured secret key.
    Import {
        /// The key.
        armoured: String,
        /// Its passphrase; empty if it has none.
        passphrase: String,
        /// Fingerprints of the keys that analysts hold as well.
        shared: Vec<String>,
    },
}

/// All that makes a vault.
#[derive(Clone, Deserialize, TS)]
pub struct VaultRequest {
    /// The team.
    pub profile: TeamProfile,
    /// The lead's name.
    pub lead_name: String,
    /// The lead's passphrase.
    pub passphrase: String,
    /// The recovery key that was printed and partly typed back.
    pub recovery_key: String,
    /// The team's key.
    pub team_key: TeamKeySource,
}

/// A person of the demonstration vault with their passphrase.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DemoPerson {
    /// Name to unlock with.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Passphrase, printed on purpose: the data is invented.
    pub passphrase: String,
}

/// What the making of a demonstration vault gives.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DemoCreated {
    /// Its people.
    pub users: Vec<DemoPerson>,
    /// Number of cases written.
    pub cases: u32,
}

/// How far a long work is.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct Progress {
    /// Done so far.
    pub done: u32,
    /// Of so many.
    pub total: u32,
}
