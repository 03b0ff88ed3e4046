//! Quotation marks, apostrophes and the spaces of punctuation, as the language of the field sets them.
//!
//! French after the *Lexique des règles typographiques en usage à l’Imprimerie nationale*. Only spaces that were typed
//! are changed, but for those inside guillemets; an address keeps its characters.

use crate::domain::rfc2350::lang::Lang;

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// Words after a number that stay with it.
const UNITS: [&str; 12] = [
    "h", "min", "s", "j", "%", "€", "k€", "M€", "ko", "Mo", "Go", "°C",
];

/// One line set in its language.
pub(super) fn set(line: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => french(&quoted(line, lang)),
        Lang::En => english(&quoted(line, lang)),
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | NARROW | NO_BREAK)
}

/// Whether the word around each character is an address, whose characters are not ours to change.
fn in_address(characters: &[char]) -> Vec<bool> {
    let mut marks = Vec::with_capacity(characters.len());
    for word in characters.split_inclusive(|c| c.is_whitespace()) {
        let text: String = word.iter().collect();
        let address = text.contains("://") || text.contains('@');
        marks.extend(std::iter::repeat_n(address, word.len()));
    }
    marks
}

/// The marks around quotations and in elisions.
fn quoted(line: &str, lang: Lang) -> String {
    let characters: Vec<char> = line.chars().collect();
    let address = in_address(&characters);
    let (open, close) = match lang {
        Lang::Fr => ('«', '»'),
        Lang::En => ('“', '”'),
    };
    let mut straight_open = false;
    let mut out = String::with_capacity(line.len() + 8);
    for (at, &c) in characters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(at + 1).copied();
        if address.get(at) == Some(&true) {
            out.push(c);
            continue;
        }
        match c {
            '“' | '„' | '«' => out.push(open),
            '”' | '»' => out.push(close),
            '"' => {
                straight_open = !straight_open;
                out.push(if straight_open { open } else { close });
            }
            '\'' | '‘' | '’' => out.push(apostrophe(c, before, after, lang)),
            c => out.push(c),
        }
    }
    out
}

fn apostrophe(c: char, before: Option<char>, after: Option<char>, lang: Lang) -> char {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match (c, lang) {
        ('‘', Lang::Fr) => '’',
        // « l’équipe », “the teams’ work”.
        ('\'', _) if letter(before) && (letter(after) || lang == Lang::En) => '’',
        // An elision before a quotation: « qu’« ici » ».
        ('\'', Lang::Fr) if letter(before) && after.is_some_and(|c| "«“\"".contains(c)) => '’',
        (c, _) => c,
    }
}

fn french(line: &str) -> String {
    let characters: Vec<char> = line.chars().collect();
    let address = in_address(&characters);
    let mut out = String::with_capacity(line.len() + 8);
    for (at, &c) in characters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(at + 1).copied();
        match c {
            _ if address[at] && !is_space(c) => out.push(c),
            c if is_space(c) => out.push(match (before, after) {
                (Some('«'), _) => NARROW,
                (_, Some(';' | '!' | '?' | '»')) => NARROW,
                (_, Some(':')) => NO_BREAK,
                (Some(digit), _) if digit.is_ascii_digit() && is_unit(&characters[at + 1..]) => {
                    NARROW
                }
                _ => c,
            }),
            '«' => {
                out.push(c);
                if after.is_some_and(|c| !c.is_whitespace()) {
                    out.push(NARROW);
                }
            }
            '»' => {
                if before.is_some_and(|c| !c.is_whitespace()) && !out.ends_with(NARROW) {
                    out.push(NARROW);
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn is_unit(rest: &[char]) -> bool {
    let word: String = rest
        .iter()
        .take_while(|c| c.is_alphabetic() || "%€°".contains(**c))
        .collect();
    UNITS.contains(&word.as_str())
}

/// French spaces inside quotation marks and before signs are dropped.
fn english(line: &str) -> String {
    let characters: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    for (at, &c) in characters.iter().enumerate() {
        let before = out.chars().next_back();
        let after = characters.get(at + 1).copied();
        let french_space = match (before, after) {
            (Some('“'), _) | (_, Some('”')) => is_space(c),
            (_, Some(':' | ';' | '!' | '?')) => matches!(c, NARROW | NO_BREAK),
            _ => false,
        };
        if !french_space {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_set_as_the_language_sets_them() {
        let french = "le paragraphe «\u{202f}Contact\u{202f}»";
        let english = "the section “Contact”";
        for typed in [
            "le paragraphe “Contact”",
            "le paragraphe \"Contact\"",
            "le paragraphe « Contact »",
            "le paragraphe «Contact»",
        ] {
            assert_eq!(set(typed, Lang::Fr), french, "{typed}");
        }
        for typed in [
            "the section \"Contact\"",
            "the section «\u{a0}Contact\u{a0}»",
            "the section “Contact”",
        ] {
            assert_eq!(set(typed, Lang::En), english, "{typed}");
        }
    }

    #[test]
    fn an_elision_gets_its_apostrophe() {
        assert_eq!(
            set("l'équipe qu‘on joint d'abord", Lang::Fr),
            "l’équipe qu’on joint d’abord"
        );
        assert_eq!(
            set("the team's and teams' work", Lang::En),
            "the team’s and teams’ work"
        );
    }

    #[test]
    fn french_signs_keep_to_their_word_and_english_ones_stand_without_space() {
        assert_eq!(
            set("Soit : 24 h/24 ; oui !", Lang::Fr),
            "Soit\u{a0}: 24\u{202f}h/24\u{202f}; oui\u{202f}!"
        );
        assert_eq!(set("Thus\u{a0}: yes\u{202f}!", Lang::En), "Thus: yes!");
    }

    #[test]
    fn an_address_keeps_its_characters() {
        let line = "Voir https://a.example/l'x\"y?b=c;d et l.d'e@a.example";
        assert_eq!(set(line, Lang::Fr), line);
    }
}
