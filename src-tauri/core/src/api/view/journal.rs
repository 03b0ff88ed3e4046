//! The journal.

use chrono::{DateTime, Utc};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// One change as the journal tells it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JournalLine {
    /// The entry it belongs to; give it to `undo`.
    pub entry: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// On which workstation.
    pub device: String,
    /// What was changed.
    pub changes: Vec<JournalChange>,
    /// Whether its content is still there; erased otherwise.
    pub readable: bool,
    /// Whether whoever reads it may take it back: nothing overtook it, and it is theirs or theirs to correct.
    pub undoable: bool,
}

/// One field changed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JournalChange {
    /// "case", "contact", "note"…
    pub entity: String,
    /// Which one: the changes of one entity belong together.
    pub id: Uuid,
    /// Field name.
    pub field: String,
    /// Before, as JSON text; null if it was not there.
    pub before: Option<String>,
    /// After, as JSON text; null if it was taken away.
    pub after: Option<String>,
}

/// A page of the journal, newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JournalPage {
    /// The entries.
    pub lines: Vec<JournalLine>,
    /// How many in all.
    pub total: u32,
}

/// What the verification of all chains found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JournalCheck {
    /// Whether everything holds.
    pub good: bool,
    /// Chains checked.
    pub chains: u32,
    /// Entries checked.
    pub entries: u32,
    /// What does not hold, by chain and number.
    pub faults: Vec<JournalFault>,
    /// Whether the tables equal what the journal gives.
    pub tables_agree: bool,
    /// Stopped before the end: nothing can be said.
    pub stopped: bool,
}

/// One fault of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JournalFault {
    /// The chain: the case's reference, the organisation, or "registre".
    pub chain: String,
    /// Number of the entry in its chain.
    pub seq: u32,
    /// "hash", "signature", "gap", "body", "device".
    pub kind: String,
}
