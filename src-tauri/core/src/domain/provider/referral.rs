//! A case in the hands of the firm that the beneficiary chose: what was heard of it since, and when to ask again.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::matching::Track;
use super::skill::SizeBand;
use crate::domain::case::Category;
use crate::domain::organisation::OrganisationKind;

/// The team asks for the first time so many days after the choice, as the mail with the list promises.
pub const FIRST_CHECK_DAYS: u64 = 5;
/// And again so many days after an answer, while the work is not finished.
pub const NEXT_CHECK_DAYS: u64 = 14;

/// How far the beneficiary's systems are back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Remediation {
    /// Nothing was put right.
    Nothing,
    /// The activity goes on; weaknesses stay.
    Partial,
    /// All is back, and the way in is closed.
    Whole,
}

/// What was heard since the choice. Every day is the one on which it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ReferralFollowUp")]
pub struct FollowUp {
    /// The team passed the case's details on.
    pub handed_over_on: Option<NaiveDate>,
    /// The firm and the beneficiary spoke.
    pub contact_on: Option<NaiveDate>,
    /// The firm gave a price.
    pub quote_on: Option<NaiveDate>,
    /// It began to work.
    pub started_on: Option<NaiveDate>,
    /// It ended.
    pub finished_on: Option<NaiveDate>,
    /// Whether the beneficiary is satisfied, once asked.
    pub satisfied: Option<bool>,
    /// How far the systems are back.
    pub remediation: Option<Remediation>,
    /// When to ask again; none once it is finished.
    pub check_on: Option<NaiveDate>,
    /// In words.
    pub note: String,
}

/// How far a firm came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ReferralStep")]
pub enum Step {
    /// The beneficiary chose it.
    Chosen,
    /// The details were passed on.
    HandedOver,
    /// They spoke.
    InContact,
    /// A price was given.
    Quoted,
    /// Work is under way.
    Started,
    /// Work is done.
    Finished,
    /// The firm does not take it.
    Declined,
}

/// A day that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// A step before the one that it follows.
    #[error("{0}: before the step that comes first")]
    OutOfOrder(&'static str),
    /// Something that is said to have happened tomorrow.
    #[error("{0}: in the future")]
    InTheFuture(&'static str),
}

impl DayError {
    /// The field at fault.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::OutOfOrder(field) | Self::InTheFuture(field) => field,
        }
    }
}

impl FollowUp {
    /// The follow-up of a choice that was just made.
    #[must_use]
    pub fn from_choice(chosen_on: NaiveDate) -> Self {
        Self {
            check_on: chosen_on.checked_add_days(Days::new(FIRST_CHECK_DAYS)),
            ..Self::default()
        }
    }

    const fn days(&self) -> [(&'static str, Option<NaiveDate>, Step); 5] {
        [
            ("handed_over_on", self.handed_over_on, Step::HandedOver),
            ("contact_on", self.contact_on, Step::InContact),
            ("quote_on", self.quote_on, Step::Quoted),
            ("started_on", self.started_on, Step::Started),
            ("finished_on", self.finished_on, Step::Finished),
        ]
    }

    /// The furthest step that has a day.
    #[must_use]
    pub fn step(&self) -> Step {
        let reached = self
            .days()
            .into_iter()
            .rev()
            .find(|(_, on, _)| on.is_some());
        reached.map_or(Step::Chosen, |(_, _, step)| step)
    }

    /// Whether the days can be: from the choice on, none before today's end. Details may be passed on late, so only the
    /// firm's own steps follow one another.
    ///
    /// # Errors
    /// The first day that cannot be.
    pub fn check(&self, chosen_on: NaiveDate, today: NaiveDate) -> Result<(), DayError> {
        let mut least = chosen_on;
        for (field, on, step) in self.days() {
            let Some(on) = on else { continue };
            if on > today {
                return Err(DayError::InTheFuture(field));
            }
            if on < least {
                return Err(DayError::OutOfOrder(field));
            }
            if step != Step::HandedOver {
                least = on;
            }
        }
        Ok(())
    }

    /// When to ask again after what was heard today.
    #[must_use]
    pub fn next_check(&self, today: NaiveDate) -> Option<NaiveDate> {
        let days = match self.step() {
            Step::Finished | Step::Declined => return None,
            Step::Chosen | Step::HandedOver => FIRST_CHECK_DAYS,
            Step::InContact | Step::Quoted | Step::Started => NEXT_CHECK_DAYS,
        };
        today.checked_add_days(Days::new(days))
    }

    /// Days from the first hour of work, or else from the choice, to the end.
    #[must_use]
    pub fn duration_days(&self, chosen_on: NaiveDate) -> Option<u32> {
        let from = self.started_on.unwrap_or(chosen_on);
        let days = self.finished_on?.signed_duration_since(from).num_days();
        u32::try_from(days).ok()
    }
}

/// What a firm's record learns of a case: never whose it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// Incidents.
    pub categories: Vec<Category>,
    /// Kind of the beneficiary.
    pub kind: Option<OrganisationKind>,
    /// Its size.
    pub size: Option<SizeBand>,
}

impl Track {
    /// Counts a case that was given to the firm as it stood on a day; of a case that is closed nothing is under way any
    /// more.
    pub fn count(&mut self, after: &FollowUp, about: &About, is_closed: bool, on: NaiveDate) {
        fn one<K: Ord>(counts: &mut BTreeMap<K, u32>, key: K) {
            *counts.entry(key).or_default() += 1;
        }
        let is_finished = after.finished_on.is_some_and(|end| end <= on);
        if is_finished {
            for category in &about.categories {
                one(&mut self.by_category, *category);
            }
            if let Some(kind) = about.kind {
                one(&mut self.by_kind, kind);
            }
            if let Some(size) = about.size {
                one(&mut self.by_size, size);
            }
        } else if !is_closed {
            self.open += 1;
        }
        if let Some(satisfied) = after.satisfied.filter(|_| is_finished) {
            self.answered += 1;
            self.satisfied += u32::from(satisfied);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::provider::testing::day;

    #[test]
    fn the_team_asks_after_five_days_then_every_fortnight_until_the_end() {
        let mut after = FollowUp::from_choice(day("2026-11-20"));
        assert_eq!(after.check_on, Some(day("2026-11-25")));
        assert_eq!(after.next_check(day("2026-11-25")), Some(day("2026-11-30")));
        after.contact_on = Some(day("2026-11-21"));
        assert_eq!(after.next_check(day("2026-11-25")), Some(day("2026-12-09")));
        after.finished_on = Some(day("2026-12-01"));
        assert_eq!(after.next_check(day("2026-12-09")), None);
    }

    #[test]
    fn the_furthest_step_counts_and_steps_may_be_left_out() {
        let mut after = FollowUp::default();
        assert_eq!(after.step(), Step::Chosen);
        after.started_on = Some(day("2026-11-22"));
        assert_eq!(after.step(), Step::Started);
        after.handed_over_on = Some(day("2026-11-23"));
        assert_eq!(after.step(), Step::Started);
    }

    #[test]
    fn work_does_not_end_before_it_began_nor_tomorrow() {
        let (chosen, today) = (day("2026-11-20"), day("2026-12-01"));
        let after = FollowUp {
            handed_over_on: Some(day("2026-11-24")),
            contact_on: Some(day("2026-11-21")),
            finished_on: Some(today),
            ..FollowUp::default()
        };
        assert_eq!(after.check(chosen, today), Ok(()));
        assert_eq!(after.duration_days(chosen), Some(11));
        let early = FollowUp {
            started_on: Some(day("2026-11-20")),
            ..after.clone()
        };
        assert_eq!(
            early.check(chosen, today),
            Err(DayError::OutOfOrder("started_on"))
        );
        assert_eq!(
            after.check(chosen, day("2026-11-30")),
            Err(DayError::InTheFuture("finished_on"))
        );
        let before = FollowUp {
            contact_on: Some(day("2026-11-19")),
            ..FollowUp::default()
        };
        assert_eq!(
            before.check(chosen, today),
            Err(DayError::OutOfOrder("contact_on"))
        );
    }

    #[test]
    fn a_finished_case_is_experience_and_an_open_one_takes_a_hand() {
        let about = About {
            categories: vec![Category::Ransomware],
            kind: None,
            size: Some(SizeBand::UnderFifty),
        };
        let on = day("2026-12-01");
        let mut track = Track::default();
        track.count(&FollowUp::default(), &about, false, on);
        track.count(&FollowUp::default(), &about, true, on);
        assert_eq!((track.open, track.by_category.len()), (1, 0));
        let finished = FollowUp {
            finished_on: Some(day("2026-12-01")),
            satisfied: Some(true),
            ..FollowUp::default()
        };
        track.count(&finished, &about, false, on);
        assert_eq!(track.by_category[&Category::Ransomware], 1);
        assert_eq!(track.by_size[&SizeBand::UnderFifty], 1);
        assert_eq!((track.open, track.satisfied, track.answered), (1, 1, 1));
        // The day before, its hand was still taken.
        let mut before = Track::default();
        before.count(&finished, &about, false, day("2026-11-30"));
        assert_eq!((before.open, before.answered), (1, 0));
    }
}
