//! One cell: a list, a date, an area, a label, as it is read and as it is written.

use chrono::NaiveDate;

use super::words::{ACTIVITIES, find, word};
use crate::domain::calendar::OpeningRule;
use crate::domain::fold::fold;
use crate::domain::provider::{Absence, Area, Conflict, Label, LabelKind, PrisActivity, PrisLevel};

/// Whether a spreadsheet would run a cell, or has one that was made a text by a sign before it.
pub fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@'])
}

/// The parts of a list of words.
pub fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['|', ',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The parts of a list whose parts hold commas.
pub fn long_parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['|', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A day, as the journal or as a French hand writes it.
pub fn date(text: &str) -> Option<NaiveDate> {
    // Every word of a cell is tried: the most are seen at once to be none.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text.trim(), form).ok())
        // Two figures are no year.
        .filter(|day| *day >= NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default())
}

/// A day inside a text, and the text without it.
fn date_within(text: &str) -> Option<(NaiveDate, String)> {
    let found = text
        .split_whitespace()
        .find_map(|word| Some((date(word)?, word)));
    let (day, word) = found?;
    Some((day, text.replacen(word, " ", 1)))
}

/// A word that could be nothing but a day, and is none.
fn is_broken_date(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let figures = word.bytes().filter(u8::is_ascii_digit).count();
        let parts = word.split(['-', '/', '.']).count();
        (6..=8).contains(&figures) && parts == 3 && date(word).is_none()
    })
}

/// Where a firm works.
pub fn area(text: &str) -> Option<Area> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    Some(match words[..] {
        ["france" | "national" | "partout"] | ["france", "entiere"] => Area::France,
        ["epci", siren] => Area::Epci {
            siren: siren.to_owned(),
        },
        ["region", code] => Area::Region {
            code: code.to_owned(),
        },
        ["rayon", km, "km"] | [km, "km"] => Area::Radius {
            km: km.parse().ok()?,
        },
        ["departement", code] | [code] if is_departement(code) => Area::Departement {
            code: code.to_uppercase(),
        },
        _ => match folded.strip_suffix("km")?.trim().parse() {
            Ok(km) => Area::Radius { km },
            Err(_) => return None,
        },
    })
}

fn is_departement(code: &str) -> bool {
    matches!(code, "2a" | "2b")
        || (2..=3).contains(&code.len()) && code.bytes().all(|c| c.is_ascii_digit())
}

/// The same, as it is written.
pub fn area_word(area: &Area) -> String {
    match area {
        Area::Departement { code } => code.clone(),
        Area::Epci { siren } => format!("EPCI {siren}"),
        Area::Region { code } => format!("région {code}"),
        Area::Radius { km } => format!("{km} km"),
        Area::France => "France".to_owned(),
    }
}

/// The beginnings of labels, folded.
const LABELS: [(LabelKind, &str, &str); 6] = [
    (LabelKind::Passi, "PASSI", "passi"),
    (LabelKind::Pris, "PRIS", "pris"),
    (LabelKind::Pdis, "PDIS", "pdis"),
    (LabelKind::Pacs, "PACS", "pacs"),
    (LabelKind::ExpertCyber, "ExpertCyber", "expertcyber"),
    (LabelKind::Iso27001, "ISO 27001", "iso 27001"),
];

/// A label; the error says that it bears an impossible day.
pub fn label(text: &str) -> Result<Label, ()> {
    let (expires, rest) = match date_within(text) {
        Some((day, rest)) => (Some(day), rest),
        None if is_broken_date(text) => return Err(()),
        None => (None, text.to_owned()),
    };
    let rest = rest.replace("jusqu’au", " ").replace("jusqu'au", " ");
    let (rest, number) = match rest.split_once("n°") {
        Some((before, number)) => (before.to_owned(), number.trim().to_owned()),
        None => (rest, String::new()),
    };
    let folded = fold(&rest)
        .replace("expert cyber", "expertcyber")
        .replace("iso iec", "iso");
    let known = LABELS.iter().find(|(_, _, begins)| {
        folded
            .strip_prefix(begins)
            .is_some_and(|after| after.is_empty() || after.starts_with(' '))
    });
    let Some((kind, _, begins)) = known else {
        return Ok(Label {
            name: rest.split_whitespace().collect::<Vec<_>>().join(" "),
            number,
            expires,
            ..Label::of(LabelKind::Other)
        });
    };
    let said: Vec<&str> = folded[begins.len()..].split(' ').collect();
    let level = said.iter().find_map(|word| match *word {
        "substantiel" => Some(PrisLevel::Substantial),
        "eleve" => Some(PrisLevel::High),
        _ => None,
    });
    let activities: Vec<PrisActivity> = said
        .iter()
        .filter_map(|word| find(&ACTIVITIES, word))
        .collect();
    Ok(Label {
        level,
        activities,
        number,
        expires,
        ..Label::of(*kind)
    })
}

/// The same, as it is written.
pub fn label_word(label: &Label) -> String {
    let known = LABELS.iter().find(|(kind, _, _)| *kind == label.kind);
    let mut out = known
        .map_or(label.name.as_str(), |(_, word, _)| word)
        .to_owned();
    match label.level {
        Some(PrisLevel::Substantial) => out.push_str(" substantiel"),
        Some(PrisLevel::High) => out.push_str(" élevé"),
        None => {}
    }
    if !label.activities.is_empty() {
        let words: Vec<&str> = label
            .activities
            .iter()
            .map(|one| word(&ACTIVITIES, *one))
            .collect();
        out.push_str(&format!(" ({})", words.join(", ")));
    }
    if !label.number.is_empty() {
        out.push_str(&format!(" n° {}", label.number));
    }
    if let Some(day) = label.expires {
        out.push_str(&format!(" jusqu’au {day}"));
    }
    out
}

/// Days without: two days, then words.
pub fn absence(text: &str) -> Option<Absence> {
    let (from, rest) = date_within(text)?;
    let (to, rest) = date_within(&rest)?;
    let words = rest
        .split_whitespace()
        .filter(|word| !matches!(*word, "du" | "au" | "-" | ":"));
    Some(Absence {
        from,
        to,
        reason: words.collect::<Vec<_>>().join(" "),
    })
}

/// The same, as it is written.
pub fn absence_word(absence: &Absence) -> String {
    let Absence { from, to, reason } = absence;
    format!("{from} au {to} {reason}").trim().to_owned()
}

/// A tie: nine figures and words, or words alone.
pub fn conflict(text: &str) -> Conflict {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    if first.len() == 9 && first.bytes().all(|c| c.is_ascii_digit()) {
        return Conflict::Beneficiary {
            siren: first.to_owned(),
            note: rest.trim().to_owned(),
        };
    }
    Conflict::Noted {
        note: text.to_owned(),
    }
}

/// The same, as it is written.
pub fn conflict_word(conflict: &Conflict) -> String {
    match conflict {
        Conflict::Beneficiary { siren, note } => format!("{siren} {note}").trim().to_owned(),
        Conflict::Noted { note } => note.clone(),
    }
}

/// When a firm answers: `24/7`, `24/7 sauf jours fériés`, `9h-18h`.
pub fn hours(text: &str) -> Option<OpeningRule> {
    let folded = fold(text);
    if folded.starts_with("24 7") || folded.starts_with("24h 24") || folded == "toujours" {
        return Some(match folded.contains("sauf") {
            true => OpeningRule::ExceptHolidays,
            false => OpeningRule::Always,
        });
    }
    let spaced = folded.replace('h', " h ");
    let mut minutes = Vec::new();
    for word in spaced.split_whitespace() {
        match (word, word.parse::<u16>()) {
            (_, Ok(number)) => minutes.push(number),
            ("h", _) => {
                if let Some(last) = minutes.last_mut() {
                    *last = last.checked_mul(60)?;
                }
            }
            ("a" | "de" | "lundi" | "vendredi" | "au" | "du", _) => {}
            _ => return None,
        }
    }
    let [from_minute, until_minute] = together(&minutes)?;
    Some(OpeningRule::WorkingDays {
        from_minute,
        until_minute,
    })
}

/// Hours come in minutes already; what follows one and is under sixty belongs to it.
fn together(minutes: &[u16]) -> Option<[u16; 2]> {
    let mut times: Vec<u16> = Vec::new();
    for number in minutes {
        match times.last_mut() {
            Some(last) if *number < 60 && *number > 0 => *last += number,
            _ => times.push(*number),
        }
    }
    times
        .try_into()
        .ok()
        .filter(|[from, until]: &[u16; 2]| from < until && *until <= 24 * 60)
}

/// The same, as it is written.
pub fn hours_word(rule: OpeningRule) -> String {
    let clock = |minute: u16| format!("{}h{:02}", minute / 60, minute % 60);
    match rule {
        OpeningRule::Always => "24/7".to_owned(),
        OpeningRule::ExceptHolidays => "24/7 sauf jours fériés".to_owned(),
        OpeningRule::WorkingDays {
            from_minute,
            until_minute,
        } => format!("{}-{}", clock(from_minute), clock(until_minute)),
    }
}
