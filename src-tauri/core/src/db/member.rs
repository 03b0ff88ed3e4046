//! What belongs to a case beside itself: contacts, facts, notes, documents. One table, as they are read together.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::error::Result;
use crate::domain::entity::{Entity, EntityKind, Fields};

pub(super) const SCHEMA: &str = "
CREATE TABLE member (
    id BLOB PRIMARY KEY,
    case_ BLOB NOT NULL,
    kind TEXT NOT NULL,
    removed INTEGER NOT NULL,
    -- Of a document: where it stands, and its hash.
    status TEXT,
    sha256 TEXT,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX member_case ON member (case_, kind, id);
CREATE INDEX member_status ON member (status, id) WHERE status IS NOT NULL;
CREATE INDEX member_sha256 ON member (sha256) WHERE sha256 IS NOT NULL;
";

#[derive(Deserialize)]
struct Head {
    case: Uuid,
    #[serde(default)]
    removed: bool,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    sha256: Option<String>,
}

pub(super) fn project(conn: &Connection, entity: Entity, fields: &Fields) -> Result<()> {
    let text = serde_json::to_string(fields)?;
    let head: Head = serde_json::from_str(&text)?;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO member (id, case_, kind, removed, status, sha256, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        entity.id,
        head.case,
        entity.kind.name(),
        head.removed,
        head.state,
        head.sha256,
        text
    ])?;
    Ok(())
}

/// The case that something belongs to as its state says, unless it was taken away.
pub(super) fn stays_in(fields: &Fields) -> Option<Uuid> {
    let removed = fields.get("removed").and_then(serde_json::Value::as_bool);
    let case = fields.get("case")?.as_str()?.parse().ok()?;
    (removed != Some(true)).then_some(case)
}

/// The case that something belongs to.
///
/// # Errors
/// When the database refuses.
pub fn case_of(conn: &Connection, id: Uuid) -> Result<Option<Uuid>> {
    Ok(conn
        .prepare_cached("SELECT case_ FROM member WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// What belongs to a case, of one kind, oldest first, without what was taken away.
///
/// # Errors
/// When the database refuses or a state does not have the asked shape.
pub fn of_case<T: DeserializeOwned>(
    conn: &Connection,
    case: Uuid,
    kind: EntityKind,
) -> Result<Vec<(Uuid, T)>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, state FROM member WHERE case_ = ?1 AND kind = ?2 AND removed = 0 ORDER BY id",
    )?;
    let rows = statement.query_map(params![case, kind.name()], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    collect(rows)
}

/// What belongs to any case, of one kind, oldest first, without what was taken away.
///
/// # Errors
/// When the database refuses or a state does not have the asked shape.
pub fn of_kind<T: DeserializeOwned>(conn: &Connection, kind: EntityKind) -> Result<Vec<(Uuid, T)>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, state FROM member WHERE kind = ?1 AND removed = 0 ORDER BY id",
    )?;
    let rows = statement.query_map([kind.name()], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    collect(rows)
}

/// The documents that stand somewhere ("to_sign"), oldest first: the newest `limit` of them.
///
/// # Errors
/// When the database refuses or a state does not have the asked shape.
pub fn documents_in<T: DeserializeOwned>(
    conn: &Connection,
    status: &str,
    limit: u32,
) -> Result<Vec<(Uuid, T)>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, state FROM member WHERE status = ?1 AND removed = 0 ORDER BY id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![status, limit], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut newest_first = collect(rows)?;
    newest_first.reverse();
    Ok(newest_first)
}

/// How many documents stand somewhere ("to_sign").
///
/// # Errors
/// When the database refuses.
pub fn count_documents(conn: &Connection, status: &str) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM member WHERE status = ?1 AND removed = 0")?
        .query_row([status], |row| row.get(0))?)
}

/// The documents whose bytes have this hash (hexadecimal).
///
/// # Errors
/// When the database refuses or a state does not have the asked shape.
pub fn documents_with<T: DeserializeOwned>(
    conn: &Connection,
    sha256: &str,
) -> Result<Vec<(Uuid, T)>> {
    let mut statement =
        conn.prepare_cached("SELECT id, state FROM member WHERE sha256 = ?1 ORDER BY id DESC")?;
    let rows = statement.query_map([sha256], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    collect(rows)
}

/// One thing by its identifier.
///
/// # Errors
/// When the database refuses or the state does not have the asked shape.
pub fn get<T: DeserializeOwned>(
    conn: &Connection,
    id: Uuid,
    kind: EntityKind,
) -> Result<Option<T>> {
    let state: Option<String> = conn
        .prepare_cached("SELECT state FROM member WHERE id = ?1 AND kind = ?2")?
        .query_row(params![id, kind.name()], |row| row.get(0))
        .optional()?;
    state
        .map(|text| Ok(serde_json::from_str(&text)?))
        .transpose()
}

/// The text of what belongs to a case, for the search.
///
/// # Errors
/// When the database refuses.
pub(super) fn trail(conn: &Connection, case: Uuid) -> Result<String> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Words {
        text: String,
        title: String,
        detail: String,
        person: crate::domain::intake::Person,
    }
    let mut statement = conn.prepare_cached(
        "SELECT state FROM member WHERE case_ = ?1 AND removed = 0 ORDER BY kind, id",
    )?;
    let rows = statement.query_map([case], |row| row.get::<_, String>(0))?;
    let mut lines = Vec::new();
    for row in rows {
        let words: Words = serde_json::from_str(&row?)?;
        let Words {
            text,
            title,
            detail,
            person,
        } = words;
        lines.extend([
            text,
            title,
            detail,
            person.name,
            person.function,
            person.phone,
            person.mail,
        ]);
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines.join("\n"))
}

fn collect<T: DeserializeOwned>(
    rows: impl Iterator<Item = rusqlite::Result<(Uuid, String)>>,
) -> Result<Vec<(Uuid, T)>> {
    let mut out = Vec::new();
    for row in rows {
        let (id, state) = row?;
        out.push((id, serde_json::from_str(&state)?));
    }
    Ok(out)
}
