//! Mails being written: saved as they are typed, not sent, so not in the journal.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::error::Result;

pub(super) const SCHEMA: &str = "
CREATE TABLE mail_draft (
    id BLOB PRIMARY KEY,
    author BLOB NOT NULL,
    case_ BLOB,
    saved_at INTEGER NOT NULL,
    discarded_at INTEGER,
    -- Told to leave: it comes back when it is held in time.
    sent_as BLOB,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX mail_draft_case ON mail_draft (case_) WHERE case_ IS NOT NULL;
";

/// A mail being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailDraftRow {
    /// Identifier.
    pub id: Uuid,
    /// Who began it.
    pub author: Uuid,
    /// Its case.
    pub case: Option<Uuid>,
    /// When it was saved last, milliseconds.
    pub saved_at: i64,
    /// When it was put aside, milliseconds.
    pub discarded_at: Option<i64>,
    /// The mail that it became.
    pub sent_as: Option<Uuid>,
    /// The draft as JSON.
    pub body: String,
}

const COLUMNS: &str = "id, author, case_, saved_at, discarded_at, sent_as, body";

fn row(row: &Row<'_>) -> rusqlite::Result<MailDraftRow> {
    Ok(MailDraftRow {
        id: row.get(0)?,
        author: row.get(1)?,
        case: row.get(2)?,
        saved_at: row.get(3)?,
        discarded_at: row.get(4)?,
        sent_as: row.get(5)?,
        body: row.get(6)?,
    })
}

/// Saves a draft; its author stays the first.
///
/// # Errors
/// When the database refuses.
pub fn save(conn: &Connection, draft: &MailDraftRow) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO mail_draft (id, author, case_, saved_at, discarded_at, sent_as, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET case_ = excluded.case_, saved_at = excluded.saved_at,
             discarded_at = excluded.discarded_at, sent_as = excluded.sent_as, body = excluded.body",
    )?
    .execute(params![
        draft.id,
        draft.author,
        draft.case,
        draft.saved_at,
        draft.discarded_at,
        draft.sent_as,
        draft.body
    ])?;
    Ok(())
}

/// One draft, whatever became of it.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, id: Uuid) -> Result<Option<MailDraftRow>> {
    Ok(conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM mail_draft WHERE id = ?1"))?
        .query_row([id], row)
        .optional()?)
}

/// The draft that a mail was.
///
/// # Errors
/// When the database refuses.
pub fn of_mail(conn: &Connection, mail: Uuid) -> Result<Option<MailDraftRow>> {
    Ok(conn
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM mail_draft WHERE sent_as = ?1"
        ))?
        .query_row([mail], row)
        .optional()?)
}

/// The drafts that are neither put aside nor sent, last saved first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &Connection) -> Result<Vec<MailDraftRow>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM mail_draft WHERE discarded_at IS NULL AND sent_as IS NULL ORDER BY saved_at DESC"
    ))?;
    let rows = statement.query_map([], row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many drafts there are to be ended.
///
/// # Errors
/// When the database refuses.
pub fn count(conn: &Connection) -> Result<u32> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM mail_draft WHERE discarded_at IS NULL AND sent_as IS NULL",
        )?
        .query_row([], |row| row.get(0))?)
}

/// Forgets what was put aside before an instant (milliseconds).
///
/// # Errors
/// When the database refuses.
pub fn forget_discarded_before(conn: &Connection, at: i64) -> Result<()> {
    conn.execute("DELETE FROM mail_draft WHERE discarded_at < ?1", [at])?;
    Ok(())
}
