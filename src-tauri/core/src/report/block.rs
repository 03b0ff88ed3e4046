//! What a document is made of. Blocks say what things are; only the layout knows where they stand.

/// One block of a document, in reading order.
#[derive(Clone, Debug)]
pub enum Block {
    /// The head of the document: kind, title, markings, facts.
    Title(TitleBlock),
    /// A heading; it never stands alone at the foot of a page.
    Heading(Level, String),
    /// Running text.
    Paragraph(Vec<Span>),
    /// Running text in a smaller size: notes, legal text.
    Note(Vec<Span>),
    /// A bulleted list, of one or two levels.
    List(Vec<Entry>),
    /// "Key: value" rows.
    Definitions(Vec<Definition>),
    /// "Key: value" rows about one thing: they stand on one page where they can.
    Record(Vec<Definition>),
    /// A table with a head that is repeated on each page.
    Table(Table),
    /// What happened when.
    Chronology(Vec<Day>),
    /// A tinted box.
    Notice(Notice),
    /// A bar chart.
    Bars(Bars),
    /// What follows starts a page.
    PageBreak,
}

/// An item of a list, with the list beneath it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The item.
    pub text: Vec<Span>,
    /// Its own list; no deeper.
    pub entries: Vec<Vec<Span>>,
}

impl From<Vec<Span>> for Entry {
    fn from(text: Vec<Span>) -> Self {
        Self {
            text,
            entries: Vec::new(),
        }
    }
}

/// Depth of a heading; the title block is above both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A part of the document: stands in the margin column.
    Section,
    /// A part of a section: stands in the text column.
    Subsection,
}

/// How a span is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// Text.
    #[default]
    Plain,
    /// Emphasis.
    Strong,
    /// Secondary text: sources, notes.
    Soft,
    /// Fixed pitch: hashes, fingerprints, host names.
    Code,
}

/// A piece of text set in one way. Any text is allowed; `\n` starts a line.
#[derive(Clone, Debug, Default)]
pub struct Span {
    /// The text, uncleaned.
    pub text: String,
    /// How it is set.
    pub face: Face,
    /// Where it leads: an `https:`, `mailto:` or `tel:` address.
    pub link: Option<String>,
}

impl Span {
    /// Text as it comes.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Text with emphasis.
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            face: Face::Strong,
            link: None,
        }
    }

    /// Secondary text.
    pub fn soft(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            face: Face::Soft,
            link: None,
        }
    }

    /// Text of fixed pitch.
    pub fn code(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            face: Face::Code,
            link: None,
        }
    }

    /// Text that leads to `address`.
    pub fn link(text: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            face: Face::Plain,
            link: Some(address.into()),
        }
    }
}

/// The meaning of a colour; always beside words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// The accent of the house.
    Accent,
    /// G1.
    Minor,
    /// G2; also a warning.
    Significant,
    /// G3.
    Serious,
    /// G4; also a danger.
    Critical,
}

/// `filled` steps out of `of`, drawn beside the words that say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// Steps reached.
    pub filled: u8,
    /// Steps in all; at most 12 are drawn.
    pub of: u8,
    /// Colour of the steps reached.
    pub tone: Tone,
}

/// A tinted label of the title block.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The label.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
    /// Rising bars in front of it.
    pub gauge: Option<Gauge>,
}

/// A fact of the title block: what, and its value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The head of a document. TLP and PAP are added from the marking of the document.
#[derive(Clone, Debug)]
pub struct TitleBlock {
    /// Kind of document, above the title.
    pub kind: String,
    /// The title itself.
    pub title: String,
    /// Labels under the title.
    pub chips: Vec<Chip>,
    /// What the TLP label allows, in words; printed beside the chips' row.
    pub marking_meaning: String,
    /// Reference, date, author, addressee: up to four stand side by side.
    pub facts: Vec<Fact>,
}

/// A row "key: value". A value may hold several paragraphs.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The key.
    pub key: String,
    /// The value, one entry for each paragraph.
    pub value: Vec<Vec<Span>>,
}

/// On which side a column's text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Left: words.
    #[default]
    Left,
    /// Right: numbers.
    Right,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// What its head says.
    pub head: String,
    /// Its share of the width, relative to the others.
    pub share: f32,
    /// Side of its text.
    pub align: Align,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub text: Vec<Span>,
    /// Steps drawn before the text.
    pub gauge: Option<Gauge>,
}

impl Column {
    /// A column of words.
    pub fn words(head: impl Into<String>, share: f32) -> Self {
        Self {
            head: head.into(),
            share,
            align: Align::Left,
        }
    }

    /// A column of numbers.
    pub fn numbers(head: impl Into<String>, share: f32) -> Self {
        Self {
            align: Align::Right,
            ..Self::words(head, share)
        }
    }
}

impl From<Vec<Span>> for Cell {
    fn from(text: Vec<Span>) -> Self {
        Self { text, gauge: None }
    }
}

/// A table. Each row has as many cells as there are columns; the first cell of a row names it.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// A last row of sums, set off by a rule.
    pub total: Option<Vec<Cell>>,
    /// Whether it takes the margin column too.
    pub full_width: bool,
}

/// The facts of one day.
#[derive(Clone, Debug)]
pub struct Day {
    /// The date, in words.
    pub date: String,
    /// What happened, in order.
    pub facts: Vec<Event>,
}

/// One fact of a chronology.
#[derive(Clone, Debug)]
pub struct Event {
    /// The hour, in words.
    pub hour: String,
    /// A remark on the hour: that it is an estimate.
    pub remark: Option<String>,
    /// What happened.
    pub text: Vec<Span>,
    /// Who says so.
    pub source: Option<String>,
}

/// A tinted box of a few paragraphs.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its colour.
    pub tone: Tone,
    /// Its title.
    pub title: Option<String>,
    /// Its paragraphs.
    pub text: Vec<Vec<Span>>,
}

/// A bar chart with its values written out.
#[derive(Clone, Debug)]
pub struct Bars {
    /// What the chart says, for who cannot see it.
    pub alternative: String,
    /// What a bar is and what its mark is, drawn above a chart that compares the two.
    pub legend: Option<Legend>,
    /// The bars, from top to bottom.
    pub bars: Vec<Bar>,
}

/// What the two signs of a chart mean.
#[derive(Clone, Debug)]
pub struct Legend {
    /// What the length of a bar is.
    pub bar: String,
    /// What the line across a bar is.
    pub mark: String,
}

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What is counted.
    pub name: String,
    /// Its length; negative and not-a-number count as zero.
    pub value: f64,
    /// A length to compare with, drawn as a line across the bar; on the scale of the bars.
    pub mark: Option<f64>,
    /// The value as written (« < 3 » when masked).
    pub written: String,
}
