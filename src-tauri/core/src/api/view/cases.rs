//! The cases: list, page, qualification.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::documents::DocumentView;
use super::intake::{CaseRef, OrganisationView, ReorientationView};
use crate::domain::case::{Category, Confirmation, ConsentPurpose, EventKind, Status};
use crate::domain::intake::{Completeness, Person, Report};
use crate::domain::marking::{Pap, Tlp};
use crate::domain::triage::{Grade, Severity, SeverityAxes, SeverityOverride};

/// What the list of cases is asked for.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct CaseQuery {
    /// Words, by prefix, accents folded; empty for all.
    pub text: String,
    /// One of these statuses; empty for all.
    pub statuses: Vec<Status>,
    /// One of these grades; empty for all.
    pub grades: Vec<Grade>,
    /// One of these categories; empty for all.
    pub categories: Vec<Category>,
    /// One of these départements; empty for all.
    pub departments: Vec<String>,
    /// Report or incident.
    pub kind: Option<EventKind>,
    /// Assigned to this person.
    pub assignee: Option<Uuid>,
    /// Without a change since this instant.
    pub quiet_since: Option<DateTime<Utc>>,
    /// Marked urgent.
    pub urgent: Option<bool>,
    /// Received at or after.
    pub from: Option<DateTime<Utc>>,
    /// Received before.
    pub until: Option<DateTime<Utc>>,
    /// Order.
    pub sort: CaseSort,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most, up to 500; 0 means 50.
    pub limit: u32,
}

/// Order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseSort {
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

/// One row of the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseRow {
    /// Identifier.
    pub id: Uuid,
    /// Human reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Commune and département of the organisation, "Les Herbiers (85)".
    pub place: String,
    /// Report or incident.
    pub kind: EventKind,
    /// Categories.
    pub categories: Vec<Category>,
    /// Status.
    pub status: Status,
    /// Grade retained.
    pub grade: Grade,
    /// Marking.
    pub tlp: Tlp,
    /// Marked urgent.
    pub urgent: bool,
    /// To whom it is assigned.
    pub assignee: Option<Uuid>,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// The passage that matched, with the words between U+E000 and U+E001; empty without a search.
    pub passage: String,
}

/// A page of the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CasePage {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// How many match: exact, or 1 000 where there are `more`.
    pub total: u32,
    /// More match than were counted.
    pub more: bool,
    /// Time the answer took, milliseconds.
    pub took_ms: f64,
}

/// Counts for the navigation and the views.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct CaseCounts {
    /// All cases.
    pub all: u32,
    /// Not closed.
    pub open: u32,
    /// Waiting for a qualification.
    pub to_qualify: u32,
    /// Open and assigned to me.
    pub mine: u32,
    /// Open, G3 or G4.
    pub grave: u32,
    /// Open and unchanged for five days.
    pub quiet: u32,
    /// Received this year.
    pub this_year: u32,
    /// Reports begun and not ended.
    pub drafts: u32,
    /// Documents waiting for the lead.
    pub to_sign: u32,
    /// Open cases by grade, "G1" to "G4".
    pub open_by_grade: BTreeMap<String, u32>,
}

/// The page of a case.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseView {
    /// Identifier.
    pub id: Uuid,
    /// Human reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Report or incident.
    pub kind: EventKind,
    /// Plain categories.
    pub categories: Vec<Category>,
    /// RSIT types, "malicious-code:ransomware"; deduced unless chosen.
    pub rsit: Vec<String>,
    /// Whether the RSIT types were chosen by hand.
    pub rsit_chosen: bool,
    /// How sure the team is.
    pub confirmation: Confirmation,
    /// Where it stands.
    pub status: Status,
    /// When it reached each status, by name.
    pub reached: BTreeMap<String, DateTime<Utc>>,
    /// What the severity is computed from.
    pub axes: SeverityAxes,
    /// The sum, explained.
    pub severity: Severity,
    /// A grade set by hand, with its reason.
    pub severity_override: Option<SeverityOverride>,
    /// The grade that counts.
    pub grade: Grade,
    /// Perimeter in words (which systems, which sites).
    pub perimeter: String,
    /// Marking.
    pub tlp: Tlp,
    /// Marking of actions.
    pub pap: Pap,
    /// Marked urgent.
    pub urgent: bool,
    /// To whom it is assigned.
    pub assignee: Option<Uuid>,
    /// Words the team put on it.
    pub tags: Vec<String>,
    /// What comes next, in one sentence.
    pub next_step: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// Out of scope: where the caller was sent.
    pub reorientation: Option<ReorientationView>,
    /// What was told.
    pub report: Report,
    /// How complete it is.
    pub completeness: Completeness,
    /// The organisation.
    pub organisation: Option<OrganisationView>,
    /// Its people.
    pub contacts: Vec<ContactView>,
    /// Consents, one per purpose.
    pub consents: Vec<ConsentView>,
    /// Chronology, oldest first.
    pub facts: Vec<FactView>,
    /// Notes, newest first.
    pub notes: Vec<NoteView>,
    /// Documents, newest first.
    pub documents: Vec<DocumentView>,
    /// Files kept as evidence, newest first.
    pub evidence: Vec<super::mail::EvidenceView>,
    /// Other open cases of the same organisation.
    pub siblings: Vec<CaseRef>,
}

/// A person of the organisation, for this case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ContactView {
    /// Identifier.
    pub id: Uuid,
    /// "requester", "management", "technical", "other".
    pub part: ContactPart,
    /// Who.
    pub person: Person,
}

/// What somebody is to the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactPart {
    /// *Déclarant*.
    Requester,
    /// Management.
    Management,
    /// Technical team.
    Technical,
    /// Somebody else (provider, insurer…).
    #[default]
    Other,
}

/// What the beneficiary agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConsentView {
    /// For what.
    pub purpose: ConsentPurpose,
    /// Yes, no, or not asked.
    pub given: Option<bool>,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Who wrote it down.
    pub recorded_by: Option<Uuid>,
}

/// What kind of fact the chronology holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// What the attacker did.
    Attack,
    /// What was done against it.
    #[default]
    Action,
    /// A call, a mail, a meeting.
    Exchange,
    /// A decision.
    Decision,
}

/// One dated fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FactView {
    /// Identifier.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Whether the hour is an estimate.
    pub estimated: bool,
    /// Its kind.
    pub kind: FactKind,
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub detail: String,
    /// Who wrote it.
    pub author: Option<Uuid>,
    /// Made by Relais from a change (status, report, signature): cannot be withdrawn.
    pub automatic: bool,
}

/// A note of the team. Notes are added, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NoteView {
    /// Identifier.
    pub id: Uuid,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub author: Option<Uuid>,
    /// The text.
    pub text: String,
}

/// A change of the qualification; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct TriagePatch {
    /// Title.
    pub title: Option<String>,
    /// Report or incident.
    pub kind: Option<EventKind>,
    /// Plain categories.
    pub categories: Option<Vec<Category>>,
    /// RSIT types chosen by hand; empty returns to the deduced ones.
    pub rsit: Option<Vec<String>>,
    /// How sure the team is.
    pub confirmation: Option<Confirmation>,
    /// What the severity is computed from.
    pub axes: Option<SeverityAxes>,
    /// A grade set by hand, with its reason.
    pub severity_override: Option<SeverityOverride>,
    /// Return to the computed grade.
    pub clear_override: bool,
    /// Perimeter in words.
    pub perimeter: Option<String>,
    /// Marking.
    pub tlp: Option<Tlp>,
    /// Marking of actions.
    pub pap: Option<Pap>,
    /// Marked urgent.
    pub urgent: Option<bool>,
    /// Words put on the case.
    pub tags: Option<Vec<String>>,
    /// What comes next.
    pub next_step: Option<String>,
}

/// A change made, that may be undone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Done {
    /// The journal entry; give it to `undo`.
    pub entry: String,
}
