//! What a case needs of a firm: deduced from what was told and triaged, each value with its reason, all of it editable.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::area::Location;
use super::label::LabelKind;
use super::sector::Sector;
use super::skill::{Service, Technology};
use crate::domain::case::Category;
use crate::domain::organisation::OrganisationKind;
use crate::domain::triage::Grade;

mod deduce;
mod words;

pub use deduce::{CaseFacts, DeducedNeeds};

/// A firm that is at the beneficiary's already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PresentProvider {
    /// As the caller named it.
    pub name: String,
    /// SIREN, or empty.
    pub siren: String,
}

/// What a case needs. An empty list and `None` ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ProviderNeeds")]
pub struct Needs {
    /// Incidents: a firm takes on each of them.
    pub categories: Vec<Category>,
    /// Services: a firm offers each of them.
    pub services: Vec<Service>,
    /// Technologies hit: the more a firm knows, the better it fits.
    pub technologies: Vec<Technology>,
    /// What the beneficiary is.
    pub kind: Option<OrganisationKind>,
    /// A public body, even where its kind is not known yet.
    pub public_body: bool,
    /// People whom it employs.
    pub headcount: Option<u32>,
    /// Its activity.
    pub sector: Option<Sector>,
    /// Hours within which somebody has to answer.
    pub reaction_hours: Option<u16>,
    /// Whether somebody has to come.
    pub site_visit: bool,
    /// Hours within which somebody has to be there; counts with a visit alone.
    pub on_site_hours: Option<u16>,
    /// Where it is.
    pub location: Option<Location>,
    /// The furthest that a firm may come from, km as the crow flies.
    pub maximum_km: Option<u16>,
    /// Labels of which a firm holds one at least.
    pub labels: Vec<LabelKind>,
    /// Names of the firms that the insurer pays for; empty: it leaves the choice.
    pub panel: Vec<String>,
    /// SIREN of the beneficiary, or empty.
    pub beneficiary: String,
    /// Who is there already: never proposed.
    pub present: Option<PresentProvider>,
    /// Firms that declined this case.
    pub declined: Vec<Uuid>,
}

/// Puts a value in once.
pub(super) fn put<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

impl Needs {
    /// The same needs, each value of a list once: what is asked for twice would count twice.
    #[must_use]
    pub fn without_repeats(mut self) -> Self {
        fn once<T: PartialEq>(list: &mut Vec<T>) {
            for value in std::mem::take(list) {
                put(list, value);
            }
        }
        once(&mut self.categories);
        once(&mut self.services);
        once(&mut self.technologies);
        once(&mut self.labels);
        once(&mut self.panel);
        once(&mut self.declined);
        self
    }

    /// Whether the beneficiary is a public body, by its kind or by what was ticked.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.public_body || self.kind.is_some_and(OrganisationKind::is_public)
    }
}

/// A value of the needs that was deduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "need", content = "value", rename_all = "snake_case")]
#[ts(rename = "ProviderNeed")]
pub enum Need {
    /// This incident.
    Category(Category),
    /// This service.
    Service(Service),
    /// This technology.
    Technology(Technology),
    /// The kind of the beneficiary.
    Kind,
    /// That it is a public body.
    PublicBody,
    /// Its head-count.
    Headcount,
    /// Its activity.
    Sector,
    /// The delay to answer.
    ReactionHours,
    /// A visit.
    SiteVisit,
    /// The delay on site.
    OnSiteHours,
    /// Its place.
    Location,
    /// The distance.
    MaximumKm,
    /// This label.
    Label(LabelKind),
    /// Its SIREN.
    Beneficiary,
    /// The firm that is there.
    Present,
}

/// Why it was deduced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[ts(rename = "ProviderNeedReason")]
pub enum NeedReason {
    /// The analyst said so in the triage.
    Triage,
    /// The caller said so.
    Report,
    /// The record of the organisation.
    Organisation,
    /// Its figures (décret 2008-1354).
    Figures,
    /// Its activity code.
    Naf {
        /// The code.
        code: String,
    },
    /// Its kind.
    Kind {
        /// Which.
        kind: OrganisationKind,
    },
    /// The kind of incident.
    Category {
        /// Which.
        category: Category,
    },
    /// A word in what was told.
    Word {
        /// The word, without accents.
        word: String,
    },
    /// The directory, the hypervisor or the backups are hit.
    CoreSystemsHit,
    /// Files are being encrypted.
    EncryptionUnderWay,
    /// A vital service stands still.
    VitalServiceStopped,
    /// The grade.
    Grade {
        /// Which.
        grade: Grade,
    },
    /// The report is marked urgent.
    Urgent,
    /// A visit is wanted.
    SiteVisit,
}

/// A deduced value and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "DeducedNeed")]
pub struct Deduced {
    /// What was deduced.
    #[serde(flatten)]
    pub need: Need,
    /// Why.
    pub because: NeedReason,
}

#[cfg(test)]
mod tests;
