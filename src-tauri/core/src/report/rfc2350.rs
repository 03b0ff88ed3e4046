//! The RFC 2350 document as pages: the composed document, block for block.

use super::block::{Block, Chip, Definition, Entry, Fact, Level, Span, TitleBlock, Tone};
use super::{Document, Issuer, Lang, Marking};
use crate::domain::marking::Tlp;
use crate::domain::rfc2350::{self, Chapter, Composed, Para, Part};
use crate::domain::team::TeamProfile;
use chrono::{DateTime, Utc};

/// What stands on the pages beside the composed text.
#[derive(Clone, Debug)]
pub struct Edition<'a> {
    /// Its version: "1.5".
    pub version: &'a str,
    /// A draft says so on its first page.
    pub draft: bool,
    /// When it was made: the time in the metadata, so that the same edition has the same bytes.
    pub made_at: DateTime<Utc>,
}

/// The words of the pages that are not the document's own.
struct Words {
    kind: &'static str,
    draft: &'static str,
    version: &'static str,
}

const FR: Words = Words {
    kind: "Description de l’équipe selon la RFC 2350",
    draft: "Brouillon",
    version: "version",
};

const EN: Words = Words {
    kind: "Team description according to RFC 2350",
    draft: "Draft",
    version: "version",
};

/// The pages of the document in the language in which it was composed.
#[must_use]
pub fn document(composed: &Composed, profile: &TeamProfile, edition: &Edition<'_>) -> Document {
    let (lang, words) = match composed.lang {
        rfc2350::Lang::Fr => (Lang::Fr, &FR),
        rfc2350::Lang::En => (Lang::En, &EN),
    };
    let mut blocks = vec![title(composed, profile, edition, words)];
    for chapter in Chapter::ALL {
        let parts = composed
            .parts
            .iter()
            .filter(|part| part.section.chapter() == chapter);
        let heading = format!(
            "{}. {}",
            chapter.number(),
            chapter.title().of(composed.lang)
        );
        blocks.push(Block::Heading(Level::Section, heading));
        for part in parts {
            if part.number.contains('.') {
                let heading = format!("{} {}", part.number, part.title);
                blocks.push(Block::Heading(Level::Subsection, heading));
            }
            blocks.extend(body(part));
        }
    }
    let contact: Vec<&str> = [profile.phone.as_str(), profile.mail.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    let running = format!("RFC 2350 · {} {}", words.version, edition.version);
    Document {
        title: composed.title.clone(),
        running_title: running,
        lang,
        marking: Marking {
            // An unmarked draft is shown as what it will be: a public document.
            tlp: composed.tlp.unwrap_or(Tlp::Clear),
            pap: None,
            restriction: None,
        },
        issuer: Issuer {
            name: profile.full_name.clone(),
            phone: profile.phone.clone(),
            mail: profile.mail.clone(),
        },
        footer_note: contact.join(" · "),
        created: edition.made_at,
        blocks,
    }
}

fn title(
    composed: &Composed,
    profile: &TeamProfile,
    edition: &Edition<'_>,
    words: &Words,
) -> Block {
    let chips = edition.draft.then(|| Chip {
        text: words.draft.to_owned(),
        tone: Tone::Significant,
        gauge: None,
    });
    Block::Title(TitleBlock {
        kind: words.kind.to_owned(),
        title: profile.full_name.clone(),
        chips: chips.into_iter().collect(),
        marking_meaning: String::new(),
        // The title is above already; the validity is a sentence and stands in its section.
        facts: composed
            .identification
            .iter()
            .skip(1)
            .take(2)
            .map(|(name, value)| Fact {
                name: name.clone(),
                value: value.clone(),
            })
            .collect(),
    })
}

fn body(part: &Part) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for para in &part.body {
        match para {
            Para::Paragraph(text) => blocks.push(Block::Paragraph(spans(text))),
            Para::Lines(lines) => blocks.push(Block::Paragraph(joined(lines))),
            Para::List(items) => blocks.push(Block::List(
                items
                    .iter()
                    .map(|item| Entry {
                        text: spans(&item.text),
                        entries: item.items.iter().map(|text| spans(text)).collect(),
                    })
                    .collect(),
            )),
            Para::Definition { label, value } => {
                let definition = Definition {
                    key: label.clone(),
                    value: vec![spans(value)],
                };
                match blocks.last_mut() {
                    Some(Block::Definitions(rows)) => rows.push(definition),
                    _ => blocks.push(Block::Definitions(vec![definition])),
                }
            }
        }
    }
    blocks
}

/// Lines that are not run together, as one paragraph.
fn joined(lines: &[Vec<rfc2350::Span>]) -> Vec<Span> {
    let mut all = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if place > 0 {
            all.push(Span::plain("\n"));
        }
        all.extend(spans(line));
    }
    all
}

fn spans(text: &[rfc2350::Span]) -> Vec<Span> {
    text.iter()
        .map(|span| match &span.url {
            Some(url) => Span::link(&span.text, url),
            None if is_fingerprint(&span.text) => Span::code(&span.text),
            None => Span::plain(&span.text),
        })
        .collect()
}

/// Whether a piece of text is a fingerprint in groups of four.
fn is_fingerprint(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_hexdigit).count();
    digits == 40 && text.chars().all(|c| c.is_ascii_hexdigit() || c == ' ')
}
