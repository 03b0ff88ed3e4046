//! Writing: one transaction, one journal entry.

use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use serde::Serialize;
use serde_json::{Map, Value};

use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::Done;
use crate::domain::entity::{Entity, Fields};
use crate::journal::history::hex;
use crate::journal::{Author, Change, Op, Scope, commit};

/// The hash of an entry, or nothing when nothing changed.
pub type Committed = Option<[u8; 32]>;

/// A fresh salt for one body.
///
/// # Errors
/// When the system gives no randomness.
pub fn salt() -> Result<[u8; 16]> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| ApiError::new(Code::Internal, "no randomness"))?;
    Ok(salt)
}

impl Session {
    /// Runs `work` in one transaction; on an error nothing of it stays.
    ///
    /// # Errors
    /// Those of `work`, and those of the database.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, Author<'_>) -> Result<T>,
    ) -> Result<T> {
        let at = self.now().timestamp_millis();
        let salt = salt()?;
        let (conn, device, person) = self.for_writing();
        let tx = conn.transaction()?;
        let done = work(
            &tx,
            Author {
                person,
                device,
                at,
                salt,
            },
        )?;
        tx.commit()?;
        Ok(done)
    }

    /// Commits changes as one entry.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn commit(&mut self, scope: Scope, changes: Vec<Change>) -> Result<Done> {
        let committed = self.write(|tx, author| Ok(commit(tx, author, scope, changes)?))?;
        Ok(Done::of(committed))
    }
}

impl Done {
    /// What to give back for an entry; empty when nothing changed.
    #[must_use]
    pub fn of(committed: Committed) -> Self {
        Self {
            entry: committed.map(|hash| hex(&hash)).unwrap_or_default(),
        }
    }
}

/// The fields of a value as the journal names them: objects nest by dots to `depth`, below it a value is one field.
///
/// # Errors
/// When the value is no JSON object.
pub fn fields_of(prefix: &str, value: &impl Serialize, depth: usize) -> Result<Fields> {
    match serde_json::to_value(value)? {
        // They have their names already.
        Value::Object(fields) if prefix.is_empty() && depth == 1 => Ok(fields),
        value => {
            let mut out = Map::new();
            flatten(prefix, value, depth, &mut out);
            Ok(out)
        }
    }
}

fn flatten(prefix: &str, value: Value, depth: usize, out: &mut Fields) {
    match value {
        Value::Object(fields) if depth > 0 => {
            for (name, value) in fields {
                let path = if prefix.is_empty() {
                    name
                } else {
                    format!("{prefix}.{name}")
                };
                flatten(&path, value, depth - 1, out);
            }
        }
        value => {
            out.insert(prefix.to_owned(), value);
        }
    }
}

/// The changes that turn one value's fields into another's; the journal leaves out what stays the same.
#[must_use]
pub fn sets(entity: Entity, fields: Fields) -> Vec<Change> {
    fields
        .into_iter()
        .map(|(field, value)| Change {
            entity,
            op: Op::Set(field, value),
        })
        .collect()
}

/// The name of a value of the journal that is one word.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// An instant from milliseconds; the epoch for one that no calendar holds.
pub(super) fn instant(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
