//! Documents about firms that help: the list handed to one beneficiary, the report on equal treatment, the plan of a
//! crisis.
//!
//! Each view comes decided: names, figures and reasons are in it, nothing is looked up here. What a public body owes is
//! told by the documents themselves: why these names, by which rule, and how to do the same again.

pub mod crisis;
pub mod equality;
pub mod needs;
pub mod short_list;
mod words;

use chrono::{DateTime, Utc};

use super::block::{Block, Cell, Definition, Fact, Level, Span};
use super::imprint::{self, Signature, Team};
use super::{Document, Lang, Marking};
use crate::domain::marking::Tlp;
use words::Words;

pub use needs::hours;

/// What the three documents have in common.
struct Frame<'a> {
    /// Title in the metadata.
    title: String,
    /// What the header says beside the team's name.
    running_title: String,
    lang: Lang,
    tlp: Tlp,
    team: &'a Team,
    created: DateTime<Utc>,
}

impl Frame<'_> {
    fn document(self, pages: Pages) -> Document {
        Document {
            title: self.title,
            running_title: self.running_title,
            lang: self.lang,
            marking: Marking {
                tlp: self.tlp,
                pap: None,
                restriction: None,
            },
            issuer: imprint::issuer(self.team),
            footer_note: imprint::footer_note(self.team),
            created: self.created,
            blocks: pages.blocks,
        }
    }
}

/// A document while its sections are written.
struct Pages {
    words: &'static Words,
    imprint: &'static imprint::Words,
    blocks: Vec<Block>,
}

impl Pages {
    fn new(lang: Lang) -> Self {
        Self {
            words: Words::of(lang),
            imprint: imprint::Words::of(lang),
            blocks: Vec::new(),
        }
    }

    /// A section, unless it says nothing.
    fn section(&mut self, title: &str, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            let heading = Block::Heading(Level::Section, title.to_owned());
            self.blocks.push(heading);
            self.blocks.extend(blocks);
        }
    }

    /// How to reach the team, how to check the document, and what it does not promise.
    fn imprint(&mut self, team: &Team, authenticity: Vec<Definition>, disclaimer: &str) {
        self.section(self.imprint.contacts, record(imprint::contacts(team, &[])));
        self.section(self.imprint.authenticity, record(authenticity));
        self.section(self.imprint.disclaimer, imprint::disclaimer(disclaimer));
    }

    /// How a document that the lead signs is checked; a draft says that it is one.
    fn signed(&self, signature: Option<&Signature>, team: &Team) -> Vec<Definition> {
        let mut rows = imprint::authenticity(signature, team, self.imprint);
        if signature.is_none() {
            rows.insert(0, definition(self.imprint.signed, self.words.unsigned));
        }
        rows
    }
}

/// Rows that stand together, no block for no row.
fn record(rows: Vec<Definition>) -> Vec<Block> {
    if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Record(rows)]
    }
}

fn definition(key: &str, value: impl Into<String>) -> Definition {
    Definition {
        key: key.to_owned(),
        value: vec![vec![Span::plain(value)]],
    }
}

fn code(key: &str, value: impl Into<String>) -> Definition {
    Definition {
        key: key.to_owned(),
        value: vec![vec![Span::code(value)]],
    }
}

fn cell(text: impl Into<String>) -> Cell {
    Cell::from(vec![Span::plain(text)])
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![Span::plain(text)])
}

fn fact(name: &str, value: impl Into<String>) -> Fact {
    Fact {
        name: name.to_owned(),
        value: value.into(),
    }
}

/// Those lines that say something.
fn told(lines: impl IntoIterator<Item = Vec<Span>>) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = lines.into_iter().collect();
    lines.retain(|line| imprint::has_text(line));
    lines
}

#[cfg(test)]
mod tests;
