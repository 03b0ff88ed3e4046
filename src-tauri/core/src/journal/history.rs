//! The journal as people read it: who changed what, when, from what to what; and taking a change back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rusqlite::{Connection, Transaction};
use serde_json::Value;
use uuid::Uuid;

use super::change::{Body, Change, ChangeId, Op, Scope, WrittenChange};
use super::commit::{Author, append};
use super::fold::{self, is_set_field};
use super::{JournalError, Result};
use crate::db::entry::{self, EntryRow};
use crate::domain::entity::{Entity, EntityKind};

/// One entry, told.
#[derive(Clone, Debug)]
pub struct Line {
    /// Header hash.
    pub hash: [u8; 32],
    /// Wall clock, milliseconds.
    pub at: i64,
    /// Person.
    pub author: Uuid,
    /// Device.
    pub device: Uuid,
    /// Its changes.
    pub changes: Vec<Told>,
    /// Whether its body is still there.
    pub readable: bool,
}

/// One field changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Entity kind as written.
    pub entity: String,
    /// Entity.
    pub id: Uuid,
    /// Field.
    pub field: String,
    /// Before.
    pub before: Option<Value>,
    /// After.
    pub after: Option<Value>,
}

/// A page of what happened to a subject, newest first, and how many entries there are.
///
/// # Errors
/// When the database refuses.
pub fn page(conn: &Connection, subject: Uuid, offset: u32, limit: u32) -> Result<(Vec<Line>, u32)> {
    let (rows, total) = entry::of_subject(conn, subject, offset, limit)?;
    let mut earlier = Earlier::default();
    let mut lines = Vec::with_capacity(rows.len());
    for (row, device) in rows {
        let body = row
            .body
            .as_deref()
            .and_then(|text| serde_json::from_str::<Body>(text).ok());
        let readable = body.is_some();
        let mut changes = Vec::new();
        for change in body.unwrap_or_default().changes {
            tell(conn, &mut earlier, change, &mut changes)?;
        }
        lines.push(Line {
            hash: row.hash,
            at: row.at,
            author: row.author,
            device,
            changes,
            readable,
        });
    }
    Ok((lines, total))
}

fn tell(
    conn: &Connection,
    earlier: &mut Earlier,
    change: WrittenChange,
    out: &mut Vec<Told>,
) -> Result<()> {
    let WrittenChange {
        entity,
        id,
        kind,
        field,
        value,
        supersedes,
    } = change;
    match (kind.as_str(), value) {
        ("new", Value::Object(fields)) => {
            out.extend(fields.into_iter().map(|(field, value)| Told {
                entity: entity.clone(),
                id,
                field,
                before: None,
                after: Some(value),
            }));
        }
        ("remove", value) => out.push(Told {
            entity,
            id,
            field,
            before: Some(value),
            after: None,
        }),
        ("add", value) => out.push(Told {
            entity,
            id,
            field,
            before: None,
            after: Some(value),
        }),
        (_, value) => {
            let before = match supersedes.last() {
                Some(old) => earlier.value(conn, id, *old, &field)?,
                None => None,
            };
            out.push(Told {
                entity,
                id,
                field,
                before,
                after: Some(value),
            });
        }
    }
    Ok(())
}

/// The entries of the entities that a page speaks of, each read once.
#[derive(Default)]
struct Earlier {
    entries: BTreeMap<Uuid, Vec<EntryRow>>,
}

impl Earlier {
    fn value(
        &mut self,
        conn: &Connection,
        id: Uuid,
        name: ChangeId,
        field: &str,
    ) -> Result<Option<Value>> {
        let entries = match self.entries.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => vacant.insert(entry::of_entity(conn, id)?),
        };
        let Some(row) = entries.iter().find(|row| row.hash[..8] == name.entry) else {
            return Ok(None);
        };
        let Some(body) = row
            .body
            .as_deref()
            .and_then(|text| serde_json::from_str::<Body>(text).ok())
        else {
            return Ok(None);
        };
        let Some(change) = body.changes.get(name.index as usize) else {
            return Ok(None);
        };
        Ok(match (&change.value, change.kind.as_str()) {
            (Value::Object(fields), "new") => fields.get(field).cloned(),
            (value, _) => Some(value.clone()),
        })
    }
}

/// The scope and author of the entry whose header has this hash.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &Connection, hash: &[u8; 32]) -> Result<Option<(Scope, Uuid)>> {
    let Some((row, log)) = entry::by_hash(conn, hash)? else {
        return Ok(None);
    };
    let scope = match log.scope {
        1 => Scope::Case(log.subject),
        2 => Scope::Organisation(log.subject),
        _ => Scope::Registry,
    };
    Ok(Some((scope, row.author)))
}

/// Takes an entry back: every field that it set returns to what it was, every value it added leaves, every one it removed
/// joins again, and what it began is withdrawn. The entry stays in the journal, and so does this.
///
/// # Errors
/// [`JournalError::CannotUndo`] when a later change overtook one of its fields, or it began something that stays.
pub fn undo(
    tx: &Transaction<'_>,
    author: Author<'_>,
    scope: Scope,
    hash: &[u8; 32],
) -> Result<Option<[u8; 32]>> {
    let (row, _) = entry::by_hash(tx, hash)?.ok_or(JournalError::NoSuchEntry)?;
    let body: Body = serde_json::from_str(row.body.as_deref().ok_or(JournalError::CannotUndo)?)?;
    let mut earlier = Earlier::default();
    let mut changes = Vec::new();
    for (index, change) in body.changes.into_iter().enumerate() {
        let name = ChangeId::of(&row.hash, index);
        let kind = EntityKind::parse(&change.entity).ok_or(JournalError::CannotUndo)?;
        let entity = Entity {
            kind,
            id: change.id,
        };
        let state = fold::state(tx, change.id)?;
        let still_counts = |field: &str| {
            state
                .fields
                .get(field)
                .is_some_and(|known| known.heads.iter().any(|head| head.id == name))
        };
        let op = match change.kind.as_str() {
            "new"
                if matches!(
                    kind,
                    EntityKind::Contact | EntityKind::Fact | EntityKind::Note
                ) =>
            {
                Op::Set("removed".to_owned(), Value::Bool(true))
            }
            "set" if still_counts(&change.field) => {
                let before = match change.supersedes.last() {
                    Some(old) => earlier.value(tx, change.id, *old, &change.field)?,
                    None => None,
                };
                Op::Set(change.field, before.unwrap_or(Value::Null))
            }
            "add" if still_counts(&change.field) => Op::Remove(change.field, change.value),
            "remove" if is_set_field(&change.field) => Op::Add(change.field, change.value),
            _ => return Err(JournalError::CannotUndo),
        };
        changes.push(Change { entity, op });
    }
    append(tx, author, scope, changes, Some(hex(hash)))
}

/// Lower-case hexadecimal of a hash.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}
