//! Why a firm is left out: the filters, and what each found.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::case::Category;
use crate::domain::organisation::OrganisationKind;
use crate::domain::provider::{LabelKind, Needs, Sector, Service};

/// How a firm is tied to the beneficiary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ConflictTie")]
pub enum Tie {
    /// It is the beneficiary.
    Itself,
    /// The registry names the beneficiary among its ties.
    Declared,
    /// It is the firm that the beneficiary named as already there.
    Present,
}

/// Why a firm is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Exclusion {
    /// Taken out of the registry.
    Archived,
    /// The charter was not signed by that day.
    NoCharter,
    /// A conflict of interest.
    Conflict {
        /// Which tie.
        tie: Tie,
    },
    /// It declined this case.
    Declined,
    /// It does not work there.
    OutsideAreas,
    /// Beyond the distance asked for.
    TooFar {
        /// How far it is.
        km: u32,
        /// How far it may be.
        limit: u16,
    },
    /// A distance is asked for, and one of the two places is not on the map.
    DistanceUnknown,
    /// It does not work for this kind of organisation.
    KindNotServed {
        /// Which.
        served: OrganisationKind,
    },
    /// It works for no public body, and the beneficiary is one.
    PublicNotServed,
    /// It does not work for this activity.
    SectorNotServed {
        /// Which.
        sector: Sector,
    },
    /// It does not take on this incident.
    CategoryNotTaken {
        /// Which.
        category: Category,
    },
    /// It does not offer this service.
    ServiceNotOffered {
        /// Which.
        service: Service,
    },
    /// It never held one of the labels asked for.
    NoRequiredLabel,
    /// The last of the labels asked for that it held has ended.
    LabelExpired {
        /// Which.
        label: LabelKind,
        /// Its last day.
        on: NaiveDate,
    },
    /// Away.
    Absent {
        /// The last day.
        until: NaiveDate,
    },
    /// It has as many cases as it can take.
    NoCapacity {
        /// Cases that it works on.
        open: u32,
        /// Cases that it can take.
        capacity: u16,
    },
    /// It works from afar, and a visit is wanted.
    RemoteOnly,
    /// It cannot be on site in time, or does not say when it can.
    OnSiteTooLate {
        /// Hours that it promises.
        promised: Option<u16>,
        /// Hours that are asked for.
        wanted: u16,
    },
    /// It cannot answer in time, or does not say when it does.
    ReactionTooLate {
        /// Hours that it promises.
        promised: Option<u16>,
        /// Hours that are asked for.
        wanted: u16,
    },
    /// Its insurance has ended.
    InsuranceEnded {
        /// Its last day.
        on: NaiveDate,
    },
    /// The insurer does not pay for it.
    NotOnPanel,
}

/// A filter, whatever it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MatchFilter")]
pub enum Filter {
    /// In the registry.
    Archive,
    /// Charter.
    Charter,
    /// Conflicts of interest.
    Conflict,
    /// What the firm declined.
    Declined,
    /// Areas covered.
    Areas,
    /// Distance.
    Distance,
    /// Kinds of organisation served.
    Kind,
    /// Activities served.
    Sector,
    /// Incidents taken on.
    Category,
    /// Services offered.
    Service,
    /// Labels.
    Label,
    /// Absences.
    Absence,
    /// Capacity.
    Capacity,
    /// Visits.
    Visit,
    /// Delay on site.
    OnSite,
    /// Delay to answer.
    Reaction,
    /// Insurance.
    Insurance,
    /// The insurer's panel.
    Panel,
}

impl Filter {
    /// Every filter, in the order in which reasons are told.
    pub const ALL: [Self; 18] = [
        Self::Archive,
        Self::Charter,
        Self::Conflict,
        Self::Declined,
        Self::Areas,
        Self::Distance,
        Self::Kind,
        Self::Sector,
        Self::Category,
        Self::Service,
        Self::Label,
        Self::Absence,
        Self::Capacity,
        Self::Visit,
        Self::OnSite,
        Self::Reaction,
        Self::Insurance,
        Self::Panel,
    ];

    /// Whether the team and the beneficiary may do without it; the others protect somebody, or are the firm's own word.
    #[must_use]
    pub const fn may_be_relaxed(self) -> bool {
        matches!(
            self,
            Self::Distance
                | Self::Category
                | Self::Service
                | Self::Label
                | Self::Visit
                | Self::OnSite
                | Self::Reaction
                | Self::Panel
        )
    }

    /// Takes the filter out of what is asked for; nothing changes for one that may not be relaxed.
    pub fn relax(self, needs: &mut Needs) {
        match self {
            Self::Distance => needs.maximum_km = None,
            Self::Category => needs.categories.clear(),
            Self::Service => needs.services.clear(),
            Self::Label => needs.labels.clear(),
            Self::Visit => needs.site_visit = false,
            Self::OnSite => needs.on_site_hours = None,
            Self::Reaction => needs.reaction_hours = None,
            Self::Panel => needs.panel.clear(),
            _ => {}
        }
    }
}

impl Exclusion {
    /// The filter that found it.
    #[must_use]
    pub const fn filter(self) -> Filter {
        match self {
            Self::Archived => Filter::Archive,
            Self::NoCharter => Filter::Charter,
            Self::Conflict { .. } => Filter::Conflict,
            Self::Declined => Filter::Declined,
            Self::OutsideAreas => Filter::Areas,
            Self::TooFar { .. } | Self::DistanceUnknown => Filter::Distance,
            Self::KindNotServed { .. } | Self::PublicNotServed => Filter::Kind,
            Self::SectorNotServed { .. } => Filter::Sector,
            Self::CategoryNotTaken { .. } => Filter::Category,
            Self::ServiceNotOffered { .. } => Filter::Service,
            Self::NoRequiredLabel | Self::LabelExpired { .. } => Filter::Label,
            Self::Absent { .. } => Filter::Absence,
            Self::NoCapacity { .. } => Filter::Capacity,
            Self::RemoteOnly => Filter::Visit,
            Self::OnSiteTooLate { .. } => Filter::OnSite,
            Self::ReactionTooLate { .. } => Filter::Reaction,
            Self::InsuranceEnded { .. } => Filter::Insurance,
            Self::NotOnPanel => Filter::Panel,
        }
    }
}
