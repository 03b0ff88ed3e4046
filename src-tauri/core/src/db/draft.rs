//! Reports being taken: saved as they are typed, and not yet facts, so not in the journal.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::error::Result;

pub(super) const SCHEMA: &str = "
CREATE TABLE draft (
    id BLOB PRIMARY KEY,
    author BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    discarded_at INTEGER,
    body TEXT NOT NULL
) STRICT;
";

/// A report being taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Identifier.
    pub id: Uuid,
    /// Who takes it.
    pub author: Uuid,
    /// When it was begun, milliseconds.
    pub created_at: i64,
    /// When it was saved last, milliseconds.
    pub saved_at: i64,
    /// When it was put aside, milliseconds.
    pub discarded_at: Option<i64>,
    /// The report as JSON.
    pub body: String,
}

fn row(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok(DraftRow {
        id: row.get(0)?,
        author: row.get(1)?,
        created_at: row.get(2)?,
        saved_at: row.get(3)?,
        discarded_at: row.get(4)?,
        body: row.get(5)?,
    })
}

const COLUMNS: &str = "id, author, created_at, saved_at, discarded_at, body";

/// Saves a draft; its author and beginning stay those of the first save.
///
/// # Errors
/// When the database refuses.
pub fn save(conn: &Connection, draft: &DraftRow) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO draft (id, author, created_at, saved_at, body) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body",
    )?
    .execute(params![
        draft.id,
        draft.author,
        draft.created_at,
        draft.saved_at,
        draft.body
    ])?;
    Ok(())
}

/// One draft, put aside or not.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, id: Uuid) -> Result<Option<DraftRow>> {
    Ok(conn
        .query_row(
            &format!("SELECT {COLUMNS} FROM draft WHERE id = ?1"),
            [id],
            row,
        )
        .optional()?)
}

/// The drafts that are not put aside, last saved first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &Connection) -> Result<Vec<DraftRow>> {
    let mut statement = conn.prepare(&format!(
        "SELECT {COLUMNS} FROM draft WHERE discarded_at IS NULL ORDER BY saved_at DESC"
    ))?;
    let rows = statement.query_map([], row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Puts a draft aside, or takes it up again.
///
/// # Errors
/// When the database refuses.
pub fn set_discarded(conn: &Connection, id: Uuid, at: Option<i64>) -> Result<bool> {
    Ok(conn.execute(
        "UPDATE draft SET discarded_at = ?2 WHERE id = ?1",
        params![id, at],
    )? == 1)
}

/// Forgets a draft: it became a case.
///
/// # Errors
/// When the database refuses.
pub fn forget(conn: &Connection, id: Uuid) -> Result<()> {
    conn.execute("DELETE FROM draft WHERE id = ?1", [id])?;
    Ok(())
}

/// Forgets what was put aside before an instant (milliseconds).
///
/// # Errors
/// When the database refuses.
pub fn forget_discarded_before(conn: &Connection, at: i64) -> Result<()> {
    conn.execute("DELETE FROM draft WHERE discarded_at < ?1", [at])?;
    Ok(())
}
