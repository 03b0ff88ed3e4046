//! The state of an entity: every change of its entries that no other change supersedes.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;
use uuid::Uuid;

use super::change::{Body, ChangeId, Entry};
use crate::db::entry::EntryRow;
use crate::domain::entity::{EntityKind, Fields, nest, sorted};

/// A change that still counts for a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Its name.
    pub id: ChangeId,
    /// Its clock.
    pub hlc: u64,
    /// Its value.
    pub value: Value,
}

/// What is known of a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// The changes that count, in the order of their clocks. More than one in a plain field is a conflict.
    pub heads: Vec<Head>,
    /// A set of values rather than one.
    pub is_set: bool,
}

/// The folded state of one entity.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Its kind; none when no readable body begins it.
    pub kind: Option<EntityKind>,
    /// What counts, by field.
    pub fields: BTreeMap<String, Field>,
    /// Wall clock of its last entry, milliseconds.
    pub changed_at: i64,
}

impl State {
    /// Fields whose devices disagree.
    #[must_use]
    pub fn conflicts(&self) -> Vec<&str> {
        self.fields
            .iter()
            .filter(|(_, field)| !field.is_set && field.heads.len() > 1)
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The value of a field that is shown; `None` if it was never set.
    #[must_use]
    pub fn shown(&self, name: &str) -> Option<Value> {
        let field = self.fields.get(name)?;
        if field.is_set {
            let mut values: Vec<Value> = Vec::new();
            for head in &field.heads {
                if !values.contains(&head.value) {
                    values.push(head.value.clone());
                }
            }
            return Some(Value::Array(values));
        }
        let strictest = strictness(name).and_then(|strict| {
            field
                .heads
                .iter()
                .max_by_key(|head| (strict(&head.value), head.hlc, head.id))
        });
        strictest
            .or_else(|| field.heads.last())
            .map(|head| head.value.clone())
    }

    /// The fields as the tables take them.
    #[must_use]
    pub fn shown_fields(&self) -> Fields {
        let mut out = Fields::new();
        for name in self.fields.keys() {
            if let Some(value) = self.shown(name) {
                nest(&mut out, name, value);
            }
        }
        dated(out, self.changed_at)
    }
}

/// The fields of an entity that one "new" of one entry tells whole, as the tables take them: what [`fold`] and
/// [`State::shown_fields`] make of that entry. Long tables begin thousands of entities at once.
#[must_use]
pub fn begun(mut fields: Fields, at: i64) -> Fields {
    let sets: Vec<String> = fields
        .iter()
        .filter(|(name, value)| is_set_field(name) && value.is_array())
        .map(|(name, _)| name.clone())
        .collect();
    for name in sets {
        let Some(Value::Array(values)) = fields.get_mut(&name) else {
            continue;
        };
        let mut once: Vec<Value> = Vec::with_capacity(values.len());
        for value in std::mem::take(values) {
            if !once.contains(&value) {
                once.push(value);
            }
        }
        *values = once;
        if values.is_empty() {
            fields.remove(&name);
        }
    }
    if fields.keys().any(|name| name.contains('.')) {
        // The order in which the fold nests them.
        fields.sort_keys();
        let mut out = Fields::new();
        for (name, value) in fields {
            nest(&mut out, &name, value);
        }
        fields = out;
    }
    dated(fields, at.max(0))
}

fn dated(mut fields: Fields, changed_at: i64) -> Fields {
    fields.insert("changed_at".to_owned(), Value::from(changed_at));
    match sorted(Value::Object(fields)) {
        Value::Object(fields) => fields,
        _ => Fields::new(),
    }
}

/// Where two devices disagree on a marking, the strictest is shown: rank of a value, for the fields that have one.
fn strictness(field: &str) -> Option<fn(&Value) -> usize> {
    use crate::domain::marking::{Pap, Tlp};
    match field {
        "tlp" => Some(|value| {
            serde_json::from_value::<Tlp>(value.clone()).map_or(usize::MAX, |tlp| tlp as usize)
        }),
        "pap" => Some(|value| {
            serde_json::from_value::<Pap>(value.clone()).map_or(usize::MAX, |pap| pap as usize)
        }),
        _ => None,
    }
}

/// A change of one field, taken out of its body.
struct Written {
    id: ChangeId,
    hlc: u64,
    kind: String,
    field: String,
    value: Value,
}

/// The changes of one entity in the order of their clocks. A "new" of many fields gives one for each, and one for each
/// value of a set, so that each is overtaken on its own.
fn written(
    id: Uuid,
    row: &EntryRow,
    body: &Body,
) -> (Option<EntityKind>, Vec<Written>, Vec<Overtaken>) {
    let (mut kind, mut changes, mut overtaken) = (None, Vec::new(), Vec::new());
    for (index, change) in body
        .changes
        .iter()
        .enumerate()
        .filter(|(_, change)| change.id == id)
    {
        let name = ChangeId::of(&row.hash, index);
        kind = kind.or_else(|| EntityKind::parse(&change.entity));
        let of_value = (change.kind == "remove").then(|| change.value.to_string());
        overtaken.extend(
            change
                .supersedes
                .iter()
                .map(|old| (*old, change.field.clone(), of_value.clone())),
        );
        let mut push = |kind: &str, field: String, value: Value| {
            changes.push(Written {
                id: name,
                hlc: row.hlc,
                kind: kind.to_owned(),
                field,
                value,
            });
        };
        match (change.kind.as_str(), &change.value) {
            ("new", Value::Object(fields)) => {
                for (field, value) in fields {
                    match value {
                        Value::Array(values) if is_set_field(field) => {
                            values
                                .iter()
                                .for_each(|value| push("add", field.clone(), value.clone()));
                        }
                        value => push("set", field.clone(), value.clone()),
                    }
                }
            }
            (kind, value) => push(kind, change.field.clone(), value.clone()),
        }
    }
    (kind, changes, overtaken)
}

/// A change whose effect on a field (on one value of a set) is over.
type Overtaken = (ChangeId, String, Option<String>);

/// Folds the entries that touch an entity. Bodies that are erased or of an unknown shape count for nothing but time, and
/// changes of an unknown kind for nothing at all.
#[must_use]
pub fn fold(id: Uuid, entries: &[Rc<Entry>]) -> State {
    let mut state = State::default();
    let mut changes = Vec::new();
    let mut overtaken = BTreeSet::new();
    for entry in entries {
        state.changed_at = state.changed_at.max(entry.row.at);
        let Some(body) = &entry.body else {
            continue;
        };
        let (kind, of_entry, over) = written(id, &entry.row, body);
        state.kind = state.kind.or(kind);
        changes.extend(of_entry);
        overtaken.extend(over);
    }
    for change in changes {
        let field = state.fields.entry(change.field.clone()).or_default();
        field.is_set |= matches!(change.kind.as_str(), "add" | "remove");
        let of_value = (change.kind == "add").then(|| change.value.to_string());
        let counts = matches!(change.kind.as_str(), "set" | "add");
        if counts && !overtaken.contains(&(change.id, change.field, of_value)) {
            field.heads.push(Head {
                id: change.id,
                hlc: change.hlc,
                value: change.value,
            });
        }
    }
    state
}

/// The fields that are sets of values, joined and left one by one.
#[must_use]
pub fn is_set_field(field: &str) -> bool {
    matches!(field, "categories" | "tags")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::journal::change::WrittenChange;

    fn row(at: i64) -> EntryRow {
        EntryRow {
            id: 1,
            log: 1,
            seq: 1,
            prev: [0; 32],
            hash: [7; 32],
            hlc: 1,
            at,
            author: Uuid::nil(),
            schema: 1,
            salt: [0; 16],
            body_hash: [0; 32],
            body: None,
            signature: [0; 64],
        }
    }

    #[test]
    fn what_one_entry_begins_is_what_its_fold_shows() {
        let id = Uuid::from_u128(3);
        for (fields, at) in [
            (json!({}), 5),
            (json!({"b": 1, "a": {"z": 1, "y": [{"d": 1, "c": 2}]}}), 5),
            (
                json!({"categories": ["x", "y", "x"], "tags": [], "areas": []}),
                5,
            ),
            (
                json!({"axes.urgency": 2, "axes": {"recovery": 1}, "tlp": "red"}),
                5,
            ),
            (json!({"axes.urgency": 2, "axes": 4, "nothing": null}), -5),
            (
                json!({"categories": "one", "changed_at": 9, "a.b.c": {"f": 1, "e": 2}}),
                5,
            ),
        ] {
            let Value::Object(fields) = fields else {
                panic!("not an object")
            };
            let change = WrittenChange {
                entity: "provider".into(),
                id,
                kind: "new".into(),
                field: String::new(),
                value: Value::Object(fields.clone()),
                supersedes: Vec::new(),
            };
            let body = Body {
                changes: vec![change],
                undoes: None,
            };
            let entry = Entry {
                row: row(at),
                body: Some(body),
            };
            let folded = fold(id, &[Rc::new(entry)]).shown_fields();
            let text = |fields: &Fields| serde_json::to_string(fields).unwrap();
            assert_eq!(text(&begun(fields, at)), text(&folded));
        }
    }
}
