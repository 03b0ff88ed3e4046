//! The signed, append-only record of every change, and the only way to write a case.
//!
//! The tables are a projection; the truth is here, so that audit, undo and offline merge come from one mechanism. Each
//! device writes one chain per case, per organisation, and one for the registry. An entry is a header (chained by hash,
//! signed by the device's key) and a body of changes, bound to the header by a salted hash: the body can be erased later
//! and the chain still holds. [`commit()`] appends and projects in the caller's transaction. The state of an entity is a
//! [`fold`](fold::fold) over every entry that touches it, and does not depend on the order in which entries arrived:
//! rebuilding the tables, and merging another device's entries, is the same fold again.

pub mod change;
pub mod commit;
pub mod entries;
pub mod fold;
pub mod header;
pub mod history;
pub mod verify;

pub use change::{Change, Op, Scope};
pub use commit::{Author, DeviceKey, commit};

use crate::db::DbError;

/// What the journal refuses.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The database refuses.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A body is not what this version writes.
    #[error("a journal body has the wrong shape: {0}")]
    Shape(#[from] serde_json::Error),
    /// The entry to undo is not there.
    #[error("no such entry")]
    NoSuchEntry,
    /// The change was overtaken by a later one, or is of a kind that stays.
    #[error("the change cannot be undone")]
    CannotUndo,
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

/// The result of a work on the journal.
pub type Result<T> = std::result::Result<T, JournalError>;
