//! Micro-typography: spaces that must not break, and apostrophes.
//!
//! Only spaces that the author typed are changed, and only apostrophes of elision: a URL, a
//! command line or a file name keeps its characters.

use super::Lang;

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// `text` with the spaces and apostrophes of `lang` (French: *Lexique des règles typographiques en
/// usage à l'Imprimerie nationale*).
pub(super) fn set(text: &str, lang: Lang) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (index, &character) in characters.iter().enumerate() {
        let before = index
            .checked_sub(1)
            .and_then(|i| characters.get(i))
            .copied();
        let after = characters.get(index + 1).copied();
        out.push(match character {
            ' ' => space(&characters, index, before, after, lang),
            '\'' if is_elision(&characters[..index], after, lang) => '’',
            other => other,
        });
    }
    out
}

fn space(
    characters: &[char],
    index: usize,
    before: Option<char>,
    after: Option<char>,
    lang: Lang,
) -> char {
    let (Some(before), Some(after)) = (before, after) else {
        return ' ';
    };
    if lang == Lang::Fr {
        match (before, after) {
            (_, ';' | '!' | '?' | '»') | ('«', _) => return NARROW,
            (_, ':') => return NO_BREAK,
            _ => {}
        }
    }
    if before.is_ascii_digit()
        && (is_unit(&characters[index + 1..]) || is_thousands(characters, index))
    {
        return NARROW;
    }
    // « n° 12 », « p. 3 »: the number stays with its sign.
    if before == '°' && after.is_ascii_digit() {
        NO_BREAK
    } else {
        ' '
    }
}

/// Whether what follows a number's space is a unit, alone.
fn is_unit(rest: &[char]) -> bool {
    const UNITS: [&str; 22] = [
        "h", "min", "s", "ms", "j", "%", "€", "k€", "M€", "o", "ko", "Ko", "Mo", "Go", "To", "GB",
        "MB", "TB", "km", "m", "pt", "°C",
    ];
    let word: String = rest
        .iter()
        .take_while(|c| c.is_alphabetic() || "%€°".contains(**c))
        .take(4)
        .collect();
    UNITS.contains(&word.as_str())
}

/// Whether the space at `index` parts one to three digits from exactly three (« 48 200 »).
fn is_thousands(characters: &[char], index: usize) -> bool {
    let digits_before = characters[..index]
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let digits_after = characters[index + 1..]
        .iter()
        .take(4)
        .take_while(|c| c.is_ascii_digit())
        .count();
    (1..=3).contains(&digits_before) && digits_after == 3
}

/// Whether an apostrophe after `before` is one of the language, not a quote of a command.
fn is_elision(before: &[char], after: Option<char>, lang: Lang) -> bool {
    if !after.is_some_and(char::is_alphabetic) {
        return false;
    }
    let word: Vec<char> = before
        .iter()
        .rev()
        .take_while(|c| c.is_alphabetic())
        .take(12)
        .copied()
        .collect();
    match lang {
        Lang::En => !word.is_empty(),
        Lang::Fr => {
            const ELIDED: [&str; 17] = [
                "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu",
                "quoiqu", "quelqu", "presqu", "aujourd", "entr",
            ];
            let word: String = word.iter().rev().flat_map(|c| c.to_lowercase()).collect();
            ELIDED.contains(&word.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_signs_keep_to_their_word() {
        assert_eq!(
            set("Quoi ? Oui ; non ! Soit : « ici »", Lang::Fr),
            "Quoi\u{202f}? Oui\u{202f}; non\u{202f}! Soit\u{a0}: «\u{202f}ici\u{202f}»"
        );
    }

    #[test]
    fn english_has_no_space_to_protect_before_its_signs() {
        assert_eq!(set("Here : there ?", Lang::En), "Here : there ?");
    }

    #[test]
    fn numbers_keep_to_their_unit_and_their_thousands() {
        assert_eq!(
            set("09 h 42, 48 200 €, n° 12, 5 personnes", Lang::Fr),
            "09\u{202f}h 42, 48\u{202f}200\u{202f}€, n°\u{a0}12, 5 personnes"
        );
    }

    #[test]
    fn an_elision_gets_its_apostrophe_and_a_command_keeps_its_quotes() {
        assert_eq!(
            set("L'état d'aujourd'hui", Lang::Fr),
            "L’état d’aujourd’hui"
        );
        assert_eq!(set("grep 'mot' x'y", Lang::Fr), "grep 'mot' x'y");
        assert_eq!(set("the team's log", Lang::En), "the team’s log");
    }

    #[test]
    fn an_address_is_left_alone() {
        let url = "https://www.exemple.test/a?b=c!d;e:f";
        assert_eq!(set(url, Lang::Fr), url);
    }
}
