//! How far the ten items have been asked, and whether it is enough to begin.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Answer, Person, Report, ReportedOrganisation};

/// The ten items, in the order of the RFC 2350 document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// 1. Organisation touchée.
    Organisation,
    /// 2. Demandeur.
    Requester,
    /// 3. Chronologie.
    Chronology,
    /// 4. Description.
    Description,
    /// 5. Actions effectuées.
    Actions,
    /// 6. Résultats d’investigations.
    Findings,
    /// 7. Architecture du système d’information.
    Architecture,
    /// 8. Outils et politiques de défense.
    Defences,
    /// 9. Prestataire déjà en contact.
    Provider,
    /// 10. Services attendus.
    Expected,
}

impl Item {
    /// Every item, in the order of the document.
    pub const ALL: [Self; 10] = [
        Self::Organisation,
        Self::Requester,
        Self::Chronology,
        Self::Description,
        Self::Actions,
        Self::Findings,
        Self::Architecture,
        Self::Defences,
        Self::Provider,
        Self::Expected,
    ];
}

/// How far one item has come. Some items hold several questions.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum ItemProgress {
    /// None of its questions was put.
    #[default]
    Unasked,
    /// Put, and nothing is known.
    Unknown,
    /// Something is known, and a question was not put yet.
    Partial,
    /// Every question was put, and something is known.
    Known,
}

/// One item of the meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ItemState {
    /// Which item.
    pub item: Item,
    /// How far it has come.
    pub progress: ItemProgress,
}

/// The meter of the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Completeness {
    /// Items put at least in part, of ten.
    pub asked: u8,
    /// Items of which something is known, of ten.
    pub known: u8,
    /// The ten items, in order.
    pub items: [ItemState; 10],
    /// Somebody can be reached about something: the name of the organisation or a phone number of the requester, and
    /// a category or the narrative.
    pub enough_to_qualify: bool,
}

/// One question: was it put, and does the answer say anything.
#[derive(Clone, Copy)]
struct Question {
    asked: bool,
    told: bool,
}

fn question<T>(answer: &Answer<T>, says_something: impl Fn(&T) -> bool) -> Question {
    Question {
        asked: answer.is_asked(),
        told: answer.known().is_some_and(says_something),
    }
}

fn text(answer: &Answer<String>) -> Question {
    question(answer, |text| is_said(text))
}

fn is_said(text: &str) -> bool {
    !text.trim().is_empty()
}

fn person_is_said(person: &Person) -> bool {
    [&person.name, &person.function, &person.phone, &person.mail]
        .into_iter()
        .any(|text| is_said(text))
}

fn organisation_is_said(organisation: &ReportedOrganisation) -> bool {
    organisation.known_as.is_some()
        || is_said(&organisation.name)
        || is_said(&organisation.identifier)
        || organisation.kind.is_some()
        || is_said(&organisation.commune)
}

fn progress(questions: &[Question]) -> ItemProgress {
    let asked = questions.iter().filter(|question| question.asked).count();
    let told = questions.iter().any(|question| question.told);
    match (told, asked) {
        (_, 0) => ItemProgress::Unasked,
        (false, _) => ItemProgress::Unknown,
        (true, asked) if asked < questions.len() => ItemProgress::Partial,
        (true, _) => ItemProgress::Known,
    }
}

fn item_progress(report: &Report, item: Item) -> ItemProgress {
    match item {
        Item::Organisation => progress(&[question(&report.organisation, organisation_is_said)]),
        Item::Requester => progress(&[question(&report.requester, person_is_said)]),
        Item::Chronology => progress(&[
            question(&report.started, |_| true),
            question(&report.detected, |_| true),
        ]),
        Item::Description => progress(&[
            question(&report.categories, |categories| !categories.is_empty()),
            text(&report.narrative),
            text(&report.impact),
            question(&report.machines, |_| true),
            text(&report.machine_kinds),
        ]),
        Item::Actions => progress(&[text(&report.actions)]),
        Item::Findings => progress(&[text(&report.findings)]),
        Item::Architecture => progress(&[
            text(&report.architecture),
            question(&report.estate, |_| true),
        ]),
        Item::Defences => progress(&[text(&report.defences)]),
        Item::Provider => progress(&[text(&report.provider)]),
        Item::Expected => progress(&[text(&report.expected)]),
    }
}

/// The meter for a report.
#[must_use]
pub fn completeness(report: &Report) -> Completeness {
    let items = Item::ALL.map(|item| ItemState {
        item,
        progress: item_progress(report, item),
    });
    let count = |holds: fn(ItemProgress) -> bool| {
        items
            .iter()
            .map(|state| u8::from(holds(state.progress)))
            .sum()
    };
    let reachable =
        report.organisation.known().is_some_and(|organisation| {
            organisation.known_as.is_some() || is_said(&organisation.name)
        }) || report
            .requester
            .known()
            .is_some_and(|requester| is_said(&requester.phone));
    let something_happened = text(&report.narrative).told
        || question(&report.categories, |categories| !categories.is_empty()).told;
    Completeness {
        asked: count(|progress| progress != ItemProgress::Unasked),
        known: count(|progress| matches!(progress, ItemProgress::Partial | ItemProgress::Known)),
        items,
        enough_to_qualify: reachable && something_happened,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::domain::case::Category;
    use crate::domain::intake::Moment;
    use chrono::{DateTime, Utc};

    fn said(text: &str) -> Answer<String> {
        Answer::Known(text.into())
    }

    fn moment() -> Answer<Moment> {
        Answer::Known(Moment {
            at: DateTime::<Utc>::UNIX_EPOCH,
            estimated: true,
        })
    }

    fn full() -> Report {
        Report {
            organisation: Answer::Known(ReportedOrganisation {
                name: "Conserverie Trégaudin".into(),
                ..Default::default()
            }),
            requester: Answer::Known(Person {
                phone: "02 61 91 27 63".into(),
                ..Default::default()
            }),
            started: moment(),
            detected: moment(),
            categories: Answer::Known(vec![Category::Ransomware]),
            narrative: said("…"),
            impact: said("…"),
            machines: Answer::Known(0),
            machine_kinds: said("…"),
            actions: said("…"),
            findings: said("…"),
            architecture: said("…"),
            estate: Answer::Known(40),
            defences: said("…"),
            provider: said("aucun"),
            expected: said("…"),
            ..Default::default()
        }
    }

    fn progress_of(report: &Report, item: Item) -> ItemProgress {
        let state = completeness(report).items[item as usize];
        assert_eq!(state.item, item);
        state.progress
    }

    #[test]
    fn a_fresh_report_has_asked_nothing() {
        let meter = completeness(&Report::default());
        assert_eq!((meter.asked, meter.known), (0, 0));
        assert!(!meter.enough_to_qualify);
        assert!(
            meter
                .items
                .iter()
                .all(|state| state.progress == ItemProgress::Unasked)
        );
    }

    #[test]
    fn ten_answers_are_ten_of_ten() {
        let meter = completeness(&full());
        assert_eq!((meter.asked, meter.known), (10, 10));
        assert!(
            meter
                .items
                .iter()
                .all(|state| state.progress == ItemProgress::Known)
        );
    }

    #[test]
    fn not_knowing_counts_as_asked_but_not_as_known() {
        let report = Report {
            findings: Answer::Unknown,
            ..full()
        };
        let meter = completeness(&report);
        assert_eq!((meter.asked, meter.known), (10, 9));
        assert_eq!(progress_of(&report, Item::Findings), ItemProgress::Unknown);
    }

    #[test]
    fn half_a_chronology_is_partial() {
        let report = Report {
            detected: moment(),
            ..Default::default()
        };
        assert_eq!(
            progress_of(&report, Item::Chronology),
            ItemProgress::Partial
        );
        let report = Report {
            started: Answer::Unknown,
            ..report
        };
        assert_eq!(progress_of(&report, Item::Chronology), ItemProgress::Known);
    }

    #[test]
    fn a_blank_answer_tells_nothing() {
        let report = Report {
            narrative: said(" \n"),
            organisation: Answer::Known(ReportedOrganisation::default()),
            requester: Answer::Known(Person::default()),
            categories: Answer::Known(vec![]),
            ..Default::default()
        };
        assert_eq!(completeness(&report).known, 0);
        assert_eq!(progress_of(&report, Item::Requester), ItemProgress::Unknown);
    }

    #[test]
    fn somebody_to_reach_and_something_that_happened_are_enough_to_qualify() {
        let named = Report {
            organisation: full().organisation,
            ..Default::default()
        };
        let called = Report {
            requester: full().requester,
            ..Default::default()
        };
        for somebody in [named, called] {
            assert!(!completeness(&somebody).enough_to_qualify);
            let by_category = Report {
                categories: Answer::Known(vec![Category::Other]),
                ..somebody.clone()
            };
            let by_narrative = Report {
                narrative: said("L’écran est noir"),
                ..somebody
            };
            assert!(completeness(&by_category).enough_to_qualify);
            assert!(completeness(&by_narrative).enough_to_qualify);
        }
        let nobody = Report {
            narrative: said("L’écran est noir"),
            requester: Answer::Known(Person {
                name: "Lorette Vasquin".into(),
                ..Default::default()
            }),
            ..Default::default()
        };
        assert!(!completeness(&nobody).enough_to_qualify);
    }
}
