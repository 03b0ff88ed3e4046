//! The marking of a mail, in its subject and around its text, as FIRST wants it (TLP 2.0 §3): the label in the subject, the
//! label directly before the information, and a line that says where the marked text ends.

use crate::domain::{
    marking::Tlp,
    rfc2350::{Lang, Pair},
};

const END_OF_MARKED_TEXT: Pair = Pair {
    fr: "Fin du texte marqué",
    en: "End of the text marked",
};

/// What mail programs put before the subject of an answer or of what they pass on, in the languages that are met here.
const ANSWER_MARKS: [&str; 14] = [
    "re", "ré", "rép", "rep", "tr", "fwd", "fw", "aw", "wg", "sv", "vs", "antw", "rv", "enc",
];

/// The labels, the longest spelling of each first; TLP 1.0 said WHITE.
const LABELS: [(&str, Tlp); 9] = [
    ("AMBER+STRICT", Tlp::AmberStrict),
    ("AMBER-STRICT", Tlp::AmberStrict),
    ("AMBER STRICT", Tlp::AmberStrict),
    ("AMBERSTRICT", Tlp::AmberStrict),
    ("AMBER", Tlp::Amber),
    ("GREEN", Tlp::Green),
    ("CLEAR", Tlp::Clear),
    ("WHITE", Tlp::Clear),
    ("RED", Tlp::Red),
];

/// `TLP : AMBER+STRICT`, and the character after it.
const LONGEST_LABEL_CHARS: usize = 19;

/// The text between its label and the line that says where it ends.
#[must_use]
pub fn framed(text: &str, tlp: Tlp, lang: Lang) -> String {
    let (label, end) = (tlp.label(), END_OF_MARKED_TEXT.of(lang));
    format!("{label}\n\n{}\n\n{end} {label}.\n", text.trim_end())
}

/// `[PDL-2026-0042] [TLP:AMBER] Point de situation`; a mail of no case bears its label alone.
#[must_use]
pub fn subject(reference: Option<&str>, tlp: Tlp, subject: &str) -> String {
    let reference = reference.map_or_else(String::new, |reference| format!("[{reference}] "));
    let marked = format!("{reference}[{}] {}", tlp.label(), subject.trim());
    marked.trim_end().to_owned()
}

/// What a subject says beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectParts {
    /// The case's reference in capitals; nothing if there is none, or more than one.
    pub reference: Option<String>,
    /// The marking, the strictest if there are several.
    pub tlp: Option<Tlp>,
    /// Marked as an emergency.
    pub urgent: bool,
    /// The rest, without the marks of answers.
    pub bare: String,
}

/// Takes a subject apart, ours or what mail programs and people made of it: with `Re:` and `TR :` before it, in small
/// letters, with spaces inside the brackets, with the label or the reference outside them.
#[must_use]
pub fn parse_subject(subject: &str) -> SubjectParts {
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = SubjectParts::default();
    let mut kept = String::new();
    let mut rest = subject.as_str();
    while let Some(first) = rest.chars().next() {
        let after_letter = kept.ends_with(char::is_alphanumeric);
        let taken = match bracketed(rest) {
            Some((inside, length)) if parts.take_tag(inside) => Some(length),
            Some(_) => None,
            None if after_letter => None,
            None => free_label(rest).map(|(tlp, length)| {
                parts.take_label(tlp);
                length
            }),
        };
        if taken.is_some() {
            kept.push(' ');
        } else {
            kept.push(first);
        }
        rest = &rest[taken.unwrap_or(first.len_utf8())..];
    }
    parts.reference = the_one_reference(&subject);
    // « (TLP:AMBER) » leaves its parentheses.
    let kept = kept.replace("( )", " ");
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    parts.bare = without_answer_marks(&words).to_owned();
    parts
}

impl SubjectParts {
    /// Takes what a pair of brackets holds, if it is one of ours.
    fn take_tag(&mut self, inside: &str) -> bool {
        let upper = inside.trim().to_uppercase();
        if upper == "URGENT" {
            self.urgent = true;
        } else if let Some(tlp) = whole_label(&upper) {
            self.take_label(tlp);
        } else {
            return is_reference(&upper);
        }
        true
    }

    fn take_label(&mut self, tlp: Tlp) {
        self.tlp = self.tlp.max(Some(tlp));
    }
}

/// What stands between the brackets with which a text begins, and the length with them.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find([']', '['])?;
    inside[end..]
        .starts_with(']')
        .then(|| (&inside[..end], end + 2))
}

/// `TLP:AMBER`, `TLP AMBER`, `TLP - AMBER`, in capitals.
fn whole_label(upper: &str) -> Option<Tlp> {
    let label = upper
        .strip_prefix("TLP")?
        .trim_start_matches([' ', ':', '-']);
    let mut labels = LABELS.iter();
    labels.find(|(word, _)| *word == label).map(|(_, tlp)| *tlp)
}

/// The label with which a text begins outside of brackets, where the colon is needed; and its length.
fn free_label(text: &str) -> Option<(Tlp, usize)> {
    if !text.get(..3)?.eq_ignore_ascii_case("TLP") {
        return None;
    }
    let upper: String = text.chars().take(LONGEST_LABEL_CHARS).collect();
    let upper = upper.to_ascii_uppercase();
    let label = upper.strip_prefix("TLP")?.trim_start();
    let label = label.strip_prefix(':')?.trim_start();
    let (rest, tlp) = LABELS.iter().find_map(|(word, tlp)| {
        let rest = label.strip_prefix(word)?;
        (!rest.starts_with(char::is_alphanumeric)).then_some((rest, *tlp))
    })?;
    Some((tlp, upper.len() - rest.len()))
}

/// The reference in a subject, in capitals, unless it names two cases.
fn the_one_reference(subject: &str) -> Option<String> {
    let words = subject.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let mut references: Vec<String> = words
        .map(str::to_uppercase)
        .filter(|word| is_reference(word))
        .collect();
    references.sort();
    references.dedup();
    match references.len() {
        1 => references.pop(),
        _ => None,
    }
}

/// `PDL-2026-0042`: a team's prefix, a year, a number that may begin with the letter of a workstation. Vulnerabilities are
/// numbered alike.
fn is_reference(upper: &str) -> bool {
    let mut parts = upper.split('-');
    let (Some(prefix), Some(year), Some(number), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    (2..=5).contains(&prefix.len())
        && prefix != "CVE"
        && prefix.chars().all(|c| c.is_ascii_uppercase())
        && year.len() == 4
        && year.chars().all(|c| c.is_ascii_digit())
        && (4..=10).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Without the `Re:`, `TR :`, `Fwd:`, `Re[2]:` before it, however many.
fn without_answer_marks(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    while let Some(after) = after_answer_mark(rest) {
        rest = after.trim_start();
    }
    rest
}

fn after_answer_mark(subject: &str) -> Option<&str> {
    let (head, after) = subject.split_once(':')?;
    let head = head.trim_end();
    // « Re[2] » and « Re(2) » count how often it went to and fro.
    let word = match head.split_once(['[', '(']) {
        Some((word, count)) => {
            let count = count.trim_end_matches([']', ')']);
            if !count.chars().all(|c| c.is_ascii_digit()) {
                return None;
            }
            word
        }
        None => head,
    };
    ANSWER_MARKS
        .contains(&word.trim().to_lowercase().as_str())
        .then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stands_between_its_label_and_its_end() {
        assert_eq!(
            framed("Deux comptes compromis.\n", Tlp::Amber, Lang::Fr),
            "TLP:AMBER\n\nDeux comptes compromis.\n\nFin du texte marqué TLP:AMBER.\n"
        );
        let english = framed("Two accounts.", Tlp::AmberStrict, Lang::En);
        assert!(english.starts_with("TLP:AMBER+STRICT\n\nTwo"));
        assert!(english.ends_with("\n\nEnd of the text marked TLP:AMBER+STRICT.\n"));
    }

    #[test]
    fn the_subject_bears_reference_and_label() {
        assert_eq!(
            subject(Some("PDL-2026-0042"), Tlp::Amber, " Point de situation "),
            "[PDL-2026-0042] [TLP:AMBER] Point de situation"
        );
        assert_eq!(
            subject(None, Tlp::Green, "Bulletin"),
            "[TLP:GREEN] Bulletin"
        );
        assert_eq!(subject(None, Tlp::Green, ""), "[TLP:GREEN]");
    }

    #[test]
    fn what_we_write_is_what_we_read_for_each_label() {
        for tlp in Tlp::ALL {
            let written = subject(Some("PDL-2026-0042"), tlp, "Point de situation");
            let read = parse_subject(&written);
            assert_eq!(read.reference.as_deref(), Some("PDL-2026-0042"));
            assert_eq!(read.tlp, Some(tlp));
            assert_eq!(read.bare, "Point de situation");
            assert!(!read.urgent);
        }
    }

    #[test]
    fn answers_keep_reference_and_label_whatever_programs_made_of_them() {
        for written in [
            "Re: [PDL-2026-0042] [TLP:AMBER] Point de situation",
            "TR : RE : [pdl-2026-0042] [tlp:amber] Point de situation",
            "Fwd: Re[2]: [ PDL-2026-0042 ][ TLP : Amber ]  Point de situation",
            "[PDL-2026-0042] Re: [TLP:AMBER] Réf : Point de situation",
            "RÉP: Point de situation [PDL-2026-0042] (TLP:AMBER)",
            "AW:\u{a0}[PDL-2026-0042]\tTLP\u{a0}: AMBER Point de situation",
            "re(3): [TLP AMBER] [PDL-2026-0042] Point de situation",
        ] {
            let read = parse_subject(written);
            assert_eq!(
                read.reference.as_deref(),
                Some("PDL-2026-0042"),
                "{written}"
            );
            assert_eq!(read.tlp, Some(Tlp::Amber), "{written}");
            assert!(read.bare.contains("Point de situation"), "{read:?}");
            assert!(!read.bare.to_lowercase().contains("tlp:"), "{read:?}");
            assert!(!read.bare.to_lowercase().starts_with("re"), "{read:?}");
        }
    }

    #[test]
    fn an_emergency_is_seen_in_any_letters() {
        let read = parse_subject("RE: [urgent] serveur chiffré");
        assert!(read.urgent);
        assert_eq!(read.bare, "serveur chiffré");
        assert!(!parse_subject("C’est urgent").urgent);
    }

    #[test]
    fn a_reference_typed_without_brackets_counts_and_stays_in_the_words() {
        let read = parse_subject("journaux pour pdl-2026-a0042, suite");
        assert_eq!(read.reference.as_deref(), Some("PDL-2026-A0042"));
        assert_eq!(read.bare, "journaux pour pdl-2026-a0042, suite");
    }

    #[test]
    fn two_cases_in_one_subject_name_none() {
        assert_eq!(
            parse_subject("[PDL-2026-0042] [PDL-2026-0043] Suite").reference,
            None
        );
        let twice = parse_subject("Re: [PDL-2026-0042] Re: [PDL-2026-0042] Suite");
        assert_eq!(twice.reference.as_deref(), Some("PDL-2026-0042"));
    }

    #[test]
    fn of_several_labels_the_strictest_counts() {
        let read = parse_subject("[TLP:GREEN] TR: [TLP:RED] Fiche");
        assert_eq!((read.tlp, read.bare.as_str()), (Some(Tlp::Red), "Fiche"));
        assert_eq!(parse_subject("[TLP:WHITE] Fiche").tlp, Some(Tlp::Clear));
    }

    #[test]
    fn what_only_looks_like_a_mark_stays_in_the_words() {
        for written in [
            "[EXTERNE] Facture",
            "[CVE-2026-1234] Correctif",
            "[TLP:PURPLE] Fiche",
            "TLP:REDACTION",
            "Retour : le point",
            "Trop de mails",
            "STLP:RED",
            "un [ crochet",
            "[[TLP",
            "",
            "Re",
        ] {
            let read = parse_subject(written);
            let expected = SubjectParts {
                bare: written.to_owned(),
                ..SubjectParts::default()
            };
            assert_eq!(read, expected, "{written}");
        }
    }
}
