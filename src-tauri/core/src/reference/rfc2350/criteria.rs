//! What InterCERT France, Trusted Introducer and ANSSI's incubation programme ask of a team.

use std::sync::LazyLock;

use crate::domain::rfc2350::Pair;
use crate::domain::rfc2350::readiness::{Criterion, Programme};

static CRITERIA: LazyLock<Vec<Criterion>> =
    LazyLock::new(|| serde_json::from_str(include_str!("readiness.json")).unwrap_or_default());

/// Every criterion, programme by programme, each with its source and the day on which it was read.
#[must_use]
pub fn criteria() -> &'static [Criterion] {
    &CRITERIA
}

/// Name of a programme.
#[must_use]
pub const fn programme(programme: Programme) -> Pair {
    match programme {
        Programme::InterCertFrance => Pair {
            fr: "InterCERT France",
            en: "InterCERT France",
        },
        Programme::TrustedIntroducer => Pair {
            fr: "Trusted Introducer (équipe référencée)",
            en: "Trusted Introducer (listed team)",
        },
        Programme::AnssiIncubation => Pair {
            fr: "ANSSI, programme d’incubation de CSIRT",
            en: "ANSSI, CSIRT incubation programme",
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_programme_has_its_criteria_with_their_source() {
        for programme in Programme::ALL {
            let own = criteria()
                .iter()
                .filter(|criterion| criterion.programme == programme);
            assert!(own.count() >= 4, "{programme:?}");
        }
        for criterion in criteria() {
            assert!(criterion.fr.ends_with('.') && criterion.en.ends_with('.'));
            assert!(!criterion.source.is_empty());
        }
        let names: BTreeSet<&str> = criteria()
            .iter()
            .map(|criterion| criterion.id.as_str())
            .collect();
        assert_eq!(names.len(), criteria().len());
    }

    #[test]
    fn the_seven_criteria_of_anssi_s_page_are_there() {
        let anssi = criteria()
            .iter()
            .filter(|criterion| criterion.programme == Programme::AnssiIncubation);
        assert_eq!(anssi.count(), 7);
    }
}
