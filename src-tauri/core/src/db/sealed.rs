//! Secrets of this database's own: parts of the team's key and passphrases of cases, each sealed under a key that only some slots hold, and the
//! device's signing key. Local, not in the journal.

use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use super::error::Result;

pub(super) const SCHEMA: &str = "
CREATE TABLE sealed (
    name TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
";

/// Keeps a secret under its name, in the place of the one before.
///
/// # Errors
/// When the database refuses.
pub fn keep(conn: &Connection, name: &str, bytes: &[u8]) -> Result<()> {
    conn.execute(
        "INSERT OR REPLACE INTO sealed (name, bytes) VALUES (?1, ?2)",
        params![name, bytes],
    )?;
    Ok(())
}

/// Forgets the secret under a name.
///
/// # Errors
/// When the database refuses.
pub fn forget(conn: &Connection, name: &str) -> Result<()> {
    conn.execute("DELETE FROM sealed WHERE name = ?1", [name])?;
    Ok(())
}

/// The secret under a name.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let bytes = conn
        .query_row("SELECT bytes FROM sealed WHERE name = ?1", [name], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(bytes.map(Zeroizing::new))
}

/// The names that begin so, in order.
///
/// # Errors
/// When the database refuses.
pub fn names(conn: &Connection, prefix: &str) -> Result<Vec<String>> {
    let mut statement = conn
        .prepare("SELECT name FROM sealed WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name")?;
    let names = statement.query_map([prefix], |row| row.get(0))?;
    Ok(names.collect::<std::result::Result<_, _>>()?)
}
