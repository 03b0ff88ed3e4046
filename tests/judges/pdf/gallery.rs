//! A document with every kind of block, also those that the summary does not use.

use relais_core::domain::marking::{Pap, Tlp};
use relais_core::report::{
    Align, Bar, Bars, Block, Cell, Chip, Column, Day, Definition, Document, Entry, Event, Fact,
    Gauge, Issuer, Lang, Legend, Level, Marking, Notice, Span, Table, TitleBlock, Tone,
};

/// How often the hyphenated commune stands in the text.
pub const COMMUNES: usize = 40;

const TONES: [Tone; 6] = [
    Tone::Neutral,
    Tone::Accent,
    Tone::Minor,
    Tone::Significant,
    Tone::Serious,
    Tone::Critical,
];

fn section(name: &str) -> Block {
    Block::Heading(Level::Section, name.to_owned())
}

fn cell(text: impl Into<String>) -> Cell {
    Cell {
        text: vec![Span::plain(text)],
        gauge: None,
    }
}

/// Every block once, and more.
pub fn document(lang: Lang) -> Document {
    let mut blocks = vec![
        title(),
        section("Texte"),
        prose(),
        Block::Note(vec![Span::plain("Une note de bas de texte.")]),
    ];
    blocks.extend([
        section("Communes"),
        Block::Paragraph(vec![Span::plain(
            "Saint-Étienne-lès-Forêts ".repeat(COMMUNES),
        )]),
    ]);
    blocks.extend([
        section("Tableau large"),
        wide_table(),
        section("Mesures"),
        measured_table(),
    ]);
    blocks.push(section("Encadrés"));
    blocks.extend(TONES.map(|tone| {
        Block::Notice(Notice {
            tone,
            title: Some(format!("{tone:?}")),
            text: vec![vec![Span::plain("Un texte.")]],
        })
    }));
    blocks.extend([section("Graphique"), chart(), Block::PageBreak]);
    blocks.extend([
        section("Suite"),
        Block::Heading(Level::Subsection, "Chronologie".into()),
        chronology(),
    ]);
    blocks.push(Block::Definitions(
        (0..30)
            .map(|row| Definition {
                key: format!("Clé {row}"),
                value: vec![vec![Span::plain("Valeur")]; 1 + row % 3],
            })
            .collect(),
    ));
    blocks.push(Block::List(
        (0..30)
            .map(|item| Entry {
                text: vec![Span::plain(format!("Point {item}"))],
                // Some with a list of their own.
                entries: vec![vec![Span::plain("Détail")]; item % 3],
            })
            .collect(),
    ));
    Document {
        title: "Galerie & <blocs>".into(),
        running_title: "Galerie".into(),
        lang,
        marking: Marking {
            tlp: Tlp::Clear,
            pap: Some(Pap::Clear),
            restriction: Some("Essai".into()),
        },
        issuer: Issuer {
            name: "CSIRT d’Exemple".into(),
            phone: "02 61 91 00 00".into(),
            mail: "assistance@csirt.example".into(),
        },
        footer_note: "assistance@csirt.example".into(),
        created: "2026-03-12T08:42:00Z"
            .parse()
            .expect("a moment of the sample"),
        blocks,
    }
}

fn title() -> Block {
    let chips = TONES.map(|tone| Chip {
        text: format!("{tone:?}"),
        tone,
        gauge: Some(Gauge {
            filled: 2,
            of: 4,
            tone,
        }),
    });
    Block::Title(TitleBlock {
        kind: "Galerie".into(),
        title: "Tous les blocs d'un document".into(),
        chips: chips.to_vec(),
        marking_meaning: "Diffusion sans restriction.".into(),
        facts: (1..=6)
            .map(|fact| Fact {
                name: format!("Fait {fact}"),
                value: "Une valeur assez longue".into(),
            })
            .collect(),
    })
}

fn prose() -> Block {
    Block::Paragraph(vec![
        Span::plain("Un texte avec de l'"),
        Span::strong("emphase"),
        Span::plain(", un "),
        Span::link(
            "lien qui court sur assez de mots pour passer à la ligne suivante, si la colonne est étroite",
            "https://a.example/é?b=(c)",
        ),
        Span::plain(", un condensat "),
        Span::code("e3b0c44298fc1c149afbf4c8996fb924"),
        Span::plain(" et une "),
        Span::soft("remarque."),
    ])
}

fn wide_table() -> Block {
    let column = |head: &str, share, align| Column {
        head: head.to_owned(),
        share,
        align,
    };
    Block::Table(Table {
        columns: vec![
            column("Nom", 2.0, Align::Left),
            column("Observation", 5.0, Align::Left),
            column("Nombre", 1.0, Align::Right),
        ],
        rows: (0..70)
            .map(|row| {
                let words = "Une observation qui peut prendre plusieurs lignes. "
                    .repeat(1 + row % 9 * (row % 2));
                vec![
                    cell(format!("Ligne {row}")),
                    cell(words),
                    cell(format!("{row} 000")),
                ]
            })
            .collect(),
        total: Some(vec![cell("Total"), cell(""), cell("2 415 000")]),
        full_width: true,
    })
}

fn measured_table() -> Block {
    let rows = TONES.map(|tone| {
        vec![
            cell(format!("{tone:?}")),
            Cell {
                text: vec![Span::plain("3 sur 12")],
                gauge: Some(Gauge {
                    filled: 3,
                    of: 12,
                    tone,
                }),
            },
        ]
    });
    let column = |head: &str| Column {
        head: head.to_owned(),
        share: 1.0,
        align: Align::Left,
    };
    Block::Table(Table {
        columns: vec![column("Teinte"), column("Jauge")],
        rows: rows.to_vec(),
        total: None,
        full_width: false,
    })
}

fn chart() -> Block {
    let bars = [
        ("Hameçonnage", 58.0, "58"),
        ("Rançongiciel", 23.0, "23"),
        ("Déni de service", 0.0, "< 3"),
    ];
    Block::Bars(Bars {
        alternative:
            "Incidents par catégorie : hameçonnage 58, rançongiciel 23, déni de service moins de 3."
                .into(),
        legend: Some(Legend {
            bar: "Cette année".into(),
            mark: "L’an dernier".into(),
        }),
        bars: bars
            .iter()
            .cycle()
            .take(60)
            .map(|(name, value, written)| Bar {
                name: (*name).into(),
                value: *value,
                mark: Some(*value * 0.8),
                written: (*written).into(),
            })
            .collect(),
    })
}

fn chronology() -> Block {
    let facts = (0..20).map(|hour| Event {
        hour: format!("{hour:02} h 00"),
        remark: (hour % 3 == 0).then(|| "estimée".to_owned()),
        text: vec![
            Span::plain("Un fait, en une phrase. "),
            Span::code("srv-042.example"),
        ],
        source: Some("Source : journaux".into()),
    });
    Block::Chronology(vec![Day {
        date: "Jeudi 12 mars 2026".into(),
        facts: facts.collect(),
    }])
}
