//! Bytes kept once under their SHA-256: the documents as they left the house. Never changed, so not a projection: the
//! journal names them by their hash.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::Result;

pub(super) const SCHEMA: &str = "
CREATE TABLE blob (
    sha256 BLOB PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
";

/// Keeps bytes under their hash; the same bytes are kept once.
///
/// # Errors
/// When the database refuses.
pub fn keep(conn: &Connection, sha256: &[u8; 32], bytes: &[u8]) -> Result<()> {
    conn.execute(
        "INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?1, ?2)",
        params![sha256, bytes],
    )?;
    Ok(())
}

/// The bytes under a hash.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, sha256: &[u8; 32]) -> Result<Option<Vec<u8>>> {
    Ok(conn
        .query_row(
            "SELECT bytes FROM blob WHERE sha256 = ?1",
            [sha256],
            |row| row.get(0),
        )
        .optional()?)
}
