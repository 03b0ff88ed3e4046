//! One event, many beneficiaries: who helps whom, when there are more cases than hands.
//!
//! An assignment problem, solved exactly by the algorithm of Kuhn and Munkres (`pathfinding`). In this order:
//! 1. as many of the gravest cases as possible are served, then of the next grade, and so on (no case of a lower grade
//!    is ever served at the cost of a graver one, and no hand stays idle that could help);
//! 2. the kilometres of all together are the fewest;
//! 3. where that leaves a choice, the order of a recorded draw decides, weighted as the one of the short lists.
//!
//! The filters are those of a single case, so a firm that gets one would have passed for it alone. What a person has
//! settled by hand comes before all of this, and the rest is assigned around it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::matching::draw::{Candidate, Stream, draw};
use super::matching::{ALGORITHM, Excluded, Firm, NobodyLeft, judge, nobody_left};
use super::needs::Needs;
use crate::domain::triage::Grade;

/// As many cases as one assignment holds: the sums stay far inside their type.
pub const MAX_CASES: usize = 1_000;

/// A case of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CrisisCase {
    /// Which; no two share one.
    pub id: Uuid,
    /// What it needs.
    pub needs: Needs,
    /// How grave it is: the priority.
    pub grade: Grade,
}

/// What a person settled for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CrisisPin")]
pub struct Pin {
    /// Which case.
    pub case: Uuid,
    /// The firm that takes it; none: nobody is sent.
    pub firm: Option<Uuid>,
    /// Why; never blank.
    pub reason: String,
}

/// A case that is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CrisisAssigned")]
pub struct Assigned {
    /// Which.
    pub case: Uuid,
    /// By whom.
    pub firm: Uuid,
    /// Kilometres, where both places are known.
    pub km: Option<u32>,
    /// Firms with a free hand that pass its filters.
    pub passing: u32,
    /// A person settled it.
    pub by_hand: bool,
    /// Those of them that are nearer, and whose hands are given to other cases.
    pub nearer_but_full: Vec<Uuid>,
}

/// Why a case is not served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "CrisisUnservedReason")]
pub enum UnservedReason {
    /// No firm passes its filters.
    NobodyPasses {
        /// What to do.
        instead: NobodyLeft,
    },
    /// Firms pass, and all their hands are given to cases as grave or graver.
    AllFull {
        /// How many firms.
        passing: u32,
    },
    /// A person settled that nobody is sent.
    HeldBack,
}

/// A case that is not served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CrisisUnserved")]
pub struct Unserved {
    /// Which.
    pub case: Uuid,
    /// Why.
    pub because: UnservedReason,
}

/// Who helps whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CrisisAssignment")]
pub struct Assignment {
    /// [`ALGORITHM`] of the day.
    pub algorithm: u16,
    /// The seed of the draw.
    pub seed: u64,
    /// The day.
    pub on: NaiveDate,
    /// Cases served, by identifier.
    pub assigned: Vec<Assigned>,
    /// Cases not served, by identifier.
    pub unserved: Vec<Unserved>,
}

/// Why nothing is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CrisisError {
    /// More than [`MAX_CASES`] cases.
    #[error("{given} cases, where one assignment holds {MAX_CASES}")]
    TooManyCases {
        /// How many.
        given: usize,
    },
    /// What a person settled has no reason.
    #[error("what is settled by hand needs a reason")]
    MissingReason,
    /// A person settled a case that is not of the event, or settled it twice.
    #[error("settled by hand: no such case, or twice the same")]
    UnknownCase,
    /// A person chose a firm that a filter leaves out of the case, or that has no hand left for it.
    #[error("the firm chosen by hand does not pass the filters of the case, or has no free hand")]
    Excluded,
}

/// A firm that passes for a case.
#[derive(Clone, Copy)]
struct Offer {
    /// Its place among the firms.
    firm: usize,
    km: Option<u32>,
    /// Kilometres, then turn in the draw.
    cost: i128,
}

/// The priority of what a person settled: above the gravest grade.
const SETTLED: u32 = Grade::G4 as u32 + 1;
/// Bits for the sum of turns: [`MAX_CASES`] times a firm's turn.
const TURN_BITS: u32 = 32;
/// What a firm counts that is not on the map: half the Earth's round.
const UNKNOWN_KM: u32 = 20_016;

/// Assigns firms to cases, one firm to a case, as many cases to a firm as it has free hands. The orders of `cases` and
/// `firms` do not matter.
pub fn assign(
    cases: &[CrisisCase],
    firms: &[Firm],
    pins: &[Pin],
    seed: u64,
    on: NaiveDate,
) -> Result<Assignment, CrisisError> {
    if cases.len() > MAX_CASES {
        return Err(CrisisError::TooManyCases { given: cases.len() });
    }
    let pins = pins_by_case(pins, cases)?;
    let mut cases: Vec<&CrisisCase> = cases.iter().collect();
    cases.sort_unstable_by_key(|case| case.id);
    let mut firms: Vec<&Firm> = firms.iter().collect();
    firms.sort_unstable_by_key(|firm| firm.id);

    let turns = turns(&firms, seed);
    let mut open = Vec::with_capacity(cases.len());
    for case in &cases {
        let mut options = options(case, &firms, &turns, on);
        if let Some(pin) = pins.get(&case.id) {
            options.retain(|one| Some(firms[one.firm].id) == pin.firm);
        }
        open.push(options);
    }
    let hands: Vec<usize> = firms.iter().map(|firm| free_hands(firm)).collect();
    let priorities: Vec<u32> = cases
        .iter()
        .map(|case| match pins.contains_key(&case.id) {
            true => SETTLED,
            false => case.grade as u32,
        })
        .collect();
    let given = solve(&priorities, &open, &hands);
    let is_kept = |(case, option): (&&CrisisCase, &Option<Offer>)| {
        option.is_some() || pins.get(&case.id).is_none_or(|pin| pin.firm.is_none())
    };
    if !cases.iter().zip(&given).all(is_kept) {
        return Err(CrisisError::Excluded);
    }

    let mut left = hands;
    for option in given.iter().flatten() {
        left[option.firm] -= 1;
    }
    let (mut assigned, mut unserved) = (Vec::new(), Vec::new());
    for ((case, options), option) in cases.iter().zip(&open).zip(given) {
        let passing = u32::try_from(options.len()).unwrap_or(u32::MAX);
        if let Some(option) = option {
            let nearer = options
                .iter()
                .take_while(|other| other.cost < option.cost)
                .filter(|other| left[other.firm] == 0);
            assigned.push(Assigned {
                case: case.id,
                firm: firms[option.firm].id,
                km: option.km,
                passing,
                by_hand: pins.contains_key(&case.id),
                nearer_but_full: nearer.map(|other| firms[other.firm].id).collect(),
            });
        } else {
            let because = if pins.contains_key(&case.id) {
                UnservedReason::HeldBack
            } else if options.is_empty() {
                let instead = instead(case, &firms, on);
                UnservedReason::NobodyPasses { instead }
            } else {
                UnservedReason::AllFull { passing }
            };
            unserved.push(Unserved {
                case: case.id,
                because,
            });
        }
    }
    Ok(Assignment {
        algorithm: ALGORITHM,
        seed,
        on,
        assigned,
        unserved,
    })
}

/// What was settled, by case.
fn pins_by_case<'p>(
    pins: &'p [Pin],
    cases: &[CrisisCase],
) -> Result<BTreeMap<Uuid, &'p Pin>, CrisisError> {
    let mut by_case = BTreeMap::new();
    for pin in pins {
        if pin.reason.trim().is_empty() {
            return Err(CrisisError::MissingReason);
        }
        let is_of_the_event = cases.iter().any(|case| case.id == pin.case);
        if !is_of_the_event || by_case.insert(pin.case, pin).is_some() {
            return Err(CrisisError::UnknownCase);
        }
    }
    Ok(by_case)
}

fn free_hands(firm: &Firm) -> usize {
    let free = u32::from(firm.provider.capacity).saturating_sub(firm.track.open);
    usize::try_from(free).unwrap_or(usize::MAX)
}

/// The turn of each firm in the draw, from 0.
fn turns(firms: &[&Firm], seed: u64) -> Vec<u32> {
    let candidates: Vec<Candidate> = firms
        .iter()
        .map(|firm| Candidate {
            firm: firm.id,
            referrals: firm.track.referrals,
        })
        .collect();
    let mut turns = vec![0; firms.len()];
    let order = draw(
        &candidates,
        candidates.len(),
        &mut Stream::new(ALGORITHM, seed),
    );
    for (index, turn) in order.into_iter().zip(0..) {
        turns[index] = turn;
    }
    turns
}

/// The firms that pass for a case, the cheapest first.
fn options(case: &CrisisCase, firms: &[&Firm], turns: &[u32], on: NaiveDate) -> Vec<Offer> {
    let judged = judge(&case.needs, firms, on).zip(turns).enumerate();
    let mut options: Vec<Offer> = judged
        .filter(|(_, ((reasons, _), _))| reasons.is_empty())
        .map(|(firm, ((_, km), turn))| Offer {
            firm,
            km,
            cost: (i128::from(km.unwrap_or(UNKNOWN_KM)) << TURN_BITS) | i128::from(*turn),
        })
        .collect();
    options.sort_unstable_by_key(|option| option.cost);
    options
}

fn instead(case: &CrisisCase, firms: &[&Firm], on: NaiveDate) -> NobodyLeft {
    let excluded = firms.iter().zip(judge(&case.needs, firms, on));
    let excluded: Vec<Excluded> = excluded
        .map(|(firm, (reasons, km))| Excluded {
            firm: firm.id,
            km,
            reasons,
            remedies: Vec::new(),
        })
        .collect();
    nobody_left(&case.needs, &excluded)
}

/// The option given to each case.
///
/// A row for each case, a column for each hand, and a column for each case to stay unserved in. Only the hands among a
/// case's cheapest *n* matter to it: the others can hold *n* − 1 of them at most.
fn solve(priorities: &[u32], open: &[Vec<Offer>], hands: &[usize]) -> Vec<Option<Offer>> {
    let rows = priorities.len();
    if rows == 0 {
        return Vec::new();
    }
    let mut wanted = vec![0; hands.len()];
    for options in open {
        let mut within_reach = 0;
        for option in options {
            if within_reach >= rows {
                break;
            }
            let usable = hands[option.firm].min(rows);
            within_reach += usable;
            wanted[option.firm] = usable;
        }
    }
    let columns: Vec<usize> = wanted
        .iter()
        .enumerate()
        .flat_map(|(firm, hands)| std::iter::repeat_n(firm, *hands))
        .collect();
    // More than all costs together: a case served is worth any distance.
    let served = i128::from(UNKNOWN_KM + 1) << TURN_BITS;
    let served = served * (rows as i128 + 1);
    let mut worth = Matrix::new(rows, columns.len() + rows, 0i128);
    for (row, (priority, options)) in priorities.iter().zip(open).enumerate() {
        let mut by_firm = vec![None; hands.len()];
        for option in options {
            by_firm[option.firm] = Some(option.cost);
        }
        // One graver case outweighs every lighter one together.
        let grade = (rows as i128 + 1).pow(*priority) * served;
        for (column, firm) in columns.iter().enumerate() {
            worth[(row, column)] = by_firm[*firm].map_or(-1, |cost| grade - cost);
        }
    }
    let (_, column_of_row) = kuhn_munkres(&worth);
    let given = column_of_row.into_iter().zip(open);
    given
        .map(|(column, options)| {
            let firm = columns.get(column)?;
            options.iter().find(|option| option.firm == *firm).copied()
        })
        .collect()
}

#[cfg(test)]
mod tests;
