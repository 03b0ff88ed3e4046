//! The call script: for each of the ten items, the sentence to say and prompts to help the caller along.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::case::Category;
use crate::domain::intake::Item;

/// A sentence in both languages, without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Spoken {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// What to say for one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ItemScript {
    /// Which item.
    pub item: Item,
    /// The opening sentence.
    pub sentence: Spoken,
    /// Prompts, if the answer is short.
    pub prompts: Vec<Spoken>,
}

/// Questions that one kind of event calls for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Which category.
    pub category: Category,
    /// What to ask, most useful first.
    pub questions: Vec<Spoken>,
}

/// The whole script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CallScript {
    /// The ten items, in order.
    pub items: Vec<ItemScript>,
    /// One entry for each category.
    pub follow_ups: Vec<FollowUp>,
}

static SCRIPT: LazyLock<CallScript> =
    LazyLock::new(|| serde_json::from_str(include_str!("data/script.json")).unwrap_or_default());

/// The script, read at the first call.
#[must_use]
pub fn call_script() -> &'static CallScript {
    &SCRIPT
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
pub(crate) mod tests {
    use super::*;

    /// French spacing: no-break spaces inside « » and before double signs, the curved apostrophe, no stray blanks.
    pub(crate) fn typography_holds(text: &str) {
        assert!(!text.is_empty());
        assert_eq!(text, text.trim());
        for wrong in [
            "'", " ;", " !", " ?", " :", "« ", " »", "  ", "...", " h ", " %", " €",
        ] {
            assert!(!text.contains(wrong), "{wrong:?} in {text:?}");
        }
        let chars: Vec<char> = text.chars().collect();
        for pair in chars.windows(2) {
            let joined = matches!(pair[1], ';' | '!' | '?' | '»') && pair[0] != '\u{202f}'
                || pair[0] == '«' && pair[1] != '\u{202f}';
            assert!(!joined, "{pair:?} in {text:?}");
        }
    }

    #[test]
    fn the_ten_items_are_there_in_order_with_two_to_four_prompts() {
        let items: Vec<Item> = call_script()
            .items
            .iter()
            .map(|script| script.item)
            .collect();
        assert_eq!(items, Item::ALL);
        for script in &call_script().items {
            assert!((2..=4).contains(&script.prompts.len()), "{:?}", script.item);
        }
    }

    #[test]
    fn every_category_has_its_questions() {
        let asked: Vec<Category> = call_script()
            .follow_ups
            .iter()
            .map(|one| one.category)
            .collect();
        assert_eq!(asked, Category::ALL);
        for follow_up in &call_script().follow_ups {
            assert!((2..=4).contains(&follow_up.questions.len()));
        }
    }

    #[test]
    fn every_sentence_is_short_well_set_and_said_in_both_languages() {
        let script = call_script();
        let of_items = script
            .items
            .iter()
            .flat_map(|item| item.prompts.iter().chain([&item.sentence]));
        let of_categories = script.follow_ups.iter().flat_map(|one| &one.questions);
        for spoken in of_items.chain(of_categories) {
            typography_holds(&spoken.fr);
            assert!(spoken.fr.chars().count() <= 110, "{}", spoken.fr);
            assert!(!spoken.en.is_empty() && !spoken.en.contains('\''));
        }
    }
}
