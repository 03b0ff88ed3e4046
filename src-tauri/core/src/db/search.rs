//! The list of cases: filters, full-text search, order, counts.
//!
//! A page is read in the order of `num` straight from the primary key or from the text index, so its cost does not grow
//! with the number of matches; the number of matches is counted up to [`COUNTED`] and no further.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use uuid::Uuid;

use super::case::{CaseRow, CaseState};
use super::open::Result;
use crate::domain::case::{Category, EventKind, Status};
use crate::domain::triage::Grade;

/// Matches are counted up to here.
pub const COUNTED: u32 = 1000;

/// What marks a found word in a passage: before.
pub const MARK_START: char = '\u{e000}';
/// What marks a found word in a passage: after.
pub const MARK_END: char = '\u{e001}';

/// Order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Newest received first.
    #[default]
    Newest,
    /// Oldest received first.
    Oldest,
    /// Last changed first.
    Changed,
    /// Gravest first, then newest.
    Gravity,
    /// By reference.
    Reference,
}

/// What is looked for. Empty lists filter nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words, by prefix.
    pub text: String,
    /// Not closed.
    pub open: bool,
    /// One of these statuses.
    pub statuses: Vec<Status>,
    /// One of these grades.
    pub grades: Vec<Grade>,
    /// One of these categories.
    pub categories: Vec<Category>,
    /// One of these départements.
    pub departments: Vec<String>,
    /// Report or incident.
    pub kind: Option<EventKind>,
    /// Assigned to this person.
    pub assignee: Option<Uuid>,
    /// Not changed since (milliseconds).
    pub quiet_since: Option<i64>,
    /// Marked urgent.
    pub urgent: Option<bool>,
    /// Received at or after (milliseconds).
    pub from: Option<i64>,
    /// Received before (milliseconds).
    pub until: Option<i64>,
}

/// A case that was found, with the passage that matched.
#[derive(Clone, Debug)]
pub struct Found {
    /// The case.
    pub case: CaseRow,
    /// The passage, its words between [`MARK_START`] and [`MARK_END`]; empty without a search.
    pub passage: String,
}

/// Words as an expression of the text index: every word by its prefix, accents folded by the index, ligatures tried both
/// ways. Punctuation only separates, so nothing in the text can be an operator. None if there is no word.
#[must_use]
pub fn match_expression(text: &str) -> Option<String> {
    /// A query is a few words; what is pasted beyond that finds nothing more.
    const MAX_WORDS: usize = 12;
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .map(|word| {
            let spellings = ligatures(&word.chars().take(64).collect::<String>().to_lowercase());
            let any: Vec<String> = spellings
                .iter()
                .map(|spelling| format!("\"{spelling}\"*"))
                .collect();
            if any.len() == 1 {
                any.concat()
            } else {
                format!("({})", any.join(" OR "))
            }
        })
        .collect();
    if words.is_empty() {
        None
    } else {
        Some(words.join(" AND "))
    }
}

/// A word with and without its ligatures: the index folds accents but takes "œ" for a letter of its own.
fn ligatures(word: &str) -> Vec<String> {
    let mut spellings = vec![word.to_owned()];
    for other in [
        word.replace('œ', "oe").replace('æ', "ae"),
        word.replace("oe", "œ"),
        word.replace("ae", "æ"),
    ] {
        if !spellings.contains(&other) {
            spellings.push(other);
        }
    }
    spellings
}

/// Whether a text is a whole human reference ("PDL-2026-0042"), which the index would take for three common words.
fn as_reference(text: &str) -> Option<&str> {
    let text = text.trim();
    let mut parts = text.split('-');
    let (prefix, year, number) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none()
        && prefix.chars().all(|c| c.is_ascii_alphabetic())
        && year.len() == 4
        && year.chars().all(|c| c.is_ascii_digit())
        && number.len() >= 4
        && number.chars().all(|c| c.is_ascii_alphanumeric());
    whole.then_some(text)
}

struct Conditions {
    sql: Vec<String>,
    values: Vec<Sql>,
    text: bool,
}

impl Conditions {
    fn of(filter: &Filter) -> Self {
        let mut all = Self {
            sql: Vec::new(),
            values: Vec::new(),
            text: false,
        };
        if let Some(reference) = as_reference(&filter.text) {
            all.push(
                "c.reference = ? COLLATE NOCASE",
                Sql::Text(reference.to_owned()),
            );
        } else if let Some(words) = match_expression(&filter.text) {
            all.push("case_text MATCH ?", Sql::Text(words));
            all.text = true;
        }
        if filter.open {
            // As the index of open cases says it: a list of the four statuses would not let SQLite use it.
            all.sql.push("c.status < 4".to_owned());
        }
        all.one_of(
            "c.status",
            filter
                .statuses
                .iter()
                .map(|status| Sql::Integer(*status as i64)),
        );
        all.one_of(
            "c.grade",
            filter
                .grades
                .iter()
                .map(|grade| Sql::Integer(*grade as i64)),
        );
        all.one_of(
            "c.department",
            filter
                .departments
                .iter()
                .map(|code| Sql::Text(code.clone())),
        );
        if !filter.categories.is_empty() {
            let any = vec!["c.categories LIKE ?"; filter.categories.len()].join(" OR ");
            all.sql.push(format!("({any})"));
            all.values.extend(filter.categories.iter().map(|category| {
                let name = serde_json::to_string(category).unwrap_or_default();
                Sql::Text(format!("%{name}%"))
            }));
        }
        if let Some(kind) = filter.kind {
            all.push("c.kind = ?", Sql::Integer(kind as i64));
        }
        if let Some(person) = filter.assignee {
            all.push("c.assignee = ?", Sql::Blob(person.as_bytes().to_vec()));
        }
        if let Some(at) = filter.quiet_since {
            all.push("c.changed_at < ?", Sql::Integer(at));
        }
        if let Some(urgent) = filter.urgent {
            all.push("c.urgent = ?", Sql::Integer(urgent.into()));
        }
        if let Some(at) = filter.from {
            all.push("c.num >= ?", Sql::Integer(at << 20));
        }
        if let Some(at) = filter.until {
            all.push("c.num < ?", Sql::Integer(at << 20));
        }
        all
    }

    fn push(&mut self, sql: &str, value: Sql) {
        self.sql.push(sql.to_owned());
        self.values.push(value);
    }

    fn one_of(&mut self, column: &str, values: impl Iterator<Item = Sql>) {
        let values: Vec<Sql> = values.collect();
        if !values.is_empty() {
            self.sql.push(format!(
                "{column} IN ({})",
                vec!["?"; values.len()].join(", ")
            ));
            self.values.extend(values);
        }
    }

    fn clauses(&self) -> String {
        // The text index drives when there is a text: it yields its rows in the order of `num`.
        let from = if self.text {
            "case_text t CROSS JOIN case_ c ON c.num = t.rowid"
        } else {
            "case_ c"
        };
        let condition = if self.sql.is_empty() {
            "1".to_owned()
        } else {
            self.sql.join(" AND ")
        };
        format!("FROM {from} WHERE {condition}")
    }
}

/// A page of the cases that match.
///
/// # Errors
/// When the database refuses.
pub fn page(
    conn: &Connection,
    filter: &Filter,
    order: Order,
    offset: u32,
    limit: u32,
) -> Result<Vec<Found>> {
    let conditions = Conditions::of(filter);
    let num = if conditions.text { "t.rowid" } else { "c.num" };
    let order = match order {
        Order::Newest => format!("{num} DESC"),
        Order::Oldest => format!("{num} ASC"),
        Order::Changed => "c.changed_at DESC".to_owned(),
        Order::Gravity => format!("c.grade DESC, {num} DESC"),
        Order::Reference => "c.reference DESC".to_owned(),
    };
    let passage = if conditions.text {
        format!("snippet(case_text, -1, '{MARK_START}', '{MARK_END}', '…', 12)")
    } else {
        "''".to_owned()
    };
    let sql = format!(
        "SELECT c.id, c.state, {passage} {} ORDER BY {order} LIMIT {limit} OFFSET {offset}",
        conditions.clauses()
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(conditions.values), |row| {
        Ok((
            row.get::<_, Uuid>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (id, state, passage) = row?;
        let state: CaseState = serde_json::from_str(&state)?;
        found.push(Found {
            case: CaseRow { id, state },
            passage,
        });
    }
    Ok(found)
}

/// How many cases match: exact without a filter, else counted up to [`COUNTED`] + 1.
///
/// # Errors
/// When the database refuses.
pub fn count(conn: &Connection, filter: &Filter) -> Result<u32> {
    let conditions = Conditions::of(filter);
    let sql = if conditions.sql.is_empty() {
        "SELECT count(*) FROM case_".to_owned()
    } else {
        format!(
            "SELECT count(*) FROM (SELECT 1 {} LIMIT {})",
            conditions.clauses(),
            COUNTED + 1
        )
    };
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(conditions.values), |row| row.get(0))?)
}

/// Open cases by grade, G1 to G4.
///
/// # Errors
/// When the database refuses.
pub fn open_by_grade(conn: &Connection) -> Result<[u32; 4]> {
    let mut counts = [0; 4];
    let mut statement =
        conn.prepare_cached("SELECT grade, count(*) FROM case_ WHERE status < 4 GROUP BY grade")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, u8>(0)?, row.get::<_, u32>(1)?)))?;
    for row in rows {
        let (grade, count) = row?;
        if let Some(slot) = counts.get_mut(usize::from(grade)) {
            *slot = count;
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_words_by_prefix_whatever_is_typed() {
        assert_eq!(
            match_expression("Rançon bordure").as_deref(),
            Some("\"rançon\"* AND \"bordure\"*")
        );
        assert_eq!(
            match_expression("a\" OR NEAR(*").as_deref(),
            Some("\"a\"* AND \"or\"* AND \"near\"*")
        );
        assert_eq!(match_expression(" -- \"' "), None);
    }

    #[test]
    fn ligatures_are_tried_both_ways() {
        assert_eq!(
            match_expression("cœur").as_deref(),
            Some("(\"cœur\"* OR \"coeur\"*)")
        );
        assert_eq!(
            match_expression("soeur").as_deref(),
            Some("(\"soeur\"* OR \"sœur\"*)")
        );
    }

    #[test]
    fn a_whole_reference_is_looked_up_as_such() {
        assert_eq!(as_reference(" PDL-2026-0042 "), Some("PDL-2026-0042"));
        assert_eq!(as_reference("pdl-2026-B0042"), Some("pdl-2026-B0042"));
        assert_eq!(as_reference("PDL-2026"), None);
        assert_eq!(as_reference("e-mail de 2026"), None);
    }
}
