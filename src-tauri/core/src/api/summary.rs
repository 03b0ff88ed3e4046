//! What of a case an incident summary shows, by audience.
//!
//! The beneficiary sees what they told, what was understood and what to do. CERT-FR sees the technical side; the name of
//! the organisation and its people only with the consent to pass them on. The team itself sees everything, its notes and
//! the consents included.

use uuid::Uuid;

use super::documents::{summary_file, summary_marking};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::{CaseView, ContactPart, Language};
use crate::domain::case::{Audience, ConsentPurpose};
use crate::domain::intake::Answer;
use crate::domain::team::TeamProfile;
use crate::domain::triage::{Axis, Floor};
use crate::reference::{labels, naf, reflex, rsit, severity};
use crate::report::Lang;
use crate::report::summary::{
    Authority, Axis as AxisLine, CategoryLine, ChronologyFact, Consent, Measure, Note,
    Organisation, Override, Person, Severity, Signature, SummaryView, Team,
};

const GREATEST_SUM: u32 = 30;

impl Session {
    /// The summary of a case for an audience, decided: what the audience may not see is not in it.
    ///
    /// # Errors
    /// An unknown case.
    pub(super) fn summary(
        &self,
        id: Uuid,
        audience: Audience,
        language: Language,
    ) -> Result<SummaryView> {
        let case = self.case(id)?;
        if audience == Audience::Provider && !consented(&case, ConsentPurpose::Providers) {
            return Err(ApiError::new(
                Code::ConsentMissing,
                "the beneficiary did not agree to pass details on to firms",
            ));
        }
        let names = self.names()?;
        let name_of = |person: Option<Uuid>| {
            person
                .and_then(|id| names.get(&id).cloned())
                .unwrap_or_default()
        };
        let profile = self.team()?.profile;
        let certificate = self.team_key()?.certificate;
        let fingerprint = certificate.fingerprint().grouped();
        let english = language == Language::En;
        let internal = audience == Audience::Internal;
        let for_firm = audience == Audience::Provider;
        let named = audience != Audience::CertFr || consented(&case, ConsentPurpose::CertFr);
        let technical = audience != Audience::Beneficiary;
        let told = &case.report;
        let when =
            |condition: bool, answer: &Answer<String>| condition.then(|| said(answer)).flatten();
        Ok(SummaryView {
            audience,
            lang: if english { Lang::En } else { Lang::Fr },
            reference: case.reference.clone(),
            title: title(&case, named, english),
            team: team(&profile, &fingerprint),
            prepared_by: self.person().name.clone(),
            prepared_at: self.now(),
            signature: Some(Signature {
                file: format!("{}.asc", summary_file(&case.reference, audience)),
                fingerprint,
            }),
            tlp: summary_marking(case.tlp, audience),
            pap: Some(case.pap),
            restriction: for_firm
                .then(|| self.chosen_firm(id))
                .transpose()?
                .flatten()
                .map(|name| match english {
                    true => format!("For {name} alone"),
                    false => format!("Réservé à {name}"),
                }),
            organisation: organisation(&case, named, english),
            people: if named {
                people(&case, english)
            } else {
                Vec::new()
            },
            event_kind: case.kind,
            categories: categories(&case, english),
            status: case.status,
            confirmation: case.confirmation,
            severity: Some(explained(&case, english)),
            perimeter: perimeter(&case, english),
            description: said(&told.narrative),
            impact: said(&told.impact),
            chronology: chronology(&case, english, &name_of, internal),
            actions: said(&told.actions),
            measures: measures(&case, english),
            findings: said(&told.findings),
            architecture: when(technical, &told.architecture),
            defences: when(technical, &told.defences),
            provider: when(named, &told.provider),
            expected: when(audience != Audience::CertFr, &told.expected),
            recommendations: if case.next_step.is_empty() {
                Vec::new()
            } else {
                vec![case.next_step.clone()]
            },
            consents: if internal {
                consents(&case)
            } else {
                Vec::new()
            },
            notes: if internal {
                case.notes
                    .iter()
                    .rev()
                    .map(|note| Note {
                        at: note.at,
                        author: name_of(note.author),
                        text: note.text.clone(),
                    })
                    .collect()
            } else {
                Vec::new()
            },
            authorities: if audience == Audience::Beneficiary {
                authorities(&profile)
            } else {
                Vec::new()
            },
            disclaimer: if english {
                profile.disclaimer_en.clone()
            } else {
                profile.disclaimer_fr.clone()
            },
        })
    }
}

fn consented(case: &CaseView, purpose: ConsentPurpose) -> bool {
    case.consents
        .iter()
        .any(|consent| consent.purpose == purpose && consent.given == Some(true))
}

fn said(answer: &Answer<String>) -> Option<String> {
    answer
        .known()
        .filter(|text| !text.trim().is_empty())
        .cloned()
}

const fn either(english: bool, [fr, en]: [&str; 2]) -> &str {
    if english { en } else { fr }
}

fn title(case: &CaseView, named: bool, english: bool) -> String {
    if named {
        case.title.clone()
    } else {
        either(english, ["Organisation non nommée", "Unnamed organisation"]).to_owned()
    }
}

pub(super) fn team(profile: &TeamProfile, fingerprint: &str) -> Team {
    Team {
        name: profile.full_name.clone(),
        address: profile.address.clone(),
        phone: profile.phone.clone(),
        mail: profile.mail.clone(),
        fingerprint: Some(fingerprint.to_owned()),
    }
}

fn organisation(case: &CaseView, named: bool, english: bool) -> Option<Organisation> {
    let known = case.organisation.as_ref()?;
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    let kind = known
        .kind
        .map(|kind| either(english, labels::organisation_kind(kind)).to_owned());
    let identifier = if known.siret.is_empty() {
        &known.siren
    } else {
        &known.siret
    };
    let place = match (named, known.department.is_empty()) {
        (_, true) => None,
        (true, false) => Some(format!("{} ({})", known.commune_name, known.department)),
        (false, false) => Some(format!("({})", known.department)),
    };
    Some(Organisation {
        name: filled(&known.name).filter(|_| named),
        kind,
        size_class: known.headcount.map(|people| {
            if english {
                format!("{people} people")
            } else {
                format!("{people}\u{202f}personnes")
            }
        }),
        commune: place,
        sector: naf::naf()
            .by_code(&known.naf)
            .map(|activity| activity.label.to_owned()),
        identifier: filled(identifier).filter(|_| named),
    })
}

fn people(case: &CaseView, english: bool) -> Vec<Person> {
    let role = |part| match part {
        ContactPart::Requester => ["Déclarant", "Requester"],
        ContactPart::Management => ["Direction", "Management"],
        ContactPart::Technical => ["Équipe technique", "Technical team"],
        ContactPart::Other => ["Autre contact", "Other contact"],
    };
    case.contacts
        .iter()
        .map(|contact| Person {
            role: either(english, role(contact.part)).to_owned(),
            name: contact.person.name.clone(),
            function: contact.person.function.clone(),
            phone: contact.person.phone.clone(),
            mail: contact.person.mail.clone(),
        })
        .collect()
}

/// Each category with its first RSIT type; types chosen by hand go with the first category.
fn categories(case: &CaseView, english: bool) -> Vec<CategoryLine> {
    let label = |id: &str| {
        rsit::by_id(id).map(|kind| {
            if english {
                kind.name_en.to_owned()
            } else {
                kind.name_fr.to_owned()
            }
        })
    };
    case.categories
        .iter()
        .enumerate()
        .map(|(place, category)| {
            let chosen = (place == 0 && case.rsit_chosen).then(|| {
                let labels: Vec<String> = case.rsit.iter().filter_map(|id| label(id)).collect();
                labels.join(", ")
            });
            let deduced = || rsit::types_of(*category).first().and_then(|id| label(id));
            CategoryLine {
                category: *category,
                rsit: chosen.or_else(deduced),
            }
        })
        .collect()
}

fn explained(case: &CaseView, english: bool) -> Severity {
    let unknown = either(english, ["Non connu, compté 1", "Not known, counted as 1"]);
    let axes = case.severity.lines.iter().map(|line| {
        let words = severity::words(line.axis);
        let level = words.levels[usize::from(english)]
            .get(usize::from(line.level))
            .copied()
            .unwrap_or_default();
        let reason_core = line.axis == Axis::Perimeter && case.axes.core_systems_hit;
        AxisLine {
            name: either(english, words.name).to_owned(),
            level: line.level,
            meaning: if line.known || reason_core {
                level.to_owned()
            } else {
                unknown.to_owned()
            },
            weight: u32::from(line.weight),
            points: u32::from(line.points),
        }
    });
    let floor = |floor: &Floor| {
        let text = match floor {
            Floor::EncryptionUnderWay => [
                "Chiffrement en cours\u{a0}: au moins G3.",
                "Encryption under way: at least G3.",
            ],
            Floor::VitalServiceStopped => [
                "Service vital à l’arrêt\u{a0}: G4.",
                "Vital service stopped: G4.",
            ],
        };
        either(english, text).to_owned()
    };
    Severity {
        grade: case.grade as u8 + 1,
        score: u32::from(case.severity.score),
        out_of: GREATEST_SUM,
        axes: axes.collect(),
        floors: case.severity.floors.iter().map(floor).collect(),
        overridden: case.severity_override.as_ref().map(|overruled| Override {
            computed: case.severity.grade as u8 + 1,
            reason: overruled.reason.clone(),
            by: String::new(),
        }),
    }
}

fn perimeter(case: &CaseView, english: bool) -> Option<String> {
    let machines = match (case.axes.machines, case.axes.estate) {
        (Some(hit), Some(all)) if english => Some(format!("{hit} machines of {all}")),
        (Some(hit), Some(all)) => Some(format!("{hit}\u{202f}machines sur {all}")),
        (Some(hit), None) if english => Some(format!("{hit} machines")),
        (Some(hit), None) => Some(format!("{hit}\u{202f}machines")),
        _ => None,
    };
    let kinds = said(&case.report.machine_kinds);
    let words = (!case.perimeter.is_empty()).then(|| case.perimeter.clone());
    let parts: Vec<String> = [machines, kinds, words].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

fn chronology(
    case: &CaseView,
    english: bool,
    name_of: &impl Fn(Option<Uuid>) -> String,
    internal: bool,
) -> Vec<ChronologyFact> {
    case.facts
        .iter()
        .map(|fact| {
            let text = if fact.automatic {
                either(english, automatic(&fact.title)).to_owned()
            } else if fact.detail.is_empty() {
                fact.title.clone()
            } else {
                format!("{}. {}", fact.title.trim_end_matches('.'), fact.detail)
            };
            let author = name_of(fact.author);
            ChronologyFact {
                at: fact.at,
                estimated: fact.estimated,
                text,
                source: (internal && !author.is_empty()).then_some(author),
            }
        })
        .collect()
}

/// What Relais knows by itself, in words.
fn automatic(key: &str) -> [&'static str; 2] {
    match key {
        "started" => [
            "Début supposé de l’événement",
            "Presumed beginning of the event",
        ],
        "detected" => [
            "Détection par l’organisation",
            "Noticed by the organisation",
        ],
        "reported" => [
            "Signalement reçu par le CSIRT",
            "Report received by the CSIRT",
        ],
        "qualification" => ["Qualification par le CSIRT", "Qualification by the CSIRT"],
        "coordination" => ["Début de la coordination", "Coordination begun"],
        "resolution" => ["Début de la résolution", "Resolution begun"],
        "closed" => ["Cas clos", "Case closed"],
        "document_signed" => [
            "Synthèse signée par le responsable",
            "Summary signed by the lead",
        ],
        _ => ["Événement", "Event"],
    }
}

fn measures(case: &CaseView, english: bool) -> Vec<Measure> {
    case.report
        .measures
        .iter()
        .filter_map(|state| {
            let measure = reflex::by_id(&state.measure)?;
            let text = if english {
                measure.title_en.clone()
            } else {
                measure.title_fr.clone()
            };
            Some(Measure {
                text,
                said_at: state.said_at,
                done_at: state.done_at,
            })
        })
        .collect()
}

fn consents(case: &CaseView) -> Vec<Consent> {
    case.consents
        .iter()
        .filter_map(|consent| {
            Some(Consent {
                purpose: consent.purpose,
                given: consent.given?,
                by: consent.by.clone(),
                at: consent.at,
            })
        })
        .collect()
}

pub(super) fn authorities(profile: &TeamProfile) -> Vec<Authority> {
    profile
        .authorities
        .iter()
        .map(|authority| Authority {
            name: authority.name.clone(),
            purpose: authority.note.clone(),
            phone: authority.phone.clone(),
            mail: authority.mail.clone(),
            site: authority.url.clone(),
        })
        .collect()
}
