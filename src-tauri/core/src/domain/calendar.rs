//! Time as the French calendar counts it: public holidays, the hours of the line, legal terms.
//!
//! Instants are UTC; days and hours of the day are those of Europe/Paris.

use chrono::{
    DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Offset,
    TimeZone, Timelike, Utc, Weekday,
};
use chrono_tz::{Europe::Paris, Tz};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The instant as a clock on a wall in Paris shows it.
#[must_use]
pub fn in_paris(at: DateTime<Utc>) -> DateTime<Tz> {
    at.with_timezone(&Paris)
}

/// Day and hour in Paris; at the very ends of the calendar, where no offset can be added, those of UTC.
fn paris_clock(at: DateTime<Utc>) -> NaiveDateTime {
    let utc = at.naive_utc();
    let offset = Paris.offset_from_utc_datetime(&utc).fix();
    utc.checked_add_offset(offset).unwrap_or(utc)
}

/// The instant of an hour read in Paris. The hour that comes twice in October is the first of the two; the hour that
/// does not exist in March gives nothing.
#[must_use]
pub fn from_paris(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    Paris
        .from_local_datetime(&local)
        .earliest()
        .map(|at| at.with_timezone(&Utc))
}

/// Easter Sunday of a Gregorian year (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(n / 31).ok()?,
        u32::try_from(n % 31).ok()? + 1,
    )
}

/// A public holiday of the whole country (code du travail, article L3133-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1er janvier.
    NewYear,
    /// Lundi de Pâques.
    EasterMonday,
    /// 1er mai.
    LabourDay,
    /// 8 mai.
    VictoryDay,
    /// Ascension.
    Ascension,
    /// Lundi de Pentecôte.
    WhitMonday,
    /// 14 juillet.
    NationalDay,
    /// Assomption.
    Assumption,
    /// Toussaint.
    AllSaints,
    /// 11 novembre.
    Armistice,
    /// Noël.
    Christmas,
}

/// The holiday that falls on a day, if one does. Two on one day (Ascension on 1 or 8 May) give the fixed one.
#[must_use]
pub fn holiday(day: NaiveDate) -> Option<Holiday> {
    let fixed = match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (5, 1) => Some(Holiday::LabourDay),
        (5, 8) => Some(Holiday::VictoryDay),
        (7, 14) => Some(Holiday::NationalDay),
        (8, 15) => Some(Holiday::Assumption),
        (11, 1) => Some(Holiday::AllSaints),
        (11, 11) => Some(Holiday::Armistice),
        (12, 25) => Some(Holiday::Christmas),
        _ => None,
    };
    fixed.or_else(|| match (day - easter(day.year())?).num_days() {
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        50 => Some(Holiday::WhitMonday),
        _ => None,
    })
}

/// When a line answers the phone: the team's, an authority's, a firm's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum OpeningRule {
    /// Day and night, every day.
    Always,
    /// Day and night, every day but public holidays.
    ExceptHolidays,
    /// Monday to Friday but public holidays, between two hours in minutes after midnight.
    WorkingDays {
        /// First minute answered.
        from_minute: u16,
        /// First minute no longer answered.
        until_minute: u16,
    },
}

impl OpeningRule {
    /// Whether the line answers at an instant.
    #[must_use]
    pub fn is_open(self, at: DateTime<Utc>) -> bool {
        let local = paris_clock(at);
        let day = local.date();
        match self {
            Self::Always => true,
            Self::ExceptHolidays => holiday(day).is_none(),
            Self::WorkingDays {
                from_minute,
                until_minute,
            } => {
                let minute = local.hour() * 60 + local.minute();
                let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                !weekend
                    && holiday(day).is_none()
                    && (u32::from(from_minute)..u32::from(until_minute)).contains(&minute)
            }
        }
    }
}

/// Longest run of days without an opening that is looked through: no two holidays and weekends make as many.
const CLOSED_DAYS: u64 = 14;

impl OpeningRule {
    /// When a line that does not answer at an instant will; none while it answers, or if it never does.
    #[must_use]
    pub fn answers_from(self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_open(at) {
            return None;
        }
        let minute = match self {
            Self::Always | Self::ExceptHolidays => 0,
            Self::WorkingDays { from_minute, .. } => u32::from(from_minute),
        };
        let first = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)?;
        let today = paris_clock(at).date();
        (0..=CLOSED_DAYS)
            .filter_map(|after| {
                from_paris(today.checked_add_days(Days::new(after))?.and_time(first))
            })
            .find(|opening| *opening > at && self.is_open(*opening))
    }
}

/// A length of time as a law writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "unit", content = "count", rename_all = "snake_case")]
pub enum Term {
    /// Hours of the clock, nights, weekends and holidays included.
    Hours(u32),
    /// Calendar days; the first is the day after.
    Days(u32),
    /// Calendar months.
    Months(u32),
}

/// The last instant of a term that runs from `from`; nothing beyond the calendar's range.
///
/// Hours are elapsed hours. Days and months end with the last second of their last day in Paris; a month ends on the
/// same date, or on the month's last day where it has no such date (regulation 1182/71, article 3(2)). Nothing is
/// prolonged over a weekend or a holiday.
#[must_use]
pub fn deadline(from: DateTime<Utc>, term: Term) -> Option<DateTime<Utc>> {
    let day = paris_clock(from).date();
    let last_day = match term {
        Term::Hours(count) => {
            return from.checked_add_signed(Duration::try_hours(i64::from(count))?);
        }
        Term::Days(count) => day.checked_add_days(Days::new(u64::from(count)))?,
        Term::Months(count) => day.checked_add_months(Months::new(count))?,
    };
    from_paris(last_day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    /// npm `@socialgouv/jours-feries` 2.0.0, 2024 to 2030.
    const HOLIDAYS: &str = include_str!("calendar/holidays-2024-2030.txt");

    fn paris(text: &str) -> DateTime<Utc> {
        from_paris(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()).unwrap()
    }

    fn shown(at: DateTime<Utc>) -> String {
        in_paris(at).format("%Y-%m-%d %H:%M:%S %Z").to_string()
    }

    #[test]
    fn the_holidays_are_those_of_the_published_list() {
        let listed: Vec<NaiveDate> = HOLIDAYS.lines().map(|line| line.parse().unwrap()).collect();
        let mut day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        let mut computed = Vec::new();
        while day.year() <= 2030 {
            if holiday(day).is_some() {
                computed.push(day);
            }
            day = day.succ_opt().unwrap();
        }
        assert_eq!(computed, listed);
        assert!(computed.len() >= 76);
    }

    #[test]
    fn easter_falls_where_almanacs_put_it() {
        for (year, month, day) in [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2038, 4, 25)] {
            assert_eq!(easter(year), NaiveDate::from_ymd_opt(year, month, day));
        }
    }

    #[test]
    fn the_line_is_silent_on_a_holiday_from_midnight_to_midnight_in_paris() {
        let line = OpeningRule::ExceptHolidays;
        assert!(line.is_open(paris("2026-07-13 23:59")));
        assert!(!line.is_open(paris("2026-07-14 00:00")));
        assert!(!line.is_open(paris("2026-07-14 23:59")));
        assert!(line.is_open(paris("2026-07-15 00:00")));
        assert!(line.is_open(paris("2026-07-18 03:00")), "a Saturday night");
        assert!(OpeningRule::Always.is_open(paris("2026-07-14 12:00")));
    }

    #[test]
    fn working_hours_end_at_the_minute_and_skip_weekends_and_holidays() {
        let office = OpeningRule::WorkingDays {
            from_minute: 9 * 60,
            until_minute: 18 * 60,
        };
        assert!(!office.is_open(paris("2026-07-15 08:59")));
        assert!(office.is_open(paris("2026-07-15 09:00")));
        assert!(office.is_open(paris("2026-07-15 17:59")));
        assert!(!office.is_open(paris("2026-07-15 18:00")));
        assert!(!office.is_open(paris("2026-07-18 10:00")));
        assert!(!office.is_open(paris("2026-07-14 10:00")));
    }

    #[test]
    fn a_closed_line_says_when_it_answers_again() {
        let office = OpeningRule::WorkingDays {
            from_minute: 9 * 60,
            until_minute: 18 * 60,
        };
        for (at, again) in [
            ("2026-07-15 03:00", "2026-07-15 09:00:00 CEST"),
            ("2026-07-15 18:00", "2026-07-16 09:00:00 CEST"),
            // Friday night; the Monday of a change of clocks.
            ("2026-10-23 20:00", "2026-10-26 09:00:00 CET"),
            // Christmas on a Friday.
            ("2026-12-24 19:00", "2026-12-28 09:00:00 CET"),
        ] {
            assert_eq!(shown(office.answers_from(paris(at)).unwrap()), again);
        }
        assert_eq!(office.answers_from(paris("2026-07-15 09:00")), None);
        let holidays = OpeningRule::ExceptHolidays.answers_from(paris("2026-07-14 10:00"));
        assert_eq!(shown(holidays.unwrap()), "2026-07-15 00:00:00 CEST");
        assert_eq!(
            OpeningRule::Always.answers_from(paris("2026-07-14 10:00")),
            None
        );
        let never = OpeningRule::WorkingDays {
            from_minute: 600,
            until_minute: 600,
        };
        assert_eq!(never.answers_from(paris("2026-07-15 10:00")), None);
    }

    #[test]
    fn seventy_two_hours_over_a_change_of_clocks_are_seventy_two_hours() {
        let autumn = deadline(paris("2026-10-23 10:00"), Term::Hours(72)).unwrap();
        assert_eq!(shown(autumn), "2026-10-26 09:00:00 CET");
        let spring = deadline(paris("2027-03-27 10:00"), Term::Hours(72)).unwrap();
        assert_eq!(shown(spring), "2027-03-30 11:00:00 CEST");
    }

    #[test]
    fn a_month_ends_on_the_same_date_or_on_the_month_s_last_day() {
        let end = |from: &str, months| shown(deadline(paris(from), Term::Months(months)).unwrap());
        assert_eq!(end("2026-01-15 10:00", 1), "2026-02-15 23:59:59 CET");
        assert_eq!(end("2026-01-31 10:00", 1), "2026-02-28 23:59:59 CET");
        assert_eq!(end("2028-01-31 10:00", 1), "2028-02-29 23:59:59 CET");
        assert_eq!(end("2026-12-31 23:30", 2), "2027-02-28 23:59:59 CET");
        assert_eq!(end("2026-03-28 10:00", 1), "2026-04-28 23:59:59 CEST");
    }

    #[test]
    fn days_count_from_the_day_after_and_run_over_weekends() {
        let end = deadline(paris("2026-07-10 09:00"), Term::Days(5)).unwrap();
        assert_eq!(shown(end), "2026-07-15 23:59:59 CEST");
    }

    #[test]
    fn the_day_is_that_of_paris_not_of_greenwich() {
        // 00:30 on the 1st in Paris is still the day before in UTC.
        let end = deadline(paris("2026-07-01 00:30"), Term::Months(1)).unwrap();
        assert_eq!(shown(end), "2026-08-01 23:59:59 CEST");
    }

    #[test]
    fn an_hour_that_does_not_exist_is_nothing_and_one_that_comes_twice_is_the_first() {
        let read = |text| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        assert_eq!(from_paris(read("2027-03-28 02:30")), None);
        assert_eq!(shown(paris("2026-10-25 02:30")), "2026-10-25 02:30:00 CEST");
    }

    #[test]
    fn a_term_beyond_the_calendar_gives_nothing() {
        assert_eq!(
            deadline(paris("2026-07-01 00:30"), Term::Months(u32::MAX)),
            None
        );
        assert_eq!(deadline(DateTime::<Utc>::MAX_UTC, Term::Hours(1)), None);
        assert_eq!(
            deadline(paris("2026-07-01 00:30"), Term::Days(u32::MAX)),
            None
        );
    }
}
