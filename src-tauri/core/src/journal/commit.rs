//! Appending an entry and projecting it, in one transaction of the caller.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use ed25519_dalek::SigningKey;
use rusqlite::Transaction;
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Result;
use super::change::{Body, Change, ChangeId, Op, SCHEMA, Scope, WrittenChange};
use super::entries::Entries;
use super::fold::{State, begun, is_set_field};
use super::header::{Header, body_hash, next_clock};
use crate::db::{self, entry};
use crate::domain::entity::{Entity, Fields};

/// The workstation's identity and signing key. Its secret lies in the encrypted database and nowhere else.
pub struct DeviceKey {
    /// Identifier of the workstation.
    pub id: Uuid,
    signing: SigningKey,
}

impl DeviceKey {
    /// A device from its secret.
    #[must_use]
    pub fn new(id: Uuid, secret: &Zeroizing<[u8; 32]>) -> Self {
        Self {
            id,
            signing: SigningKey::from_bytes(secret),
        }
    }

    /// The public key, 32 bytes.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }
}

/// Who changes something, on which device, and when.
#[derive(Clone, Copy)]
pub struct Author<'a> {
    /// The person.
    pub person: Uuid,
    /// The device.
    pub device: &'a DeviceKey,
    /// Wall clock, milliseconds since 1970.
    pub at: i64,
    /// Randomness for the body's salt.
    pub salt: [u8; 16],
}

/// Appends one entry with these changes to the author's chain of this scope and projects what it touches. Gives the
/// entry's header hash, or `None` when nothing would change.
///
/// # Errors
/// When the database refuses; the caller's transaction then rolls back the whole.
pub fn commit(
    tx: &Transaction<'_>,
    author: Author<'_>,
    scope: Scope,
    changes: Vec<Change>,
) -> Result<Option<[u8; 32]>> {
    append(tx, author, scope, changes, None)
}

pub(super) fn append(
    tx: &Transaction<'_>,
    author: Author<'_>,
    scope: Scope,
    changes: Vec<Change>,
    undoes: Option<String>,
) -> Result<Option<[u8; 32]>> {
    let mut entries = Entries::new(tx);
    let mut states: BTreeMap<Uuid, State> = BTreeMap::new();
    let mut written = Vec::with_capacity(changes.len());
    let mut touched: Vec<Entity> = scope.entity().into_iter().collect();
    let mut is_touched: HashSet<Uuid> = touched.iter().map(|entity| entity.id).collect();
    for change in changes {
        let entity = change.entity;
        if let Entry::Vacant(vacant) = states.entry(entity.id) {
            vacant.insert(match change.op {
                Op::New(_) => State::default(),
                _ => entries.state(entity.id)?,
            });
        }
        let count = written.len();
        written.extend(write(entity, change.op, &states[&entity.id]));
        if written.len() > count && is_touched.insert(entity.id) {
            touched.push(entity);
        }
    }
    if written.is_empty() {
        return Ok(None);
    }
    let body = Body {
        changes: written,
        undoes,
    };
    let text = serde_json::to_string(&body)?;
    let log = entry::log(tx, author.device.id, scope.number(), scope.subject())?;
    let header = Header {
        device: author.device.id,
        scope: scope.number(),
        subject: scope.subject(),
        seq: log.last_seq + 1,
        prev: log.last_hash,
        hlc: next_clock(entry::clock(tx)?, author.at),
        at: author.at,
        author: author.person,
        schema: SCHEMA,
        body_hash: body_hash(&author.salt, &text),
    };
    let hash = header.hash();
    let row = entry::EntryRow {
        id: 0,
        log: log.id,
        seq: header.seq,
        prev: header.prev,
        hash,
        hlc: header.hlc,
        at: header.at,
        author: header.author,
        schema: header.schema,
        salt: author.salt,
        body_hash: header.body_hash,
        body: Some(text),
        signature: header.sign(&author.device.signing),
    };
    let ids: Vec<Uuid> = touched.iter().map(|entity| entity.id).collect();
    let id = entry::append(tx, &row, &ids)?;
    let mut begun_here = begun_in(body);
    for entity in &touched {
        match begun_here.remove(&entity.id).flatten() {
            Some(fields) if entry::touching(tx, entity.id)? == [id] => {
                db::project(tx, *entity, &begun(fields, row.at))?;
            }
            _ => {
                entries.project(entity.id)?;
            }
        }
    }
    db::index_text(tx, &touched)?;
    Ok(Some(hash))
}

/// The entities of which a body holds one "new" and no other change, with their fields; nothing for the others.
fn begun_in(body: Body) -> HashMap<Uuid, Option<Fields>> {
    let mut found: HashMap<Uuid, Option<Fields>> = HashMap::with_capacity(body.changes.len());
    for change in body.changes {
        let several = found.contains_key(&change.id);
        let fields = match change.value {
            Value::Object(fields) if change.kind == "new" && !several => Some(fields),
            _ => None,
        };
        found.insert(change.id, fields);
    }
    found
}

/// A change with the names of those that it takes the place of; none when it changes nothing.
fn write(entity: Entity, op: Op, state: &State) -> Option<WrittenChange> {
    let heads = |field: &str, value: Option<&Value>| -> Vec<ChangeId> {
        state.fields.get(field).map_or_else(Vec::new, |known| {
            known
                .heads
                .iter()
                .filter(|head| value.is_none_or(|value| head.value == *value))
                .map(|head| head.id)
                .collect()
        })
    };
    let (kind, field, value, supersedes) = match op {
        Op::New(fields) => ("new", String::new(), Value::Object(fields), Vec::new()),
        Op::Set(field, value) => {
            let old = heads(&field, None);
            if old.len() == 1 && state.shown(&field).as_ref() == Some(&value) {
                return None;
            }
            ("set", field, value, old)
        }
        Op::Add(field, value) => {
            debug_assert!(is_set_field(&field));
            if !heads(&field, Some(&value)).is_empty() {
                return None;
            }
            ("add", field, value, Vec::new())
        }
        Op::Remove(field, value) => {
            let old = heads(&field, Some(&value));
            if old.is_empty() {
                return None;
            }
            ("remove", field, value, old)
        }
    };
    Some(WrittenChange {
        entity: entity.kind.name().to_owned(),
        id: entity.id,
        kind: kind.to_owned(),
        field,
        value,
        supersedes,
    })
}

/// Every change that turns the values of a set into others.
#[must_use]
pub fn set_difference(
    entity: Entity,
    field: &str,
    before: &[Value],
    after: &[Value],
) -> Vec<Change> {
    let gone = before.iter().filter(|value| !after.contains(value));
    let come = after.iter().filter(|value| !before.contains(value));
    gone.map(|value| Change {
        entity,
        op: Op::Remove(field.to_owned(), value.clone()),
    })
    .chain(come.map(|value| Change {
        entity,
        op: Op::Add(field.to_owned(), value.clone()),
    }))
    .collect()
}
