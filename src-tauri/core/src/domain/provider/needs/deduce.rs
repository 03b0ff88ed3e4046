//! The needs of a case from what is known of it.

use super::words::{says_none, technologies_in};
use super::{
    Deduced, LabelKind, Need, NeedReason, Needs, PresentProvider, Service, Technology, put,
};
use crate::domain::case::Category;
use crate::domain::intake::Report;
use crate::domain::organisation::{OrganisationKind, size_class};
use crate::domain::provider::{Location, Sector};
use crate::domain::triage::{Grade, SeverityAxes};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a firm may be that has to come, km, until somebody says otherwise.
const USUAL_MAXIMUM_KM: u16 = 150;

/// What is known of a case. The organisation's record comes before what the caller said of it.
#[derive(Clone, Debug, Default)]
pub struct CaseFacts<'a> {
    /// The report.
    pub report: Option<&'a Report>,
    /// Categories that the triage retained; empty: those of the report count.
    pub categories: &'a [Category],
    /// What the triage entered.
    pub axes: Option<&'a SeverityAxes>,
    /// The grade retained.
    pub grade: Option<Grade>,
    /// Kind of the organisation, from its record.
    pub kind: Option<OrganisationKind>,
    /// Its head-count, from its record.
    pub headcount: Option<u32>,
    /// Its NAF code, from its record, or empty.
    pub naf: &'a str,
    /// Its SIREN, from its record, or empty.
    pub siren: &'a str,
    /// Where it is.
    pub location: Option<Location>,
}

/// The needs, and why each is so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeducedNeeds {
    /// The needs.
    pub needs: Needs,
    /// One line for each value that is not empty, in the order of the form; a value found in several ways has several.
    pub because: Vec<Deduced>,
}

/// What a kind of incident usually calls for.
const fn usual_services(category: Category) -> &'static [Service] {
    match category {
        Category::Ransomware => &[Service::Containment, Service::Rebuilding],
        Category::AccountCompromise
        | Category::EdgeDevice
        | Category::DataLeak
        | Category::DenialOfService => &[Service::Containment],
        Category::Defacement => &[Service::Containment, Service::Rebuilding],
        Category::ExposedVulnerability => &[Service::Audit],
        Category::TransferFraud => &[Service::Containment, Service::ForensicReport],
        Category::Phishing | Category::Impersonation | Category::Other => &[],
    }
}

/// What a kind of incident usually hits.
const fn usual_technologies(category: Category) -> &'static [Technology] {
    match category {
        Category::Defacement => &[Technology::WebHosting],
        Category::EdgeDevice => &[Technology::NetworkEdge],
        _ => &[],
    }
}

/// Hours to answer by grade, and to be on site; the second for the two grades that call for a visit.
const fn usual_hours(grade: Grade) -> (u16, Option<u16>) {
    match grade {
        Grade::G4 => (2, Some(12)),
        Grade::G3 => (4, Some(24)),
        Grade::G2 => (24, None),
        Grade::G1 => (72, None),
    }
}

impl Needs {
    /// The needs of a case, each with its reasons. What nothing is known of asks for nothing.
    #[must_use]
    pub fn of_triage(facts: &CaseFacts<'_>) -> DeducedNeeds {
        let mut found = DeducedNeeds::default();
        found.categories(facts);
        found.services();
        found.technologies(facts);
        found.organisation(facts);
        found.urgency(facts);
        found.place(facts);
        found.labels(facts);
        found.present(facts);
        found
    }
}

impl DeducedNeeds {
    fn tell(&mut self, need: Need, because: NeedReason) {
        self.because.push(Deduced { need, because });
    }

    fn categories(&mut self, facts: &CaseFacts<'_>) {
        let told = facts.report.and_then(|report| report.categories.known());
        let (categories, because) = if facts.categories.is_empty() {
            (told.map_or(&[][..], Vec::as_slice), NeedReason::Report)
        } else {
            (facts.categories, NeedReason::Triage)
        };
        // « Autre » says nothing that a firm could be chosen by.
        for category in categories.iter().filter(|one| **one != Category::Other) {
            put(&mut self.needs.categories, *category);
            self.tell(Need::Category(*category), because.clone());
        }
    }

    fn services(&mut self) {
        for category in self.needs.categories.clone() {
            for service in usual_services(category) {
                put(&mut self.needs.services, *service);
                self.tell(Need::Service(*service), NeedReason::Category { category });
            }
        }
    }

    fn technology(&mut self, technology: Technology, because: NeedReason) {
        put(&mut self.needs.technologies, technology);
        self.tell(Need::Technology(technology), because);
    }

    fn technologies(&mut self, facts: &CaseFacts<'_>) {
        if facts.axes.is_some_and(|axes| axes.core_systems_hit) {
            for technology in [
                Technology::ActiveDirectory,
                Technology::Virtualisation,
                Technology::Backup,
            ] {
                self.technology(technology, NeedReason::CoreSystemsHit);
            }
        }
        for category in self.needs.categories.clone() {
            for technology in usual_technologies(category) {
                self.technology(*technology, NeedReason::Category { category });
            }
        }
        let Some(report) = facts.report else { return };
        // Not the defences and actions: they name what works, or what was switched off.
        let told = [
            &report.architecture,
            &report.machine_kinds,
            &report.impact,
            &report.findings,
            &report.narrative,
        ];
        let told: Vec<&str> = told
            .iter()
            .filter_map(|answer| answer.known().map(String::as_str))
            .collect();
        for (technology, word) in technologies_in(&told.join("\n")) {
            let word = word.to_owned();
            self.technology(technology, NeedReason::Word { word });
        }
    }

    fn organisation(&mut self, facts: &CaseFacts<'_>) {
        let told = facts.report.and_then(|report| report.organisation.known());
        let either = |record: bool| match record {
            true => NeedReason::Organisation,
            false => NeedReason::Report,
        };
        let headcount = facts.headcount.or(told.and_then(|told| told.headcount));
        if headcount.is_some() {
            self.needs.headcount = headcount;
            self.tell(Need::Headcount, either(facts.headcount.is_some()));
        }
        if let Some(kind) = facts.kind.or(told.and_then(|told| told.kind)) {
            self.needs.kind = Some(kind);
            self.tell(Need::Kind, either(facts.kind.is_some()));
        } else if let Some(told) = told
            && let Some(size) = size_class(headcount, told.turnover_euros, told.balance_euros)
            && size.certain
        {
            self.needs.kind = Some(size.class);
            self.tell(Need::Kind, NeedReason::Figures);
        }
        if let Some(kind) = self.needs.kind.filter(|kind| kind.is_public()) {
            self.needs.public_body = true;
            self.tell(Need::PublicBody, NeedReason::Kind { kind });
        }
        let naf = match facts.naf {
            "" => told.map_or("", |told| told.naf.as_str()),
            naf => naf,
        };
        if let Some(sector) = Sector::of_naf(naf) {
            let code = naf.to_owned();
            self.needs.sector = Some(sector);
            self.tell(Need::Sector, NeedReason::Naf { code });
        }
        if let Some(siren) = siren_of(facts.siren) {
            self.needs.beneficiary = siren;
            self.tell(Need::Beneficiary, NeedReason::Organisation);
        } else if let Some(siren) = told.and_then(|told| siren_of(&told.identifier)) {
            self.needs.beneficiary = siren;
            self.tell(Need::Beneficiary, NeedReason::Report);
        }
    }

    fn urgency(&mut self, facts: &CaseFacts<'_>) {
        let usual = facts.grade.map(|grade| (grade, usual_hours(grade)));
        let mut reaction = usual.map(|(grade, (hours, _))| (hours, NeedReason::Grade { grade }));
        let mut sooner = |holds: bool, hours: u16, because: NeedReason| {
            if holds && reaction.as_ref().is_none_or(|(now, _)| hours < *now) {
                reaction = Some((hours, because));
            }
        };
        let axes = facts.axes.cloned().unwrap_or_default();
        sooner(
            axes.vital_service_stopped,
            1,
            NeedReason::VitalServiceStopped,
        );
        sooner(axes.encryption_under_way, 2, NeedReason::EncryptionUnderWay);
        let urgent = facts.report.is_some_and(|report| report.urgent);
        sooner(urgent, 4, NeedReason::Urgent);
        if let Some((hours, because)) = reaction {
            self.needs.reaction_hours = Some(hours);
            self.tell(Need::ReactionHours, because);
        }
        if let Some((grade, (_, Some(hours)))) = usual {
            self.needs.site_visit = true;
            self.needs.on_site_hours = Some(hours);
            self.tell(Need::SiteVisit, NeedReason::Grade { grade });
            self.tell(Need::OnSiteHours, NeedReason::Grade { grade });
        } else if axes.core_systems_hit {
            self.needs.site_visit = true;
            self.tell(Need::SiteVisit, NeedReason::CoreSystemsHit);
        }
    }

    fn place(&mut self, facts: &CaseFacts<'_>) {
        if facts.location.is_some() {
            self.needs.location.clone_from(&facts.location);
            self.tell(Need::Location, NeedReason::Organisation);
        }
        if self.needs.site_visit {
            self.needs.maximum_km = Some(USUAL_MAXIMUM_KM);
            self.tell(Need::MaximumKm, NeedReason::SiteVisit);
        }
    }

    fn labels(&mut self, facts: &CaseFacts<'_>) {
        let category = Category::Ransomware;
        let because = match facts.grade {
            Some(grade) if grade >= Grade::G3 => NeedReason::Grade { grade },
            _ if self.needs.categories.contains(&category) => NeedReason::Category { category },
            _ => return,
        };
        for label in [LabelKind::Pris, LabelKind::ExpertCyber] {
            self.needs.labels.push(label);
            self.tell(Need::Label(label), because.clone());
        }
    }

    fn present(&mut self, facts: &CaseFacts<'_>) {
        let named = facts.report.and_then(|report| report.provider.known());
        let Some(name) = named.filter(|name| !says_none(name)) else {
            return;
        };
        self.needs.present = Some(PresentProvider {
            name: name.trim().to_owned(),
            siren: String::new(),
        });
        self.tell(Need::Present, NeedReason::Report);
    }
}

/// The SIREN of a number as it was dictated, where it is one.
fn siren_of(number: &str) -> Option<String> {
    let number: crate::domain::identifiers::CompanyNumber = number.parse().ok()?;
    Some(number.siren().as_str().to_owned())
}
