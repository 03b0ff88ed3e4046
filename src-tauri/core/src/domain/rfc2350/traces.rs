//! What a typed text says of things that the product knows: keys, telephone numbers, postcodes, TLP.

use std::ops::Range;

/// How a text names a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyName {
    /// By its last 8 or 16 digits, which anybody can forge.
    Short,
    /// By its fingerprint.
    Fingerprint,
}

/// A key named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyTrace {
    /// Its digits as typed, with the `0x` in front.
    pub range: Range<usize>,
    /// The same with the words that announce it (« Identifiant de la clé : »).
    pub with_label: Range<usize>,
    /// How it is named.
    pub name: KeyName,
    /// Its digits, in capitals.
    pub digits: String,
}

/// Words that announce a key identifier, in small letters.
const KEY_ID_LABELS: [&str; 8] = [
    "identifiant de la clé",
    "identifiant de clé",
    "identifiant clé",
    "id de la clé",
    "id de clé",
    "key id",
    "key-id",
    "keyid",
];

/// Runs of ASCII letters and digits.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
    }
    runs
}

/// The keys that a text names.
pub(super) fn keys(text: &str) -> Vec<KeyTrace> {
    let runs = runs(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = runs.get(at) {
        at += 1;
        let word = &text[first.clone()];
        let bare = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
        let mut digits = bare.unwrap_or(word).to_owned();
        if !is_hex(&digits) {
            continue;
        }
        let group = digits.len();
        let mut range = first.clone();
        while let Some(next) = runs
            .get(at)
            .filter(|_| matches!(group, 2 | 4) && digits.len() < 40)
        {
            let gap = &text[range.end..next.start];
            let near = gap.chars().count() <= 2
                && gap
                    .chars()
                    .all(|c| c == ':' || (c.is_whitespace() && c != '\n'));
            if !near || next.len() != group || !is_hex(&text[next.clone()]) {
                break;
            }
            digits.push_str(&text[next.clone()]);
            range.end = next.end;
            at += 1;
        }
        let label = label_before(&text[..range.start]);
        let name = match digits.len() {
            8 | 16 if bare.is_some() || label.is_some() => KeyName::Short,
            32 | 40 | 64 => KeyName::Fingerprint,
            _ => continue,
        };
        found.push(KeyTrace {
            with_label: label.unwrap_or(range.start)..range.end,
            range,
            name,
            digits: digits.to_ascii_uppercase(),
        });
    }
    found
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Where the label that ends `before` starts, if one does.
fn label_before(before: &str) -> Option<usize> {
    let end = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '('));
    KEY_ID_LABELS.iter().find_map(|label| {
        let start = end.char_indices().rev().nth(label.chars().count() - 1)?.0;
        (end[start..].to_lowercase() == *label).then_some(start)
    })
}

/// A telephone number in a text, and its ten national digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phone {
    pub range: Range<usize>,
    pub digits: String,
}

/// How the digits of a French number are grouped: from 0, then after +33.
const NATIONAL: [&[usize]; 5] = [
    &[2, 2, 2, 2, 2],
    &[1, 3, 3, 3],
    &[4, 2, 2, 2],
    &[4, 3, 3],
    &[10],
];
const INTERNATIONAL: [&[usize]; 4] = [&[1, 2, 2, 2, 2], &[3, 3, 3], &[1, 3, 3, 2], &[9]];

/// The French telephone numbers of a text. Short numbers (3218, 112) are not told from other figures.
pub(super) fn phones(text: &str) -> Vec<Phone> {
    let runs = runs(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = runs.get(at) {
        let abroad = &text[first.clone()] == "33" && text[..first.start].ends_with('+');
        let (from, patterns, zero): (usize, &[&[usize]], &str) = if abroad {
            (at + 1, &INTERNATIONAL, "0")
        } else {
            (at, &NATIONAL, "")
        };
        let number = patterns.iter().find_map(|pattern| {
            let digits = digits_of(text, runs.get(from..from + pattern.len())?, pattern)?;
            let digits = format!("{zero}{digits}");
            let second = digits.as_bytes().get(1)?;
            (digits.starts_with('0') && *second != b'0').then_some((pattern.len(), digits))
        });
        match number {
            Some((groups, digits)) => {
                let last = from + groups - 1;
                let start = first.start - usize::from(abroad);
                let end = runs.get(last).map_or(first.end, |run| run.end);
                found.push(Phone {
                    range: start..end,
                    digits,
                });
                at = last + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// The digits of runs that have the lengths of `pattern` and stand one separator apart.
fn digits_of(text: &str, runs: &[Range<usize>], pattern: &[usize]) -> Option<String> {
    let fits = runs.iter().zip(pattern).all(|(run, length)| {
        run.len() == *length && text[run.clone()].bytes().all(|byte| byte.is_ascii_digit())
    });
    let apart = runs.windows(2).all(|pair| {
        let mut gap = text[pair[0].end..pair[1].start].chars();
        gap.next()
            .is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | '-'))
            && gap.next().is_none()
    });
    (fits && apart).then(|| runs.iter().map(|run| &text[run.clone()]).collect())
}

/// The national digits of a number that stands alone in a field; empty when it is not a French one.
pub(super) fn national_digits(phone: &str) -> String {
    phones(phone)
        .pop()
        .map_or_else(String::new, |phone| phone.digits)
}

/// The postcodes of a text: five digits before the name of a place.
pub(super) fn postcodes(text: &str) -> Vec<&str> {
    runs(text)
        .into_iter()
        .filter(|run| run.len() == 5 && text[run.clone()].bytes().all(|byte| byte.is_ascii_digit()))
        .filter(|run| {
            let rest = &text[run.end..];
            let place = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            place.len() < rest.len() && place.starts_with(char::is_uppercase)
        })
        .map(|run| &text[run])
        .collect()
}

/// Words of TLP 1.0, in small letters, and what TLP 2.0 (FIRST, 2022) says instead; longer ones first.
const TLP_ONE: [(&str, &str); 10] = [
    ("tlp version 1.0", "TLP 2.0"),
    ("tlp version 1", "TLP 2.0"),
    ("tlp v1.0", "TLP 2.0"),
    ("tlp 1.0", "TLP 2.0"),
    ("tlpv1", "TLP 2.0"),
    ("tlp v1", "TLP 2.0"),
    ("tlp: white", "TLP:CLEAR"),
    ("tlp:white", "TLP:CLEAR"),
    ("tlp-white", "TLP:CLEAR"),
    ("tlp white", "TLP:CLEAR"),
];

/// Where a text speaks of TLP 1.0, and what it should say.
pub(super) fn tlp_one(text: &str) -> Vec<(Range<usize>, &'static str)> {
    // Byte for byte as long as the text, so that places in one are places in the other.
    let small = text.to_ascii_lowercase().replace('\u{a0}', "  ");
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = small[from..].find("tlp").map(|at| from + at) {
        from = start + "tlp".len();
        let is_word = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let whole = |end: usize| {
            is_word(small[..start].chars().next_back()) && is_word(small[end..].chars().next())
        };
        for (word, instead) in TLP_ONE {
            if let Some(end) = end_of(&small[start..], word).map(|length| start + length)
                && whole(end)
            {
                found.push((start..end, instead));
                from = end;
                break;
            }
        }
    }
    found
}

/// How far `text` says `word`, whose spaces may be several; nothing if it does not.
fn end_of(text: &str, word: &str) -> Option<usize> {
    let mut rest = text;
    for (place, part) in word.split(' ').enumerate() {
        if place > 0 {
            rest = rest.strip_prefix(' ')?.trim_start_matches(' ');
        }
        rest = rest.strip_prefix(part)?;
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(KeyName, String)> {
        keys(text)
            .into_iter()
            .map(|key| (key.name, key.digits))
            .collect()
    }

    #[test]
    fn a_key_named_by_its_last_digits_is_seen() {
        let short = |digits: &str| vec![(KeyName::Short, digits.to_owned())];
        assert_eq!(named("Clé 0x89ABCDEF."), short("89ABCDEF"));
        assert_eq!(named("0x0123456789abcdef"), short("0123456789ABCDEF"));
        assert_eq!(
            named("Identifiant de la clé\u{a0}: 89AB CDEF"),
            short("89ABCDEF")
        );
        assert_eq!(
            named("Key ID: 0123 4567 89AB CDEF"),
            short("0123456789ABCDEF")
        );
        assert_eq!(named("son identifiant et 12345678"), []);
        assert_eq!(named("0x89ABCDEF0 et 2026 1103"), []);
    }

    #[test]
    fn the_label_goes_with_the_identifier() {
        let text = "Voir l’Identifiant de la clé : 0x89ABCDEF ici";
        let key = keys(text).pop().unwrap();
        assert_eq!(&text[key.with_label], "Identifiant de la clé : 0x89ABCDEF");
        assert_eq!(&text[key.range], "0x89ABCDEF");
    }

    #[test]
    fn a_fingerprint_is_seen_however_it_is_grouped() {
        let whole = "0123456789ABCDEF0123456789ABCDEF01234567";
        let expected = [(KeyName::Fingerprint, whole.to_owned())];
        for text in [
            "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567 2026",
            "(0123456789abcdef0123456789abcdef01234567)",
            "0x0123456789ABCDEF0123456789ABCDEF01234567",
            "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67",
        ] {
            assert_eq!(named(text), expected, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_told_from_dates_and_fingerprints() {
        let digits = |text: &str| {
            phones(text)
                .into_iter()
                .map(|phone| phone.digits)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            digits("au 0 800 100 200, 02.61.91.10.10 ou +33 2 61 91 10 10."),
            ["0800100200", "0261911010", "0261911010"]
        );
        assert_eq!(
            digits("le 01.02.2026 10 h, 3218, 0000 0000 0000, 20 30 40 50 60"),
            [""; 0]
        );
        assert_eq!(national_digits("09 70 83 32 18"), "0970833218");
    }

    #[test]
    fn a_postcode_stands_before_a_place() {
        assert_eq!(
            postcodes("44966 Nantes Cedex 9, 20000 caractères, 12345"),
            ["44966"]
        );
    }

    #[test]
    fn the_words_of_the_first_tlp_are_seen() {
        let found: Vec<_> =
            tlp_one("Voir TLP:WHITE, TLP\u{a0}1.0 et tlp white ; TLP:CLEAR, TLP 1.05, stlp white")
                .into_iter()
                .map(|(_, instead)| instead)
                .collect();
        assert_eq!(found, ["TLP:CLEAR", "TLP 2.0", "TLP:CLEAR"]);
    }
}
