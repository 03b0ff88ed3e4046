//! The document as plain text in the manner of RFCs: 72 columns, indented text, numbered headings.
//!
//! The same document gives the same bytes. Lines end with LF and never with a space, so that a clear signature over the
//! text survives mail.

use unicode_linebreak::linebreaks;

use super::compose::{Composed, Part};
use super::lang::Lang;
use super::para::{Para, shown};

/// Nothing is wider, in characters, but an address that cannot be broken.
pub const COLUMNS: usize = 72;

const INDENT: &str = "   ";

/// The document as text.
#[must_use]
pub fn plain(composed: &Composed) -> String {
    let mut page = Page {
        colon: match composed.lang {
            Lang::Fr => "\u{a0}: ",
            Lang::En => ": ",
        },
        out: String::new(),
    };
    let label = composed.tlp.map(|tlp| tlp.label());
    if let Some(label) = label {
        page.right(label);
        page.blank();
    }
    page.centred(&composed.title);
    page.blank();
    for (name, value) in &composed.identification {
        page.definition(name, value);
    }
    let mut chapter = None;
    for part in &composed.parts {
        let own = part.section.chapter();
        if chapter != Some(own) && part.section.depth() > 1 {
            page.heading(&own.number().to_string(), own.title().of(composed.lang));
        }
        chapter = Some(own);
        page.part(part);
    }
    if let Some(label) = label {
        page.blank();
        page.right(label);
    }
    page.out
}

struct Page {
    colon: &'static str,
    out: String,
}

impl Page {
    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn right(&mut self, text: &str) {
        self.line(&format!("{text:>COLUMNS$}"));
    }

    fn centred(&mut self, text: &str) {
        for line in wrap(text, COLUMNS - 2 * INDENT.len()) {
            self.line(&format!("{line:^COLUMNS$}"));
        }
    }

    /// `text` with `first` before its first line and `rest` before the others.
    fn hanging(&mut self, text: &str, first: &str, rest: &str) {
        for (place, line) in wrap(text, COLUMNS - rest.len()).into_iter().enumerate() {
            self.line(&format!("{}{line}", if place == 0 { first } else { rest }));
        }
    }

    fn heading(&mut self, number: &str, title: &str) {
        self.blank();
        let number = format!("{number}.  ");
        self.hanging(title, &number, &" ".repeat(number.len()));
    }

    fn definition(&mut self, label: &str, value: &str) {
        let text = format!("{label}{}{value}", self.colon);
        self.hanging(&text, INDENT, &INDENT.repeat(2));
    }

    fn part(&mut self, part: &Part) {
        self.heading(part.number, part.title);
        let mut after_definition = false;
        for para in &part.body {
            let is_definition = matches!(para, Para::Definition { .. });
            // The definitions of a section stand together.
            if !(after_definition && is_definition) {
                self.blank();
            }
            after_definition = is_definition;
            self.para(para);
        }
    }

    fn para(&mut self, para: &Para) {
        match para {
            Para::Paragraph(spans) => self.hanging(&shown(spans), INDENT, INDENT),
            Para::Lines(lines) => {
                for line in lines {
                    self.hanging(&shown(line), INDENT, &INDENT.repeat(2));
                }
            }
            Para::Definition { label, value } => self.definition(label, &shown(value)),
            Para::List(items) => {
                for item in items {
                    self.hanging(&shown(&item.text), "   -  ", "      ");
                    for line in &item.items {
                        self.hanging(&shown(line), "      -  ", "         ");
                    }
                }
            }
        }
    }
}

/// Lines of at most `columns` characters. An address stays whole; any other word too long is cut.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(text) {
        let width = word.trim_end().chars().count();
        if used + width > columns && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        let whole = word.contains("://") || word.contains('@');
        for c in word.chars() {
            if used >= columns && !whole && !c.is_whitespace() {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
            used += 1;
        }
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Words with the space after them, parted where Unicode lets a line end after a space (UAX 14): never before a French
/// colon, never inside guillemets.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let ends = linebreaks(text)
        .map(|(end, _)| end)
        .filter(|end| *end == text.len() || text[..*end].ends_with(char::is_whitespace));
    ends.scan(0, |start, end| {
        let word = &text[*start..end];
        *start = end;
        Some(word)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::super::compose::compose;
    use super::super::section::Section;
    use super::super::testing::{document, key, profile};
    use super::*;

    fn too_wide(text: &str) -> Vec<&str> {
        text.lines()
            .filter(|line| line.chars().count() > COLUMNS && !line.contains("://"))
            .collect()
    }

    #[test]
    fn the_document_reads_like_an_rfc() {
        let mut document = document();
        let text = "Les bénéficiaires qui peuvent demander l’aide de l’équipe sont\u{a0}:\n- Les TPE, les PME et les entreprises de taille intermédiaire de toute la région\u{202f};\n  - comprises les coopératives\n- Les communes.";
        document
            .set_text(Section::Constituency, Lang::Fr, text)
            .unwrap();
        let page = plain(&compose(&document, &profile(), &key(), Lang::Fr));
        let start = page.find("3.2.").unwrap();
        let end = page.find("3.3.").unwrap();
        assert_eq!(
            &page[start..end],
            "3.2.  Bénéficiaires\n\n   Les bénéficiaires qui peuvent demander l’aide de l’équipe sont\u{a0}:\n\n   -  Les TPE, les PME et les entreprises de taille intermédiaire de\n      toute la région\u{202f};\n      -  comprises les coopératives\n   -  Les communes.\n\n"
        );
        assert!(page.starts_with(&format!("{}TLP:CLEAR\n", " ".repeat(63))));
        assert!(page.ends_with(" TLP:CLEAR\n"));
        assert!(page.contains("\n2.  Informations de contact\n\n2.1.  Nom de l’équipe\n\n   Nom court\u{a0}: Essai\n   Nom complet\u{a0}: CSIRT d’essai\n"));
        assert!(page.contains("\n6.  Formulaires de notification d’incident\n\n   Texte 6.\n"));
    }

    #[test]
    fn two_renderings_are_equal_byte_for_byte_and_no_line_ends_with_a_space() {
        for lang in Lang::ALL {
            let page = || plain(&compose(&document(), &profile(), &key(), lang));
            assert_eq!(page(), page());
            assert!(page().lines().all(|line| line.trim_end() == line));
            assert!(!page().contains('\r') && page().ends_with('\n'));
            assert_eq!(too_wide(&page()), [""; 0]);
        }
    }

    #[test]
    fn an_address_is_never_broken_and_a_long_word_is() {
        let url = format!("https://www.region.example/{}", "a-b/".repeat(30));
        assert_eq!(wrap(&format!("Voir {url} ici"), 20), ["Voir", &url, "ici"]);
        assert_eq!(
            wrap(&"é".repeat(45), 20),
            ["é".repeat(20), "é".repeat(20), "é".repeat(5)]
        );
    }

    #[test]
    fn a_french_colon_never_starts_a_line() {
        assert_eq!(
            wrap("un deux\u{a0}: trois", 8),
            ["un", "deux\u{a0}:", "trois"]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_wider_and_no_word_is_lost(text in "[a-zé «»\u{202f}\u{a0}:;.-]{0,300}", columns in 10usize..72) {
            let lines = wrap(&text, columns);
            prop_assert!(lines.iter().all(|line| line.chars().count() <= columns));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
