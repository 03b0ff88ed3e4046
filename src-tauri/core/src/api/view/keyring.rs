//! The keys of correspondents.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::team_key::KeyEntryView;
use crate::report::qr::QrCode;

/// What the team thinks of a key.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum KeyTrust {
    /// *Refusée*: never used.
    Refused,
    /// *Vue*: it came by mail, and nobody looked at it.
    #[default]
    Seen,
    /// *À revérifier*: another key of the same address came after this one was verified.
    ToVerifyAgain,
    /// *Acceptée*: somebody chose to use it.
    Accepted,
    /// *Vérifiée*: its fingerprint was read over the telephone.
    Verified,
}

/// What a key is good for, whatever the team thinks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyFitness {
    /// Mail can be encrypted to it.
    Fit,
    /// It has ended.
    Expired,
    /// Its owner revoked it.
    Revoked,
    /// It rests on algorithms that protect nothing any more.
    Weak,
    /// It cannot be encrypted to.
    NoEncryption,
    /// It begins in the future: one of two clocks is wrong.
    NotYetValid,
}

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyOrigin {
    /// A file that somebody gave.
    File,
    /// A file on a mail.
    Attachment,
    /// The Autocrypt header of a mail.
    Autocrypt,
    /// The Web Key Directory of its domain.
    Wkd,
    /// A key server.
    KeyServer,
}

/// How a key was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyVerification {
    /// Who of the team.
    pub by: Uuid,
    /// With whom, in words ("Mme Delorme, au 02 99 00 00 00").
    pub with: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A key of a correspondent.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CorrespondentKey {
    /// Identifier.
    pub id: Uuid,
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// Its names, the first one first.
    pub user_ids: Vec<String>,
    /// The addresses that the team uses it for.
    pub addresses: Vec<String>,
    /// What the team thinks of it.
    pub trust: KeyTrust,
    /// What it is good for.
    pub fitness: KeyFitness,
    /// When it ends, if ever.
    pub expires: Option<DateTime<Utc>>,
    /// Whole days left, when they are 60 or fewer; negative once it is past.
    pub days: Option<i32>,
    /// Where it came from.
    pub origin: KeyOrigin,
    /// When it came.
    pub first_seen: DateTime<Utc>,
    /// How it was verified.
    pub verification: Option<KeyVerification>,
    /// Why it was refused.
    pub refused_for: String,
    /// The primary key and the subkeys.
    pub keys: Vec<KeyEntryView>,
    /// The fingerprint for a camera.
    pub qr: QrCode,
    /// The organisations whose contacts bear its addresses.
    pub organisations: Vec<String>,
}

/// A recipient's key at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RecipientKey {
    /// The key that would be used, or the nearest that cannot be; nothing when there is none.
    pub id: Option<Uuid>,
    /// Its fingerprint in groups of four; empty when there is none.
    pub fingerprint: String,
    /// What the team thinks of it.
    pub trust: Option<KeyTrust>,
    /// What it is good for.
    pub fitness: Option<KeyFitness>,
    /// When it ends or ended.
    pub expires: Option<DateTime<Utc>>,
    /// How it was verified.
    pub verification: Option<KeyVerification>,
}

/// What an import or a look-up of keys gave.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct KeysImported {
    /// Keys that were not there.
    pub new: Vec<Uuid>,
    /// Keys that brought something new (a longer life, another subkey).
    pub renewed: Vec<Uuid>,
    /// Keys that were there as they are.
    pub known: Vec<Uuid>,
    /// Blocks that are no public key, each with its code.
    pub refused: Vec<String>,
}

/// A look-up that waits for the network.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyLookup {
    /// The address.
    pub mail: String,
    /// "wkd", or the host of a key server.
    pub place: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Why the last try failed, by code; empty while it waits.
    pub failure: String,
}
