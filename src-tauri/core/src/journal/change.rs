//! What an entry says: changes of fields of entities.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::db::entry::EntryRow;
use crate::domain::entity::{Entity, EntityKind, Fields};

/// Version of the body's shape.
pub const SCHEMA: u32 = 1;

/// What a chain speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// People, devices, profile, settings, certificates.
    Registry,
    /// One case and what belongs to it.
    Case(Uuid),
    /// One organisation: it outlives its cases, and can be taken along or erased on its own.
    Organisation(Uuid),
}

impl Scope {
    /// The scope's number in a header.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Registry => 0,
            Self::Case(_) => 1,
            Self::Organisation(_) => 2,
        }
    }

    /// The case or organisation; nil for the registry.
    #[must_use]
    pub const fn subject(self) -> Uuid {
        match self {
            Self::Registry => Uuid::nil(),
            Self::Case(id) | Self::Organisation(id) => id,
        }
    }

    /// The entity that every entry of this scope touches, so that it knows when it last changed.
    #[must_use]
    pub const fn entity(self) -> Option<Entity> {
        match self {
            Self::Registry => None,
            Self::Case(id) => Some(Entity {
                kind: EntityKind::Case,
                id,
            }),
            Self::Organisation(id) => Some(Entity {
                kind: EntityKind::Organisation,
                id,
            }),
        }
    }
}

/// What happens to a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// An entity begins, with these fields (dots nest).
    New(Fields),
    /// A field takes a value.
    Set(String, Value),
    /// A value joins a set.
    Add(String, Value),
    /// A value leaves a set: the additions that were seen, and no others.
    Remove(String, Value),
}

/// A change to be committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Of what.
    pub entity: Entity,
    /// What.
    pub op: Op,
}

impl Change {
    /// A field of an entity takes a value.
    pub fn set(
        kind: EntityKind,
        id: Uuid,
        field: impl Into<String>,
        value: impl Into<Value>,
    ) -> Self {
        Self {
            entity: Entity { kind, id },
            op: Op::Set(field.into(), value.into()),
        }
    }

    /// An entity begins.
    #[must_use]
    pub const fn new(kind: EntityKind, id: Uuid, fields: Fields) -> Self {
        Self {
            entity: Entity { kind, id },
            op: Op::New(fields),
        }
    }
}

/// A change as the body writes it. Kinds are text, so that those of a newer version are kept and relayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WrittenChange {
    /// Entity kind.
    pub entity: String,
    /// Entity identifier.
    pub id: Uuid,
    /// "new", "set", "add", "remove".
    pub kind: String,
    /// Field; empty for "new".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// Value.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    /// The changes that it takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<ChangeId>,
}

/// A change's name in its scope: eight bytes of its entry's header hash, and its place in the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChangeId {
    /// First eight bytes of the header hash.
    pub entry: [u8; 8],
    /// Place in the body, from 0.
    pub index: u32,
}

impl ChangeId {
    /// The name of the change at a place in the entry with this header hash.
    #[must_use]
    pub fn of(hash: &[u8; 32], index: usize) -> Self {
        let mut entry = [0; 8];
        entry.copy_from_slice(&hash[..8]);
        Self {
            entry,
            index: u32::try_from(index).unwrap_or(u32::MAX),
        }
    }
}

impl From<ChangeId> for String {
    fn from(id: ChangeId) -> Self {
        format!("{:016x}.{}", u64::from_be_bytes(id.entry), id.index)
    }
}

impl TryFrom<String> for ChangeId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (entry, index) = text.split_once('.').ok_or("a change is named HASH.PLACE")?;
        let entry = u64::from_str_radix(entry, 16).map_err(|_| "a change's hash is hexadecimal")?;
        let index = index.parse().map_err(|_| "a change's place is a number")?;
        Ok(Self {
            entry: entry.to_be_bytes(),
            index,
        })
    }
}

/// The body of an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Its changes.
    pub changes: Vec<WrittenChange>,
    /// The entry that it undoes, by header hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}

/// An entry with its body.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As it lies in the database.
    pub row: EntryRow,
    /// What it says; none when it was erased, or is of an unknown shape.
    pub body: Option<Body>,
}

impl From<EntryRow> for Entry {
    fn from(row: EntryRow) -> Self {
        let body = row
            .body
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        Self { row, body }
    }
}
