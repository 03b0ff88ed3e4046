//! The keys of correspondents.

use chrono::{DateTime, Utc};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::team_key::KeyEntryView;
pub use crate::domain::mail::{KeyFitness, KeyOrigin, KeyTrust, KeyVerification};
use crate::report::qr::QrCode;

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
    /// Other keys of its addresses that were not refused: while it is to be verified again, those that the alarm is about.
    pub rivals: Vec<Uuid>,
    /// The journal entry of the decision that was just taken; give it to `undo`. Else empty.
    pub entry: String,
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
    /// Blocks that were not taken, each with its code.
    pub refused: Vec<String>,
    /// Keys that were verified and whose address another key came for: each is to be verified again.
    pub alarms: Vec<Uuid>,
}

/// A look-up that waits for the network.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyLookup {
    /// The address; at a key server perhaps a fingerprint.
    pub mail: String,
    /// "wkd", or the host of a key server.
    pub place: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Why the last try failed, by code ("unreachable", "untrusted", "refused", "not_found", or a refused key's); empty
    /// before the first. One that did not reach its server waits for a week; what a server answered stands until somebody
    /// asks again.
    pub failure: String,
}
