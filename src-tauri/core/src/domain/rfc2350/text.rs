//! Text as it comes out of a word processor, made fit for the document.
//!
//! Only what a reader does not see is dropped: no word is ever lost or cut. A text beyond the limit is refused with its
//! length, and what stood in the field before stays.

use unicode_normalization::UnicodeNormalization;

use super::lang::Lang;

mod quotes;

/// What one section may hold in one language, in characters: about ten printed pages.
pub const MAX_SECTION_CHARS: usize = 20_000;
/// Beyond this many characters a paste is measured but not looked into.
const MAX_PASTE_CHARS: usize = 100_000;

/// Why a text is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Longer than a section may be.
    #[error("{chars} characters, of {limit} at most")]
    TooLong {
        /// How long it is, in characters.
        chars: usize,
        /// How long it may be.
        limit: usize,
    },
    /// The section is made from the profile, the key or the edition.
    #[error("nothing is typed in this section")]
    NothingToType,
}

/// A text of several lines: paragraphs, and lists as « - item » and, one level below, « ␣␣- item ».
///
/// # Errors
/// When the cleaned text is longer than [`MAX_SECTION_CHARS`].
pub fn clean(text: &str, lang: Lang) -> Result<String, TextError> {
    let too_long = |chars| TextError::TooLong {
        chars,
        limit: MAX_SECTION_CHARS,
    };
    let pasted = text.chars().count();
    if pasted > MAX_PASTE_CHARS {
        return Err(too_long(pasted));
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut list = List::default();
    for line in visible(text).split('\n') {
        let (prefix, line) = list.line(line);
        // One empty line parts paragraphs as well as ten.
        if line.is_empty() && (cleaned.is_empty() || cleaned.ends_with("\n\n")) {
            continue;
        }
        cleaned.push_str(prefix);
        cleaned.push_str(&quotes::set(&line, lang));
        cleaned.push('\n');
    }
    cleaned.truncate(cleaned.trim_end().len());
    match cleaned.chars().count() {
        chars if chars > MAX_SECTION_CHARS => Err(too_long(chars)),
        _ => Ok(cleaned),
    }
}

/// A value of one line: a version, a name, an address.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let text = visible(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without what nobody sees: control characters, soft hyphens, invisible marks; one kind of line end.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.nfc().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                let _ = characters.next_if_eq(&'\n');
                out.push('\n');
            }
            // A word processor's line break inside a paragraph, page break, and Unicode's own.
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push('\t'),
            // Ligatures of PDF files.
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => out.push(' '),
            '\u{2011}' => out.push('-'),
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{e0000}'..='\u{e0fff}')
        // Noncharacters.
        || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Signs that open an item, first level then second: typed ones, and those of Word and its Symbol fonts.
const FIRST: [char; 9] = ['•', '●', '■', '‣', '∙', '·', '➢', '\u{f0b7}', '\u{f0d8}'];
const SECOND: [char; 5] = ['◦', '○', '▪', '\u{f0a7}', '\u{f06f}'];

/// Reads lines one after another, and knows whether a list is running.
#[derive(Default)]
struct List {
    /// Indent of the first item of the running list, in columns; none outside a list.
    indent: Option<usize>,
}

impl List {
    /// What opens the line in the cleaned text, and the rest of it.
    fn line(&mut self, line: &str) -> (&'static str, String) {
        let indent: usize = line
            .chars()
            .take_while(|c| c.is_whitespace())
            .map(|c| if c == '\t' { 4 } else { 1 })
            .sum();
        let line = line.trim();
        let Some((second, text)) = item(line, self.indent.is_some()) else {
            // An empty line does not end a list: a word processor puts one between items.
            if !line.is_empty() {
                self.indent = None;
            }
            return ("", spaced(line));
        };
        let opens = self.indent.is_none();
        let first_indent = *self.indent.get_or_insert(indent);
        let prefix = if !opens && (second || indent >= first_indent + 2) {
            "  - "
        } else {
            "- "
        };
        (prefix, spaced(text))
    }
}

/// The text of an item and whether its sign is one of the second level; nothing for a line that is no item.
fn item(line: &str, in_list: bool) -> Option<(bool, &str)> {
    let sign = line.chars().next()?;
    let rest = &line[sign.len_utf8()..];
    let text = rest.trim_start();
    // A sign that French sets apart from its word says nothing by itself.
    if text.is_empty() || text.starts_with([':', ';', '!', '?', '»', '”']) {
        return None;
    }
    let parted = rest.len() > text.len();
    match sign {
        '-' | '–' | '—' | '*' if parted => Some((false, text)),
        // Word's second bullet arrives as the letter o.
        'o' if parted && (in_list || rest.starts_with('\t')) => Some((true, text)),
        sign if FIRST.contains(&sign) => Some((false, text)),
        sign if SECOND.contains(&sign) => Some((true, text)),
        _ => None,
    }
}

/// One space where several, or a tab, stood; the first of them says which.
fn spaced(text: &str) -> String {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c == '\t' { ' ' } else { c };
        if !is_space(c) || !out.ends_with(is_space) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fr(text: &str) -> String {
        clean(text, Lang::Fr).unwrap()
    }

    #[test]
    fn soft_hyphens_and_control_characters_leave_the_words_whole() {
        assert_eq!(
            fr("cyber\u{ad}sécu\u{200b}rité\u{0}\u{1b} \u{feff}ok"),
            "cybersécurité ok"
        );
        assert_eq!(fr("cer\u{fb01}er"), "cerfier");
        assert_eq!(fr("e\u{301}te\u{301}"), "été");
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        assert_eq!(
            fr("a\r\nb\rc\u{b}d\u{2028}e\u{2029}f\u{85}g"),
            "a\nb\nc\nd\ne\nf\ng"
        );
        assert_eq!(fr("\n\n a \n\n\n\n b\t c \n\n"), "a\n\nb c");
    }

    #[test]
    fn the_bullets_of_word_processors_become_lists_of_two_levels() {
        assert_eq!(
            fr(
                "Missions :\r\n•\tOffrir ;\r\n•\tAccompagner :\r\no\tL’ANSSI ;\r\no\tLa CNIL.\r\n•\tSuivre."
            ),
            "Missions\u{a0}:\n- Offrir\u{202f};\n- Accompagner\u{a0}:\n  - L’ANSSI\u{202f};\n  - La CNIL.\n- Suivre."
        );
        assert_eq!(
            fr("  - un\n    - deux\n  – trois\n\u{f0b7} quatre\n\u{f0a7} cinq"),
            "- un\n  - deux\n- trois\n- quatre\n  - cinq"
        );
    }

    #[test]
    fn a_dash_inside_a_line_and_a_lone_letter_are_no_bullet() {
        assert_eq!(
            fr("o comme oscar\n-5 °C\n- "),
            "o comme oscar\n-5\u{202f}°C\n-"
        );
    }

    #[test]
    fn a_section_may_be_full_and_not_one_character_more() {
        let full = "é".repeat(MAX_SECTION_CHARS);
        assert_eq!(fr(&full), full);
        let error = clean(&format!("{full}é"), Lang::Fr);
        assert_eq!(
            error,
            Err(TextError::TooLong {
                chars: MAX_SECTION_CHARS + 1,
                limit: MAX_SECTION_CHARS
            })
        );
    }

    #[test]
    fn a_paste_of_two_hundred_kilobytes_is_refused_with_its_length() {
        let paste = "a ".repeat(100 * 1_024);
        assert_eq!(
            clean(&paste, Lang::Fr),
            Err(TextError::TooLong {
                chars: 204_800,
                limit: MAX_SECTION_CHARS
            })
        );
    }

    #[test]
    fn a_value_of_one_line_stays_on_one_line() {
        assert_eq!(clean_line(" 1.\u{ad}0\r\n bis\t"), "1.0 bis");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "[a-z0-9 \\t\\n\r«»“”\"'‘’:;!?.•◦o\u{ad}\u{a0}\u{202f}\u{2028}-]{0,120}") {
            for lang in Lang::ALL {
                let once = clean(&text, lang).unwrap();
                prop_assert_eq!(clean(&once, lang).unwrap(), once);
            }
        }

        #[test]
        fn no_letter_is_ever_lost(text in "\\PC{0,200}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_ascii_alphabetic()).collect::<String>();
            // A lone « o » at the head of a line may be a bullet.
            let plain = text.replace(['o', 'ﬀ', 'ﬁ', 'ﬂ', 'ﬃ', 'ﬄ'], "a");
            let plain: String = plain.nfc().collect();
            prop_assert_eq!(letters(&clean(&plain, Lang::Fr).unwrap()), letters(&plain));
        }
    }
}
