//! Whether firms were treated equally over a period: what the draws promised each, what came out, and who was left out
//! by what. It is what an auditor asks for.
//!
//! A record holds no word of the beneficiary: day, firms, filters.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::matching::draw::{Candidate, chances};
use super::matching::{Filter, Match};

/// A band of equal fit in a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrawnBand {
    /// The firms in it, with their referrals on that day.
    pub candidates: Vec<Candidate>,
    /// Those that were drawn; none where better bands had filled the list.
    pub drawn: Vec<Uuid>,
}

/// A firm that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// Which.
    pub firm: Uuid,
    /// By which filters, each once.
    pub filters: Vec<Filter>,
}

/// One draw, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordedDraw {
    /// The day of the list.
    pub on: NaiveDate,
    /// The bands, the best first.
    pub bands: Vec<DrawnBand>,
    /// The names as they left, after any change by hand.
    pub listed: Vec<Uuid>,
    /// Whom the beneficiary chose.
    pub chosen: Option<Uuid>,
    /// Who was left out.
    pub excluded: Vec<LeftOut>,
}

impl RecordedDraw {
    /// The record of a list, once the beneficiary has chosen or not.
    #[must_use]
    pub fn of(list: &Match, chosen: Option<Uuid>) -> Self {
        let bands = list.ranked.chunk_by(|a, b| a.band == b.band);
        let bands = bands.map(|band| DrawnBand {
            candidates: band
                .iter()
                .map(|one| Candidate {
                    firm: one.firm,
                    referrals: one.referrals,
                })
                .collect(),
            drawn: band
                .iter()
                .filter(|one| one.drawn.is_some())
                .map(|one| one.firm)
                .collect(),
        });
        let excluded = list.excluded.iter().map(|one| {
            let filters = one.reasons.iter().map(|reason| reason.filter());
            let mut filters: Vec<Filter> = filters.collect();
            // Reasons come in the order of the filters.
            filters.dedup();
            LeftOut {
                firm: one.firm,
                filters,
            }
        });
        Self {
            on: list.on,
            bands: bands.collect(),
            listed: list.shortlist.clone(),
            chosen,
            excluded: excluded.collect(),
        }
    }
}

/// What came to one firm in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FirmShare {
    /// Which.
    pub firm: Uuid,
    /// Lists for which it passed every filter.
    pub passed: u32,
    /// Lists for which a filter left it out.
    pub left_out: u32,
    /// Times that it was drawn.
    pub drawn: u32,
    /// Times that it was to be expected: the sum of its chances, millionths of a time.
    pub expected_millionths: u64,
    /// Its part of all names drawn, ten-thousandths.
    pub real_share: u32,
    /// The part that was to be expected, ten-thousandths.
    pub expected_share: u32,
    /// How far the real number is from the expected one, hundredths of a standard deviation: beyond ±300 something
    /// other than chance is likely (fewer than three firms in a thousand by chance). Nought where chance had no say.
    pub deviation_hundredths: i32,
    /// Lists on which it stood when they left.
    pub listed: u32,
    /// Times that a beneficiary chose it.
    pub chosen: u32,
}

/// How often a filter left a firm out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FirmTimes {
    /// Which.
    pub firm: Uuid,
    /// How often.
    pub times: u32,
}

/// What a filter did in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilterShare {
    /// Which.
    pub filter: Filter,
    /// How often it left somebody out.
    pub times: u32,
    /// Whom, the most often first.
    pub firms: Vec<FirmTimes>,
}

/// The report of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EqualityReport {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Lists made.
    pub lists: u32,
    /// Names drawn.
    pub names: u32,
    /// Lists from which nobody was chosen, or not yet.
    pub without_choice: u32,
    /// Firms by identifier.
    pub firms: Vec<FirmShare>,
    /// Filters that left somebody out, in their order.
    pub filters: Vec<FilterShare>,
}

/// What adds up for one firm.
#[derive(Default)]
struct Sums {
    passed: u32,
    left_out: u32,
    drawn: u32,
    expected: f64,
    variance: f64,
    listed: u32,
    chosen: u32,
}

/// The report of the draws from one day to another, both included. The order of the draws does not matter.
#[must_use]
pub fn equality(draws: &[RecordedDraw], from: NaiveDate, until: NaiveDate) -> EqualityReport {
    let mut firms: BTreeMap<Uuid, Sums> = BTreeMap::new();
    let mut filters: BTreeMap<Filter, BTreeMap<Uuid, u32>> = BTreeMap::new();
    let (mut lists, mut without_choice) = (0, 0);
    let mut in_period: Vec<&RecordedDraw> = draws
        .iter()
        .filter(|draw| from <= draw.on && draw.on <= until)
        .collect();
    // Sums of fractions depend on their order in the last digit.
    in_period.sort_by_key(|draw| draw.on);
    for draw in in_period {
        lists += 1;
        without_choice += u32::from(draw.chosen.is_none());
        for band in &draw.bands {
            add_band(&mut firms, band);
        }
        for firm in &draw.listed {
            firms.entry(*firm).or_default().listed += 1;
        }
        if let Some(firm) = draw.chosen {
            firms.entry(firm).or_default().chosen += 1;
        }
        for LeftOut {
            firm,
            filters: by_filters,
        } in &draw.excluded
        {
            firms.entry(*firm).or_default().left_out += 1;
            for filter in by_filters {
                let of_filter = filters.entry(*filter).or_default();
                *of_filter.entry(*firm).or_default() += 1;
            }
        }
    }
    let names: u32 = firms.values().map(|sums| sums.drawn).sum();
    EqualityReport {
        from,
        until,
        lists,
        names,
        without_choice,
        firms: firms
            .into_iter()
            .map(|(firm, sums)| sums.share(firm, names))
            .collect(),
        filters: filters
            .into_iter()
            .map(|(filter, firms)| filter_share(filter, firms))
            .collect(),
    }
}

fn add_band(firms: &mut BTreeMap<Uuid, Sums>, band: &DrawnBand) {
    let by_candidate = chances(&band.candidates, band.drawn.len());
    for (candidate, chance) in band.candidates.iter().zip(by_candidate) {
        let sums = firms.entry(candidate.firm).or_default();
        sums.passed += 1;
        sums.expected += chance;
        // Of a draw that takes some and leaves some; a rounding error must not make it negative.
        sums.variance += (chance * (1.0 - chance)).max(0.0);
    }
    for firm in &band.drawn {
        firms.entry(*firm).or_default().drawn += 1;
    }
}

fn filter_share(filter: Filter, firms: BTreeMap<Uuid, u32>) -> FilterShare {
    let times = firms.values().sum();
    let firms = firms.into_iter();
    let mut firms: Vec<FirmTimes> = firms
        .map(|(firm, times)| FirmTimes { firm, times })
        .collect();
    firms.sort_by_key(|one| std::cmp::Reverse(one.times));
    FilterShare {
        filter,
        times,
        firms,
    }
}

impl Sums {
    fn share(&self, firm: Uuid, names: u32) -> FirmShare {
        // Under a millionth of a draw chance had no say: the rest is rounding.
        const NO_VARIANCE: f64 = 1e-6;
        let real = f64::from(self.drawn);
        let of_names = |times: f64| match names {
            0 => 0,
            names => (times / f64::from(names) * 10_000.0).round() as u32,
        };
        let deviation = match self.variance {
            variance if variance > NO_VARIANCE => (real - self.expected) / variance.sqrt(),
            _ => 0.0,
        };
        FirmShare {
            firm,
            passed: self.passed,
            left_out: self.left_out,
            drawn: self.drawn,
            expected_millionths: (self.expected * 1e6).round() as u64,
            real_share: of_names(real),
            expected_share: of_names(self.expected),
            deviation_hundredths: (deviation * 100.0).round() as i32,
            listed: self.listed,
            chosen: self.chosen,
        }
    }
}

#[cfg(test)]
mod tests;
