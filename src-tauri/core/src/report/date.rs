//! Dates and hours in words, as people in France read them: UTC comes in, Europe/Paris comes out.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Paris;

use super::Lang;

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_FR: [&str; 7] = [
    "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche",
];
const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// « 12 mars 2026 ».
pub fn date(at: DateTime<Utc>, lang: Lang) -> String {
    calendar_day(at.with_timezone(&Paris).date_naive(), lang)
}

/// « 12 mars 2026 », of a day that has no hour.
pub fn calendar_day(day: NaiveDate, lang: Lang) -> String {
    let month = day.month0() as usize;
    match lang {
        Lang::Fr => {
            let first = if day.day() == 1 { "er" } else { "" };
            format!(
                "{}{first}\u{a0}{} {}",
                day.day(),
                MONTHS_FR[month],
                day.year()
            )
        }
        Lang::En => format!("{}\u{a0}{} {}", day.day(), MONTHS_EN[month], day.year()),
    }
}

/// « Jeudi 12 mars 2026 ».
pub(super) fn day(at: DateTime<Utc>, lang: Lang) -> String {
    let weekday = at.with_timezone(&Paris).weekday().num_days_from_monday() as usize;
    let name = match lang {
        Lang::Fr => DAYS_FR[weekday],
        Lang::En => DAYS_EN[weekday],
    };
    format!("{name} {}", date(at, lang))
}

/// « 09 h 42 », with narrow no-break spaces.
pub(super) fn hour(at: DateTime<Utc>, lang: Lang) -> String {
    let local = at.with_timezone(&Paris);
    match lang {
        Lang::Fr => format!("{:02}\u{202f}h\u{202f}{:02}", local.hour(), local.minute()),
        Lang::En => format!("{:02}:{:02}", local.hour(), local.minute()),
    }
}

/// « 12 mars 2026, 09 h 42 ».
pub fn moment(at: DateTime<Utc>, lang: Lang) -> String {
    format!("{}, {}", date(at, lang), hour(at, lang))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_paris_in_both_seasons() {
        let winter: DateTime<Utc> = "2026-03-12T08:42:00Z".parse().unwrap();
        let summer: DateTime<Utc> = "2026-07-31T22:05:00Z".parse().unwrap();
        assert_eq!(
            moment(winter, Lang::Fr),
            "12\u{a0}mars 2026, 09\u{202f}h\u{202f}42"
        );
        assert_eq!(moment(winter, Lang::En), "12\u{a0}March 2026, 09:42");
        assert_eq!(day(summer, Lang::Fr), "Samedi 1er\u{a0}août 2026");
        assert_eq!(hour(summer, Lang::En), "00:05");
    }
}
