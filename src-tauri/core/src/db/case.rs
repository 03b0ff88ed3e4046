//! The cases: one narrow row each, with what the list shows and filters by; their state whole beside it; and their text for
//! the search.
//!
//! `num` orders: it is made from the instant of receipt, so that "newest first" is the order of the primary key and of
//! the text index, and a page of fifty never sorts a hundred thousand. The rows are narrow so that a filter that no index
//! serves reads a hundred bytes a case, not its whole state.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use uuid::Uuid;

use super::error::Result;
use super::organisation;
use crate::domain::case::{Category, Confirmation, EventKind, Status};
use crate::domain::entity::Fields;
use crate::domain::intake::Report;
use crate::domain::marking::{Pap, Tlp};
use crate::domain::organisation::Reorientation;
use crate::domain::triage::{self, Grade, SeverityAxes, SeverityOverride};

pub(super) const SCHEMA: &str = "
CREATE TABLE case_ (
    num INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    status INTEGER NOT NULL,
    grade INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    tlp INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    -- One bit for each category, in their order.
    categories INTEGER NOT NULL,
    assignee BLOB,
    organisation BLOB,
    department TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX case_reference ON case_ (reference COLLATE NOCASE);
-- Holds all that the counts of the navigation ask of the open cases, so that they read no row.
CREATE INDEX case_open ON case_ (grade, status, assignee, changed_at) WHERE status < 4;
CREATE INDEX case_organisation ON case_ (organisation) WHERE organisation IS NOT NULL;
CREATE TABLE case_state (
    num INTEGER PRIMARY KEY,
    state TEXT NOT NULL
) STRICT;
-- No phrase is ever looked for: which column a word stands in is enough. What the list filters by stands beside the text
-- as words of its own, so that the index finds both at once.
CREATE VIRTUAL TABLE case_text USING fts5 (
    title, organisation, told, trail, facets,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', columnsize = 0, detail = column
);
-- The words of the text.
CREATE VIRTUAL TABLE case_word USING fts5vocab ('case_text', 'row');
";

/// The columns of the text index that people search, and the one for filters.
pub(super) const TEXTS: &str = "{title organisation told trail}";
pub(super) const FACETS: &str = "facets";

/// What the list filters by beside a text, each a letter in the text index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    Status,
    Grade,
    Category,
    Department,
    Kind,
    Urgent,
    Assignee,
}

impl Facet {
    /// The word of a value in the text index.
    pub(super) fn token(self, value: &Sql) -> String {
        let letter = match self {
            Self::Status => 's',
            Self::Grade => 'g',
            Self::Category => 'c',
            Self::Department => 'd',
            Self::Kind => 'k',
            Self::Urgent => 'u',
            Self::Assignee => 'a',
        };
        match value {
            Sql::Integer(number) => format!("{letter}{number}"),
            Sql::Text(text) => {
                let plain = text.chars().filter(char::is_ascii_alphanumeric);
                std::iter::once(letter).chain(plain).collect()
            }
            Sql::Blob(bytes) => format!(
                "{letter}{}",
                Uuid::from_slice(bytes).unwrap_or_default().simple()
            ),
            Sql::Null | Sql::Real(_) => letter.to_string(),
        }
    }
}

/// The state of a case, as its changes add up.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CaseState {
    /// Human reference.
    pub reference: String,
    /// Title; empty until somebody gives one.
    pub title: String,
    /// Report or incident.
    pub kind: EventKind,
    /// Plain categories.
    pub categories: Vec<Category>,
    /// RSIT types chosen by hand.
    pub rsit: Vec<String>,
    /// How sure the team is.
    pub confirmation: Confirmation,
    /// Where it stands.
    pub status: Status,
    /// When it reached each status, milliseconds by name.
    pub reached: std::collections::BTreeMap<String, i64>,
    /// What the severity is computed from.
    pub axes: SeverityAxes,
    /// A grade set by hand.
    pub severity_override: Option<SeverityOverride>,
    /// Perimeter in words.
    pub perimeter: String,
    /// Marking.
    pub tlp: Tlp,
    /// Marking of actions.
    pub pap: Pap,
    /// Marked urgent.
    pub urgent: bool,
    /// To whom it is assigned.
    pub assignee: Option<Uuid>,
    /// Words put on it.
    pub tags: Vec<String>,
    /// What comes next.
    pub next_step: String,
    /// When it was received, milliseconds.
    pub received_at: i64,
    /// When it was last changed, milliseconds.
    pub changed_at: i64,
    /// Its organisation.
    pub organisation: Option<Uuid>,
    /// Where the caller was sent, out of scope.
    pub reorientation: Option<ReorientationState>,
    /// Consents by purpose.
    pub consents: std::collections::BTreeMap<String, ConsentState>,
    /// What was told.
    pub report: Report,
}

/// Where a caller was sent.
#[derive(Clone, Debug, Deserialize)]
pub struct ReorientationState {
    /// To whom.
    pub target: Reorientation,
    /// Its name, when it is another one.
    #[serde(default)]
    pub name: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A consent as it was recorded.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConsentState {
    /// Yes or no.
    pub given: bool,
    /// Who said so.
    pub by: String,
    /// When, milliseconds.
    pub at: i64,
    /// Who wrote it down.
    pub recorded_by: Option<Uuid>,
}

impl CaseState {
    /// The grade that counts: by the sum, or set by hand.
    #[must_use]
    pub fn grade(&self) -> Grade {
        match triage::assess(&self.axes) {
            Ok(severity) => triage::retained(&severity, self.severity_override.as_ref()),
            // A level that this version does not know: the strictest, so that nobody overlooks it.
            Err(_) => Grade::G4,
        }
    }
}

/// A case with its identifier.
#[derive(Clone, Debug)]
pub struct CaseRow {
    /// Identifier.
    pub id: Uuid,
    /// State.
    pub state: CaseState,
}

/// The order key of a case: its instant of receipt, and twenty bits of its identifier to tell two of one instant apart.
fn order_key(received_at: i64, id: Uuid) -> i64 {
    let tail = i64::try_from(id.as_u128() & 0xF_FFFF).unwrap_or(0);
    (received_at.clamp(0, (1 << 42) - 1) << 20) | tail
}

pub(super) fn project(conn: &Connection, id: Uuid, fields: &Fields) -> Result<()> {
    let text = serde_json::to_string(fields)?;
    let state: CaseState = serde_json::from_str(&text)?;
    let before: Option<i64> = conn
        .prepare_cached("SELECT num FROM case_ WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let wanted = order_key(state.received_at, id);
    if let Some(num) = before
        && num >> 20 != wanted >> 20
    {
        for sql in [
            "DELETE FROM case_text WHERE rowid = ?1",
            "DELETE FROM case_state WHERE num = ?1",
            "DELETE FROM case_ WHERE num = ?1",
        ] {
            conn.execute(sql, [num])?;
        }
    }
    let num = match before {
        Some(num) if num >> 20 == wanted >> 20 => num,
        _ => free_key(conn, wanted)?,
    };
    let department = match state.organisation {
        Some(organisation) => organisation::department(conn, organisation)?,
        None => String::new(),
    };
    conn.prepare_cached(
        "INSERT OR REPLACE INTO case_ (num, id, reference, title, status, grade, kind, tlp, urgent, categories, assignee,
             organisation, department, received_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        num,
        id,
        state.reference,
        state.title,
        state.status as u8,
        state.grade() as u8,
        state.kind as u8,
        state.tlp as u8,
        state.urgent,
        bits(&state.categories),
        state.assignee,
        state.organisation,
        department,
        state.received_at,
        state.changed_at,
    ])?;
    conn.prepare_cached("INSERT OR REPLACE INTO case_state (num, state) VALUES (?1, ?2)")?
        .execute(params![num, text])?;
    Ok(())
}

/// One bit for each of these categories.
pub(super) fn bits(categories: &[Category]) -> i64 {
    categories
        .iter()
        .fold(0, |bits, category| bits | 1 << *category as u8)
}

fn free_key(conn: &Connection, wanted: i64) -> Result<i64> {
    let mut taken = conn.prepare_cached("SELECT 1 FROM case_ WHERE num = ?1")?;
    let mut num = wanted;
    while taken.exists([num])? {
        num += 1;
    }
    Ok(num)
}

/// Writes the text of a case anew for the search.
///
/// # Errors
/// When the database refuses.
pub fn index_text(conn: &Connection, id: Uuid) -> Result<()> {
    let Some((num, state)) = conn
        .prepare_cached("SELECT num, state FROM case_ JOIN case_state USING (num) WHERE id = ?1")?
        .query_row([id], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?
    else {
        return Ok(());
    };
    let state: CaseState = serde_json::from_str(&state)?;
    let (organisation, department) = match state.organisation {
        Some(id) => (
            organisation::search_text(conn, id)?,
            organisation::department(conn, id)?,
        ),
        None => Default::default(),
    };
    let told = told(&state);
    let trail = super::member::trail(conn, id)?;
    let facets = facets(&state, &department);
    conn.prepare_cached("DELETE FROM case_text WHERE rowid = ?1")?
        .execute([num])?;
    conn.prepare_cached("INSERT INTO case_text (rowid, title, organisation, told, trail, facets) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![num, state.title, organisation, told, trail, facets])?;
    Ok(())
}

fn facets(state: &CaseState, department: &str) -> String {
    let number = |value: u8| Sql::Integer(value.into());
    let mut facets = vec![
        Facet::Status.token(&number(state.status as u8)),
        Facet::Grade.token(&number(state.grade() as u8)),
        Facet::Department.token(&Sql::Text(department.to_owned())),
        Facet::Kind.token(&number(state.kind as u8)),
        Facet::Urgent.token(&number(state.urgent.into())),
    ];
    let categories = state.categories.iter();
    facets.extend(categories.map(|category| Facet::Category.token(&number(*category as u8))));
    let assignee = state.assignee.iter();
    facets.extend(assignee.map(|id| Facet::Assignee.token(&Sql::Blob(id.as_bytes().to_vec()))));
    facets.join(" ")
}

fn told(state: &CaseState) -> String {
    let report = &state.report;
    let mut parts: Vec<&str> = [
        &report.narrative,
        &report.impact,
        &report.machine_kinds,
        &report.actions,
        &report.findings,
        &report.architecture,
        &report.defences,
        &report.provider,
        &report.expected,
    ]
    .into_iter()
    .filter_map(|answer| answer.known().map(String::as_str))
    .collect();
    if let Some(organisation) = report.organisation.known() {
        parts.extend([organisation.name.as_str(), organisation.identifier.as_str()]);
    }
    if let Some(requester) = report.requester.known() {
        parts.extend([
            requester.name.as_str(),
            requester.phone.as_str(),
            requester.mail.as_str(),
        ]);
    }
    parts.extend([state.perimeter.as_str(), state.next_step.as_str()]);
    parts.extend(state.tags.iter().map(String::as_str));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// One case.
///
/// # Errors
/// When the database refuses.
pub fn get(conn: &Connection, id: Uuid) -> Result<Option<CaseRow>> {
    let state: Option<String> = conn
        .prepare_cached("SELECT state FROM case_ JOIN case_state USING (num) WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    state
        .map(|text| {
            Ok(CaseRow {
                id,
                state: serde_json::from_str(&text)?,
            })
        })
        .transpose()
}

/// The case that bears a reference.
///
/// # Errors
/// When the database refuses.
pub fn by_reference(conn: &Connection, reference: &str) -> Result<Option<Uuid>> {
    Ok(conn
        .prepare_cached("SELECT id FROM case_ WHERE reference = ?1 COLLATE NOCASE LIMIT 1")?
        .query_row([reference], |row| row.get(0))
        .optional()?)
}

/// A case by its names.
#[derive(Clone, Debug)]
pub struct Named {
    /// Identifier.
    pub id: Uuid,
    /// Human reference.
    pub reference: String,
    /// Title.
    pub title: String,
}

/// The open cases of an organisation, newest first.
///
/// # Errors
/// When the database refuses.
pub fn open_of_organisation(conn: &Connection, organisation: Uuid) -> Result<Vec<Named>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, reference, title FROM case_ WHERE organisation = ?1 AND status < 4 ORDER BY num DESC LIMIT 20",
    )?;
    let rows = statement.query_map([organisation], |row| {
        Ok(Named {
            id: row.get(0)?,
            reference: row.get(1)?,
            title: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every case of an organisation.
///
/// # Errors
/// When the database refuses.
pub fn of_organisation(conn: &Connection, organisation: Uuid) -> Result<Vec<Uuid>> {
    let mut statement =
        conn.prepare_cached("SELECT id FROM case_ WHERE organisation = ?1 ORDER BY num")?;
    let rows = statement.query_map([organisation], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes an organisation's département on its cases.
///
/// # Errors
/// When the database refuses.
pub fn set_department(conn: &Connection, organisation: Uuid, department: &str) -> Result<()> {
    conn.prepare_cached(
        "UPDATE case_ SET department = ?2 WHERE organisation = ?1 AND department <> ?2",
    )?
    .execute(params![organisation, department])?;
    Ok(())
}

/// The highest number given under a prefix ("PDL-2026-"), 0 if none.
///
/// # Errors
/// When the database refuses.
pub fn last_number(conn: &Connection, prefix: &str) -> Result<u32> {
    let mut statement = conn.prepare_cached(
        "SELECT max(CAST(substr(reference, length(?1) + 1) AS INTEGER)) FROM case_
         WHERE reference >= ?1 AND reference < ?1 || ':' AND substr(reference, length(?1) + 1) NOT GLOB '*[^0-9]*'",
    )?;
    Ok(statement
        .query_row([prefix], |row| row.get::<_, Option<u32>>(0))?
        .unwrap_or(0))
}
