//! Whether a team has what a programme asks of it: each criterion, its evidence and its state.
//!
//! The criteria are reference data; here is how their state follows from facts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::lang::Lang;
use super::section::Section;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ReadinessProgramme")]
pub enum Programme {
    /// InterCERT France, the association of French CSIRTs.
    InterCertFrance,
    /// Trusted Introducer: listing in the TF-CSIRT community.
    TrustedIntroducer,
    /// ANSSI's incubation programme for regional CSIRTs.
    AnssiIncubation,
}

impl Programme {
    /// Every programme.
    pub const ALL: [Self; 3] = [
        Self::InterCertFrance,
        Self::TrustedIntroducer,
        Self::AnssiIncubation,
    ];
}

/// What shows that a criterion is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "evidence", rename_all = "snake_case")]
#[ts(rename = "ReadinessEvidence")]
pub enum Evidence {
    /// A section of the RFC 2350 document says it.
    Section {
        /// Which.
        section: Section,
    },
    /// The RFC 2350 document has been signed and published, and nothing in it blocks.
    Publication,
    /// The team has a public key in force.
    Key,
    /// At least so many people can open the vault.
    People {
        /// How many.
        at_least: u32,
    },
    /// The document names the TPE among the beneficiaries.
    TpeNamed,
    /// A document to attach.
    Document,
    /// A statement of the lead.
    Declaration,
}

/// One thing that a programme asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "ReadinessCriterion")]
pub struct Criterion {
    /// Stable name.
    pub id: String,
    /// Who asks.
    pub programme: Programme,
    /// What is asked, in French.
    pub fr: String,
    /// What is asked, in English.
    pub en: String,
    /// What shows that it is met.
    pub evidence: Evidence,
    /// Where it was read.
    pub source: String,
    /// When it was read.
    pub checked_on: NaiveDate,
}

impl Criterion {
    /// What is asked.
    #[must_use]
    pub fn asked(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// A statement of the lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReadinessDeclaration")]
pub struct Declaration {
    /// Whether the criterion is met.
    pub met: bool,
    /// In what words.
    pub note: String,
    /// By whom.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// All from which the states follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Sections of the document that say something.
    pub sections: BTreeSet<Section>,
    /// Whether a finding blocks the document as it stands.
    pub blocked: bool,
    /// Whether the document names the TPE.
    pub tpe_named: bool,
    /// Version and day of the last signed publication.
    pub published: Option<(String, NaiveDate)>,
    /// The key's fingerprint, when it is in force.
    pub key: Option<String>,
    /// People who can open the vault.
    pub people: u32,
    /// Attached documents: identifier of the criterion, name of the file.
    pub attached: BTreeMap<String, String>,
    /// Statements: identifier of the criterion.
    pub declared: BTreeMap<String, Declaration>,
}

/// Whether a criterion is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(rename = "ReadinessState")]
pub enum State {
    /// Met; `proof` says by what: a section's number, a version, a fingerprint, a file, a name.
    Met {
        /// What shows it.
        proof: String,
    },
    /// The facts do not show it, or the lead says that it is not.
    NotMet,
    /// A document is still to be attached.
    ToAttach,
    /// The lead has not yet said.
    ToDeclare,
}

/// A criterion and its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ReadinessAssessed")]
pub struct Assessed {
    /// The criterion.
    pub criterion: Criterion,
    /// Its state.
    pub state: State,
}

/// The state of each criterion, in the order given.
#[must_use]
pub fn assess(criteria: &[Criterion], facts: &Facts) -> Vec<Assessed> {
    criteria
        .iter()
        .map(|criterion| Assessed {
            criterion: criterion.clone(),
            state: state(criterion, facts),
        })
        .collect()
}

fn state(criterion: &Criterion, facts: &Facts) -> State {
    let shown = |proof: Option<String>| proof.map_or(State::NotMet, |proof| State::Met { proof });
    match criterion.evidence {
        Evidence::Section { section } => {
            let said = facts.sections.contains(&section);
            shown(said.then(|| section.number().to_owned()))
        }
        Evidence::Publication => {
            let published = facts.published.as_ref().filter(|_| !facts.blocked);
            shown(
                published
                    .map(|(version, dated)| format!("{version}, {}", dated.format("%d/%m/%Y"))),
            )
        }
        Evidence::Key => shown(facts.key.clone()),
        Evidence::People { at_least } => {
            shown((facts.people >= at_least).then(|| facts.people.to_string()))
        }
        Evidence::TpeNamed => shown(
            facts
                .tpe_named
                .then(|| Section::Constituency.number().to_owned()),
        ),
        Evidence::Document => match facts.attached.get(&criterion.id) {
            Some(file) => State::Met {
                proof: file.clone(),
            },
            None => State::ToAttach,
        },
        Evidence::Declaration => match facts.declared.get(&criterion.id) {
            Some(declaration) if declaration.met => State::Met {
                proof: format!("{}, {}", declaration.by, declaration.on.format("%d/%m/%Y")),
            },
            Some(_) => State::NotMet,
            None => State::ToDeclare,
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::super::testing::date;
    use super::*;

    fn of(evidence: Evidence, facts: &Facts) -> State {
        let criterion = Criterion {
            id: "essai".into(),
            programme: Programme::AnssiIncubation,
            fr: "Essai.".into(),
            en: "Trial.".into(),
            evidence,
            source: "Essai".into(),
            checked_on: date("2026-11-22"),
        };
        assess(&[criterion], facts).pop().unwrap().state
    }

    fn met(proof: &str) -> State {
        State::Met {
            proof: proof.into(),
        }
    }

    #[test]
    fn facts_of_the_product_show_a_criterion_or_do_not() {
        let mut facts = Facts::default();
        let section = Evidence::Section {
            section: Section::Constituency,
        };
        let two = Evidence::People { at_least: 2 };
        for evidence in [
            section,
            two,
            Evidence::Key,
            Evidence::Publication,
            Evidence::TpeNamed,
        ] {
            assert_eq!(of(evidence, &facts), State::NotMet);
        }
        facts.sections.insert(Section::Constituency);
        facts.tpe_named = true;
        facts.people = 3;
        facts.key = Some("0123".into());
        facts.published = Some(("1.2".into(), date("2026-11-03")));
        assert_eq!(of(section, &facts), met("3.2"));
        assert_eq!(of(two, &facts), met("3"));
        assert_eq!(of(Evidence::Key, &facts), met("0123"));
        assert_eq!(of(Evidence::Publication, &facts), met("1.2, 03/11/2026"));
        assert_eq!(of(Evidence::TpeNamed, &facts), met("3.2"));
        facts.blocked = true;
        assert_eq!(of(Evidence::Publication, &facts), State::NotMet);
    }

    #[test]
    fn what_only_people_know_is_attached_or_declared() {
        let mut facts = Facts::default();
        assert_eq!(of(Evidence::Document, &facts), State::ToAttach);
        assert_eq!(of(Evidence::Declaration, &facts), State::ToDeclare);
        facts.attached.insert("essai".into(), "sim3.pdf".into());
        assert_eq!(of(Evidence::Document, &facts), met("sim3.pdf"));
        let mut declaration = Declaration {
            met: true,
            note: String::new(),
            by: "Camille Exemple".into(),
            on: date("2026-11-22"),
        };
        facts.declared.insert("essai".into(), declaration.clone());
        assert_eq!(
            of(Evidence::Declaration, &facts),
            met("Camille Exemple, 22/11/2026")
        );
        declaration.met = false;
        facts.declared.insert("essai".into(), declaration);
        assert_eq!(of(Evidence::Declaration, &facts), State::NotMet);
    }
}
