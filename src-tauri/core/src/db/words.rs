//! What is typed into a search: its words as an expression of the text index, and the passage of a text that holds them.

use rusqlite::{Connection, params};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::error::Result;
use crate::domain::fold::fold;

/// What marks a found word in a passage: before.
pub const MARK_START: char = '\u{e000}';
/// What marks a found word in a passage: after.
pub const MARK_END: char = '\u{e001}';

/// A query is a few words; what is pasted beyond that finds nothing more.
const MAX_WORDS: usize = 12;
/// Each text index keeps the beginnings of words up to so many letters (`prefix` of `case_text` and `mail_text`).
const PREFIX_LETTERS: usize = 3;
/// The words of the cases' text, and of the mails'.
const CASE_WORDS: &str = "case_word";
pub(super) const MAIL_WORDS: &str = "mail_word";
/// More words than these that begin alike are left to the index.
const MANY: u32 = 64;
/// Words of a passage.
const PASSAGE: usize = 12;

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .map(|word| word.chars().take(64).collect::<String>().to_lowercase())
}

/// Words as an expression of a text index: every word by its prefix, accents folded by the index, ligatures tried both
/// ways. Punctuation only separates, so nothing in the text can be an operator. None if there is no word.
#[must_use]
pub fn match_expression(text: &str) -> Option<String> {
    let all: Vec<String> = words(text)
        .map(|word| {
            any_of(
                ligatures(&word)
                    .iter()
                    .map(|word| by_prefix(word))
                    .collect(),
            )
        })
        .collect();
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// The same for the text of the cases, faster: the index merges all that begins like a word before it gives the first
/// match, so each word is replaced by the few known ones that it begins. The index of prefixes serves the shortest.
///
/// # Errors
/// When the database refuses.
pub(super) fn match_cases(conn: &Connection, text: &str) -> Result<Option<String>> {
    match_known(conn, CASE_WORDS, text)
}

/// The same for another text index, with the table of its words.
///
/// # Errors
/// When the database refuses.
pub(super) fn match_known(
    conn: &Connection,
    table: &'static str,
    text: &str,
) -> Result<Option<String>> {
    let mut all = Vec::new();
    for word in words(text) {
        let mut any = Vec::new();
        for spelling in ligatures(&word) {
            let known = match spelling.chars().count() > PREFIX_LETTERS {
                true => known_words(conn, table, &spelling)?,
                false => Vec::new(),
            };
            if known.is_empty() || known.len() > MANY as usize {
                any.push(by_prefix(&spelling));
            } else {
                any.extend(known.iter().map(|word| format!("\"{word}\"")));
            }
        }
        all.push(any_of(any));
    }
    Ok((!all.is_empty()).then(|| all.join(" AND ")))
}

fn by_prefix(word: &str) -> String {
    format!("\"{word}\"*")
}

fn any_of(alternatives: Vec<String>) -> String {
    if alternatives.len() == 1 {
        alternatives.concat()
    } else {
        format!("({})", alternatives.join(" OR "))
    }
}

/// The words of the text index that begin so, without their accents, as it keeps them: at most one more than [`MANY`].
fn known_words(conn: &Connection, table: &str, beginning: &str) -> Result<Vec<String>> {
    let from: String = beginning.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let to = format!("{from}{}", char::MAX);
    let mut statement = conn.prepare_cached(&format!(
        "SELECT term FROM {table} WHERE term >= ?1 AND term < ?2 LIMIT ?3"
    ))?;
    let known = statement.query_map(params![from, to, MANY + 1], |row| row.get(0))?;
    Ok(known.collect::<rusqlite::Result<_>>()?)
}

/// A word with and without its ligatures: the index folds accents but takes "œ" for a letter of its own.
fn ligatures(word: &str) -> Vec<String> {
    let mut spellings = vec![word.to_owned()];
    for other in [
        word.replace('œ', "oe").replace('æ', "ae"),
        word.replace("oe", "œ"),
        word.replace("ae", "æ"),
    ] {
        if !spellings.contains(&other) {
            spellings.push(other);
        }
    }
    spellings
}

/// Whether a text is a whole human reference ("PDL-2026-0042"), which the index would take for three common words.
pub(super) fn as_reference(text: &str) -> Option<&str> {
    let text = text.trim();
    let mut parts = text.split('-');
    let (prefix, year, number) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none()
        && prefix.chars().all(|c| c.is_ascii_alphabetic())
        && year.len() == 4
        && year.chars().all(|c| c.is_ascii_digit())
        && number.len() >= 4
        && number.chars().all(|c| c.is_ascii_alphanumeric());
    whole.then_some(text)
}

/// The passage of these texts that holds most of the words that are looked for, each between [`MARK_START`] and
/// [`MARK_END`]; empty when none does. The text index has a function for this, but it looks everything up once more: as
/// long again as the whole search.
#[must_use]
pub fn passage(texts: &[&str], query: &str) -> String {
    let wanted: Vec<String> = words(query)
        .map(|word| fold(&word))
        .filter(|word| !word.is_empty())
        .collect();
    let mut best = (0, String::new());
    for text in texts {
        let found = passage_of(text, &wanted);
        if found.0 > best.0 {
            best = found;
        }
    }
    best.1
}

/// How many of the words the best passage of one text holds, and the passage.
fn passage_of(text: &str, wanted: &[String]) -> (usize, String) {
    let tokens = tokens(text);
    // Folding is most of the work: only what may begin like a word is folded.
    let may_hit = |token: &str| {
        token.chars().next().is_some_and(|first| {
            !first.is_ascii()
                || wanted
                    .iter()
                    .any(|word| word.starts_with(first.to_ascii_lowercase()))
        })
    };
    // Which word each token is, if any.
    let hits: Vec<Option<usize>> = tokens
        .iter()
        .map(|(from, to)| {
            let token = &text[*from..*to];
            if !may_hit(token) {
                return None;
            }
            let token = fold(token);
            wanted
                .iter()
                .position(|word| token.starts_with(word.as_str()))
        })
        .collect();
    let held = |start: usize| {
        let mut seen: Vec<usize> = hits[start..]
            .iter()
            .take(PASSAGE)
            .flatten()
            .copied()
            .collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    let starts = (0..tokens.len()).filter(|start| hits[*start].is_some());
    // The first of the best: a strict comparison keeps it.
    let best = starts.fold((0, 0), |best, start| {
        let held = held(start);
        if held > best.0 { (held, start) } else { best }
    });
    let (held, first) = best;
    if held == 0 {
        return (0, String::new());
    }
    // A little of what stands before, and no shorter than need be at the end of the text.
    let start = first
        .saturating_sub(2)
        .min(tokens.len().saturating_sub(PASSAGE));
    let end = (start + PASSAGE).min(tokens.len());
    let mut out = String::new();
    if start > 0 {
        out.push('…');
    }
    let mut at = tokens[start].0;
    for place in start..end {
        let (from, to) = tokens[place];
        out.push_str(&text[at..from]);
        if hits[place].is_some() {
            out.extend([MARK_START]);
            out.push_str(&text[from..to]);
            out.extend([MARK_END]);
        } else {
            out.push_str(&text[from..to]);
        }
        at = to;
    }
    if end < tokens.len() {
        out.push('…');
    } else {
        out.push_str(text[at..].trim_end());
    }
    (held, out.replace('\n', " "))
}

/// Where each run of letters and digits begins and ends.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric() || is_combining_mark(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    tokens.extend(start.map(|from| (from, text.len())));
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passage as it is read: found words in brackets.
    fn shown(texts: &[&str], query: &str) -> String {
        passage(texts, query)
            .replace(MARK_START, "[")
            .replace(MARK_END, "]")
    }

    #[test]
    fn a_passage_shows_the_words_whatever_their_accents() {
        assert_eq!(
            shown(&["Le cœur du réseau est chiffré."], "COEUR chiff"),
            "Le [cœur] du réseau est [chiffré]."
        );
        assert_eq!(shown(&["Rien."], "chiffré"), "");
        assert_eq!(shown(&["Rien."], " -- "), "");
    }

    #[test]
    fn the_passage_with_most_of_the_words_is_taken() {
        let later = "La sauvegarde a été faite hier soir par le prestataire de la commune voisine, \
            mais la sauvegarde chiffrée a été perdue.";
        assert_eq!(
            shown(&["Sauvegarde", later], "sauvegarde chiffrée"),
            "…prestataire de la commune voisine, mais la [sauvegarde] [chiffrée] a été perdue."
        );
    }

    #[test]
    fn a_search_is_words_by_prefix_whatever_is_typed() {
        assert_eq!(
            match_expression("Rançon bordure").as_deref(),
            Some("\"rançon\"* AND \"bordure\"*")
        );
        assert_eq!(
            match_expression("a\" OR NEAR(*").as_deref(),
            Some("\"a\"* AND \"or\"* AND \"near\"*")
        );
        assert_eq!(match_expression(" -- \"' "), None);
    }

    #[test]
    fn ligatures_are_tried_both_ways() {
        assert_eq!(
            match_expression("cœur").as_deref(),
            Some("(\"cœur\"* OR \"coeur\"*)")
        );
        assert_eq!(
            match_expression("soeur").as_deref(),
            Some("(\"soeur\"* OR \"sœur\"*)")
        );
    }

    #[test]
    fn a_whole_reference_is_looked_up_as_such() {
        assert_eq!(as_reference(" PDL-2026-0042 "), Some("PDL-2026-0042"));
        assert_eq!(as_reference("pdl-2026-B0042"), Some("pdl-2026-B0042"));
        assert_eq!(as_reference("PDL-2026"), None);
        assert_eq!(as_reference("e-mail de 2026"), None);
    }
}
