//! The RFC 2350 document.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::domain::rfc2350::difference::Difference;
use crate::domain::rfc2350::{Chapter, Finding, Lang, Pair, Rfc2350, Section, SectionKind};

/// Words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Bilingual {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl From<Pair> for Bilingual {
    fn from(pair: Pair) -> Self {
        Self {
            fr: pair.fr.to_owned(),
            en: pair.en.to_owned(),
        }
    }
}

impl Bilingual {
    /// The lines of two texts side by side; the shorter one ends in empty lines.
    #[must_use]
    pub fn lines(fr: Vec<String>, en: Vec<String>) -> Vec<Self> {
        let longest = fr.len().max(en.len());
        let padded = |lines: Vec<String>| {
            lines
                .into_iter()
                .chain(std::iter::repeat_with(String::new))
                .take(longest)
        };
        let pairs = padded(fr).zip(padded(en));
        pairs.map(|(fr, en)| Self { fr, en }).collect()
    }
}

/// A section of the document, for the editor.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Rfc2350SectionView {
    /// Which.
    pub section: Section,
    /// Its number: "2.8".
    pub number: String,
    /// Its chapter.
    pub chapter: Chapter,
    /// Its heading.
    pub title: Bilingual,
    /// What the RFC asks for.
    pub asks: Bilingual,
    /// Typed, from the product, or both.
    pub kind: SectionKind,
    /// Whether it may be left out on purpose.
    pub may_be_left_out: bool,
    /// What it says that nobody types, in French.
    pub facts_fr: Vec<SectionFact>,
    /// The same in English.
    pub facts_en: Vec<SectionFact>,
}

/// A line that a section says without anybody typing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SectionFact {
    /// What it is, where that is said apart.
    pub label: Option<String>,
    /// The line.
    pub value: String,
}

/// Something to settle, with its sentences.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Rfc2350FindingView {
    /// What was found.
    pub finding: Finding,
    /// What is wrong.
    pub what: Bilingual,
    /// Why it matters.
    pub why: Bilingual,
    /// What the fix does; none where only the team can settle it.
    pub fix: Option<Bilingual>,
}

/// A published edition.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EditionView {
    /// Identifier.
    pub id: Uuid,
    /// Its version.
    pub version: String,
    /// The day that it bears.
    pub dated: NaiveDate,
    /// When it was signed.
    pub published_at: DateTime<Utc>,
    /// Who approved and signed it.
    pub approved_by: String,
    /// One line for each section that changed since the edition before.
    pub changes: Vec<Bilingual>,
    /// Its files.
    pub files: Vec<EditionFile>,
}

/// A file of an edition, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditionFile {
    /// Its name in an export.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u32,
}

/// The document as its editor shows it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Rfc2350View {
    /// What is typed.
    pub document: Rfc2350,
    /// Every section, in order.
    pub sections: Vec<Rfc2350SectionView>,
    /// What is to be settled, the document as a whole first.
    pub findings: Vec<Rfc2350FindingView>,
    /// Whether something changed since the last edition, or nothing was published yet.
    pub modified: bool,
    /// Editions, newest first.
    pub editions: Vec<EditionView>,
}

/// What changed between two versions of the document.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Rfc2350Comparison {
    /// The language that was compared.
    pub lang: Lang,
    /// By section, unchanged ones left out.
    pub differences: Vec<Difference>,
}
