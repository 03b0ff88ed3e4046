//! What to do when no firm is left: which filter to relax, and whom to call.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Excluded;
use super::exclusion::Filter;
use crate::domain::provider::Needs;

/// Who helps where no firm does (contacts: DOMAIN, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MatchHelper")]
pub enum Helper {
    /// ANSSI's delegate in the region.
    AnssiDelegate,
    /// 17cyber.gouv.fr, day and night.
    #[serde(rename = "17cyber")]
    SeventeenCyber,
}

/// What to do when no firm passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NobodyLeft {
    /// The fewest filters that would have to be relaxed together, and of these the ones that give most firms; none
    /// where that would give nobody.
    pub relax: Vec<Filter>,
    /// How many firms that would give.
    pub gives: u32,
    /// Whom to call, the likeliest first.
    pub call: Vec<Helper>,
}

/// A set of filters: one bit each.
type Set = u32;

const fn bit(filter: Filter) -> Set {
    1 << filter as u32
}

/// What no longer leaves anybody out once the filters of a set are relaxed: without a visit there is no delay on site.
const fn relaxed(set: Set) -> Set {
    if set & bit(Filter::Visit) != 0 {
        set | bit(Filter::OnSite)
    } else {
        set
    }
}

/// What to do for a case that every firm is left out of.
pub(in crate::domain::provider) fn nobody_left(needs: &Needs, excluded: &[Excluded]) -> NobodyLeft {
    // Firms by what leaves them out, without those that something else than a filter of the case leaves out.
    let mut firms_by_set: BTreeMap<Set, u32> = BTreeMap::new();
    for firm in excluded {
        let filters = || firm.reasons.iter().map(|reason| reason.filter());
        if filters().all(Filter::may_be_relaxed) {
            let set = filters().fold(0, |set, filter| set | bit(filter));
            *firms_by_set.entry(set).or_default() += 1;
        }
    }
    let gives = |set: Set| -> u32 {
        let within = firms_by_set
            .iter()
            .filter(|(one, _)| **one & !relaxed(set) == 0);
        within.map(|(_, firms)| *firms).sum()
    };
    let best = firms_by_set
        .keys()
        .map(|set| {
            (
                std::cmp::Reverse(set.count_ones()),
                gives(*set),
                std::cmp::Reverse(*set),
            )
        })
        .max();
    let (relax, gives) = match best {
        Some((_, gives, std::cmp::Reverse(set))) => {
            let in_set = |filter: &Filter| set & bit(*filter) != 0;
            (Filter::ALL.into_iter().filter(in_set).collect(), gives)
        }
        None => (Vec::new(), 0),
    };
    // The delegate answers for local authorities first; 17Cyber finds labelled firms for everybody.
    let call = if needs.is_public() {
        vec![Helper::AnssiDelegate, Helper::SeventeenCyber]
    } else {
        vec![Helper::SeventeenCyber, Helper::AnssiDelegate]
    };
    NobodyLeft { relax, gives, call }
}
