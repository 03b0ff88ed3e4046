//! The list of cases and the counts of its views.

use std::time::Instant;

use chrono::{Datelike, Duration, TimeZone};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::error::Result;
use super::intake::instant;
use super::session::Session;
use super::view::{CaseCounts, CasePage, CaseQuery, CaseRow, CaseSort};
use crate::db::case::CaseRow as Row;
use crate::db::organisation::{self, OrganisationState};
use crate::db::search::{self, Filter, Order};
use crate::db::{draft, member};
use crate::domain::calendar::{from_paris, in_paris};
use crate::domain::case::Status;
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
            open: false,
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
        let shown = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let total = if shown < limit && (shown > 0 || query.offset == 0) {
            query.offset + shown
        } else {
            search::count(self.conn(), &filter)?
        };
        let mut organisations = BTreeMap::new();
        let mut rows = Vec::with_capacity(found.len());
        for one in found {
            rows.push(self.row(one.case, one.passage, &mut organisations)?);
        }
        let more = total > search::COUNTED && query_filters(query);
        Ok(CasePage {
            rows,
            total: if more { search::COUNTED } else { total },
            more,
            took_ms: begun.elapsed().as_secs_f64() * 1000.0,
        })
    }

    fn row(
        &self,
        row: Row,
        passage: String,
        organisations: &mut BTreeMap<Uuid, OrganisationState>,
    ) -> Result<CaseRow> {
        let Row { id, state } = row;
        let organisation = match state.organisation {
            Some(id) => match organisations.get(&id) {
                Some(known) => known.clone(),
                None => {
                    let read = organisation::get(self.conn(), id)?.unwrap_or_default();
                    organisations.insert(id, read.clone());
                    read
                }
            },
            None => OrganisationState::default(),
        };
        let place = if organisation.department.is_empty() {
            String::new()
        } else {
            format!(
                "{} ({})",
                organisation.commune_name, organisation.department
            )
        };
        let grade = state.grade();
        Ok(CaseRow {
            id,
            reference: state.reference,
            title: state.title,
            organisation: organisation.name,
            place,
            kind: state.kind,
            categories: state.categories,
            status: state.status,
            grade,
            tlp: state.tlp,
            urgent: state.urgent,
            assignee: state.assignee,
            received_at: instant(state.received_at),
            changed_at: instant(state.changed_at),
            passage,
        })
    }

    /// Counts for the navigation and the views.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn case_counts(&self) -> Result<CaseCounts> {
        self.require(Ability::ReadCases)?;
        let now = self.now();
        let open = Filter {
            open: true,
            ..Filter::default()
        };
        let count = |filter: Filter| search::count(self.conn(), &filter);
        let by_grade = search::open_by_grade(self.conn())?;
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
            all: count(Filter::default())?,
            open: by_grade.iter().sum(),
            to_qualify: count(Filter {
                statuses: vec![Status::Reported],
                ..Filter::default()
            })?,
            mine: count(Filter {
                assignee: Some(self.person().id),
                ..open.clone()
            })?,
            grave: count(Filter {
                grades: vec![Grade::G3, Grade::G4],
                ..open.clone()
            })?,
            quiet: count(Filter {
                quiet_since: Some((now - QUIET).timestamp_millis()),
                ..open
            })?,
            this_year: count(Filter {
                from: Some(new_year.timestamp_millis()),
                ..Filter::default()
            })?,
            drafts: u32::try_from(draft::list(self.conn())?.len()).unwrap_or(u32::MAX),
            to_sign: member::count_documents(self.conn(), "to_sign")?,
            open_by_grade: Grade::ALL
                .into_iter()
                .zip(by_grade)
                .map(|(grade, count)| (format!("{grade:?}"), count))
                .collect(),
        })
    }
}

fn query_filters(query: &CaseQuery) -> bool {
    !(query.text.trim().is_empty()
        && query.statuses.is_empty()
        && query.grades.is_empty()
        && query.categories.is_empty()
        && query.departments.is_empty()
        && query.kind.is_none()
        && query.assignee.is_none()
        && query.quiet_since.is_none()
        && query.urgent.is_none()
        && query.from.is_none()
        && query.until.is_none())
}
