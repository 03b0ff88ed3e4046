//! The report as told on the phone: the ten items that the RFC 2350 document asks for (section 6).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::{Category, Channel};
use super::organisation::OrganisationKind;

mod completeness;
mod limits;

pub use completeness::{Completeness, Item, ItemProgress, ItemState, completeness};
pub use limits::{MAX_LINE_CHARS, MAX_MEASURES, MAX_TEXT_CHARS, TooLong, clean_line, clean_text};

/// What came back when a question was asked. Not knowing is an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", content = "value", rename_all = "snake_case")]
pub enum Answer<T> {
    /// Not asked yet.
    #[default]
    Unasked,
    /// « Ne sait pas ».
    Unknown,
    /// What was said.
    Known(T),
}

impl<T> Answer<T> {
    /// What was said, if anything was.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the question was put, whatever came back.
    pub const fn is_asked(&self) -> bool {
        !matches!(self, Self::Unasked)
    }
}

/// A date and hour as somebody remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Moment {
    /// The instant, UTC.
    pub at: DateTime<Utc>,
    /// Whether the hour is an estimate.
    #[serde(default)]
    pub estimated: bool,
}

/// Somebody to reach.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Person {
    /// First name and name.
    pub name: String,
    /// What they do there.
    pub function: String,
    /// Telephone, as written.
    pub phone: String,
    /// Mail address.
    pub mail: String,
}

/// Item 1: the organisation concerned, as the caller describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReportedOrganisation {
    /// The organisation already known to the team, once recognised (UUID).
    pub known_as: Option<uuid::Uuid>,
    /// Its name.
    pub name: String,
    /// SIREN (9 digits) or SIRET (14 digits), spaces ignored.
    pub identifier: String,
    /// Its kind; deduced from head-count and turnover for a firm.
    pub kind: Option<OrganisationKind>,
    /// People employed.
    pub headcount: Option<u32>,
    /// Yearly turnover, euros.
    pub turnover_euros: Option<u64>,
    /// Balance-sheet total, euros.
    pub balance_euros: Option<u64>,
    /// NAF code, with a point ("25.11Z").
    pub naf: String,
    /// INSEE code of the commune.
    pub commune: String,
    /// Somebody of the management.
    pub management: Person,
    /// Somebody of the technical team.
    pub technical: Person,
}

/// A reflex measure that was proposed on the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeasureState {
    /// Identifier in the reference data.
    pub measure: String,
    /// When it was said to the caller.
    pub said_at: Option<DateTime<Utc>>,
    /// When the caller did it.
    pub done_at: Option<DateTime<Utc>>,
}

/// The ten items of the report, each of which may stay unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Report {
    /// By which door it came in.
    pub channel: Channel,
    /// The mail that it was taken from; it belongs to the case that the report opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mail: Option<uuid::Uuid>,
    /// When it came in; the start of the call.
    pub received_at: Option<DateTime<Utc>>,
    /// Marked `[URGENT]`.
    pub urgent: bool,
    /// 1. The organisation: name, contacts, size.
    pub organisation: Answer<ReportedOrganisation>,
    /// 2. The requester: name, function, phone.
    pub requester: Answer<Person>,
    /// 3. Chronology: when it began.
    pub started: Answer<Moment>,
    /// 3. Chronology: when it was noticed.
    pub detected: Answer<Moment>,
    /// 4. Description: what kind of event.
    pub categories: Answer<Vec<Category>>,
    /// 4. Description: what happened, in the caller's words.
    pub narrative: Answer<String>,
    /// 4. Description: the impact on the organisation.
    pub impact: Answer<String>,
    /// 4. Description: number of machines affected.
    pub machines: Answer<u32>,
    /// 4. Description: types of machines affected.
    pub machine_kinds: Answer<String>,
    /// 5. What was done since detection.
    pub actions: Answer<String>,
    /// 6. What was found so far.
    pub findings: Answer<String>,
    /// 7. Architecture of the information system.
    pub architecture: Answer<String>,
    /// 7. Machines of the whole estate.
    pub estate: Answer<u32>,
    /// 8. Defence tools and policies.
    pub defences: Answer<String>,
    /// 9. A response provider already in contact ("aucun" is an answer).
    pub provider: Answer<String>,
    /// 10. What is expected of the team.
    pub expected: Answer<String>,
    /// Reflex measures proposed during the call.
    pub measures: Vec<MeasureState>,
}
