//! Reading entries: each is fetched and its body parsed once, however many entities it speaks of.

use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::Connection;
use uuid::Uuid;

use super::Result;
use super::change::Entry;
use super::fold::{State, fold};
use crate::db::entry;
use crate::domain::entity::Entity;

/// Entries kept at once: those of some cases.
const KEPT: usize = 512;

/// The entries of a database, as one piece of work reads them. Entries never change, so what was read stays true; what is
/// appended meanwhile is found when its entity is asked for again.
pub struct Entries<'c> {
    conn: &'c Connection,
    read: HashMap<i64, Rc<Entry>>,
}

impl<'c> Entries<'c> {
    /// Nothing read yet.
    #[must_use]
    pub fn new(conn: &'c Connection) -> Self {
        Self {
            conn,
            read: HashMap::new(),
        }
    }

    /// Every entry that touches an entity, in the order of their clocks (ties by hash).
    ///
    /// # Errors
    /// When the database refuses.
    pub fn of(&mut self, entity: Uuid) -> Result<Vec<Rc<Entry>>> {
        if self.read.len() > KEPT {
            self.read.clear();
        }
        let mut entries = Vec::new();
        for id in entry::touching(self.conn, entity)? {
            let known = match self.read.get(&id) {
                Some(known) => Rc::clone(known),
                None => {
                    let read = Rc::new(Entry::from(entry::get(self.conn, id)?));
                    self.read.insert(id, Rc::clone(&read));
                    read
                }
            };
            entries.push(known);
        }
        entries.sort_by_key(|entry| (entry.row.hlc, entry.row.hash));
        Ok(entries)
    }

    /// The state of an entity now.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn state(&mut self, id: Uuid) -> Result<State> {
        Ok(fold(id, &self.of(id)?))
    }

    /// Folds an entity and writes its row; returns the entity when this version knows its kind.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn project(&mut self, id: Uuid) -> Result<Option<Entity>> {
        let state = self.state(id)?;
        let Some(kind) = state.kind else {
            return Ok(None);
        };
        let entity = Entity { kind, id };
        crate::db::project(self.conn, entity, &state.shown_fields())?;
        Ok(Some(entity))
    }
}
