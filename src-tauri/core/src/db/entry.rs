//! The journal as it lies in the database: one row per entry, one per log, and which entities an entry touches.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::error::Result;

pub(super) const SCHEMA: &str = "
-- One chain of entries: a device, and what it speaks of.
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    device BLOB NOT NULL,
    scope INTEGER NOT NULL,
    subject BLOB NOT NULL,
    last_seq INTEGER NOT NULL,
    last_hash BLOB NOT NULL,
    UNIQUE (device, scope, subject)
) STRICT;
CREATE INDEX log_subject ON log (subject);
-- The header's fields, its hash and signature; the body can be erased later without breaking the chain.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    log INTEGER NOT NULL REFERENCES log (id),
    seq INTEGER NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    hlc INTEGER NOT NULL,
    at INTEGER NOT NULL,
    author BLOB NOT NULL,
    schema INTEGER NOT NULL,
    salt BLOB NOT NULL,
    body_hash BLOB NOT NULL,
    body TEXT,
    signature BLOB NOT NULL,
    UNIQUE (log, seq)
) STRICT;
CREATE INDEX entry_hash ON entry (hash);
-- Which entries speak of an entity.
CREATE TABLE touch (
    entity BLOB NOT NULL,
    entry INTEGER NOT NULL REFERENCES entry (id),
    PRIMARY KEY (entity, entry)
) STRICT, WITHOUT ROWID;
-- The highest hybrid clock seen: one row.
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    hlc INTEGER NOT NULL
) STRICT;
INSERT INTO clock (id, hlc) VALUES (1, 0);
";

/// A chain of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Row number, local to this database.
    pub id: i64,
    /// The device that writes it.
    pub device: Uuid,
    /// What it speaks of: 0 registry, 1 case, 2 organisation.
    pub scope: u8,
    /// The case or organisation; nil for the registry.
    pub subject: Uuid,
    /// Sequence number of its last entry.
    pub last_seq: u64,
    /// Header hash of its last entry.
    pub last_hash: [u8; 32],
}

/// An entry: header, body, signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Row number, local to this database.
    pub id: i64,
    /// Row number of its log.
    pub log: i64,
    /// Place in the chain, from 1.
    pub seq: u64,
    /// Header hash of the entry before; zeros for the first.
    pub prev: [u8; 32],
    /// Hash of its own header.
    pub hash: [u8; 32],
    /// Hybrid logical clock: milliseconds shifted left by 16 bits, and a counter.
    pub hlc: u64,
    /// Wall clock of the device, milliseconds since 1970.
    pub at: i64,
    /// The person who made the change.
    pub author: Uuid,
    /// Version of the body's shape.
    pub schema: u32,
    /// Salt of the body's hash.
    pub salt: [u8; 16],
    /// SHA-256 of salt and body.
    pub body_hash: [u8; 32],
    /// The changes as JSON, unless erased.
    pub body: Option<String>,
    /// Ed25519 over the header.
    pub signature: [u8; 64],
}

fn log_row(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        id: row.get(0)?,
        device: row.get(1)?,
        scope: row.get(2)?,
        subject: row.get(3)?,
        last_seq: row.get::<_, i64>(4)?.cast_unsigned(),
        last_hash: row.get(5)?,
    })
}

fn entry_row(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    Ok(EntryRow {
        id: row.get(0)?,
        log: row.get(1)?,
        seq: row.get::<_, i64>(2)?.cast_unsigned(),
        prev: row.get(3)?,
        hash: row.get(4)?,
        hlc: row.get::<_, i64>(5)?.cast_unsigned(),
        at: row.get(6)?,
        author: row.get(7)?,
        schema: row.get(8)?,
        salt: row.get(9)?,
        body_hash: row.get(10)?,
        body: row.get(11)?,
        signature: row.get(12)?,
    })
}

const LOG: &str = "id, device, scope, subject, last_seq, last_hash";
const ENTRY: &str = "e.id, e.log, e.seq, e.prev, e.hash, e.hlc, e.at, e.author, e.schema, e.salt, e.body_hash, e.body, e.signature";

/// The log of a device on a subject, made empty if it is not there.
///
/// # Errors
/// When the database refuses.
pub fn log(conn: &Connection, device: Uuid, scope: u8, subject: Uuid) -> Result<LogRow> {
    let found = conn
        .prepare_cached(&format!(
            "SELECT {LOG} FROM log WHERE device = ?1 AND scope = ?2 AND subject = ?3"
        ))?
        .query_row(params![device, scope, subject], log_row)
        .optional()?;
    if let Some(row) = found {
        return Ok(row);
    }
    conn.prepare_cached(
        "INSERT INTO log (device, scope, subject, last_seq, last_hash) VALUES (?1, ?2, ?3, 0, zeroblob(32))",
    )?
    .execute(params![device, scope, subject])?;
    Ok(LogRow {
        id: conn.last_insert_rowid(),
        device,
        scope,
        subject,
        last_seq: 0,
        last_hash: [0; 32],
    })
}

/// Every log, in a stable order.
///
/// # Errors
/// When the database refuses.
pub fn logs(conn: &Connection) -> Result<Vec<LogRow>> {
    let mut statement = conn.prepare(&format!(
        "SELECT {LOG} FROM log ORDER BY scope, subject, device"
    ))?;
    let rows = statement.query_map([], log_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Appends an entry (its `id` is not read) and the entities that it touches; returns its row number.
///
/// # Errors
/// When the database refuses.
pub fn append(conn: &Connection, entry: &EntryRow, touched: &[Uuid]) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO entry (log, seq, prev, hash, hlc, at, author, schema, salt, body_hash, body, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        entry.log,
        entry.seq.cast_signed(),
        entry.prev,
        entry.hash,
        entry.hlc.cast_signed(),
        entry.at,
        entry.author,
        entry.schema,
        entry.salt,
        entry.body_hash,
        entry.body,
        entry.signature,
    ])?;
    let id = conn.last_insert_rowid();
    conn.prepare_cached("UPDATE log SET last_seq = ?2, last_hash = ?3 WHERE id = ?1")?
        .execute(params![entry.log, entry.seq.cast_signed(), entry.hash])?;
    conn.prepare_cached("UPDATE clock SET hlc = max(hlc, ?1)")?
        .execute([entry.hlc.cast_signed()])?;
    let mut touch =
        conn.prepare_cached("INSERT OR IGNORE INTO touch (entity, entry) VALUES (?1, ?2)")?;
    for entity in touched {
        touch.execute(params![entity, id])?;
    }
    Ok(id)
}

/// The highest hybrid clock seen.
///
/// # Errors
/// When the database refuses.
pub fn clock(conn: &Connection) -> Result<u64> {
    let hlc: i64 = conn
        .prepare_cached("SELECT hlc FROM clock")?
        .query_row([], |row| row.get(0))?;
    Ok(hlc.cast_unsigned())
}

/// The row numbers of the entries that touch an entity.
///
/// # Errors
/// When the database refuses.
pub fn touching(conn: &Connection, entity: Uuid) -> Result<Vec<i64>> {
    let mut statement = conn.prepare_cached("SELECT entry FROM touch WHERE entity = ?1")?;
    let rows = statement.query_map([entity], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The entry of a row number.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, id: i64) -> Result<EntryRow> {
    Ok(conn
        .prepare_cached(&format!("SELECT {ENTRY} FROM entry e WHERE e.id = ?1"))?
        .query_row([id], entry_row)?)
}

/// Every entry of a log, first to last.
///
/// # Errors
/// When the database refuses.
pub fn of_log(conn: &Connection, log: i64) -> Result<Vec<EntryRow>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {ENTRY} FROM entry e WHERE e.log = ?1 ORDER BY e.seq"
    ))?;
    let rows = statement.query_map([log], entry_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A page of the entries on a subject, newest first, each with its device; and how many there are.
///
/// # Errors
/// When the database refuses.
pub fn of_subject(
    conn: &Connection,
    subject: Uuid,
    offset: u32,
    limit: u32,
) -> Result<(Vec<(EntryRow, Uuid)>, u32)> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {ENTRY}, l.device FROM log l JOIN entry e ON e.log = l.id
         WHERE l.subject = ?1 ORDER BY e.hlc DESC, e.hash LIMIT ?2 OFFSET ?3"
    ))?;
    let rows = statement
        .query_map(params![subject, limit, offset], |row| {
            Ok((entry_row(row)?, row.get(13)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let total = conn
        .prepare_cached("SELECT coalesce(sum(last_seq), 0) FROM log WHERE subject = ?1")?
        .query_row([subject], |row| row.get(0))?;
    Ok((rows, total))
}

/// The entry whose header has this hash, with its log.
///
/// # Errors
/// When the database refuses.
pub fn by_hash(conn: &Connection, hash: &[u8; 32]) -> Result<Option<(EntryRow, LogRow)>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {ENTRY}, l.id, l.device, l.scope, l.subject, l.last_seq, l.last_hash
         FROM entry e JOIN log l ON l.id = e.log WHERE e.hash = ?1"
    ))?;
    let found = statement
        .query_row(params![hash], |row| {
            let log = LogRow {
                id: row.get(13)?,
                device: row.get(14)?,
                scope: row.get(15)?,
                subject: row.get(16)?,
                last_seq: row.get::<_, i64>(17)?.cast_unsigned(),
                last_hash: row.get(18)?,
            };
            Ok((entry_row(row)?, log))
        })
        .optional()?;
    Ok(found)
}

/// Every entity that the journal touches.
///
/// # Errors
/// When the database refuses.
pub fn entities(conn: &Connection) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare("SELECT DISTINCT entity FROM touch ORDER BY entity")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
