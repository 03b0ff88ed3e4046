//! What the registry keeps of a firm.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::area::Area;
use super::label::{Label, LabelKind};
use super::sector::Sector;
use super::skill::{Service, Technology};
use crate::domain::calendar::OpeningRule;
use crate::domain::case::Category;
use crate::domain::intake::Person;
use crate::domain::organisation::OrganisationKind;

/// Days on which a firm takes no case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ProviderAbsence")]
pub struct Absence {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Why, as the firm says it.
    #[serde(default)]
    pub reason: String,
}

/// A tie that keeps a firm from a beneficiary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ProviderConflict")]
pub enum Conflict {
    /// With an organisation that a number names: the firm is left out there.
    Beneficiary {
        /// SIREN, nine digits.
        siren: String,
        /// What ties them: « infogérant », « même groupe ».
        #[serde(default)]
        note: String,
    },
    /// In words alone: a person reads it before the list leaves.
    Noted {
        /// The words.
        note: String,
    },
}

/// What a paper shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ProviderPaperKind")]
pub enum PaperKind {
    /// That it holds a label.
    Label {
        /// Which.
        label: LabelKind,
    },
    /// That it is insured.
    Insurance,
    /// That it signed the charter.
    Charter,
    /// Something else.
    Other,
}

/// A file that a firm showed; its bytes lie in the vault, under their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ProviderPaper")]
pub struct Paper {
    /// What it shows.
    #[serde(flatten)]
    pub kind: PaperKind,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u32,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// When it was kept.
    pub added_on: NaiveDate,
}

/// A firm of the registry. Everything but the name may be unknown; what a hard filter needs and is not said counts
/// against the firm, and the reason says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// SIREN, nine digits, or empty.
    pub siren: String,
    /// SIRET, fourteen digits, or empty.
    pub siret: String,
    /// Number and street.
    pub address: String,
    /// INSEE code of its commune.
    pub commune: String,
    /// Whom to reach there, the first one first; their addresses lead to their keys.
    pub contacts: Vec<Person>,
    /// Where it works: anywhere in one of these.
    pub areas: Vec<Area>,
    /// Whether it comes to the site; otherwise it works from afar alone.
    pub on_site: bool,
    /// Its labels.
    pub labels: Vec<Label>,
    /// Incidents that it takes on.
    pub categories: Vec<Category>,
    /// Technologies that it knows.
    pub technologies: Vec<Technology>,
    /// What it offers.
    pub services: Vec<Service>,
    /// Sections that it works for; all of them when empty.
    pub sectors: Vec<Sector>,
    /// Kinds of organisation that it works for; all of them when empty.
    pub serves: Vec<OrganisationKind>,
    /// When it answers.
    pub hours: Option<OpeningRule>,
    /// Hours within which it promises to be on site.
    pub on_site_within_hours: Option<u16>,
    /// Hours within which it promises to answer.
    pub reaction_hours: Option<u16>,
    /// Languages, ISO 639-1 (`fr`, `en`).
    pub languages: Vec<String>,
    /// Prices, in the firm's own words.
    pub prices: String,
    /// Cases that it can take at once; 0: none now.
    pub capacity: u16,
    /// When it takes none.
    pub absences: Vec<Absence>,
    /// Last day of its professional insurance.
    pub insured_until: Option<NaiveDate>,
    /// When it signed the team's charter.
    pub charter_signed: Option<NaiveDate>,
    /// Ties with beneficiaries.
    pub conflicts: Vec<Conflict>,
    /// The files that it showed.
    pub papers: Vec<Paper>,
    /// No longer proposed, and kept for the history.
    pub archived: bool,
    /// When it last confirmed that all this is true.
    pub confirmed_on: Option<NaiveDate>,
}

impl Provider {
    /// The absence under way on a day: the one that lasts longest.
    #[must_use]
    pub fn absence_on(&self, day: NaiveDate) -> Option<&Absence> {
        self.absences
            .iter()
            .filter(|absence| absence.from <= day && day <= absence.to)
            .max_by_key(|absence| absence.to)
    }
}
