//! The hard filters: each leaves a firm out for a reason that it can be told.

use chrono::NaiveDate;

use super::Firm;
use super::exclusion::{Exclusion, Tie};
use crate::domain::case::Category;
use crate::domain::fold::fold;
use crate::domain::geo::Place;
use crate::domain::provider::{Conflict, Needs, Provider};

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
        // No allocation before the first reason, and a name is folded only for somebody who is named.
        let mut found = Vec::new();
        let by_name = !self.panel.is_empty() || !self.present.is_empty();
        let name = by_name.then(|| fold(&firm.provider.name));
        let name = name.unwrap_or_default();
        self.standing(firm, &name, &mut found);
        self.place(firm, km, &mut found);
        self.trade(&firm.provider, &mut found);
        self.label(&firm.provider, &mut found);
        self.readiness(firm, &mut found);
        self.cover(&firm.provider, &name, &mut found);
        found
    }

    fn standing(&self, firm: &Firm, name: &str, found: &mut Vec<Exclusion>) {
        let provider = &firm.provider;
        if provider.archived {
            found.push(Exclusion::Archived);
        }
        if provider.charter_signed.is_none_or(|day| day > self.on) {
            found.push(Exclusion::NoCharter);
        }
        if let Some(tie) = self.tie(provider, name) {
            found.push(Exclusion::Conflict { tie });
        }
        if self.needs.declined.contains(&firm.id) {
            found.push(Exclusion::Declined);
        }
    }

    fn tie(&self, provider: &Provider, name: &str) -> Option<Tie> {
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
        (by_number || self.is_named_present(name)).then_some(Tie::Present)
    }

    /// Whether the words that name the firm that is there contain this firm's name, or are contained in it, as whole
    /// words. A part that names a trade and no firm (« informatique »), or is very short, is compared whole.
    fn is_named_present(&self, name: &str) -> bool {
        if self.present.is_empty() {
            return false;
        }
        let name = format!(" {name} ");
        let contains = |whole: &str, part: &str| names_a_firm(part) && whole.contains(part);
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

    fn cover(&self, provider: &Provider, name: &str, found: &mut Vec<Exclusion>) {
        if let Some(on) = provider.insured_until.filter(|last| *last < self.on) {
            found.push(Exclusion::InsuranceEnded { on });
        }
        if !self.panel.is_empty() && !self.panel.iter().any(|one| one == name) {
            found.push(Exclusion::NotOnPanel);
        }
    }
}

/// Words of the trade and forms of companies, folded: alone they name nobody.
const COMMON_WORDS: [&str; 34] = [
    "agence",
    "assistance",
    "bureautique",
    "cabinet",
    "conseil",
    "conseils",
    "consulting",
    "cyber",
    "cybersecurite",
    "de",
    "du",
    "en",
    "et",
    "groupe",
    "infogerance",
    "informatique",
    "informatiques",
    "la",
    "le",
    "les",
    "numerique",
    "ouest",
    "prestataire",
    "reseau",
    "reseaux",
    "sarl",
    "sas",
    "securite",
    "service",
    "services",
    "societe",
    "solutions",
    "systemes",
    "technologies",
];

/// Whether folded words name somebody: one of them at least is of four letters, and none of the trade.
fn names_a_firm(words: &str) -> bool {
    words
        .split(' ')
        .any(|word| word.len() >= 4 && !COMMON_WORDS.contains(&word))
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
