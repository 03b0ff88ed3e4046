//! Activities: NAF rév. 2 (INSEE), 732 sub-classes and the levels above them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::fold::fold;

/// Which edition of the nomenclature a code belongs to: the same code may mean something else in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub enum NafVersion {
    /// NAF rév. 2 (décret 2007-1888).
    #[serde(rename = "rev2")]
    Rev2,
    /// NAF 2025 (décret 2025-736).
    #[serde(rename = "2025")]
    Naf2025,
}

impl NafVersion {
    /// The edition as it is stored beside a code.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rev2 => "rev2",
            Self::Naf2025 => "2025",
        }
    }

    /// The first day on which this edition is the one in use.
    #[must_use]
    pub fn in_force_from(self) -> Option<NaiveDate> {
        match self {
            Self::Rev2 => NaiveDate::from_ymd_opt(2008, 1, 1),
            Self::Naf2025 => NaiveDate::from_ymd_opt(2027, 1, 1),
        }
    }

    /// The edition in use on a day.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        if Self::Naf2025
            .in_force_from()
            .is_some_and(|from| day >= from)
        {
            Self::Naf2025
        } else {
            Self::Rev2
        }
    }
}

/// One sub-class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Activity {
    /// Code with its point: `25.11Z`.
    pub code: &'static str,
    /// What it is.
    pub label: &'static str,
    /// Which edition.
    pub version: NafVersion,
}

/// The nomenclature that ships.
pub struct Naf {
    /// Sub-classes and their folded labels, by code.
    activities: Vec<(Activity, String)>,
    /// Code of two digits, label; by code.
    divisions: Vec<(&'static str, &'static str)>,
}

static NAF: LazyLock<Naf> = LazyLock::new(|| {
    let lines = || {
        include_str!("data/naf-2.tsv")
            .lines()
            .filter_map(|line| line.split_once('\t'))
    };
    Naf {
        activities: lines()
            .filter(|(code, _)| code.len() == 6)
            .map(|(code, label)| {
                let activity = Activity {
                    code,
                    label,
                    version: NafVersion::Rev2,
                };
                (activity, fold(label))
            })
            .collect(),
        divisions: lines().filter(|(code, _)| code.len() == 2).collect(),
    }
});

/// The nomenclature, read at the first call.
#[must_use]
pub fn naf() -> &'static Naf {
    &NAF
}

impl Naf {
    /// A sub-class by its code, with its point.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<Activity> {
        self.activities
            .iter()
            .map(|(activity, _)| *activity)
            .find(|activity| activity.code == code)
    }

    /// Label of the division (two digits) to which a code belongs.
    #[must_use]
    pub fn division(&self, code: &str) -> Option<&'static str> {
        let wanted = code.get(..2)?;
        self.divisions
            .iter()
            .find(|(code, _)| *code == wanted)
            .map(|(_, label)| *label)
    }

    /// Sub-classes whose code begins so, or whose label has words that begin like each of the words; labels that
    /// begin with the first word come first, then by code.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<Activity> {
        let wanted = fold(text);
        let words: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let Some(first) = words.first() else {
            return Vec::new();
        };
        let compact = wanted.replace(' ', "");
        let mut found: Vec<(bool, Activity)> = self
            .activities
            .iter()
            .filter(|(activity, label)| {
                let code = activity.code.replace('.', "").to_lowercase();
                code.starts_with(&compact)
                    || words
                        .iter()
                        .all(|word| label.split(' ').any(|of_label| of_label.starts_with(word)))
            })
            .map(|(activity, label)| (!label.starts_with(first), *activity))
            .collect();
        found.sort_by_key(|(later, activity)| (*later, activity.code));
        found.truncate(limit);
        found.into_iter().map(|(_, activity)| activity).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::domain::identifiers::NafCode;

    #[test]
    fn the_732_sub_classes_and_88_divisions_are_there_in_canonical_form() {
        assert_eq!(naf().activities.len(), 732);
        assert_eq!(naf().divisions.len(), 88);
        for (activity, _) in &naf().activities {
            assert_eq!(
                activity.code.parse::<NafCode>().unwrap().as_str(),
                activity.code
            );
            assert!(naf().division(activity.code).is_some());
        }
    }

    #[test]
    fn a_code_has_its_label_and_its_edition() {
        let activity = naf().by_code("84.11Z").unwrap();
        assert_eq!(activity.label, "Administration publique générale");
        assert_eq!(activity.version, NafVersion::Rev2);
        assert_eq!(naf().by_code("84.11"), None);
    }

    #[test]
    fn words_in_any_order_and_without_accents_find_a_label() {
        assert_eq!(naf().search("generale administration", 1)[0].code, "84.11Z");
        assert_eq!(naf().search("8411", 5)[0].code, "84.11Z");
        assert_eq!(naf().search("84.11z", 5).len(), 1);
        assert!(
            naf()
                .search("boulang", 5)
                .iter()
                .any(|a| a.code == "10.71C")
        );
        assert_eq!(naf().search("", 5), []);
        assert_eq!(naf().search("xyzzy", 5), []);
    }

    #[test]
    fn the_edition_changes_on_the_first_of_january_2027() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(NafVersion::on(day(2026, 12, 31)), NafVersion::Rev2);
        assert_eq!(NafVersion::on(day(2027, 1, 1)), NafVersion::Naf2025);
        for version in [NafVersion::Rev2, NafVersion::Naf2025] {
            assert_eq!(serde_json::to_value(version).unwrap(), version.name());
        }
    }
}
