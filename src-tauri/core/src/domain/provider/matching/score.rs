//! How well a firm fits: a sum of criteria, each with its points, its weight and its reason.
//!
//! All in whole numbers. A criterion has a level from 0 to 100; the weights share out 100 points, in hundredths, among
//! the criteria that this case gives something to judge by, without a hundredth lost; a line is its share times its
//! level. So the lines add up to the total that the screen shows, and bands have exact edges.

use chrono::NaiveDate;

use super::criterion::{Criterion, CriterionLine, CriterionReason, FULL_SCORE, Share, Weights};
use super::{Firm, KeyState};
use crate::domain::provider::{Needs, SizeBand};

/// From how many cases on more say nothing more: a firm that is often named would else be named ever more.
const CASES_THAT_SUFFICE: u32 = 5;
/// Where no distance is asked for, the one at which nothing is left, km.
const FAR_KM: u32 = 200;
/// Where no delay is asked for, the one at which nothing is left, hours.
const LATE_HOURS: u16 = 72;

/// The needs and weights, read once for all firms.
pub(super) struct Scale<'a> {
    needs: &'a Needs,
    shares: Vec<Share>,
}

impl<'a> Scale<'a> {
    pub(super) fn new(needs: &'a Needs, weights: &Weights) -> Self {
        let place = needs.location.as_ref().and_then(|location| location.place);
        let judged = |criterion| match criterion {
            Criterion::Experience => !needs.categories.is_empty(),
            Criterion::Technologies => !needs.technologies.is_empty(),
            Criterion::Distance => place.is_some(),
            Criterion::OnSite => needs.site_visit,
            Criterion::Kind => needs.kind.is_some(),
            Criterion::Size => needs.headcount.is_some(),
            Criterion::Label | Criterion::Key | Criterion::Satisfaction => true,
        };
        let mut shares = Criterion::ALL.map(|criterion| Share {
            criterion,
            weight: weights.of(criterion),
            judged: judged(criterion),
            maximum: 0,
        });
        share_out(&mut shares);
        Self {
            needs,
            shares: shares.to_vec(),
        }
    }

    /// Whether no criterion counts anything.
    pub(super) fn is_level(&self) -> bool {
        self.shares.iter().all(|share| share.maximum == 0)
    }

    pub(super) fn into_shares(self) -> Vec<Share> {
        self.shares
    }

    /// The lines of a firm and their sum, hundredths.
    pub(super) fn score(
        &self,
        firm: &Firm,
        km: Option<u32>,
        on: NaiveDate,
    ) -> (Vec<CriterionLine>, u16) {
        let mut lines = Vec::with_capacity(self.shares.len());
        for share in self.shares.iter().filter(|share| share.judged) {
            let Some((level, reason)) = self.level(share.criterion, firm, km, on) else {
                continue;
            };
            let points = u32::from(share.maximum) * u32::from(level) / 100;
            lines.push(CriterionLine {
                criterion: share.criterion,
                level,
                points: u16::try_from(points).unwrap_or(FULL_SCORE),
                maximum: share.maximum,
                reason,
            });
        }
        let total = lines.iter().map(|line| line.points).sum();
        (lines, total)
    }

    /// The level of a firm, 0–100; nothing where the case gives nothing to judge by.
    fn level(
        &self,
        criterion: Criterion,
        firm: &Firm,
        km: Option<u32>,
        on: NaiveDate,
    ) -> Option<(u8, CriterionReason)> {
        let (needs, provider, track) = (self.needs, &firm.provider, &firm.track);
        let count = |cases: Option<&u32>| cases.copied().unwrap_or(0);
        Some(match criterion {
            Criterion::Experience => {
                let counts = needs
                    .categories
                    .iter()
                    .map(|category| (count(track.by_category.get(category)), *category));
                let (cases, category) = counts.min()?;
                let reason = CriterionReason::Experience { cases, category };
                (of_cases(cases), reason)
            }
            Criterion::Technologies => {
                let knows = |one: &&_| provider.technologies.contains(one);
                let asked = needs.technologies.len();
                let known = needs.technologies.iter().filter(knows).count();
                let reason = CriterionReason::Technologies {
                    known: u8::try_from(known).unwrap_or(u8::MAX),
                    asked: u8::try_from(asked).unwrap_or(u8::MAX),
                };
                (percent(known as u64, asked as u64), reason)
            }
            Criterion::Label => {
                let valid = provider.labels.iter().filter(|label| label.holds_on(on));
                // By kind where two count the same, so that their order in the record does not matter.
                let best = valid.max_by_key(|label| (label.level_for_response(), label.kind));
                let reason = CriterionReason::Label {
                    label: best.map(|label| label.kind),
                    level: best.and_then(|label| label.level),
                };
                (best.map_or(0, |label| label.level_for_response()), reason)
            }
            Criterion::Distance => {
                let limit = needs.maximum_km.map_or(FAR_KM, u32::from);
                let level = km.map_or(0, |km| what_is_left(km, limit));
                (level, CriterionReason::Distance { km })
            }
            Criterion::OnSite => {
                let limit = needs.on_site_hours.unwrap_or(LATE_HOURS);
                let hours = provider.on_site_within_hours;
                let level = hours.map_or(0, |h| what_is_left(u32::from(h), u32::from(limit)));
                (level, CriterionReason::OnSite { hours })
            }
            Criterion::Key => {
                let state = firm.key;
                let level = match state {
                    KeyState::Verified => 100,
                    KeyState::Seen => 50,
                    KeyState::Absent | KeyState::Unusable => 0,
                };
                (level, CriterionReason::Key { state })
            }
            Criterion::Kind => {
                let served = needs.kind?;
                let cases = count(track.by_kind.get(&served));
                (of_cases(cases), CriterionReason::Kind { cases, served })
            }
            Criterion::Size => {
                let band = SizeBand::of(needs.headcount?);
                let cases = count(track.by_size.get(&band));
                (of_cases(cases), CriterionReason::Size { cases, band })
            }
            Criterion::Satisfaction => {
                let (satisfied, answered) = (track.satisfied, track.answered);
                let reason = CriterionReason::Satisfaction {
                    satisfied,
                    answered,
                };
                // Laplace's rule of succession: a newcomer stands at one half, and one answer does not decide.
                let level = percent(u64::from(satisfied) + 1, u64::from(answered) + 2);
                (level, reason)
            }
        })
    }
}

/// Shares the full score out by weight among what is judged: whole hundredths, the largest remainders first, then the
/// order of the sum. All weights nought leave all shares nought.
fn share_out(shares: &mut [Share]) {
    let weight = |share: &Share| {
        if share.judged {
            u64::from(share.weight)
        } else {
            0
        }
    };
    let sum: u64 = shares.iter().map(weight).sum();
    if sum == 0 {
        return;
    }
    let full = u64::from(FULL_SCORE);
    let mut left = full;
    for share in &mut *shares {
        let whole = weight(share) * full / sum;
        left -= whole;
        share.maximum = u16::try_from(whole).unwrap_or(FULL_SCORE);
    }
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse(weight(&shares[*index]) * full % sum));
    for (index, _) in by_remainder.into_iter().zip(0..left) {
        shares[index].maximum += 1;
    }
}

/// The level of a number of past cases.
fn of_cases(cases: u32) -> u8 {
    percent(
        u64::from(cases.min(CASES_THAT_SUFFICE)),
        u64::from(CASES_THAT_SUFFICE),
    )
}

/// 100 at nought, 0 at the limit and beyond.
fn what_is_left(value: u32, limit: u32) -> u8 {
    percent(
        u64::from(limit.saturating_sub(value)),
        u64::from(limit.max(1)),
    )
}

/// Whole percents, rounded down, 100 at most.
fn percent(part: u64, whole: u64) -> u8 {
    let percent = (part * 100).checked_div(whole).unwrap_or(0);
    u8::try_from(percent.min(100)).unwrap_or(100)
}
