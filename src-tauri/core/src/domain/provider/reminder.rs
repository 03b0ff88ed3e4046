//! What the team has to ask a firm about, and when.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::label::LabelKind;
use super::record::Provider;

/// How long before its end a label is spoken of, days.
pub const LABEL_REMINDER_DAYS: u64 = 60;
/// How long a confirmation holds, days.
pub const CONFIRMATION_IS_DUE_AFTER_DAYS: u64 = 365;

/// Something to ask a firm about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ProviderReminder")]
pub enum Reminder {
    /// A label ends within 60 days.
    LabelExpiring {
        /// Which.
        label: LabelKind,
        /// Its last day.
        on: NaiveDate,
    },
    /// A label has ended.
    LabelExpired {
        /// Which.
        label: LabelKind,
        /// Its last day.
        on: NaiveDate,
    },
    /// The record was confirmed a year ago or more, or never.
    ConfirmationDue {
        /// When it last was.
        last: Option<NaiveDate>,
    },
    /// The insurance has ended.
    InsuranceEnded {
        /// Its last day.
        on: NaiveDate,
    },
    /// Nothing is known of an insurance.
    InsuranceUnknown,
}

/// What to ask a firm about on a day; nothing of an archived one.
#[must_use]
pub fn reminders(provider: &Provider, on: NaiveDate) -> Vec<Reminder> {
    if provider.archived {
        return Vec::new();
    }
    let soon = on.checked_add_days(Days::new(LABEL_REMINDER_DAYS));
    let mut all = Vec::new();
    for label in &provider.labels {
        let Some(last) = label.expires else { continue };
        let (label, ends_soon) = (label.kind, soon.is_none_or(|soon| last <= soon));
        if last < on {
            all.push(Reminder::LabelExpired { label, on: last });
        } else if ends_soon {
            all.push(Reminder::LabelExpiring { label, on: last });
        }
    }
    let last = provider.confirmed_on;
    let due =
        last.and_then(|last| last.checked_add_days(Days::new(CONFIRMATION_IS_DUE_AFTER_DAYS)));
    if due.is_none_or(|due| due <= on) {
        all.push(Reminder::ConfirmationDue { last });
    }
    match provider.insured_until {
        Some(last) if last < on => all.push(Reminder::InsuranceEnded { on: last }),
        Some(_) => {}
        None => all.push(Reminder::InsuranceUnknown),
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::provider::Label;
    use crate::domain::provider::testing::{day, firm};

    fn asked(change: impl FnOnce(&mut Provider)) -> Vec<Reminder> {
        let mut provider = firm(1).provider;
        change(&mut provider);
        reminders(&provider, day("2026-11-22"))
    }

    fn expert_until(text: &str) -> Vec<Label> {
        vec![Label {
            expires: Some(day(text)),
            ..Label::of(LabelKind::ExpertCyber)
        }]
    }

    #[test]
    fn a_label_is_spoken_of_sixty_days_before_its_end_and_after_it() {
        let label = LabelKind::ExpertCyber;
        assert_eq!(asked(|firm| firm.labels = expert_until("2027-01-22")), []);
        let on = day("2027-01-21");
        assert_eq!(
            asked(|firm| firm.labels = expert_until("2027-01-21")),
            [Reminder::LabelExpiring { label, on }]
        );
        let on = day("2026-11-22");
        assert_eq!(
            asked(|firm| firm.labels = expert_until("2026-11-22")),
            [Reminder::LabelExpiring { label, on }]
        );
        let on = day("2026-11-21");
        assert_eq!(
            asked(|firm| firm.labels = expert_until("2026-11-21")),
            [Reminder::LabelExpired { label, on }]
        );
    }

    #[test]
    fn a_confirmation_holds_a_year() {
        let confirmed = |text: &str| {
            let last = Some(day(text));
            asked(|firm| firm.confirmed_on = last)
        };
        assert_eq!(confirmed("2025-11-23"), []);
        let last = Some(day("2025-11-22"));
        assert_eq!(
            confirmed("2025-11-22"),
            [Reminder::ConfirmationDue { last }]
        );
        assert_eq!(
            asked(|firm| firm.confirmed_on = None),
            [Reminder::ConfirmationDue { last: None }]
        );
    }

    #[test]
    fn an_insurance_that_ended_or_was_never_shown_is_asked_for() {
        let on = day("2026-11-21");
        assert_eq!(
            asked(|firm| firm.insured_until = Some(on)),
            [Reminder::InsuranceEnded { on }]
        );
        assert_eq!(
            asked(|firm| firm.insured_until = None),
            [Reminder::InsuranceUnknown]
        );
    }

    #[test]
    fn an_archived_firm_is_left_in_peace() {
        assert_eq!(
            asked(|firm| *firm = Provider {
                archived: true,
                ..Provider::default()
            }),
            []
        );
    }
}
