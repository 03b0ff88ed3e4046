//! When a text says that the line answers, as far as words tell.

use crate::domain::calendar::OpeningRule;

/// What a text says of the hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// Day and night, with no exception named.
    Always,
    /// Day and night but holidays.
    ExceptHolidays,
    /// Working days.
    WorkingDays,
}

impl Claim {
    /// Whether the rule does what the text says.
    pub const fn agrees(self, rule: OpeningRule) -> bool {
        matches!(
            (self, rule),
            (Self::Always, OpeningRule::Always)
                | (Self::ExceptHolidays, OpeningRule::ExceptHolidays)
                | (Self::WorkingDays, OpeningRule::WorkingDays { .. })
        )
    }
}

/// Without spaces, in small letters.
const ROUND_THE_CLOCK: [&str; 9] = [
    "24h/24",
    "24/24",
    "24/7",
    "7j/7",
    "7/7",
    "24x7",
    "24heuressur24",
    "roundtheclock",
    "dayandnight",
];
const WORKING_DAYS: [&str; 7] = [
    "dulundiauvendredi",
    "joursouvrés",
    "jourouvré",
    "heuresouvrées",
    "mondaytofriday",
    "workingdays",
    "businesshours",
];
const HOLIDAYS: [&str; 4] = ["jourférié", "joursfériés", "publicholiday", "bankholiday"];
const INCLUDED: [&str; 4] = ["ycompris", "mêmelesjours", "including", "included"];
/// Others whose hours a document may tell.
const OTHERS: [&str; 2] = ["17cyber", "cert-fr"];

/// What a text says of the team's hours; nothing when it does not speak of them.
pub(super) fn hours(text: &str) -> Option<Claim> {
    let sentences: Vec<String> = text
        .split(['.', '\n', ';'])
        .map(|sentence| {
            let sentence = sentence.chars().filter(|c| !c.is_whitespace());
            sentence.flat_map(char::to_lowercase).collect::<String>()
        })
        .filter(|sentence| !OTHERS.iter().any(|other| sentence.contains(other)))
        .collect();
    let says = |words: &[&str]| {
        sentences
            .iter()
            .any(|sentence| words.iter().any(|word| sentence.contains(word)))
    };
    match (says(&ROUND_THE_CLOCK), says(&WORKING_DAYS)) {
        (true, _) if says(&HOLIDAYS) && !says(&INCLUDED) => Some(Claim::ExceptHolidays),
        (true, _) => Some(Claim::Always),
        (false, true) => Some(Claim::WorkingDays),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hours_of_a_text_are_understood() {
        for (text, claim) in [
            (
                "Joignable 24H/24 et 7/7 (hors jours fériés) par téléphone.",
                Some(Claim::ExceptHolidays),
            ),
            (
                "Disponible 24 h/24. Fermé les jours fériés.",
                Some(Claim::ExceptHolidays),
            ),
            (
                "24\u{202f}h/24 et 7\u{202f}j/7, y compris les jours fériés",
                Some(Claim::Always),
            ),
            ("Available 24/7.", Some(Claim::Always)),
            (
                "24/7, except on public holidays",
                Some(Claim::ExceptHolidays),
            ),
            (
                "Du lundi au vendredi, de 9 h à 18 h, hors jours fériés",
                Some(Claim::WorkingDays),
            ),
            ("Hors horaires, appeler le 17Cyber, ouvert 24 h/24", None),
            ("Écrire à l’équipe.", None),
        ] {
            assert_eq!(hours(text), claim, "{text}");
        }
    }
}
