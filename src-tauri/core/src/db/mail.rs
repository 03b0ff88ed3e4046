//! The mails: one narrow row each, with what a list shows; what was read of them whole beside it; and their words for the
//! search. Their bytes lie in `blob`, as they came over the line, under the hash that names them here.
//!
//! Not a projection: a mail is a fact from outside, kept before anybody decides about it. Only the case that it belongs to
//! comes from the journal, and is written here by the projection of the entity that bears the mail's identifier.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::Result;
use super::search::COUNTED;
use super::words::{self, match_known, passage};
use crate::domain::mail::{Address, Encryption, SignatureStatus, Warning};
use crate::domain::marking::Tlp;

pub(super) const SCHEMA: &str = "
CREATE TABLE mail (
    -- Orders by time, as the cases' number does.
    num INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    sent INTEGER NOT NULL,
    at INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    case_ BLOB,
    -- The first mail of its thread.
    thread BLOB NOT NULL,
    message_id TEXT NOT NULL,
    -- The sender's address in small letters.
    sender TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    face TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX mail_bytes ON mail (sha256) WHERE sent = 0;
CREATE INDEX mail_message ON mail (message_id);
CREATE INDEX mail_thread ON mail (thread, num);
CREATE INDEX mail_sender ON mail (sender, case_);
CREATE INDEX mail_case ON mail (case_, num) WHERE case_ IS NOT NULL;
CREATE INDEX mail_unfiled ON mail (num, unread) WHERE case_ IS NULL AND sent = 0;
CREATE TABLE mail_reading (
    num INTEGER PRIMARY KEY,
    reading TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE mail_text USING fts5 (
    subject, people, words, files,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', columnsize = 0, detail = column,
    content = '', contentless_delete = 0
);
CREATE VIRTUAL TABLE mail_word USING fts5vocab ('mail_text', 'row');
";

/// All that the filters of a list ask, in the order of the list: the rows themselves, twenty times as wide, are read for
/// one page only.
pub(super) const ORDER: &str = "
CREATE INDEX mail_order ON mail (num, sent, unread, case_);
";

/// What a list shows of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Face {
    /// Who wrote it.
    pub from: Address,
    /// The first of those it went to.
    pub to: Address,
    /// How many others.
    pub more: u32,
    /// Subject.
    pub subject: String,
    /// The beginning of its text.
    pub beginning: String,
    /// Its marking, when it bears one.
    pub tlp: Option<Tlp>,
    /// Marked as an emergency.
    pub urgent: bool,
    /// Files on it.
    pub attachments: u32,
    /// How much was encrypted.
    pub encryption: Encryption,
    /// What its signature proves.
    pub signature: SignatureStatus,
    /// The signer's certificate, hexadecimal.
    pub fingerprint: Option<String>,
    /// What somebody who reads it should know.
    pub warnings: Vec<Warning>,
}

/// A mail as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    /// Identifier; the journal's entity that files it bears the same.
    pub id: Uuid,
    /// Whether the team sent it.
    pub sent: bool,
    /// When it was received or sent, milliseconds.
    pub at: i64,
    /// Nobody read it yet.
    pub unread: bool,
    /// Its case.
    pub case: Option<Uuid>,
    /// The first mail of its thread.
    pub thread: Uuid,
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// What a list shows.
    pub face: Face,
}

/// Words of a mail for the search.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// Subject.
    pub subject: &'a str,
    /// Names and addresses.
    pub people: &'a str,
    /// Text.
    pub words: &'a str,
    /// Names of files.
    pub files: &'a str,
}

const COLUMNS: &str = "id, sent, at, unread, case_, thread, message_id, sha256, face";

fn row(row: &Row<'_>) -> rusqlite::Result<MailRow> {
    let face: String = row.get(8)?;
    Ok(MailRow {
        id: row.get(0)?,
        sent: row.get(1)?,
        at: row.get(2)?,
        unread: row.get(3)?,
        case: row.get(4)?,
        thread: row.get(5)?,
        message_id: row.get(6)?,
        sha256: row.get(7)?,
        face: serde_json::from_str(&face).unwrap_or_default(),
    })
}

/// Keeps a mail that is not there yet, with its reading as JSON.
///
/// # Errors
/// When the database refuses.
pub fn keep(conn: &Connection, mail: &MailRow, reading: &str, words: Words<'_>) -> Result<()> {
    let mut num = mail.at << 20;
    let mut taken = conn.prepare_cached("SELECT 1 FROM mail WHERE num = ?1")?;
    while taken.exists([num])? {
        num += 1;
    }
    conn.prepare_cached(
        "INSERT INTO mail (num, id, sent, at, unread, case_, thread, message_id, sender, sha256, face)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        num,
        mail.id,
        mail.sent,
        mail.at,
        mail.unread,
        mail.case,
        mail.thread,
        mail.message_id,
        mail.face.from.folded(),
        mail.sha256,
        serde_json::to_string(&mail.face)?
    ])?;
    conn.prepare_cached("INSERT INTO mail_reading (num, reading) VALUES (?1, ?2)")?
        .execute(params![num, reading])?;
    conn.prepare_cached(
        "INSERT INTO mail_text (rowid, subject, people, words, files) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        num,
        words.subject,
        words.people,
        words.words,
        words.files
    ])?;
    Ok(())
}

/// Takes another reading of the same mail: a key came that opens or proves more of it. Its words stay those of the first.
///
/// # Errors
/// When the database refuses.
pub fn read_again(conn: &Connection, id: Uuid, face: &Face, reading: &str) -> Result<()> {
    conn.execute(
        "UPDATE mail SET face = ?2 WHERE id = ?1",
        params![id, serde_json::to_string(face)?],
    )?;
    conn.execute(
        "UPDATE mail_reading SET reading = ?2 WHERE num = (SELECT num FROM mail WHERE id = ?1)",
        params![id, reading],
    )?;
    Ok(())
}

/// One mail.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, id: Uuid) -> Result<Option<MailRow>> {
    Ok(conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM mail WHERE id = ?1"))?
        .query_row([id], row)
        .optional()?)
}

/// What was read of a mail, as JSON.
///
/// # Errors
/// When the database refuses.
pub fn reading(conn: &Connection, id: Uuid) -> Result<Option<String>> {
    Ok(conn
        .prepare_cached(
            "SELECT r.reading FROM mail m JOIN mail_reading r USING (num) WHERE m.id = ?1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// The received mail that has these very bytes.
///
/// # Errors
/// When the database refuses.
pub fn with_bytes(conn: &Connection, sha256: &[u8; 32]) -> Result<Option<Uuid>> {
    Ok(conn
        .prepare_cached("SELECT id FROM mail WHERE sha256 = ?1 AND sent = 0")?
        .query_row([sha256], |row| row.get(0))
        .optional()?)
}

/// The mails of a thread, oldest first.
///
/// # Errors
/// When the database refuses.
pub fn of_thread(conn: &Connection, thread: Uuid) -> Result<Vec<MailRow>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM mail WHERE thread = ?1 ORDER BY num"
    ))?;
    let rows = statement.query_map([thread], row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where a mail belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// Its case.
    pub case: Option<Uuid>,
    /// The first mail of its thread.
    pub thread: Uuid,
}

/// Where the mails belong that bear one of these Message-IDs: newest first, for each of the names.
///
/// # Errors
/// When the database refuses.
pub fn with_message_ids(conn: &Connection, ids: &[String]) -> Result<Vec<Whereabouts>> {
    let mut statement = conn
        .prepare_cached("SELECT case_, thread FROM mail WHERE message_id = ?1 ORDER BY num DESC")?;
    let mut found = Vec::new();
    for id in ids {
        let rows = statement.query_map([id], |row| {
            Ok(Whereabouts {
                case: row.get(0)?,
                thread: row.get(1)?,
            })
        })?;
        found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// The cases in which an address (in small letters) is a contact's, or has written.
///
/// # Errors
/// When the database refuses.
pub fn cases_of_sender(conn: &Connection, address: &str) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(
        "SELECT case_ FROM member WHERE kind = 'contact' AND removed = 0 AND lower(json_extract(state, '$.person.mail')) = ?1
         UNION SELECT case_ FROM mail WHERE sender = ?1 AND case_ IS NOT NULL",
    )?;
    let rows = statement.query_map([address], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Forgets a mail that never left. Its words stay in the index, which no row answers to any more.
///
/// # Errors
/// When the database refuses.
pub fn forget(conn: &Connection, id: Uuid) -> Result<()> {
    conn.execute(
        "DELETE FROM mail_reading WHERE num = (SELECT num FROM mail WHERE id = ?1)",
        [id],
    )?;
    conn.execute("DELETE FROM mail WHERE id = ?1", [id])?;
    Ok(())
}

/// Marks a mail as read or not.
///
/// # Errors
/// When the database refuses.
pub fn mark(conn: &Connection, id: Uuid, unread: bool) -> Result<bool> {
    Ok(conn.execute(
        "UPDATE mail SET unread = ?2 WHERE id = ?1",
        params![id, unread],
    )? == 1)
}

/// Writes the case that the journal gives a mail.
pub(super) fn set_case(conn: &Connection, id: Uuid, case: Option<Uuid>) -> Result<()> {
    conn.prepare_cached("UPDATE mail SET case_ = ?2 WHERE id = ?1")?
        .execute(params![id, case])?;
    Ok(())
}

/// Received mails that are in no case, and how many of them nobody read.
///
/// # Errors
/// When the database refuses.
pub fn count_unfiled(conn: &Connection) -> Result<(u32, u32)> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*), coalesce(sum(unread), 0) FROM mail WHERE case_ IS NULL AND sent = 0",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words, by prefix.
    pub text: String,
    /// Sent or received.
    pub sent: Option<bool>,
    /// Of this case.
    pub case: Option<Uuid>,
    /// In no case.
    pub unfiled: bool,
    /// That nobody read.
    pub unread: bool,
}

/// A page of mails, newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its mails, each with the passage that matched; empty without a search.
    pub rows: Vec<(MailRow, String)>,
    /// How many match in all: exact, or [`COUNTED`] where there are `more`.
    pub total: u32,
    /// More match than were counted.
    pub more: bool,
}

/// A page of the mails that match, newest first.
///
/// # Errors
/// When the database refuses.
pub fn page(conn: &Connection, filter: &Filter, offset: u32, limit: u32) -> Result<Page> {
    let mut conditions: Vec<&str> = Vec::new();
    let mut values: Vec<Sql> = Vec::new();
    let words = match_known(conn, words::MAIL_WORDS, &filter.text)?;
    if let Some(words) = words {
        conditions.push("mail_text MATCH ?");
        values.push(Sql::Text(words));
    }
    let searched = !values.is_empty();
    match filter.sent {
        Some(true) => conditions.push("m.sent = 1"),
        Some(false) => conditions.push("m.sent = 0"),
        None => {}
    }
    if filter.unfiled {
        conditions.push("m.case_ IS NULL AND m.sent = 0");
    }
    if let Some(case) = filter.case {
        conditions.push("m.case_ = ?");
        values.push(Sql::Blob(case.as_bytes().to_vec()));
    }
    if filter.unread {
        conditions.push("m.unread = 1");
    }
    let from = if searched {
        "mail_text t CROSS JOIN mail m INDEXED BY mail_order ON m.num = t.rowid"
    } else {
        "mail m"
    };
    let holds = if conditions.is_empty() {
        "1".to_owned()
    } else {
        conditions.join(" AND ")
    };
    let read = (offset + limit).max(COUNTED + 1);
    let order = if searched { "t.rowid" } else { "m.num" };
    let sql = format!("SELECT m.num FROM {from} WHERE {holds} ORDER BY {order} DESC LIMIT {read}");
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    let found = found.collect::<rusqlite::Result<Vec<i64>>>()?;
    let counted = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let more = counted > COUNTED;
    let shown = found.iter().skip(offset as usize).take(limit as usize);
    let rows = shown
        .map(|num| {
            let mail = conn
                .prepare_cached(&format!("SELECT {COLUMNS} FROM mail WHERE num = ?1"))?
                .query_row([num], row)?;
            let passage = if searched {
                found_in(conn, *num, &mail, &filter.text)?
            } else {
                String::new()
            };
            Ok((mail, passage))
        })
        .collect::<Result<_>>()?;
    Ok(Page {
        rows,
        total: if more { COUNTED } else { counted },
        more,
    })
}

fn found_in(conn: &Connection, num: i64, mail: &MailRow, text: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Text {
        text: String,
    }
    let reading: String = conn
        .prepare_cached("SELECT reading FROM mail_reading WHERE num = ?1")?
        .query_row([num], |row| row.get(0))?;
    let Text { text: body } = serde_json::from_str(&reading)?;
    Ok(passage(
        &[&body, &mail.face.from.name, &mail.face.from.mail],
        text,
    ))
}
