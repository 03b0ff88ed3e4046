#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::block::{Align, Column as Head, Definition};
use super::super::block::{Bar, Bars, Cell, Table, TitleBlock};
use super::super::page::{Element, Kid};
use super::super::{Issuer, Lang, Marking};
use super::*;
use crate::domain::marking::Tlp;

fn laid_out(blocks: Vec<Block>) -> LaidOut {
    let title = TitleBlock {
        kind: "Essai".into(),
        title: "Un titre".into(),
        chips: Vec::new(),
        marking_meaning: String::new(),
        facts: Vec::new(),
    };
    let document = Document {
        title: "Essai".into(),
        running_title: "PDL-2026-0001".into(),
        lang: Lang::Fr,
        marking: Marking {
            tlp: Tlp::Red,
            pap: None,
            restriction: None,
        },
        issuer: Issuer {
            name: "CSIRT".into(),
            phone: String::new(),
            mail: String::new(),
        },
        footer_note: String::new(),
        created: "2026-03-12T08:42:00Z".parse().unwrap(),
        blocks: std::iter::once(Block::Title(title)).chain(blocks).collect(),
    };
    lay_out(&document, &mut Fonts::load().unwrap())
}

fn sentences(count: usize) -> Block {
    Block::Paragraph(vec![Span::plain(
        "Les journaux révèlent des connexions inhabituelles. ".repeat(count),
    )])
}

fn text_of(item: &super::super::page::Item) -> String {
    match item {
        super::super::page::Item::Text { pieces, .. } => pieces
            .iter()
            .map(|piece| piece.word.text.as_str())
            .collect(),
        _ => String::new(),
    }
}

/// The text of an element on a page, and of a whole page's artifacts.
fn page_text(out: &LaidOut, page: usize, wanted: impl Fn(Option<usize>) -> bool) -> String {
    out.pages[page]
        .sequences
        .iter()
        .filter(|sequence| wanted(sequence.mark.map(|(element, _)| element)))
        .flat_map(|sequence| &sequence.items)
        .map(text_of)
        .collect()
}

fn pages_of(out: &LaidOut, element: &Element) -> Vec<usize> {
    let mut pages = Vec::new();
    for kid in &element.kids {
        match *kid {
            Kid::Content { page, .. } | Kid::Link { page, .. } => pages.push(page),
            Kid::Element(child) => pages.extend(pages_of(out, &out.elements[child])),
        }
    }
    pages
}

#[test]
fn every_page_shows_the_marking_twice_and_the_tagged_text_once() {
    let out = laid_out(vec![sentences(400)]);
    assert!(out.pages.len() > 2);
    for page in 0..out.pages.len() {
        assert_eq!(
            page_text(&out, page, |tag| tag.is_none())
                .matches("TLP:RED")
                .count(),
            2
        );
    }
    let tagged: String = (0..out.pages.len())
        .map(|page| page_text(&out, page, |tag| tag.is_some()))
        .collect();
    assert_eq!(tagged.matches("TLP:RED").count(), 1);
}

#[test]
fn the_marking_has_twelve_points_and_ends_at_the_right_margin() {
    let out = laid_out(Vec::new());
    let labels: Vec<_> = out.pages[0]
        .sequences
        .iter()
        .filter(|sequence| sequence.mark.is_none())
        .flat_map(|sequence| &sequence.items)
        .filter(|item| text_of(item) == "TLP:RED")
        .collect();
    assert_eq!(labels.len(), 2);
    for label in labels {
        let super::super::page::Item::Text {
            size,
            x,
            pieces,
            colour,
            ..
        } = label
        else {
            panic!("{label:?}")
        };
        assert!(*size >= 12.0);
        assert_eq!(*colour, [0xff, 0x2b, 0x2b]);
        let right = x + pieces[0].word.width * size;
        assert!(
            (WIDTH - MARGIN - 8.0..=WIDTH - MARGIN).contains(&right),
            "{right}"
        );
    }
}

#[test]
fn a_heading_stands_on_the_page_of_what_follows_it() {
    for lines in 30..120 {
        let out = laid_out(vec![
            sentences(lines),
            Block::Heading(Level::Section, "Section".into()),
            Block::Heading(Level::Subsection, "Partie".into()),
            sentences(30),
        ]);
        let page_of = |role: Role| {
            pages_of(
                &out,
                out.elements
                    .iter()
                    .find(|element| element.role == role)
                    .unwrap(),
            )[0]
        };
        let last = out
            .elements
            .iter()
            .rfind(|element| element.role == Role::Paragraph && element.attached)
            .unwrap();
        assert_eq!(
            page_of(Role::Heading(2)),
            pages_of(&out, last)[0],
            "after {lines} sentences"
        );
        assert_eq!(
            page_of(Role::Heading(3)),
            pages_of(&out, last)[0],
            "after {lines} sentences"
        );
    }
}

#[test]
fn nothing_is_drawn_outside_the_page() {
    let cell = |text: &str| Cell {
        text: vec![Span::plain(text)],
        gauge: None,
    };
    let long = "x".repeat(3_000);
    let head = |share| Head {
        head: "Une tête assez longue".into(),
        share,
        align: Align::Right,
    };
    let out = laid_out(vec![
        Block::Heading(Level::Section, long.clone()),
        Block::Definitions(vec![Definition {
            key: long.clone(),
            value: vec![vec![Span::code(&long)]],
        }]),
        Block::Table(Table {
            columns: vec![head(1.0), head(20.0), head(0.2)],
            rows: vec![vec![cell(&long), cell("mot"), cell("12 345,67")]; 3],
            total: None,
            full_width: true,
        }),
        Block::List(vec![vec![Span::plain(&long)].into()]),
    ]);
    assert!(out.pages.len() > 3);
    for item in out
        .pages
        .iter()
        .flat_map(|page| &page.sequences)
        .flat_map(|sequence| &sequence.items)
    {
        if let super::super::page::Item::Text {
            x,
            baseline,
            pieces,
            size,
            ..
        } = item
        {
            let width: f32 = pieces.iter().map(|piece| piece.word.width * size).sum();
            assert!(
                *x >= MARGIN - 0.1 && x + width <= WIDTH - MARGIN + 12.0,
                "{x} + {width}"
            );
            assert!((20.0..HEIGHT - 20.0).contains(baseline), "{baseline}");
        }
    }
}

#[test]
fn each_row_of_a_table_has_as_many_cells_as_its_head() {
    let cell = |text: &str| Cell {
        text: vec![Span::plain(text)],
        gauge: None,
    };
    let head = || Head {
        head: "Tête".into(),
        share: 1.0,
        align: Align::Left,
    };
    let rows = (0..90)
        .map(|row| {
            if row % 4 == 0 {
                vec![cell("seul")]
            } else {
                vec![cell("un"), cell(""), cell("trois")]
            }
        })
        .collect();
    let out = laid_out(vec![Block::Table(Table {
        columns: vec![head(), head(), head()],
        rows,
        total: None,
        full_width: false,
    })]);
    assert!(out.pages.len() > 1);
    let rows: Vec<&Element> = out
        .elements
        .iter()
        .filter(|element| element.role == Role::TableRow)
        .collect();
    assert_eq!(rows.len(), 91, "the repeated head is no row");
    assert!(rows.iter().all(|row| row.kids.len() == 3));
}

#[test]
fn a_chart_says_in_words_what_it_shows_and_where_it_stands() {
    let bar = |name: &str, value| Bar {
        name: name.into(),
        value,
        mark: None,
        written: value.to_string(),
    };
    let bars = Bars {
        alternative: "Hameçonnage 58, autre 6.".into(),
        legend: None,
        bars: vec![bar("Hameçonnage", 58.0), bar("Autre", 6.0)],
    };
    let out = laid_out(vec![Block::Bars(bars)]);
    let figure = out
        .elements
        .iter()
        .find(|element| element.role == Role::Figure)
        .unwrap();
    assert_eq!(
        figure.alternative.as_deref(),
        Some("Hameçonnage 58, autre 6.")
    );
    let place = figure.place.unwrap();
    assert!(
        place.page == 0 && place.area.height > 30.0 && place.area.y > 0.0,
        "{place:?}"
    );
}

#[test]
fn the_outline_lists_title_sections_and_parts() {
    let out = laid_out(vec![
        Block::Heading(Level::Section, "Un".into()),
        Block::Heading(Level::Subsection, "Un point un".into()),
        sentences(1),
    ]);
    let entries: Vec<(u8, &str)> = out
        .bookmarks
        .iter()
        .map(|entry| (entry.level, entry.title.as_str()))
        .collect();
    assert_eq!(entries, [(0, "Un titre"), (1, "Un"), (2, "Un point un")]);
}

#[test]
fn a_record_stands_on_one_page_where_its_rows_alone_would_part() {
    let rows = |name: &str| -> Vec<Definition> {
        (0..8)
            .map(|place| Definition {
                key: format!("{name}{place}"),
                value: vec![vec![Span::plain("Une valeur")]],
            })
            .collect()
    };
    let pages_of = |filler: usize, block: Block| {
        let filler = (0..filler).map(|_| sentences(2));
        let out = laid_out(filler.chain([block]).collect());
        let page_of = |word: &str| {
            (0..out.pages.len())
                .find(|page| page_text(&out, *page, |tag| tag.is_some()).contains(word))
                .unwrap()
        };
        (page_of("ligne0"), page_of("ligne7"))
    };
    let parting: Vec<usize> = (8..20)
        .filter(|filler| pages_of(*filler, Block::Definitions(rows("ligne"))) == (0, 1))
        .collect();
    assert!(!parting.is_empty(), "no filler ends near the foot");
    for filler in parting {
        assert_eq!(pages_of(filler, Block::Record(rows("ligne"))), (1, 1));
    }
}
