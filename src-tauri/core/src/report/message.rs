//! A mail as a document: what a recipient without a key reads in the place of an encrypted mail.

use chrono::{DateTime, Utc};

use super::block::{
    Align, Block, Cell, Column, Definition, Fact, Level, Notice, Span, Table, TitleBlock, Tone,
};
use super::summary::{marking_meaning, prose};
use super::{Document, Issuer, Lang, Marking, date};
use crate::domain::mail::Address;
use crate::domain::marking::Tlp;

/// A file that goes with the mail.
#[derive(Clone, Debug)]
pub struct AttachedFile {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// A mail, ready to be laid out.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// Language of the mail.
    pub lang: Lang,
    /// The team.
    pub team: Issuer,
    /// The case; empty when there is none.
    pub reference: String,
    /// Subject, without reference and marking.
    pub subject: String,
    /// Who writes.
    pub from: Address,
    /// To whom.
    pub to: Vec<Address>,
    /// To whom as well.
    pub cc: Vec<Address>,
    /// When.
    pub at: DateTime<Utc>,
    /// Marking.
    pub tlp: Tlp,
    /// The text without marking: the pages bear it.
    pub text: String,
    /// What goes along, in the same archive.
    pub files: Vec<AttachedFile>,
}

struct Words {
    kind: &'static str,
    reference: &'static str,
    date: &'static str,
    from: &'static str,
    to: &'static str,
    cc: &'static str,
    message: &'static str,
    files: &'static str,
    name: &'static str,
    size: &'static str,
    end: &'static str,
    answer: &'static str,
    answer_text: &'static str,
    units: [&'static str; 3],
    point: char,
}

const FR: Words = Words {
    kind: "Message",
    reference: "Référence",
    date: "Date",
    from: "De",
    to: "À",
    cc: "Copie à",
    message: "Message",
    files: "Fichiers joints",
    name: "Fichier",
    size: "Taille",
    end: "Fin des informations",
    answer: "Pour répondre",
    answer_text: "N’écrivez pas d’informations sensibles dans un courriel ordinaire : appelez-nous, ou \
         répondez par un fichier protégé avec la même phrase de passe. Notre numéro :",
    units: ["octets", "ko", "Mo"],
    point: ',',
};

const EN: Words = Words {
    kind: "Message",
    reference: "Reference",
    date: "Date",
    from: "From",
    to: "To",
    cc: "Copy to",
    message: "Message",
    files: "Attached files",
    name: "File",
    size: "Size",
    end: "End of information marked",
    answer: "To answer",
    answer_text: "Do not put sensitive information in an ordinary mail: call us, or answer with a file \
         locked with the same passphrase. Our number:",
    units: ["bytes", "kB", "MB"],
    point: '.',
};

/// The mail as pages.
#[must_use]
pub fn document(view: &MessageView) -> Document {
    let words = match view.lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    };
    let mut blocks = vec![title(view, words)];
    blocks.push(Block::Definitions(parties(view, words)));
    blocks.push(Block::Heading(Level::Section, words.message.to_owned()));
    blocks.extend(prose(&view.text));
    if !view.files.is_empty() {
        blocks.push(Block::Heading(Level::Section, words.files.to_owned()));
        blocks.push(Block::Table(files(view, words)));
    }
    // TLP 2.0 (FIRST, 2022): where the marked text ends is said.
    blocks.push(Block::Note(vec![Span::soft(format!(
        "{} {}.",
        words.end,
        view.tlp.label()
    ))]));
    if !view.team.phone.trim().is_empty() {
        blocks.push(Block::Notice(Notice {
            tone: Tone::Accent,
            title: Some(words.answer.to_owned()),
            text: vec![vec![
                Span::plain(format!("{} ", words.answer_text)),
                Span::strong(&view.team.phone),
                Span::plain("."),
            ]],
        }));
    }
    let contact: Vec<&str> = [view.team.phone.as_str(), view.team.mail.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    let running: Vec<&str> = [view.reference.as_str(), words.kind]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Document {
        title: view.subject.clone(),
        running_title: running.join(" · "),
        lang: view.lang,
        marking: Marking {
            tlp: view.tlp,
            pap: None,
            restriction: None,
        },
        footer_note: contact.join(" · "),
        issuer: view.team.clone(),
        created: view.at,
        blocks,
    }
}

fn title(view: &MessageView, words: &Words) -> Block {
    let fact = |name: &str, value: String| Fact {
        name: name.to_owned(),
        value,
    };
    let mut facts = Vec::new();
    if !view.reference.is_empty() {
        facts.push(fact(words.reference, view.reference.clone()));
    }
    facts.push(fact(words.date, date::moment(view.at, view.lang)));
    Block::Title(TitleBlock {
        kind: words.kind.to_owned(),
        title: view.subject.clone(),
        chips: Vec::new(),
        marking_meaning: marking_meaning(view.tlp, view.lang).to_owned(),
        facts,
    })
}

fn parties(view: &MessageView, words: &Words) -> Vec<Definition> {
    let row = |key: &str, all: &[Address]| Definition {
        key: key.to_owned(),
        value: all.iter().map(address).collect(),
    };
    let mut rows = vec![
        row(words.from, std::slice::from_ref(&view.from)),
        row(words.to, &view.to),
    ];
    if !view.cc.is_empty() {
        rows.push(row(words.cc, &view.cc));
    }
    rows
}

fn address(one: &Address) -> Vec<Span> {
    if one.name.is_empty() {
        return vec![Span::plain(&one.mail)];
    }
    vec![
        Span::plain(&one.name),
        Span::soft(format!(" ({})", one.mail)),
    ]
}

fn files(view: &MessageView, words: &Words) -> Table {
    let cell = |text: String| Cell {
        text: vec![Span::plain(text)],
        gauge: None,
    };
    let column = |head: &str, share, align| Column {
        head: head.to_owned(),
        share,
        align,
    };
    Table {
        columns: vec![
            column(words.name, 4.0, Align::Left),
            column(words.size, 1.0, Align::Right),
        ],
        rows: view
            .files
            .iter()
            .map(|file| vec![cell(file.name.clone()), cell(size(file.size, words))])
            .collect(),
        total: None,
        full_width: false,
    }
}

/// « 1,2 Mo », in thousands as system programs count files.
fn size(bytes: u64, words: &Words) -> String {
    const KILO: u64 = 1_000;
    const MEGA: u64 = 1_000_000;
    let [unit, kilo, mega] = words.units;
    match bytes {
        0..KILO => format!("{bytes}\u{a0}{unit}"),
        KILO..MEGA => format!("{}\u{a0}{kilo}", bytes.div_ceil(KILO)),
        _ => {
            let tenths = bytes.div_ceil(MEGA / 10);
            format!("{}{}{}\u{a0}{mega}", tenths / 10, words.point, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_the_largest_unit_that_fits() {
        assert_eq!(size(999, &FR), "999\u{a0}octets");
        assert_eq!(size(1_001, &FR), "2\u{a0}ko");
        assert_eq!(size(1_250_000, &FR), "1,3\u{a0}Mo");
        assert_eq!(size(1_250_000, &EN), "1.3\u{a0}MB");
    }
}
