//! What a summary says, as the API decided it for one audience.

use chrono::{DateTime, Utc};

use super::super::Lang;
use super::super::imprint::{Authority, Signature, Team};
use crate::domain::case::{Audience, Category, Confirmation, ConsentPurpose, EventKind, Status};
use crate::domain::marking::{Pap, Tlp};

/// All that a summary says. Text is as typed: any length, any character.
#[derive(Clone, Debug)]
pub struct SummaryView {
    /// For whom it is made.
    pub audience: Audience,
    /// Language of the document's own words; the user's text stays as typed.
    pub lang: Lang,
    /// Reference of the case, `PDL-2026-0042`.
    pub reference: String,
    /// Title of the case.
    pub title: String,
    /// The team that issues it.
    pub team: Team,
    /// Who prepared it.
    pub prepared_by: String,
    /// When.
    pub prepared_at: DateTime<Utc>,
    /// How the reader checks that it is genuine; absent from a draft.
    pub signature: Option<Signature>,
    /// With whom it may be shared.
    pub tlp: Tlp,
    /// What may be done with it.
    pub pap: Option<Pap>,
    /// An added restriction, printed with the TLP label on every page.
    pub restriction: Option<String>,
    /// The organisation concerned.
    pub organisation: Option<Organisation>,
    /// Requester and contacts.
    pub people: Vec<Person>,
    /// Signalement or incident.
    pub event_kind: EventKind,
    /// Categories, each with its RSIT type.
    pub categories: Vec<CategoryLine>,
    /// Where the case stands.
    pub status: Status,
    /// How sure the team is.
    pub confirmation: Confirmation,
    /// The severity and its sum.
    pub severity: Option<Severity>,
    /// The perimeter in words: machines affected, of how many, of which kinds.
    pub perimeter: Option<String>,
    /// What happened, in the caller's or the team's words.
    pub description: Option<String>,
    /// The impact on the organisation.
    pub impact: Option<String>,
    /// What happened when, in any order.
    pub chronology: Vec<ChronologyFact>,
    /// What was done since detection.
    pub actions: Option<String>,
    /// Reflex measures proposed.
    pub measures: Vec<Measure>,
    /// What was found so far.
    pub findings: Option<String>,
    /// Architecture of the information system.
    pub architecture: Option<String>,
    /// Defence tools and policies.
    pub defences: Option<String>,
    /// The response provider in contact.
    pub provider: Option<String>,
    /// What is expected of the team.
    pub expected: Option<String>,
    /// Recommendations and next steps.
    pub recommendations: Vec<String>,
    /// Who agreed to which sharing.
    pub consents: Vec<Consent>,
    /// Notes of the team.
    pub notes: Vec<Note>,
    /// Authorities to reach.
    pub authorities: Vec<Authority>,
    /// The disclaimer, from the team's profile.
    pub disclaimer: String,
}

/// The organisation concerned. What is masked is `None`.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    /// Its name; `None` is shown as « Non communiqué ».
    pub name: Option<String>,
    /// Its kind, in words.
    pub kind: Option<String>,
    /// Its size class, in words.
    pub size_class: Option<String>,
    /// Commune and département.
    pub commune: Option<String>,
    /// Sector, in words.
    pub sector: Option<String>,
    /// SIREN or SIRET.
    pub identifier: Option<String>,
}

/// Somebody to reach.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Why they are named, in words: « Déclarante », « Contact technique ».
    pub role: String,
    /// Name.
    pub name: String,
    /// What they do there.
    pub function: String,
    /// Telephone.
    pub phone: String,
    /// Mail address.
    pub mail: String,
}

/// A category and the type of the RSIT taxonomy that it maps to.
#[derive(Clone, Debug)]
pub struct CategoryLine {
    /// The plain category.
    pub category: Category,
    /// RSIT type, as RSIT writes it: `Information Content Security: Data Leak`.
    pub rsit: Option<String>,
}

/// The severity, with the reasons for it.
#[derive(Clone, Debug)]
pub struct Severity {
    /// 1 to 4 (G1 mineure … G4 critique).
    pub grade: u8,
    /// The sum.
    pub score: u32,
    /// The greatest sum possible.
    pub out_of: u32,
    /// One line for each axis.
    pub axes: Vec<Axis>,
    /// Floors that raised the grade, in words.
    pub floors: Vec<String>,
    /// A grade set by hand, with its reason.
    pub overridden: Option<Override>,
}

/// An axis of the severity.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name, in words.
    pub name: String,
    /// 0 to 3.
    pub level: u8,
    /// What the level means, in words; says so when unknown.
    pub meaning: String,
    /// Its weight in the sum.
    pub weight: u32,
    /// Level times weight.
    pub points: u32,
}

/// A grade that somebody set instead of the computed one.
#[derive(Clone, Debug)]
pub struct Override {
    /// The computed grade, 1 to 4.
    pub computed: u8,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct ChronologyFact {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the hour is an estimate.
    pub estimated: bool,
    /// What.
    pub text: String,
    /// Who says so.
    pub source: Option<String>,
}

/// A reflex measure, with when it was said and when it was done.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The measure, in words.
    pub text: String,
    /// When it was said to the caller.
    pub said_at: Option<DateTime<Utc>>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
}

/// An agreement to share, given or refused.
#[derive(Clone, Debug)]
pub struct Consent {
    /// For what.
    pub purpose: ConsentPurpose,
    /// Given or refused.
    pub given: bool,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

/// A note of the team.
#[derive(Clone, Debug)]
pub struct Note {
    /// When.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub author: String,
    /// What.
    pub text: String,
}
