//! The hard filters: each leaves a firm out for a reason that it can be told.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Firm;
use crate::domain::case::Category;
use crate::domain::fold::fold;
use crate::domain::geo::Place;
use crate::domain::organisation::OrganisationKind;
use crate::domain::provider::{Conflict, LabelKind, Needs, Provider, Sector, Service};

/// How a firm is tied to the beneficiary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
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

/// The needs, read once for all firms.
pub(super) struct Question<'a> {
    needs: &'a Needs,
    on: NaiveDate,
    place: Option<Place>,
    /// Folded names of the insurer's panel.
    panel: Vec<String>,
    /// Folded name of the firm that is there, between blanks; empty for nobody.
    present: String,
}

impl<'a> Question<'a> {
    pub(super) fn new(needs: &'a Needs, on: NaiveDate) -> Self {
        let present = needs.present.as_ref().map_or("", |firm| firm.name.as_str());
        let named = needs.panel.iter().map(|name| fold(name));
        Self {
            needs,
            on,
            place: needs.location.as_ref().and_then(|location| location.place),
            panel: named.filter(|name| !name.is_empty()).collect(),
            present: Some(fold(present))
                .filter(|name| !name.is_empty())
                .map_or_else(String::new, |name| format!(" {name} ")),
        }
    }

    /// Kilometres to a firm, where both places are known.
    pub(super) fn distance(&self, firm: &Firm) -> Option<u32> {
        Some(self.place?.distance_km(firm.place?))
    }

    /// Every reason to leave a firm out, in the order of [`Filter::ALL`].
    pub(super) fn exclusions(&self, firm: &Firm, km: Option<u32>) -> Vec<Exclusion> {
        // No allocation before the first reason.
        let mut found = Vec::new();
        self.standing(firm, &mut found);
        self.place(firm, km, &mut found);
        self.trade(&firm.provider, &mut found);
        self.label(&firm.provider, &mut found);
        self.readiness(firm, &mut found);
        self.cover(&firm.provider, &mut found);
        found
    }

    fn standing(&self, firm: &Firm, found: &mut Vec<Exclusion>) {
        let provider = &firm.provider;
        if provider.archived {
            found.push(Exclusion::Archived);
        }
        if provider.charter_signed.is_none_or(|day| day > self.on) {
            found.push(Exclusion::NoCharter);
        }
        if let Some(tie) = self.tie(provider) {
            found.push(Exclusion::Conflict { tie });
        }
        if self.needs.declined.contains(&firm.id) {
            found.push(Exclusion::Declined);
        }
    }

    fn tie(&self, provider: &Provider) -> Option<Tie> {
        let beneficiary = self.needs.beneficiary.as_str();
        let is_it = |number: &str| same_legal_unit(number, beneficiary);
        if is_it(&provider.siren) || is_it(&provider.siret) {
            return Some(Tie::Itself);
        }
        let declared = |conflict: &Conflict| match conflict {
            Conflict::Beneficiary { siren, .. } => is_it(siren),
            Conflict::Noted { .. } => false,
        };
        if provider.conflicts.iter().any(declared) {
            return Some(Tie::Declared);
        }
        let present = self.needs.present.as_ref()?;
        let by_number = same_legal_unit(&provider.siren, &present.siren)
            || same_legal_unit(&provider.siret, &present.siren);
        (by_number || self.is_named_present(provider)).then_some(Tie::Present)
    }

    /// Whether the words that name the firm that is there contain this firm's name, or are contained in it, as whole
    /// words. Very short names are compared whole: « AB » would be found anywhere.
    fn is_named_present(&self, provider: &Provider) -> bool {
        const SHORTEST_PART: usize = 4;
        if self.present.is_empty() {
            return false;
        }
        let name = format!(" {} ", fold(&provider.name));
        let contains =
            |whole: &str, part: &str| part.len() >= SHORTEST_PART + 2 && whole.contains(part);
        name == self.present || contains(&self.present, &name) || contains(&name, &self.present)
    }

    fn place(&self, firm: &Firm, km: Option<u32>, found: &mut Vec<Exclusion>) {
        if let Some(location) = &self.needs.location
            && !firm
                .provider
                .areas
                .iter()
                .any(|area| area.covers(location, km))
        {
            found.push(Exclusion::OutsideAreas);
        }
        match (self.needs.maximum_km, km) {
            (Some(limit), Some(km)) if km > u32::from(limit) => {
                found.push(Exclusion::TooFar { km, limit });
            }
            // Where the beneficiary itself is not on the map, nobody is left out for it: the list says so.
            (Some(_), None) if self.place.is_some() => found.push(Exclusion::DistanceUnknown),
            _ => {}
        }
    }

    fn trade(&self, provider: &Provider, found: &mut Vec<Exclusion>) {
        let needs = self.needs;
        let serves_all = provider.serves.is_empty();
        match needs.kind {
            _ if serves_all => {}
            Some(served) if !provider.serves.contains(&served) => {
                found.push(Exclusion::KindNotServed { served });
            }
            None if needs.public_body && !provider.serves.iter().any(|kind| kind.is_public()) => {
                found.push(Exclusion::PublicNotServed);
            }
            _ => {}
        }
        if let Some(sector) = needs.sector
            && !provider.sectors.is_empty()
            && !provider.sectors.contains(&sector)
        {
            found.push(Exclusion::SectorNotServed { sector });
        }
        let missing = |one: &&Category| !provider.categories.contains(one);
        for category in needs.categories.iter().copied().filter(|one| missing(&one)) {
            found.push(Exclusion::CategoryNotTaken { category });
        }
        for service in needs.services.iter().copied() {
            if !provider.services.contains(&service) {
                found.push(Exclusion::ServiceNotOffered { service });
            }
        }
    }

    fn label(&self, provider: &Provider, found: &mut Vec<Exclusion>) {
        if self.needs.labels.is_empty() {
            return;
        }
        let asked = || {
            let labels = provider.labels.iter();
            labels.filter(|label| self.needs.labels.contains(&label.kind))
        };
        if asked().any(|label| label.holds_on(self.on)) {
            return;
        }
        let ended = asked().filter_map(|label| Some((label.expires?, label.kind)));
        found.push(match ended.max() {
            Some((on, label)) => Exclusion::LabelExpired { label, on },
            None => Exclusion::NoRequiredLabel,
        });
    }

    fn readiness(&self, firm: &Firm, found: &mut Vec<Exclusion>) {
        let (needs, provider) = (self.needs, &firm.provider);
        if let Some(absence) = provider.absence_on(self.on) {
            found.push(Exclusion::Absent { until: absence.to });
        }
        let (open, capacity) = (firm.track.open, provider.capacity);
        if open >= u32::from(capacity) {
            found.push(Exclusion::NoCapacity { open, capacity });
        }
        let too_late =
            |promised: Option<u16>, wanted: u16| promised.is_none_or(|promised| promised > wanted);
        if needs.site_visit && !provider.on_site {
            found.push(Exclusion::RemoteOnly);
        } else if needs.site_visit
            && let Some(wanted) = needs.on_site_hours
            && too_late(provider.on_site_within_hours, wanted)
        {
            let promised = provider.on_site_within_hours;
            found.push(Exclusion::OnSiteTooLate { promised, wanted });
        }
        if let Some(wanted) = needs.reaction_hours
            && too_late(provider.reaction_hours, wanted)
        {
            let promised = provider.reaction_hours;
            found.push(Exclusion::ReactionTooLate { promised, wanted });
        }
    }

    fn cover(&self, provider: &Provider, found: &mut Vec<Exclusion>) {
        if let Some(on) = provider.insured_until.filter(|last| *last < self.on) {
            found.push(Exclusion::InsuranceEnded { on });
        }
        if !self.panel.is_empty() && !self.panel.contains(&fold(&provider.name)) {
            found.push(Exclusion::NotOnPanel);
        }
    }
}

/// Whether two numbers, SIREN or SIRET, in whatever grouping, belong to one legal unit.
fn same_legal_unit(one: &str, other: &str) -> bool {
    const SIREN_DIGITS: usize = 9;
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if digits(one) < SIREN_DIGITS || digits(other) < SIREN_DIGITS {
        return false;
    }
    let siren = |text: &'_ str| -> [u8; SIREN_DIGITS] {
        let mut first = text.bytes().filter(u8::is_ascii_digit);
        std::array::from_fn(|_| first.next().unwrap_or_default())
    };
    siren(one) == siren(other)
}
