//! The journal as people read it: who changed what, when, from what to what; and taking a change back.

use rusqlite::{Connection, Transaction};
use serde_json::Value;
use uuid::Uuid;

use super::change::{Body, Change, ChangeId, Entry, Op, Scope, WrittenChange};
use super::commit::{Author, append};
use super::entries::Entries;
use super::fold::is_set_field;
use super::{JournalError, Result};
use crate::db::entry;
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
    /// Whether nothing overtook it and it can be taken back.
    pub undoable: bool,
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
    let mut entries = Entries::new(conn);
    let mut lines = Vec::with_capacity(rows.len());
    for (row, device) in rows {
        let Entry { row, body } = Entry::from(row);
        let readable = body.is_some();
        let undoable = match &body {
            Some(body) => inverse(&mut entries, &row.hash, body)?.is_some(),
            None => false,
        };
        let mut changes = Vec::new();
        for change in body.unwrap_or_default().changes {
            tell(&mut entries, change, &mut changes)?;
        }
        lines.push(Line {
            hash: row.hash,
            at: row.at,
            author: row.author,
            device,
            changes,
            readable,
            undoable,
        });
    }
    Ok((lines, total))
}

fn tell(entries: &mut Entries<'_>, change: WrittenChange, out: &mut Vec<Told>) -> Result<()> {
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
                Some(old) => value_of(entries, id, *old, &field)?,
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

/// What a change of an entity gave to a field; none when its entry is gone or erased.
fn value_of(
    entries: &mut Entries<'_>,
    id: Uuid,
    name: ChangeId,
    field: &str,
) -> Result<Option<Value>> {
    let entries = entries.of(id)?;
    let entry = entries
        .iter()
        .find(|entry| entry.row.hash[..8] == name.entry);
    let change = entry
        .and_then(|entry| entry.body.as_ref())
        .and_then(|body| body.changes.get(name.index as usize));
    Ok(
        match change.map(|change| (&change.value, change.kind.as_str())) {
            Some((Value::Object(fields), "new")) => fields.get(field).cloned(),
            Some((value, _)) => Some(value.clone()),
            None => None,
        },
    )
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

/// Whether an entry changes things of one kind and no others.
///
/// # Errors
/// When the database refuses.
pub fn speaks_only_of(conn: &Connection, hash: &[u8; 32], kind: EntityKind) -> Result<bool> {
    let Some((row, _)) = entry::by_hash(conn, hash)? else {
        return Ok(false);
    };
    let Some(body) = Entry::from(row).body else {
        return Ok(false);
    };
    let mut changes = body.changes.iter();
    Ok(changes.all(|change| change.entity == kind.name()))
}

/// Whether an entry sets these fields of things of one kind, and nothing else.
///
/// # Errors
/// When the database refuses.
pub fn sets_only(
    conn: &Connection,
    hash: &[u8; 32],
    kind: EntityKind,
    fields: &[&str],
) -> Result<bool> {
    let Some((row, _)) = entry::by_hash(conn, hash)? else {
        return Ok(false);
    };
    let changes = Entry::from(row).body.unwrap_or_default().changes;
    Ok(!changes.is_empty()
        && changes.iter().all(|change| {
            change.entity == kind.name()
                && change.kind == "set"
                && fields.contains(&change.field.as_str())
        }))
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
    let changes = inverse(&mut Entries::new(tx), hash, &body)?.ok_or(JournalError::CannotUndo)?;
    append(tx, author, scope, changes, Some(hex(hash)))
}

/// The changes that take an entry back; none when it cannot be.
fn inverse(entries: &mut Entries<'_>, hash: &[u8; 32], body: &Body) -> Result<Option<Vec<Change>>> {
    let mut changes = Vec::with_capacity(body.changes.len());
    for (index, change) in body.changes.iter().enumerate() {
        let name = ChangeId::of(hash, index);
        let Some(kind) = EntityKind::parse(&change.entity) else {
            return Ok(None);
        };
        let state = entries.state(change.id)?;
        let still_counts = |field: &str| {
            state
                .fields
                .get(field)
                .is_some_and(|known| known.heads.iter().any(|head| head.id == name))
        };
        let field = change.field.clone();
        let op = match change.kind.as_str() {
            "new"
                if begins_what_can_go(kind, &change.value)
                    && state.shown("removed") != Some(Value::Bool(true)) =>
            {
                Op::Set("removed".to_owned(), Value::Bool(true))
            }
            "set" if still_counts(&field) => {
                let before = match change.supersedes.last() {
                    Some(old) => value_of(entries, change.id, *old, &field)?,
                    None => None,
                };
                Op::Set(field, before.unwrap_or(Value::Null))
            }
            "add" if still_counts(&field) => Op::Remove(field, change.value.clone()),
            "remove" if is_set_field(&field) => Op::Add(field, change.value.clone()),
            _ => return Ok(None),
        };
        let entity = Entity {
            kind,
            id: change.id,
        };
        changes.push(Change { entity, op });
    }
    Ok(Some(changes))
}

/// What can be withdrawn once it began. A mail that the team sent cannot: it is with others.
fn begins_what_can_go(kind: EntityKind, fields: &Value) -> bool {
    match kind {
        EntityKind::Contact
        | EntityKind::Fact
        | EntityKind::Note
        | EntityKind::Evidence
        | EntityKind::Referral => true,
        EntityKind::Message => fields.get("sent") == Some(&Value::Bool(false)),
        _ => false,
    }
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
