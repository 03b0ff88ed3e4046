//! The organisations that the team knows.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::Result;
use super::words::match_expression;
use crate::domain::entity::Fields;
use crate::domain::organisation::OrganisationKind;

pub(super) const SCHEMA: &str = "
CREATE TABLE organisation (
    num INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    siren TEXT NOT NULL,
    name TEXT NOT NULL,
    commune TEXT NOT NULL,
    department TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX organisation_siren ON organisation (siren) WHERE siren <> '';
CREATE VIRTUAL TABLE organisation_text USING fts5 (
    name, place, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', columnsize = 0
);
";

/// The state of an organisation, as its changes add up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganisationState {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Option<OrganisationKind>,
    /// SIREN, 9 digits, or empty.
    pub siren: String,
    /// SIRET, 14 digits, or empty.
    pub siret: String,
    /// People employed.
    pub headcount: Option<u32>,
    /// Yearly turnover, euros.
    pub turnover_euros: Option<u64>,
    /// Balance-sheet total, euros.
    pub balance_euros: Option<u64>,
    /// NAF code.
    pub naf: String,
    /// Version of the NAF code.
    pub naf_version: String,
    /// INSEE code of the commune.
    pub commune: String,
    /// Name of the commune, as it was then.
    pub commune_name: String,
    /// Code of the département.
    pub department: String,
}

/// Writes the row of an organisation; gives its département, which its cases bear, too.
pub(super) fn project(conn: &Connection, id: Uuid, fields: &Fields) -> Result<String> {
    let text = serde_json::to_string(fields)?;
    let state: OrganisationState = serde_json::from_str(&text)?;
    conn.prepare_cached(
        "INSERT INTO organisation (id, siren, name, commune, department, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET siren = excluded.siren, name = excluded.name, commune = excluded.commune,
             department = excluded.department, state = excluded.state",
    )?
    .execute(params![
        id,
        state.siren,
        state.name,
        state.commune_name,
        state.department,
        text
    ])?;
    let num: i64 = conn
        .prepare_cached("SELECT num FROM organisation WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO organisation_text (rowid, name, place) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![num, state.name, state.commune_name])?;
    Ok(state.department)
}

/// One organisation.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, id: Uuid) -> Result<Option<OrganisationState>> {
    let state: Option<String> = conn
        .prepare_cached("SELECT state FROM organisation WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    state
        .map(|text| Ok(serde_json::from_str(&text)?))
        .transpose()
}

/// The organisations whose name or commune begins words as the text does; at most `limit`.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &Connection, text: &str, limit: u32) -> Result<Vec<(Uuid, OrganisationState)>> {
    let Some(words) = match_expression(text) else {
        return Ok(Vec::new());
    };
    let mut statement = conn.prepare_cached(
        "SELECT o.id, o.state FROM organisation_text t JOIN organisation o ON o.num = t.rowid
         WHERE organisation_text MATCH ?1 ORDER BY t.rowid DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![words, limit], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    collect(rows)
}

/// The organisations of a SIREN; a group's sites share it.
///
/// # Errors
/// When the database refuses.
pub fn by_siren(conn: &Connection, siren: &str) -> Result<Vec<(Uuid, OrganisationState)>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, state FROM organisation WHERE siren = ?1 AND siren <> '' ORDER BY id LIMIT 50",
    )?;
    let rows = statement.query_map([siren], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    collect(rows)
}

pub(super) fn department(conn: &Connection, id: Uuid) -> Result<String> {
    Ok(conn
        .prepare_cached("SELECT department FROM organisation WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .unwrap_or_default())
}

pub(super) fn search_text(conn: &Connection, id: Uuid) -> Result<String> {
    let Some(state) = get(conn, id)? else {
        return Ok(String::new());
    };
    Ok([state.name, state.commune_name, state.siren, state.siret].join(" "))
}

fn collect(
    rows: impl Iterator<Item = rusqlite::Result<(Uuid, String)>>,
) -> Result<Vec<(Uuid, OrganisationState)>> {
    let mut out = Vec::new();
    for row in rows {
        let (id, state) = row?;
        out.push((id, serde_json::from_str(&state)?));
    }
    Ok(out)
}
