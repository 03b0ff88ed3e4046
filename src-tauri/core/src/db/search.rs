//! The list of cases: filters, full-text search, order, counts.
//!
//! The order keys of the matches come first, up to [`COUNTED`] of them: they give the page and say how many match, in one
//! pass over the text index or the narrow rows. Only then are the rows of the page read.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row, params, params_from_iter};
use uuid::Uuid;

use super::case::{self, Facet};
use super::error::Result;
use super::words::{as_reference, match_cases, passage};
use crate::domain::case::{Category, EventKind, Status};
use crate::domain::marking::Tlp;
use crate::domain::triage::Grade;

/// Matches are counted up to here.
pub const COUNTED: u32 = 1000;

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

/// What the list shows of a case that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Identifier.
    pub id: Uuid,
    /// Human reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Report or incident.
    pub kind: EventKind,
    /// Categories, in the order of the form.
    pub categories: Vec<Category>,
    /// Where it stands.
    pub status: Status,
    /// The grade that counts.
    pub grade: Grade,
    /// Marking.
    pub tlp: Tlp,
    /// Marked urgent.
    pub urgent: bool,
    /// To whom it is assigned.
    pub assignee: Option<Uuid>,
    /// When it was received, milliseconds.
    pub received_at: i64,
    /// When it was last changed, milliseconds.
    pub changed_at: i64,
    /// Its organisation's name, or empty.
    pub organisation: String,
    /// The organisation's commune, or empty.
    pub commune: String,
    /// The organisation's département, or empty.
    pub department: String,
    /// The passage, its words marked; empty without a search.
    pub passage: String,
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let bits: i64 = row.get(4)?;
    Ok(Found {
        id: row.get(0)?,
        reference: row.get(1)?,
        title: row.get(2)?,
        kind: nth(&EventKind::ALL, row.get(3)?),
        categories: Category::ALL
            .into_iter()
            .filter(|category| bits & case::bits(&[*category]) != 0)
            .collect(),
        status: nth(&Status::ALL, row.get(5)?),
        grade: nth(&Grade::ALL, row.get(6)?),
        tlp: nth(&Tlp::ALL, row.get(7)?),
        urgent: row.get(8)?,
        assignee: row.get(9)?,
        received_at: row.get(10)?,
        changed_at: row.get(11)?,
        organisation: row.get(12)?,
        commune: row.get(13)?,
        department: row.get(14)?,
        passage: String::new(),
    })
}

/// The value whose number this version wrote.
fn nth<T: Copy, const N: usize>(all: &[T; N], number: u8) -> T {
    all[usize::from(number).min(N - 1)]
}

/// A page of what was found.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its cases.
    pub rows: Vec<Found>,
    /// How many match in all: exact, or [`COUNTED`] where there are `more`.
    pub total: u32,
    /// More match than were counted.
    pub more: bool,
}

/// One thing that is filtered by: any of these values.
struct AnyOf {
    column: &'static str,
    facet: Facet,
    values: Vec<Sql>,
}

impl Filter {
    /// What is filtered by that the text index holds, too.
    fn facets(&self) -> Vec<AnyOf> {
        let number = |value: u8| Sql::Integer(value.into());
        let any = |column, facet, values: Vec<Sql>| AnyOf {
            column,
            facet,
            values,
        };
        let mut all = vec![
            any(
                "c.status",
                Facet::Status,
                self.statuses
                    .iter()
                    .map(|value| number(*value as u8))
                    .collect(),
            ),
            any(
                "c.grade",
                Facet::Grade,
                self.grades
                    .iter()
                    .map(|value| number(*value as u8))
                    .collect(),
            ),
            any(
                "c.categories",
                Facet::Category,
                self.categories
                    .iter()
                    .map(|value| number(*value as u8))
                    .collect(),
            ),
            any(
                "c.department",
                Facet::Department,
                self.departments
                    .iter()
                    .map(|code| Sql::Text(code.clone()))
                    .collect(),
            ),
            any(
                "c.kind",
                Facet::Kind,
                self.kind.iter().map(|value| number(*value as u8)).collect(),
            ),
            any(
                "c.urgent",
                Facet::Urgent,
                self.urgent
                    .iter()
                    .map(|value| number((*value).into()))
                    .collect(),
            ),
            any(
                "c.assignee",
                Facet::Assignee,
                self.assignee
                    .iter()
                    .map(|id| Sql::Blob(id.as_bytes().to_vec()))
                    .collect(),
            ),
        ];
        all.retain(|facet| !facet.values.is_empty());
        all
    }
}

impl AnyOf {
    /// The same as an expression of the text index.
    fn expression(&self) -> String {
        let tokens: Vec<String> = self
            .values
            .iter()
            .map(|value| format!("\"{}\"", self.facet.token(value)))
            .collect();
        format!(" AND {} : ({})", case::FACETS, tokens.join(" OR "))
    }
}

/// What a row must hold, in SQL, with its values.
struct Conditions {
    sql: Vec<String>,
    values: Vec<Sql>,
    /// The name of the order key where it is asked.
    num: &'static str,
    /// Whether the text index leads; the case's row is then joined only when it is asked.
    text: bool,
    row: bool,
}

impl Conditions {
    fn of(conn: &Connection, filter: &Filter, order: Order) -> Result<Self> {
        let reference = as_reference(&filter.text);
        let words = match reference {
            Some(_) => None,
            None => match_cases(conn, &filter.text)?,
        };
        let mut all = Self {
            sql: Vec::new(),
            values: Vec::new(),
            num: if words.is_some() { "t.rowid" } else { "c.num" },
            text: words.is_some(),
            row: order.by_row(),
        };
        if let Some(words) = words {
            let facets: String = filter.facets().iter().map(AnyOf::expression).collect();
            let expression = format!("{} : ({words}){facets}", case::TEXTS);
            all.push("case_text MATCH ?", Sql::Text(expression));
        } else {
            for facet in filter.facets() {
                all.any_of(facet);
            }
        }
        if let Some(reference) = reference {
            all.push(
                "c.reference = ? COLLATE NOCASE",
                Sql::Text(reference.to_owned()),
            );
        }
        if let Some(at) = filter.from {
            all.push(&format!("{} >= ?", all.num), Sql::Integer(at << 20));
        }
        if let Some(at) = filter.until {
            all.push(&format!("{} < ?", all.num), Sql::Integer(at << 20));
        }
        if let Some(at) = filter.quiet_since {
            all.row = true;
            all.push("c.changed_at < ?", Sql::Integer(at));
        }
        Ok(all)
    }

    fn push(&mut self, sql: &str, value: Sql) {
        self.sql.push(sql.to_owned());
        self.values.push(value);
    }

    fn any_of(
        &mut self,
        AnyOf {
            column,
            facet,
            values,
        }: AnyOf,
    ) {
        let places = vec!["?"; values.len()].join(", ");
        self.sql.push(match facet {
            // A case has several: one bit for each.
            Facet::Category => {
                let bit = vec!["(1 << ?)"; values.len()].join(" | ");
                format!("{column} & ({bit}) <> 0")
            }
            _ => format!("{column} IN ({places})"),
        });
        self.values.extend(values);
    }

    fn clauses(&self) -> String {
        let from = match (self.text, self.row) {
            (true, true) => "case_text t CROSS JOIN case_ c ON c.num = t.rowid",
            (true, false) => "case_text t",
            (false, _) => "case_ c",
        };
        let all = if self.sql.is_empty() {
            "1".to_owned()
        } else {
            self.sql.join(" AND ")
        };
        format!("FROM {from} WHERE {all}")
    }
}

impl Order {
    /// The terms of the order, `num` being the order key.
    fn terms(self, num: &str) -> String {
        match self {
            Self::Newest => format!("{num} DESC"),
            Self::Oldest => format!("{num} ASC"),
            Self::Changed => "c.changed_at DESC".to_owned(),
            Self::Gravity => format!("c.grade DESC, {num} DESC"),
            Self::Reference => "c.reference DESC".to_owned(),
        }
    }

    const fn by_row(self) -> bool {
        !matches!(self, Self::Newest | Self::Oldest)
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
) -> Result<Page> {
    let conditions = Conditions::of(conn, filter, order)?;
    let unfiltered = conditions.sql.is_empty();
    // Without a filter all are counted at once, and the page is read where it stands.
    let (skipped, read) = if unfiltered {
        (offset, limit)
    } else {
        (0, (offset + limit).max(COUNTED + 1))
    };
    let sql = format!(
        "SELECT {} {} ORDER BY {} LIMIT {read} OFFSET {skipped}",
        conditions.num,
        conditions.clauses(),
        order.terms(conditions.num),
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let matches = statement
        .query_map(params_from_iter(conditions.values), |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    let counted = if unfiltered {
        all(conn)?
    } else {
        u32::try_from(matches.len()).unwrap_or(u32::MAX)
    };
    let more = !unfiltered && counted > COUNTED;
    let rows = matches
        .iter()
        .skip((offset - skipped) as usize)
        .take(limit as usize)
        .map(|num| row(conn, *num, conditions.text.then_some(filter.text.as_str())))
        .collect::<Result<_>>()?;
    Ok(Page {
        rows,
        total: if more { COUNTED } else { counted },
        more,
    })
}

/// The row of an order key, with the passage that holds these words.
fn row(conn: &Connection, num: i64, words: Option<&str>) -> Result<Found> {
    let mut found = conn
        .prepare_cached(
            "SELECT c.id, c.reference, c.title, c.kind, c.categories, c.status, c.grade, c.tlp, c.urgent, c.assignee,
                 c.received_at, c.changed_at, coalesce(o.name, ''), coalesce(o.commune, ''), c.department
             FROM case_ c LEFT JOIN organisation o ON o.id = c.organisation WHERE c.num = ?1",
        )?
        .query_row([num], found)?;
    if let Some(words) = words {
        found.passage = conn
            .prepare_cached(
                "SELECT told, trail, organisation, title FROM case_text WHERE rowid = ?1",
            )?
            .query_row([num], |row| {
                let text =
                    |column| -> rusqlite::Result<&str> { Ok(row.get_ref(column)?.as_str()?) };
                Ok(passage(&[text(0)?, text(1)?, text(2)?, text(3)?], words))
            })?;
    }
    Ok(found)
}

/// How many cases there are.
///
/// # Errors
/// When the database refuses.
pub fn all(conn: &Connection) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM case_")?
        .query_row([], |row| row.get(0))?)
}

/// How many were received at or after an instant (milliseconds).
///
/// # Errors
/// When the database refuses.
pub fn received_since(conn: &Connection, at: i64) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM case_ WHERE num >= ?1")?
        .query_row([at << 20], |row| row.get(0))?)
}

/// The open cases of one grade, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenCases {
    /// All.
    pub all: u32,
    /// Waiting for a qualification.
    pub to_qualify: u32,
    /// Assigned to the person who asks.
    pub mine: u32,
    /// Not changed for long.
    pub quiet: u32,
}

/// The open cases by grade, G1 to G4; `quiet_since` in milliseconds.
///
/// # Errors
/// When the database refuses.
pub fn open_cases(conn: &Connection, person: Uuid, quiet_since: i64) -> Result<[OpenCases; 4]> {
    let mut counts = [OpenCases::default(); 4];
    let mut statement = conn.prepare_cached(
        "SELECT grade, count(*), sum(status = 0), coalesce(sum(assignee = ?1), 0), sum(changed_at < ?2)
         FROM case_ WHERE status < 4 GROUP BY grade",
    )?;
    let rows = statement.query_map(params![person, quiet_since], |row| {
        let of_grade = OpenCases {
            all: row.get(1)?,
            to_qualify: row.get(2)?,
            mine: row.get(3)?,
            quiet: row.get(4)?,
        };
        Ok((row.get::<_, u8>(0)?, of_grade))
    })?;
    for row in rows {
        let (grade, of_grade) = row?;
        if let Some(slot) = counts.get_mut(usize::from(grade)) {
            *slot = of_grade;
        }
    }
    Ok(counts)
}
