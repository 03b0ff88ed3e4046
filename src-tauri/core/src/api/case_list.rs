//! The list of cases and the counts of its views.

use std::time::Instant;

use chrono::{Datelike, Duration, TimeZone};

use super::commit::instant;
use super::error::Result;
use super::session::Session;
use super::view::{CaseCounts, CasePage, CaseQuery, CaseRow, CaseSort};
use crate::db::search::{self, Filter, Found, OpenCases, Order};
use crate::db::{draft, member};
use crate::domain::calendar::{from_paris, in_paris};
use crate::domain::people::Ability;
use crate::domain::triage::Grade;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 500;
/// An open case without a change for so long is quiet.
const QUIET: Duration = Duration::days(5);

impl From<&CaseQuery> for Filter {
    fn from(query: &CaseQuery) -> Self {
        Self {
            text: query.text.clone(),
            statuses: query.statuses.clone(),
            grades: query.grades.clone(),
            categories: query.categories.clone(),
            departments: query.departments.clone(),
            kind: query.kind,
            assignee: query.assignee,
            quiet_since: query.quiet_since.map(|at| at.timestamp_millis()),
            urgent: query.urgent,
            from: query.from.map(|at| at.timestamp_millis()),
            until: query.until.map(|at| at.timestamp_millis()),
        }
    }
}

impl From<CaseSort> for Order {
    fn from(sort: CaseSort) -> Self {
        match sort {
            CaseSort::Newest => Self::Newest,
            CaseSort::Oldest => Self::Oldest,
            CaseSort::Changed => Self::Changed,
            CaseSort::Gravity => Self::Gravity,
            CaseSort::Reference => Self::Reference,
        }
    }
}

impl From<Found> for CaseRow {
    fn from(found: Found) -> Self {
        let place = if found.department.is_empty() {
            String::new()
        } else {
            format!("{} ({})", found.commune, found.department)
        };
        Self {
            id: found.id,
            reference: found.reference,
            title: found.title,
            organisation: found.organisation,
            place,
            kind: found.kind,
            categories: found.categories,
            status: found.status,
            grade: found.grade,
            tlp: found.tlp,
            urgent: found.urgent,
            assignee: found.assignee,
            received_at: instant(found.received_at),
            changed_at: instant(found.changed_at),
            passage: found.passage,
        }
    }
}

impl Session {
    /// A page of the cases that match.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn cases(&self, query: &CaseQuery) -> Result<CasePage> {
        self.require(Ability::ReadCases)?;
        let begun = Instant::now();
        let filter = Filter::from(query);
        let limit = if query.limit == 0 {
            DEFAULT_LIMIT
        } else {
            query.limit.min(MAX_LIMIT)
        };
        let found = search::page(self.conn(), &filter, query.sort.into(), query.offset, limit)?;
        Ok(CasePage {
            rows: found.rows.into_iter().map(CaseRow::from).collect(),
            total: found.total,
            more: found.more,
            took_ms: begun.elapsed().as_secs_f64() * 1000.0,
        })
    }

    /// Counts for the navigation and the views.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn case_counts(&self) -> Result<CaseCounts> {
        self.require(Ability::ReadCases)?;
        let now = self.now();
        let quiet_since = (now - QUIET).timestamp_millis();
        let open = search::open_cases(self.conn(), self.person().id, quiet_since)?;
        let sum = |count: fn(&OpenCases) -> u32| open.iter().map(count).sum();
        let year = in_paris(now).year();
        let new_year = chrono::NaiveDate::from_ymd_opt(year, 1, 1)
            .and_then(|day| day.and_hms_opt(0, 0, 0))
            .and_then(from_paris)
            .unwrap_or_else(|| {
                chrono::Utc
                    .timestamp_millis_opt(0)
                    .single()
                    .unwrap_or_default()
            });
        Ok(CaseCounts {
            all: search::all(self.conn())?,
            open: sum(|open| open.all),
            to_qualify: sum(|open| open.to_qualify),
            mine: sum(|open| open.mine),
            grave: Grade::ALL
                .into_iter()
                .zip(&open)
                .filter(|(grade, _)| *grade >= Grade::G3)
                .map(|(_, open)| open.all)
                .sum(),
            quiet: sum(|open| open.quiet),
            this_year: search::received_since(self.conn(), new_year.timestamp_millis())?,
            drafts: u32::try_from(draft::list(self.conn())?.len()).unwrap_or(u32::MAX),
            to_sign: member::count_documents(self.conn(), "to_sign")?,
            open_by_grade: Grade::ALL
                .into_iter()
                .zip(open)
                .map(|(grade, open)| (format!("{grade:?}"), open.all))
                .collect(),
        })
    }
}
