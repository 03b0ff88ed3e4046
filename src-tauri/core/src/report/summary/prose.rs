//! Typed text → blocks: blank lines part paragraphs, dashes make lists, and hashes get a fixed pitch.
//!
//! Nothing typed becomes a link: in this trade, an address in a description is often the trap.

use super::super::{Block, Entry, Span};

/// Lengths of the hexadecimal digests in use: MD5, SHA-1, SHA-256, SHA-384, SHA-512.
const DIGESTS: [usize; 5] = [32, 40, 64, 96, 128];

/// The paragraphs and lists of a text.
pub(in crate::report) fn prose(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    let mut items: Vec<Vec<Span>> = Vec::new();
    for line in text.lines() {
        let item = item(line);
        if item.is_none() {
            end_list(&mut items, &mut blocks);
        }
        match item {
            Some(text) => {
                end_paragraph(&mut paragraph, &mut blocks);
                items.push(spans(text));
            }
            None if line.trim().is_empty() => end_paragraph(&mut paragraph, &mut blocks),
            None => {
                if !paragraph.is_empty() {
                    paragraph.push('\n');
                }
                paragraph.push_str(line);
            }
        }
    }
    end_list(&mut items, &mut blocks);
    end_paragraph(&mut paragraph, &mut blocks);
    blocks
}

fn end_paragraph(paragraph: &mut String, blocks: &mut Vec<Block>) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(spans(paragraph)));
        paragraph.clear();
    }
}

fn end_list(items: &mut Vec<Vec<Span>>, blocks: &mut Vec<Block>) {
    if !items.is_empty() {
        let entries = std::mem::take(items).into_iter().map(Entry::from);
        blocks.push(Block::List(entries.collect()));
    }
}

/// What follows the dash or bullet of a list item.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["- ", "• ", "* ", "– ", "— "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
        .filter(|text| !text.trim().is_empty())
}

/// A text with its digests set in a fixed pitch.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain = 0;
    let mut start = 0;
    let mut pieces = text.split(|c: char| !c.is_ascii_hexdigit());
    for piece in &mut pieces {
        let end = start + piece.len();
        // A digest stands alone: not inside a longer word.
        let bounded = !text[..start].ends_with(char::is_alphanumeric)
            && !text[end..].starts_with(char::is_alphanumeric);
        if DIGESTS.contains(&piece.len()) && bounded {
            if plain < start {
                spans.push(Span::plain(&text[plain..start]));
            }
            spans.push(Span::code(piece));
            plain = end;
        }
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    if plain < text.len() {
        spans.push(Span::plain(&text[plain..]));
    }
    spans
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::super::super::Face;
    use super::*;

    const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn blank_lines_part_paragraphs_and_dashes_make_lists() {
        let blocks = prose("Un\nsuite\n\nDeux :\n- a\n- b\nTrois");
        let kinds: Vec<&str> = blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(_) => "paragraph",
                Block::List(items) if items.len() == 2 => "list of two",
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            kinds,
            ["paragraph", "paragraph", "list of two", "paragraph"]
        );
    }

    #[test]
    fn a_digest_is_set_in_fixed_pitch_and_nothing_is_lost() {
        let text = format!("empreinte {DIGEST}, vue.");
        let spans = spans(&text);
        assert_eq!(
            spans
                .iter()
                .map(|span| span.text.as_str())
                .collect::<String>(),
            text
        );
        assert_eq!(spans[1].face, Face::Code);
        assert_eq!(spans[1].text, DIGEST);
    }

    #[test]
    fn a_longer_word_or_an_accent_beside_it_is_no_digest() {
        assert!(
            spans(&format!("x{DIGEST} {DIGEST}é {DIGEST}0"))
                .iter()
                .all(|span| span.face == Face::Plain)
        );
    }

    #[test]
    fn empty_text_gives_no_block() {
        assert!(prose(" \n\n\t\n").is_empty());
        assert!(spans("").is_empty());
    }
}
