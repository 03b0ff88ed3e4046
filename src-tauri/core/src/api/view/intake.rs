//! Taking a report.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::domain::intake::{Completeness, Report};
use crate::domain::organisation::{OrganisationKind, Reorientation, Scope};

/// A report being taken, saved by itself.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftView {
    /// Identifier.
    pub id: Uuid,
    /// Who takes it.
    pub author: Uuid,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// What was said so far.
    pub report: Report,
    /// How complete it is.
    pub completeness: Completeness,
}

/// An answer to an autosave.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftSaved {
    /// Identifier; made at the first save.
    pub id: Uuid,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// How complete it is.
    pub completeness: Completeness,
}

/// How a call ends.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FinishRequest {
    /// The draft that becomes a case.
    pub draft: Uuid,
    /// Out of scope: where the caller was sent, and why.
    pub reorientation: Option<ReorientationView>,
}

/// Where a caller was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReorientationView {
    /// To whom.
    pub target: Reorientation,
    /// Name of the target when it is another one.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// A case by its two names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CaseRef {
    /// Identifier.
    pub id: Uuid,
    /// Human reference, "PDL-2026-0042".
    pub reference: String,
    /// Title.
    pub title: String,
}

/// An organisation that a search found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OrganisationMatch {
    /// The organisation.
    pub organisation: OrganisationView,
    /// Its open cases, to warn of a double.
    pub open_cases: Vec<CaseRef>,
}

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct OrganisationView {
    /// Identifier.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Option<OrganisationKind>,
    /// SIREN, 9 digits, or empty.
    pub siren: String,
    /// SIRET, 14 digits, or empty.
    pub siret: String,
    /// People employed.
    pub headcount: Option<u32>,
    /// Yearly turnover, euros.
    pub turnover_euros: Option<u64>,
    /// Balance-sheet total, euros.
    pub balance_euros: Option<u64>,
    /// NAF code.
    pub naf: String,
    /// Version of the NAF code: "naf_rev2" or "naf2025".
    pub naf_version: String,
    /// Label of the NAF code.
    pub naf_label: String,
    /// INSEE code of the commune.
    pub commune: String,
    /// Name of the commune.
    pub commune_name: String,
    /// Code of its département.
    pub department: String,
}

/// What the form is told about an organisation as it is typed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OrganisationCheck {
    /// What is wrong with the identifier, by code; none when right or empty.
    pub identifier_error: Option<String>,
    /// The kind that the figures give for a firm.
    pub size_class: Option<OrganisationKind>,
    /// Whether the figures suffice to be certain of it.
    pub size_certain: bool,
    /// Whether the team helps it.
    pub scope: Scope,
    /// Organisations that look the same.
    pub matches: Vec<OrganisationMatch>,
}

/// A commune.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CommuneView {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// The former commune by whose name it was found, if it was.
    pub former_name: String,
    /// Its postcodes.
    pub postcodes: Vec<String>,
    /// Code of its département.
    pub department: String,
    /// INSEE code of its region.
    pub region: String,
    /// Its EPCI, if it has one.
    pub epci: String,
}

/// An intercommunality with its own taxation.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EpciView {
    /// SIREN.
    pub siren: String,
    /// Name.
    pub name: String,
}

/// An activity of the NAF.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NafView {
    /// Code, "25.11Z".
    pub code: String,
    /// Label.
    pub label: String,
    /// "naf_rev2" or "naf2025".
    pub version: String,
}
