//! User text made safe to print: nothing invisible passes, and nothing that the font lacks.
//!
//! A character that cannot be shown as itself becomes `□`, never nothing: a reader must see that
//! something stood there. Bidirectional controls are shown that way too, because they can make a
//! file name read as another one.

use unicode_normalization::UnicodeNormalization;

/// Stands for a character that cannot be shown. Each shipped font has it.
pub(super) const REPLACEMENT: char = '□';

/// `text` in NFC, lines separated by `\n` alone, with only characters that `covers` accepts.
pub(super) fn clean(text: &str, covers: impl Fn(char) -> bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut previous = '\0';
    for character in text.nfc() {
        match fate(character) {
            Fate::NewLine if previous == '\r' && character == '\n' => {}
            Fate::NewLine => clean.push('\n'),
            Fate::Space => clean.push(' '),
            Fate::Dropped => {}
            Fate::Shown if covers(character) => clean.push(character),
            Fate::Shown | Fate::Replaced => clean.push(REPLACEMENT),
        }
        previous = character;
    }
    clean
}

/// At most `limit` characters of `text` on one line, an ellipsis standing for the rest. For strings
/// outside the page (title, outline, alternative text), which readers show on one line and which
/// ISO 19005-3, 6.1.13 limits to 32 767 bytes.
pub(super) fn single_line(text: &str, limit: usize) -> String {
    let mut words = text.split_whitespace();
    let mut line = String::new();
    let mut length = 0;
    for word in &mut words {
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        for character in word.chars() {
            if length + 1 >= limit {
                line.push('…');
                return line;
            }
            line.push(character);
            length += 1;
        }
    }
    line
}

enum Fate {
    Shown,
    Replaced,
    Dropped,
    Space,
    NewLine,
}

fn fate(character: char) -> Fate {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::NewLine,
        '\t' => Fate::Space,
        // Joiners, soft hyphen, byte-order mark, variation selectors: no shape of their own.
        '\u{ad}'
        | '\u{34f}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}' => Fate::Dropped,
        // Bidirectional controls, interlinear marks, tags, private use.
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fff0}'..='\u{ffff}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{e0000}'..='\u{10ffff}' => Fate::Replaced,
        c if c.is_control() => Fate::Replaced,
        _ => Fate::Shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        clean(text, |c| c.is_ascii_graphic() || "éœ □".contains(c))
    }

    #[test]
    fn a_reversed_file_name_shows_its_trick() {
        assert_eq!(shown("facture\u{202e}fdp.exe"), "facture□fdp.exe");
    }

    #[test]
    fn what_has_no_shape_vanishes_and_what_cannot_be_shown_is_boxed() {
        assert_eq!(shown("a\u{ad}b\u{200d}c\u{feff}"), "abc");
        assert_eq!(shown("\0x\u{1b}[0m 🦊\u{e000}"), "□x□[0m □□");
    }

    #[test]
    fn accents_are_composed_and_line_ends_are_one() {
        assert_eq!(shown("e\u{301}te\r\nx\ry\u{2028}z\tt"), "éte\nx\ny\nz t");
    }

    #[test]
    fn a_line_for_metadata_is_cut_with_an_ellipsis() {
        assert_eq!(single_line(" un\n  deux ", 80), "un deux");
        assert_eq!(single_line("abcdef", 4), "abc…");
        assert_eq!(single_line("", 4), "");
    }
}
