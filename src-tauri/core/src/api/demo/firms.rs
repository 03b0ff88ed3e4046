//! The demonstration's registry of firms, and the lists that its people kept.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use rand::Rng as _;
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::commit::{fields_of, salt};
use crate::api::error::Result;
use crate::api::providers::Referral;
use crate::api::session::Session;
use crate::domain::calendar::in_paris;
use crate::domain::case::Confirmation;
use crate::domain::entity::{EntityKind, Fields};
use crate::domain::provider::referral::{FollowUp, NEXT_CHECK_DAYS, Remediation};
use crate::journal::{Author, Change, Scope, commit};
use crate::reference::demo::{DemoCase, DemoSetting, firms};

/// Firms of the registry, at most.
const FIRMS: u32 = 40;
/// Cases for each firm, in a demonstration of few.
const CASES_PER_FIRM: u32 = 3;
/// How long before the first case the registry was begun, days.
const BEGUN_BEFORE: i64 = 20;
/// Cases of so many days have a list.
const LISTS_DAYS: i64 = 120;
/// Lists, at most.
const LISTS: usize = 60;
/// Beneficiaries who chose, of a hundred.
const CHOICES: u32 = 66;

/// How long before it begins an absence is known of, days.
const KNOWN_BEFORE: u64 = 10;

/// When firms were proposed for a case, if they were: for recent ones that are qualified, and true.
pub(super) fn referred(
    case: &DemoCase,
    id: Uuid,
    setting: &DemoSetting,
) -> Option<(DateTime<Utc>, Uuid)> {
    let (_, received) = case.reached.first()?;
    let (_, qualified) = case.reached.get(1)?;
    let is_recent = *received >= setting.now - Duration::days(LISTS_DAYS);
    let is_theirs = case.reorientation.is_none() && case.confirmation != Confirmation::Dismissed;
    (is_recent && is_theirs).then_some((*qualified, id))
}

/// What was heard of a firm until today: contact, price, work, end, each a few days after the one before; and not of all.
fn heard(rng: &mut ChaCha20Rng, chosen_on: NaiveDate, today: NaiveDate) -> FollowUp {
    let mut after = FollowUp::from_choice(chosen_on);
    let mut day = chosen_on;
    let mut next = |longest: u64| {
        // Somebody does not answer, now and then.
        let goes_on = rng.random_range(0..100) < 93;
        day = day + Days::new(rng.random_range(0..=longest));
        (goes_on && day <= today).then_some(day)
    };
    let asked_by = |days: u64| today - Days::new(days);
    after.handed_over_on = next(1);
    after.contact_on = after.handed_over_on.and_then(|_| next(2));
    after.quote_on = after.contact_on.and_then(|_| next(3));
    after.started_on = after.quote_on.and_then(|_| next(4));
    after.finished_on = after.started_on.and_then(|_| next(25));
    if after.finished_on.is_some() {
        after.check_on = None;
        after.satisfied = (rng.random_range(0..100) < 80).then(|| rng.random_range(0..100) < 85);
        after.remediation = Some(match rng.random_range(0..10) {
            0 => Remediation::Nothing,
            1..=3 => Remediation::Partial,
            _ => Remediation::Whole,
        });
    } else if after.contact_on.is_some() {
        // Asked when it was due, so that the next time is near; a few wait a little too long.
        let asked = NEXT_CHECK_DAYS - 4;
        after.check_on = after.next_check(asked_by(rng.random_range(asked..=asked + 8)));
    }
    after
}

/// A field that was learnt on a day, after the firm was registered.
type Later = (NaiveDate, &'static str, Value);

/// Takes what happened after a day out of a new firm's fields.
fn later(fields: &mut Fields, begun: NaiveDate, archived_on: NaiveDate) -> Vec<Later> {
    let day = |value: &Value| {
        value
            .as_str()
            .and_then(|text| text.parse::<NaiveDate>().ok())
    };
    let mut found = Vec::new();
    for name in ["charter_signed", "confirmed_on"] {
        if let Some(value) = fields.get_mut(name)
            && let Some(on) = day(value).filter(|on| *on > begun)
        {
            found.push((on, name, value.take()));
        }
    }
    if let Some(absences) = fields.get_mut("absences")
        && let Some(from) = absences.pointer("/0/from").and_then(day)
        && let Some(on) = from.checked_sub_days(Days::new(KNOWN_BEFORE))
        && on > begun
    {
        found.push((on, "absences", std::mem::replace(absences, json!([]))));
    }
    if let Some(gone) = fields.get_mut("archived")
        && *gone == Value::Bool(true)
        && archived_on > begun
    {
        *gone = Value::Bool(false);
        found.push((archived_on, "archived", Value::Bool(true)));
    }
    found
}

impl Session {
    /// Writes the firms some time before the first case, and what they said of themselves since.
    pub(super) fn register_demo_firms(
        &mut self,
        setting: &DemoSetting,
        cases: u32,
        first: DateTime<Utc>,
    ) -> Result<()> {
        let at = first - Duration::days(BEGUN_BEFORE);
        let day = |at: DateTime<Utc>| in_paris(at).date_naive();
        // Before the first of the lists.
        let archived_on = day(setting.now - Duration::days(LISTS_DAYS + 10));
        let (mut news, mut since) = (Vec::new(), Vec::new());
        for firm in firms(setting, FIRMS.min(cases / CASES_PER_FIRM)) {
            let id = Uuid::now_v7();
            let mut fields = fields_of("", &firm, 1)?;
            for (on, name, value) in later(&mut fields, day(at), archived_on) {
                since.push((on, Change::set(EntityKind::Provider, id, name, value)));
            }
            news.push(Change::new(EntityKind::Provider, id, fields));
        }
        since.sort_by_key(|(on, _)| *on);
        self.write(|tx, author| {
            let keep = |at: DateTime<Utc>, changes| -> Result<()> {
                let author = Author {
                    at: at.timestamp_millis(),
                    salt: salt()?,
                    ..author
                };
                commit(tx, author, Scope::Registry, changes)?;
                Ok(())
            };
            keep(at, news)?;
            for (on, change) in since {
                // In the morning of the day that the firm spoke of.
                let at = on
                    .and_hms_opt(8, 0, 0)
                    .map_or(setting.now, |at| at.and_utc());
                keep(at.min(setting.now), vec![change])?;
            }
            Ok(())
        })
    }

    /// Keeps a list for cases among these, evenly over the time, as it was drawn on its day; and whom the beneficiaries
    /// of the most of them chose.
    pub(super) fn keep_demo_lists(
        &mut self,
        mut referred: Vec<(DateTime<Utc>, Uuid)>,
        analyst: Uuid,
        operator: Uuid,
        rng: &mut ChaCha20Rng,
    ) -> Result<()> {
        // Each list counts the referrals of those before it.
        referred.sort_unstable_by_key(|(at, _)| *at);
        let step = referred.len().div_ceil(LISTS).max(1);
        for (at, case) in referred.into_iter().step_by(step) {
            let after = Duration::minutes(rng.random_range(40..4 * 24 * 60));
            let (has_chosen, place) = (rng.random_range(0..100) < CHOICES, rng.random::<u32>());
            let Some((list, names)) = self.keep_shortlist_of(case, analyst, at)? else {
                continue;
            };
            let at = at + after;
            let place = place as usize % names.len();
            if let Some(firm) = names.get(place).filter(|_| has_chosen && at <= self.now()) {
                let day = in_paris(at).date_naive();
                let about = self.about(case)?;
                let mut referral = Referral::new((case, list), *firm, day, operator, about);
                referral.after = heard(rng, day, in_paris(self.now()).date_naive());
                let changes = vec![
                    Change::set(EntityKind::Shortlist, list, "chosen", firm.to_string()),
                    Change::new(
                        EntityKind::Referral,
                        Uuid::now_v7(),
                        fields_of("", &referral, 1)?,
                    ),
                ];
                self.write(|tx, author| {
                    let author = Author {
                        person: operator,
                        at: at.timestamp_millis(),
                        ..author
                    };
                    Ok(commit(tx, author, Scope::Case(case), changes)?)
                })?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
