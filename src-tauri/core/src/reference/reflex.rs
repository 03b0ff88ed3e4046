//! What to say on the phone at once, by kind of event: measures that limit the damage and keep the traces.
//!
//! The texts are the product's own. A measure may serve several categories and is then proposed once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::case::Category;

/// Whether a measure is to be done or is a mistake to be kept from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// « À dire maintenant ».
    Do,
    /// « Faire éviter ».
    Avoid,
}

/// A reflex measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReflexMeasure {
    /// Stable name, kept in the report (`MeasureState::measure`).
    pub id: String,
    /// To do or to avoid.
    pub kind: MeasureKind,
    /// Rank in the list, lowest first.
    pub order: u8,
    /// The categories that call for it.
    pub categories: Vec<Category>,
    /// Whether it is proposed while nobody knows what happened.
    pub general: bool,
    /// What to say, in French.
    pub title_fr: String,
    /// What to say, in English.
    pub title_en: String,
    /// How or why, in French.
    pub detail_fr: String,
    /// How or why, in English.
    pub detail_en: String,
    /// What it rests on.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    checked_on: NaiveDate,
    measures: Vec<ReflexMeasure>,
}

static FILE: LazyLock<Option<File>> =
    LazyLock::new(|| serde_json::from_str(include_str!("data/reflex.json")).ok());

/// Every measure.
#[must_use]
pub fn measures() -> &'static [ReflexMeasure] {
    FILE.as_ref().map_or(&[], |file| &file.measures)
}

/// The day on which the measures were last read against their sources.
#[must_use]
pub fn checked_on() -> Option<NaiveDate> {
    FILE.as_ref().map(|file| file.checked_on)
}

/// A measure by its name.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static ReflexMeasure> {
    measures().iter().find(|measure| measure.id == id)
}

/// The measures for the categories told, each once: those to do first, by rank. Without a category, the general ones.
#[must_use]
pub fn measures_for(categories: &[Category]) -> Vec<&'static ReflexMeasure> {
    let mut wanted: Vec<&ReflexMeasure> = measures()
        .iter()
        .filter(|measure| {
            if categories.is_empty() {
                measure.general
            } else {
                categories
                    .iter()
                    .any(|category| measure.categories.contains(category))
            }
        })
        .collect();
    wanted.sort_by_key(|measure| (measure.kind, measure.order));
    wanted
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::reference::script::tests::typography_holds;
    use std::collections::HashSet;

    fn counts(categories: &[Category]) -> (usize, usize) {
        let measures = measures_for(categories);
        let to_do = measures
            .iter()
            .filter(|measure| measure.kind == MeasureKind::Do)
            .count();
        (to_do, measures.len() - to_do)
    }

    #[test]
    fn the_file_is_read_whole_and_dated() {
        let _: File = serde_json::from_str(include_str!("data/reflex.json")).unwrap();
        assert!(checked_on().is_some());
        let ids: HashSet<_> = measures().iter().map(|measure| &measure.id).collect();
        assert_eq!(ids.len(), measures().len(), "an identifier twice");
    }

    #[test]
    fn every_category_and_the_unknown_have_four_to_six_measures_and_two_or_three_mistakes() {
        let each = Category::ALL.iter().map(std::slice::from_ref);
        for categories in each.chain([&[][..]]) {
            let (to_do, to_avoid) = counts(categories);
            assert!((4..=6).contains(&to_do), "{categories:?}: {to_do}");
            assert!((2..=3).contains(&to_avoid), "{categories:?}: {to_avoid}");
        }
    }

    #[test]
    fn two_categories_together_propose_each_measure_once_and_keep_the_order() {
        let both = measures_for(&[Category::TransferFraud, Category::AccountCompromise]);
        let ids: Vec<_> = both.iter().map(|measure| measure.id.as_str()).collect();
        assert_eq!(ids[0], "recall");
        assert_eq!(ids.iter().filter(|id| **id == "password").count(), 1);
        assert_eq!(ids.iter().filter(|id| **id == "complaint").count(), 1);
        assert!(both.is_sorted_by_key(|measure| (measure.kind, measure.order)));
    }

    #[test]
    fn machines_are_isolated_and_never_switched_off() {
        for categories in [&[Category::Ransomware][..], &[]] {
            let ids: Vec<_> = measures_for(categories)
                .iter()
                .map(|m| m.id.as_str())
                .collect();
            assert!(ids.contains(&"isolate") && ids.contains(&"power_off"));
        }
        assert_eq!(by_id("power_off").unwrap().kind, MeasureKind::Avoid);
    }

    #[test]
    fn the_complaint_names_its_term_and_its_basis() {
        let complaint = by_id("complaint").unwrap();
        assert!(complaint.title_fr.contains("72"));
        assert!(complaint.detail_fr.contains("L12-10-1"));
    }

    #[test]
    fn what_is_said_is_short_and_well_set() {
        for measure in measures() {
            assert!(
                measure.title_fr.chars().count() <= 65,
                "{}",
                measure.title_fr
            );
            assert!(!measure.title_en.is_empty() && !measure.detail_en.is_empty());
            for text in [&measure.title_fr, &measure.detail_fr, &measure.source] {
                typography_holds(text);
            }
        }
    }
}
