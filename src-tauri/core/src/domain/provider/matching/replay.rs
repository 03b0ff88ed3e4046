//! A list done again, and a name changed by hand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{ALGORITHM, Firm, Match, match_providers};

/// What doing a list again shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MatchReplay")]
pub enum Replay {
    /// The same inputs, and the same list.
    Same,
    /// The list was made by rules that this edition does not hold.
    OtherRules,
    /// Firms, needs, rules, seed or day are not those that the list was made of.
    OtherInputs,
    /// The same inputs, and another list: the record was changed.
    OtherResult,
}

/// Makes a recorded list again from the firms as they were on its day, and compares all of it but what was changed by
/// hand afterwards, which is checked for standing on the list that was drawn.
#[must_use]
pub fn replay(record: &Match, firms: &[Firm]) -> Replay {
    if record.algorithm != ALGORITHM {
        return Replay::OtherRules;
    }
    let mut again = match_providers(&record.needs, firms, &record.rules, record.seed, record.on);
    if again.inputs != record.inputs {
        return Replay::OtherInputs;
    }
    for change in &record.replacements {
        if again
            .replace(change.out, change.by, &change.reason)
            .is_err()
        {
            return Replay::OtherResult;
        }
    }
    if again == *record {
        Replay::Same
    } else {
        Replay::OtherResult
    }
}

/// A name changed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MatchReplacement")]
pub struct Replacement {
    /// The firm that left the list.
    pub out: Uuid,
    /// The firm that took its place.
    pub by: Uuid,
    /// Why; never blank.
    pub reason: String,
}

/// Why a name is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplaceError {
    /// No reason.
    #[error("a change of the short list needs a reason")]
    MissingReason,
    /// The firm to leave is not on the list.
    #[error("the firm to replace is not on the short list")]
    NotOnList,
    /// The firm to come is on it already.
    #[error("the firm is on the short list already")]
    AlreadyOnList,
    /// A filter leaves the firm to come out, or it is not in the registry.
    #[error("the firm does not pass the filters")]
    Excluded,
}

impl Match {
    /// Puts a firm that passes every filter in the place of another on the list, and keeps the reason. What was drawn
    /// stays on record.
    pub fn replace(&mut self, out: Uuid, by: Uuid, reason: &str) -> Result<(), ReplaceError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(ReplaceError::MissingReason);
        }
        let Some(at) = self.shortlist.iter().position(|firm| *firm == out) else {
            return Err(ReplaceError::NotOnList);
        };
        if self.shortlist.contains(&by) {
            return Err(ReplaceError::AlreadyOnList);
        }
        if !self.ranked.iter().any(|one| one.firm == by) {
            return Err(ReplaceError::Excluded);
        }
        self.shortlist[at] = by;
        let reason = reason.to_owned();
        self.replacements.push(Replacement { out, by, reason });
        Ok(())
    }
}
