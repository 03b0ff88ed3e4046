//! The ten items of a report, where a mail tells them.
//!
//! Many write in their own words: those are the narrative. Some follow the list that the RFC 2350 document gives (section 6),
//! one item a line, "Label : value": those lines go where they belong.

use super::{Reading, runs};
use crate::domain::case::Channel;
use crate::domain::fold::fold;
use crate::domain::identifiers::{Siren, Siret};
use crate::domain::intake::{
    Answer, MAX_LINE_CHARS, MAX_TEXT_CHARS, Person, Report, ReportedOrganisation,
};

/// What a label asks for.
#[derive(Clone, Copy)]
enum Item {
    Organisation,
    Headcount,
    Name,
    Function,
    Phone,
    Impact,
    Machines,
    MachineKinds,
    Actions,
    Findings,
    Architecture,
    Defences,
    Provider,
    Expected,
}

/// Words that a label holds, folded; the first that fits counts.
const LABELS: [(&str, Item); 29] = [
    ("type de machines", Item::MachineKinds),
    ("type de postes", Item::MachineKinds),
    ("nombre de machines", Item::Machines),
    ("machines touchees", Item::Machines),
    ("postes touches", Item::Machines),
    ("effectif", Item::Headcount),
    ("salaries", Item::Headcount),
    ("taille", Item::Headcount),
    ("organisation", Item::Organisation),
    ("organisme", Item::Organisation),
    ("entreprise", Item::Organisation),
    ("societe", Item::Organisation),
    ("structure", Item::Organisation),
    ("collectivite", Item::Organisation),
    ("telephone", Item::Phone),
    ("portable", Item::Phone),
    ("tel", Item::Phone),
    ("fonction", Item::Function),
    ("poste", Item::Function),
    ("nom", Item::Name),
    ("declarant", Item::Name),
    ("impact", Item::Impact),
    ("actions", Item::Actions),
    ("constat", Item::Findings),
    ("architecture", Item::Architecture),
    ("antivirus", Item::Defences),
    ("outils de defense", Item::Defences),
    ("prestataire", Item::Provider),
    ("attentes", Item::Expected),
];

/// A report begun from a mail. Nothing is guessed: what no line tells stays unasked.
#[must_use]
pub fn report_from(reading: &Reading) -> Report {
    let mut report = Report {
        channel: Channel::Mail,
        urgent: reading.is_urgent(),
        ..Report::default()
    };
    let written: Vec<String> = runs(&reading.text)
        .into_iter()
        .filter(|run| run.depth == 0)
        .map(|run| run.text)
        .collect();
    let text = written.join("\n\n");
    let mut requester = Person::default();
    if let Some(from) = &reading.from {
        requester.name = line(&from.name);
        requester.mail = line(&from.mail);
    }
    let mut organisation = ReportedOrganisation::default();
    for (label, value) in text.lines().filter_map(labelled) {
        let Some((_, item)) = LABELS.iter().find(|(word, _)| holds(&label, word)) else {
            continue;
        };
        let told = || Answer::Known(value.clone());
        match item {
            Item::Organisation => organisation.name = line(&value),
            Item::Headcount => organisation.headcount = number(&value),
            Item::Name => requester.name = line(&value),
            Item::Function => requester.function = line(&value),
            Item::Phone => requester.phone = line(&value),
            Item::Impact => report.impact = told(),
            Item::Machines => {
                report.machines = number(&value).map_or(Answer::Unasked, Answer::Known)
            }
            Item::MachineKinds => report.machine_kinds = told(),
            Item::Actions => report.actions = told(),
            Item::Findings => report.findings = told(),
            Item::Architecture => report.architecture = told(),
            Item::Defences => report.defences = told(),
            Item::Provider => report.provider = told(),
            Item::Expected => report.expected = told(),
        }
    }
    if requester.phone.is_empty() {
        requester.phone = phone(&text).unwrap_or_default();
    }
    organisation.identifier = identifier(&text).unwrap_or_default();
    if requester != Person::default() {
        report.requester = Answer::Known(requester);
    }
    if organisation != ReportedOrganisation::default() {
        report.organisation = Answer::Known(organisation);
    }
    let told: String = [reading.subject.as_str(), text.as_str()]
        .join("\n\n")
        .trim()
        .chars()
        .take(MAX_TEXT_CHARS)
        .collect();
    if !told.is_empty() {
        report.narrative = Answer::Known(told);
    }
    report
}

/// "Label : value", the label short and the value not empty.
fn labelled(text: &str) -> Option<(String, String)> {
    let (label, value) = text.split_once(':')?;
    let label = fold(
        label
            .trim()
            .trim_start_matches(|c: char| !c.is_alphabetic()),
    );
    let value = value.trim();
    let fits = !label.is_empty()
        && label.split_whitespace().count() <= 6
        && !value.is_empty()
        && !value.starts_with("//");
    fits.then(|| (label, value.to_owned()))
}

/// Whether a label holds a word or words, whole.
fn holds(label: &str, words: &str) -> bool {
    format!(" {label} ").contains(&format!(" {words} "))
}

fn line(text: &str) -> String {
    text.chars().take(MAX_LINE_CHARS).collect()
}

fn number(value: &str) -> Option<u32> {
    let digits: String = value
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || c.is_whitespace())
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

/// The first French telephone number of a text, as it is written.
fn phone(text: &str) -> Option<String> {
    let starts = text.char_indices().filter(|(_, c)| *c == '0' || *c == '+');
    for (at, _) in starts {
        if text[..at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_ascii_alphanumeric())
        {
            continue;
        }
        let written: String = text[at..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || " .-+\u{a0}\u{202f}()".contains(*c))
            .collect();
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let national = digits.len() == 10 && digits.starts_with('0') && !digits.starts_with("00");
        let international = written.starts_with("+33")
            && digits
                .trim_start_matches("33")
                .trim_start_matches('0')
                .len()
                == 9;
        if national || international {
            return Some(
                written
                    .trim_matches(|c: char| !c.is_ascii_digit() && c != '+')
                    .to_owned(),
            );
        }
    }
    None
}

/// The first SIRET or SIREN of a text whose check digit is right.
fn identifier(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || c == ' ' || c == '\u{a0}' || c == '\u{202f}';
    let groups = text.split(|c: char| !is_part(c)).map(|group| {
        group
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    });
    groups.into_iter().find(|digits| match digits.len() {
        14 => digits.parse::<Siret>().is_ok(),
        9 => digits.parse::<Siren>().is_ok(),
        _ => false,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::mail::Address;

    fn mail(text: &str) -> Reading {
        Reading {
            from: Address::new("Gaëtan Morvault", "secours@batardiere.example"),
            subject: "[URGENT] Tout est chiffré".to_owned(),
            text: text.to_owned(),
            ..Reading::default()
        }
    }

    #[test]
    fn a_free_text_is_the_narrative_and_its_writer_the_requester() {
        let report = report_from(&mail(
            "Bonjour,\n\nnos fichiers sont chiffrés. Rappelez-moi au 06 39 98 12 34.\n\n> ancien",
        ));
        assert!(report.urgent && report.channel == Channel::Mail);
        let requester = report.requester.known().unwrap();
        assert_eq!(
            (requester.name.as_str(), requester.phone.as_str()),
            ("Gaëtan Morvault", "06 39 98 12 34")
        );
        let told = report.narrative.known().unwrap();
        assert!(
            told.starts_with("[URGENT] Tout est chiffré\n\nBonjour,") && !told.contains("ancien")
        );
        assert_eq!(report.impact, Answer::Unasked);
    }

    #[test]
    fn labelled_lines_go_where_they_belong() {
        let report = report_from(&mail(
            "Nom de l’organisation : Menuiserie Batardière\nEffectif : 42 salariés\nNom et prénom : Gaëtan Morvault\n\
             Fonction : gérant\nTél. : 02 99 00 12 34\n- Nombre de machines touchées : environ 12\nImpact : facturation arrêtée\n\
             Prestataire : aucun\nSIRET 732 829 320 00074\nVoir http://exemple.example : rien",
        ));
        let organisation = report.organisation.known().unwrap();
        assert_eq!(
            (organisation.name.as_str(), organisation.headcount),
            ("Menuiserie Batardière", Some(42))
        );
        assert_eq!(organisation.identifier, "73282932000074");
        let requester = report.requester.known().unwrap();
        assert_eq!(
            (requester.function.as_str(), requester.phone.as_str()),
            ("gérant", "02 99 00 12 34")
        );
        assert_eq!(report.machines, Answer::Known(12));
        assert_eq!(
            report.impact,
            Answer::Known("facturation arrêtée".to_owned())
        );
        assert_eq!(report.provider, Answer::Known("aucun".to_owned()));
    }
}
