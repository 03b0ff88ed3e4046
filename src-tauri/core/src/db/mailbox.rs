//! How far the team's mailbox was read. Local, and written with the mail itself: a kill loses none and doubles none.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::Result;

pub(super) const SCHEMA: &str = "
CREATE TABLE mailbox (
    name TEXT PRIMARY KEY,
    validity INTEGER NOT NULL DEFAULT 0,
    last_uid INTEGER NOT NULL DEFAULT 0,
    fetched_at INTEGER,
    failure TEXT NOT NULL DEFAULT ''
) STRICT;
";

/// How far a mailbox was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailboxRow {
    /// The server's number of the folder (UIDVALIDITY).
    pub validity: u32,
    /// The last mail that was dealt with (UID).
    pub last_uid: u32,
    /// When it was last read to its end, milliseconds.
    pub fetched_at: Option<i64>,
    /// Why the last reading failed, by code; else empty.
    pub failure: String,
}

/// What is known of a mailbox; nothing yet is the beginning.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, name: &str) -> Result<MailboxRow> {
    let row = conn
        .query_row(
            "SELECT validity, last_uid, fetched_at, failure FROM mailbox WHERE name = ?1",
            [name],
            |row| {
                Ok(MailboxRow {
                    validity: row.get(0)?,
                    last_uid: row.get(1)?,
                    fetched_at: row.get(2)?,
                    failure: row.get(3)?,
                })
            },
        )
        .optional()?;
    Ok(row.unwrap_or_default())
}

/// Keeps what is known of a mailbox.
///
/// # Errors
/// When the database refuses.
pub fn save(conn: &Connection, name: &str, row: &MailboxRow) -> Result<()> {
    conn.execute(
        "INSERT OR REPLACE INTO mailbox (name, validity, last_uid, fetched_at, failure) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![name, row.validity, row.last_uid, row.fetched_at, row.failure],
    )?;
    Ok(())
}
