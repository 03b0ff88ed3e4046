//! The keys of correspondents, by address: a recipient's key is found without reading the others.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::Result;
use crate::domain::entity::Fields;
use crate::domain::mail::{KeyOrigin, KeyTrust, KeyVerification};

pub(super) const SCHEMA: &str = "
CREATE TABLE correspondent_key (
    id BLOB PRIMARY KEY,
    trust TEXT NOT NULL,
    certificate TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE TABLE correspondent_address (
    address TEXT NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (address, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX correspondent_address_key ON correspondent_address (key);
-- The cases whose contacts bear an address.
CREATE INDEX member_mail ON member (lower(json_extract(state, '$.person.mail')), case_)
    WHERE kind = 'contact' AND removed = 0;
";

/// A key as its changes add up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CorrespondentKeyState {
    /// Armoured certificate: what its owner made, and nothing of others.
    pub certificate: String,
    /// Fingerprint, hexadecimal.
    pub fingerprint: String,
    /// The addresses that the team uses it for, in small letters, in order.
    pub addresses: Vec<String>,
    /// What the team thinks of it.
    pub trust: KeyTrust,
    /// Where it came from.
    pub origin: KeyOrigin,
    /// When it came, milliseconds.
    pub first_seen: i64,
    /// How it was verified.
    #[serde(default)]
    pub verification: Option<KeyVerification>,
    /// Why it was refused.
    #[serde(default)]
    pub refused_for: String,
}

pub(super) fn project(conn: &Connection, id: Uuid, fields: &Fields) -> Result<()> {
    let text = serde_json::to_string(fields)?;
    let state: CorrespondentKeyState = serde_json::from_str(&text)?;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO correspondent_key (id, trust, certificate, state) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![id, trust(state.trust), state.certificate, text])?;
    conn.prepare_cached("DELETE FROM correspondent_address WHERE key = ?1")?
        .execute([id])?;
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO correspondent_address (address, key) VALUES (?1, ?2)",
    )?;
    for address in state.addresses {
        insert.execute(params![address, id])?;
    }
    Ok(())
}

const fn trust(trust: KeyTrust) -> &'static str {
    match trust {
        KeyTrust::Refused => "refused",
        KeyTrust::Seen => "seen",
        KeyTrust::ToVerifyAgain => "to_verify_again",
        KeyTrust::Accepted => "accepted",
        KeyTrust::Verified => "verified",
    }
}

/// What [`trust`] wrote; what nothing wrote is trusted with nothing.
fn trust_of(written: &str) -> KeyTrust {
    match written {
        "seen" => KeyTrust::Seen,
        "to_verify_again" => KeyTrust::ToVerifyAgain,
        "accepted" => KeyTrust::Accepted,
        "verified" => KeyTrust::Verified,
        _ => KeyTrust::Refused,
    }
}

/// Every key, in the order of the identifiers.
///
/// # Errors
/// When the database refuses or a state does not have its shape.
pub fn all(conn: &Connection) -> Result<Vec<(Uuid, CorrespondentKeyState)>> {
    let mut statement =
        conn.prepare_cached("SELECT id, state FROM correspondent_key ORDER BY id")?;
    let rows = statement.query_map([], pair)?;
    collect(rows)
}

/// One key.
///
/// # Errors
/// When the database refuses or the state does not have its shape.
pub fn get(conn: &Connection, id: Uuid) -> Result<Option<CorrespondentKeyState>> {
    let state: Option<String> = conn
        .prepare_cached("SELECT state FROM correspondent_key WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    state
        .map(|text| Ok(serde_json::from_str(&text)?))
        .transpose()
}

/// The keys of an address, in the order of the identifiers.
///
/// # Errors
/// When the database refuses or a state does not have its shape.
pub fn of_address(conn: &Connection, address: &str) -> Result<Vec<(Uuid, CorrespondentKeyState)>> {
    let mut statement = conn.prepare_cached(
        "SELECT k.id, k.state FROM correspondent_address a JOIN correspondent_key k ON k.id = a.key
         WHERE a.address = ?1 ORDER BY k.id",
    )?;
    let rows = statement.query_map([address], pair)?;
    collect(rows)
}

/// A key as mails are judged by it.
#[derive(Clone, Debug)]
pub struct JudgingKey {
    /// Armoured certificate.
    pub certificate: String,
    /// The addresses that the team uses it for, in small letters.
    pub addresses: Vec<String>,
    /// What the team thinks of it.
    pub trust: KeyTrust,
}

/// All keys that were not refused, in the order of the identifiers.
///
/// # Errors
/// When the database refuses.
pub fn judging(conn: &Connection) -> Result<Vec<JudgingKey>> {
    let mut statement = conn.prepare_cached(
        "SELECT certificate, trust, (SELECT group_concat(address, char(10)) FROM correspondent_address WHERE key = id)
         FROM correspondent_key WHERE trust <> 'refused' ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        let trust: String = row.get(1)?;
        let addresses: Option<String> = row.get(2)?;
        Ok(JudgingKey {
            certificate: row.get(0)?,
            addresses: addresses
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect(),
            trust: trust_of(&trust),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What the team thinks of each key of an address.
///
/// # Errors
/// When the database refuses.
pub fn trusts(conn: &Connection, address: &str) -> Result<Vec<(Uuid, KeyTrust)>> {
    let mut statement = conn.prepare_cached(
        "SELECT k.id, k.trust FROM correspondent_address a JOIN correspondent_key k ON k.id = a.key WHERE a.address = ?1",
    )?;
    let rows = statement.query_map([address], |row| {
        let trust: String = row.get(1)?;
        Ok((row.get(0)?, trust_of(&trust)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The names of the organisations in whose cases a contact bears the address, in order.
///
/// # Errors
/// When the database refuses.
pub fn organisations(conn: &Connection, address: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT o.name FROM member m JOIN case_ c ON c.id = m.case_ JOIN organisation o ON o.id = c.organisation
         WHERE m.kind = 'contact' AND m.removed = 0 AND lower(json_extract(m.state, '$.person.mail')) = ?1
         ORDER BY o.name LIMIT 20",
    )?;
    let rows = statement.query_map([address], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn pair(row: &Row<'_>) -> rusqlite::Result<(Uuid, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn collect(
    rows: impl Iterator<Item = rusqlite::Result<(Uuid, String)>>,
) -> Result<Vec<(Uuid, CorrespondentKeyState)>> {
    let mut out = Vec::new();
    for row in rows {
        let (id, state) = row?;
        out.push((id, serde_json::from_str(&state)?));
    }
    Ok(out)
}
