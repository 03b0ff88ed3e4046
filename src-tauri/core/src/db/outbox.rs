//! Envelopes that wait to leave, and how each stands with those it goes to. Local: it is this workstation that sends, and
//! what leaves twice cannot be taken back by the journal.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::Result;
use crate::domain::mail::{Address, DeliveryState};

pub(super) const SCHEMA: &str = "
CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    mail BLOB NOT NULL,
    message_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    case_id BLOB,
    sender TEXT NOT NULL,
    recipients TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    state TEXT NOT NULL,
    held_until INTEGER,
    awaits_approval INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_mail ON outbox (mail);
CREATE INDEX outbox_message_id ON outbox (message_id);
CREATE INDEX outbox_state ON outbox (state);
";

/// How an envelope stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvelopeState {
    /// It can be taken back until its time, or waits for a second person.
    Held,
    /// It waits for its next try.
    Waiting,
    /// It is going out this moment; found at an opening, it may have left.
    Delivering,
    /// Nothing is left to do.
    Done,
    /// Somebody has to decide.
    Stuck,
    /// It was taken back.
    Cancelled,
}

impl EnvelopeState {
    const fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Waiting => "waiting",
            Self::Delivering => "delivering",
            Self::Done => "done",
            Self::Stuck => "stuck",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Somebody an envelope goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeRecipient {
    /// Who.
    pub to: Address,
    /// How it stands.
    pub state: DeliveryState,
    /// Since when, milliseconds.
    pub at: i64,
    /// What the server said, when it said no.
    #[serde(default)]
    pub answer: String,
}

/// One envelope: the same bytes for each of its recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeRow {
    /// Identifier.
    pub id: Uuid,
    /// The mail.
    pub mail: Uuid,
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// Its subject.
    pub subject: String,
    /// Its case.
    pub case: Option<Uuid>,
    /// Where reports go.
    pub sender: Address,
    /// To whom.
    pub recipients: Vec<EnvelopeRecipient>,
    /// Names its bytes among the blobs.
    pub sha256: [u8; 32],
    /// How it stands.
    pub state: EnvelopeState,
    /// Until when it can be taken back, milliseconds.
    pub held_until: Option<i64>,
    /// Waits for a second person.
    pub awaits_approval: bool,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next, milliseconds.
    pub next_try_at: i64,
    /// Why the last try failed, by code; else empty.
    pub failure: String,
    /// What the server said.
    pub answer: String,
    /// When it was told to leave, milliseconds.
    pub created_at: i64,
}

const COLUMNS: &str =
    "id, mail, message_id, subject, case_id, sender, recipients, sha256, state, held_until,
    awaits_approval, tries, next_try_at, failure, answer, created_at";

/// A row before its texts are read as JSON.
struct Raw {
    row: EnvelopeRow,
    sender: String,
    recipients: String,
    state: String,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        row: EnvelopeRow {
            id: row.get(0)?,
            mail: row.get(1)?,
            message_id: row.get(2)?,
            subject: row.get(3)?,
            case: row.get(4)?,
            sender: Address::default(),
            recipients: Vec::new(),
            sha256: row.get(7)?,
            state: EnvelopeState::Stuck,
            held_until: row.get(9)?,
            awaits_approval: row.get(10)?,
            tries: row.get(11)?,
            next_try_at: row.get(12)?,
            failure: row.get(13)?,
            answer: row.get(14)?,
            created_at: row.get(15)?,
        },
        sender: row.get(5)?,
        recipients: row.get(6)?,
        state: row.get(8)?,
    })
}

impl Raw {
    fn read(self) -> Result<EnvelopeRow> {
        Ok(EnvelopeRow {
            sender: serde_json::from_str(&self.sender)?,
            recipients: serde_json::from_str(&self.recipients)?,
            state: serde_json::from_value(self.state.into())?,
            ..self.row
        })
    }
}

/// Adds an envelope, or keeps what became of it.
///
/// # Errors
/// When the database refuses.
pub fn save(conn: &Connection, row: &EnvelopeRow) -> Result<()> {
    conn.prepare_cached(&format!(
        "INSERT OR REPLACE INTO outbox ({COLUMNS})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    ))?
    .execute(params![
        row.id,
        row.mail,
        row.message_id,
        row.subject,
        row.case,
        serde_json::to_string(&row.sender)?,
        serde_json::to_string(&row.recipients)?,
        row.sha256,
        row.state.name(),
        row.held_until,
        row.awaits_approval,
        row.tries,
        row.next_try_at,
        row.failure,
        row.answer,
        row.created_at,
    ])?;
    Ok(())
}

/// One envelope.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, id: Uuid) -> Result<Option<EnvelopeRow>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1"))?
        .query_row([id], raw)
        .optional()?
        .map(Raw::read)
        .transpose()
}

fn list(
    conn: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<EnvelopeRow>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox WHERE {condition} ORDER BY created_at, id"
    ))?;
    let rows = statement.query_map(values, raw)?;
    rows.map(|row| row?.read()).collect()
}

/// What has not come to its end, oldest first.
///
/// # Errors
/// When the database refuses.
pub fn open(conn: &Connection) -> Result<Vec<EnvelopeRow>> {
    list(conn, "state NOT IN ('done', 'cancelled')", [])
}

/// The envelopes of one mail, ended or not.
///
/// # Errors
/// When the database refuses.
pub fn of_mail(conn: &Connection, mail: Uuid) -> Result<Vec<EnvelopeRow>> {
    list(conn, "mail = ?1", [mail])
}

/// The envelopes of a Message-ID, ended or not.
///
/// # Errors
/// When the database refuses.
pub fn of_message_id(conn: &Connection, message_id: &str) -> Result<Vec<EnvelopeRow>> {
    list(conn, "message_id = ?1", [message_id])
}

/// What was going out when the program ended.
///
/// # Errors
/// When the database refuses.
pub fn delivering(conn: &Connection) -> Result<Vec<EnvelopeRow>> {
    list(conn, "state = 'delivering'", [])
}

/// What may leave now, oldest first: its hold is over and nobody has to look at it; with `at_once`, before its next try
/// is due as well.
///
/// # Errors
/// When the database refuses.
pub fn due(conn: &Connection, now: i64, at_once: bool) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM outbox
         WHERE (state = 'waiting' OR state = 'held' AND awaits_approval = 0 AND coalesce(held_until, 0) <= ?1)
           AND (?2 OR next_try_at <= ?1)
         ORDER BY created_at, id",
    )?;
    let ids = statement.query_map(params![now, at_once], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Nothing is tried by itself before an instant (milliseconds): the server that all of it would go to does not answer.
///
/// # Errors
/// When the database refuses.
pub fn postpone(conn: &Connection, until: i64) -> Result<()> {
    conn.execute(
        "UPDATE outbox SET next_try_at = ?1 WHERE state IN ('held', 'waiting') AND next_try_at < ?1",
        [until],
    )?;
    Ok(())
}

/// How many wait to leave, and how many for somebody's decision or second look.
///
/// # Errors
/// When the database refuses.
pub fn counts(conn: &Connection) -> Result<(u32, u32)> {
    Ok(conn.query_row(
        "SELECT count(*) FILTER (WHERE state IN ('held', 'waiting', 'delivering') AND awaits_approval = 0),
                count(*) FILTER (WHERE state = 'stuck' OR state = 'held' AND awaits_approval = 1)
         FROM outbox",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn envelope(place: u128, state: EnvelopeState) -> EnvelopeRow {
        let to = |mail: &str| EnvelopeRecipient {
            to: Address::new("", mail).unwrap(),
            state: DeliveryState::Waiting,
            at: 5,
            answer: String::new(),
        };
        EnvelopeRow {
            id: Uuid::from_u128(place),
            mail: Uuid::from_u128(100),
            message_id: format!("{place}@csirt.example"),
            subject: "[PDL-2026-0042] Point".to_owned(),
            case: None,
            sender: Address::new("CSIRT", "csirt@region.example").unwrap(),
            recipients: vec![to("a@firme.example"), to("b@firme.example")],
            sha256: [3; 32],
            state,
            held_until: None,
            awaits_approval: false,
            tries: 2,
            next_try_at: 50,
            failure: "unreachable".to_owned(),
            answer: String::new(),
            created_at: 5,
        }
    }

    #[test]
    fn what_is_held_unapproved_or_not_yet_due_does_not_leave() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(SCHEMA).unwrap();
        let mut rows = Vec::new();
        for (place, state) in [
            EnvelopeState::Held,
            EnvelopeState::Waiting,
            EnvelopeState::Delivering,
            EnvelopeState::Done,
            EnvelopeState::Stuck,
            EnvelopeState::Cancelled,
            EnvelopeState::Held,
        ]
        .into_iter()
        .enumerate()
        {
            let mut row = envelope(place as u128, state);
            row.held_until = (state == EnvelopeState::Held).then_some(40);
            row.next_try_at = if state == EnvelopeState::Held { 5 } else { 50 };
            row.awaits_approval = place == 6;
            save(&conn, &row).unwrap();
            assert_eq!(get(&conn, row.id).unwrap(), Some(row.clone()));
            rows.push(row.id);
        }
        assert!(due(&conn, 39, false).unwrap().is_empty());
        assert_eq!(due(&conn, 39, true).unwrap(), [rows[1]]);
        assert_eq!(due(&conn, 40, false).unwrap(), [rows[0]]);
        assert_eq!(due(&conn, 50, false).unwrap(), [rows[0], rows[1]]);
        postpone(&conn, 60).unwrap();
        assert!(due(&conn, 59, false).unwrap().is_empty());
        assert_eq!(due(&conn, 59, true).unwrap(), [rows[0], rows[1]]);
        assert_eq!(due(&conn, 60, false).unwrap(), [rows[0], rows[1]]);
        assert_eq!(counts(&conn).unwrap(), (3, 2));
        assert_eq!(open(&conn).unwrap().len(), 5);
        assert_eq!(delivering(&conn).unwrap().len(), 1);
        assert_eq!(of_message_id(&conn, "3@csirt.example").unwrap().len(), 1);
        assert_eq!(of_mail(&conn, Uuid::from_u128(100)).unwrap().len(), 7);
    }
}
