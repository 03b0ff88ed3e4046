//! The team's own things: people, devices, profile and settings, certificates. Few rows, read whole.

use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::error::Result;
use crate::domain::entity::{Entity, EntityKind, Fields};

pub(super) const SCHEMA: &str = "
CREATE TABLE registry (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX registry_kind ON registry (kind);
";

pub(super) fn project(conn: &Connection, entity: Entity, fields: &Fields) -> Result<()> {
    conn.prepare_cached("INSERT OR REPLACE INTO registry (id, kind, state) VALUES (?1, ?2, ?3)")?
        .execute(params![
            entity.id,
            entity.kind.name(),
            serde_json::to_string(fields)?
        ])?;
    Ok(())
}

/// Every entity of a kind, oldest first.
///
/// # Errors
/// When the database refuses or a state does not have the asked shape.
pub fn all<T: DeserializeOwned>(conn: &Connection, kind: EntityKind) -> Result<Vec<(Uuid, T)>> {
    let mut statement =
        conn.prepare_cached("SELECT id, state FROM registry WHERE kind = ?1 ORDER BY id")?;
    let rows = statement.query_map([kind.name()], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (id, state) = row?;
        out.push((id, serde_json::from_str(&state)?));
    }
    Ok(out)
}

/// One entity's state.
///
/// # Errors
/// When the database refuses or the state does not have the asked shape.
pub fn get<T: DeserializeOwned>(conn: &Connection, id: Uuid) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached("SELECT state FROM registry WHERE id = ?1")?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let state: Value = serde_json::from_str(&row.get::<_, String>(0)?)?;
    Ok(Some(serde_json::from_value(state)?))
}
