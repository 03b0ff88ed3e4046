//! Documents that leave the house: blocks → laid-out pages → printpdf → finished PDF.
//!
//! Every document is at once PDF/A-3a (it can be archived) and PDF/UA-1 (a screen reader reads it
//! in order). printpdf writes pages and fonts but knows nothing of tags, and its own conformance
//! settings are cosmetic; so the layout records what each piece of text *is* (`page::Element`),
//! and a finishing pass over the same objects adds the structure tree, metadata and output intent.
//! The laid-out pages stand between layout and writer: another writer could replace printpdf
//! without touching a document.
//!
//! Two rules hold everywhere below. The same document gives the same bytes, in any process: no
//! random identifier, no clock, no unordered map that reaches the file. And text is hostile until
//! cleaned ([`text`]): whatever a caller typed, the file renders and stays conformant.

pub mod archive;
mod block;
mod date;
mod finish;
pub mod firms;
mod flow;
mod font;
mod furniture;
mod imprint;
mod layout;
mod line;
pub mod locked;
pub mod message;
mod page;
mod paint;
mod palette;
pub mod qr;
pub mod readiness;
pub mod receipt;
pub mod rfc2350;
pub mod summary;
mod text;
mod typography;

use chrono::{DateTime, Utc};

use crate::domain::marking::{Pap, Tlp};

pub use block::{
    Align, Bar, Bars, Block, Cell, Chip, Column, Day, Definition, Entry, Event, Face, Fact, Gauge,
    Legend, Level, Notice, Span, Table, TitleBlock, Tone,
};
pub use date::{calendar_day, date, moment};

/// The language of a document: what a screen reader pronounces, and how words are hyphenated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// French of France.
    #[default]
    Fr,
    /// English of Great Britain.
    En,
}

impl Lang {
    /// The BCP 47 tag of the catalog's `/Lang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr-FR",
            Self::En => "en-GB",
        }
    }
}

/// What is printed in the header and the footer of every page (TLP 2.0, FIRST, 2022).
#[derive(Clone, Debug)]
pub struct Marking {
    /// With whom the document may be shared.
    pub tlp: Tlp,
    /// What may be done with it.
    pub pap: Option<Pap>,
    /// An added restriction, in the document's language.
    pub restriction: Option<String>,
}

/// The team that issues the document.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// Name of the team, as in its profile.
    pub name: String,
    /// Telephone, as printed.
    pub phone: String,
    /// Mail address.
    pub mail: String,
}

/// A document ready to be laid out: everything on the page comes from here.
#[derive(Clone, Debug)]
pub struct Document {
    /// Title in the metadata and in the window of a reader.
    pub title: String,
    /// What the header says beside the team's name: reference and kind of document.
    pub running_title: String,
    /// Language of the whole document.
    pub lang: Lang,
    /// TLP, PAP and restriction.
    pub marking: Marking,
    /// The team.
    pub issuer: Issuer,
    /// One line at the foot of every page.
    pub footer_note: String,
    /// Creation time in the metadata.
    pub created: DateTime<Utc>,
    /// The content, in reading order. The first block is the title block.
    pub blocks: Vec<Block>,
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The bytes to keep, hash and sign.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
}

/// Why a document could not be made. None of these depends on the user's text.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A font file of the application cannot be read.
    #[error("font {0} cannot be read")]
    Font(&'static str),
    /// printpdf wrote something that the finishing pass does not know.
    #[error("the PDF could not be finished: {0}")]
    Finish(#[from] lopdf::Error),
    /// The file could not be serialised.
    #[error("the PDF could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// A link of the layout has no counterpart in the written page.
    #[error("the written PDF lacks {0}")]
    Incomplete(&'static str),
}

/// Lays a document out and writes it as PDF/A-3a and PDF/UA-1.
///
/// # Errors
/// When a shipped font is damaged, or printpdf's output is not what the finishing pass expects.
pub fn render(document: &Document) -> Result<Pdf, ReportError> {
    let mut fonts = font::Fonts::load()?;
    let laid_out = layout::lay_out(document, &mut fonts);
    let written = paint::paint(&laid_out, &fonts)?;
    let bytes = finish::finish(written, &laid_out, document)?;
    Ok(Pdf {
        bytes,
        pages: laid_out.pages.len(),
    })
}

#[cfg(test)]
mod tests;
