#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use lopdf::Object;

use super::*;

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Essai".into(),
        running_title: "PDL-2026-0001 · Essai".into(),
        lang: Lang::Fr,
        marking: Marking {
            tlp: Tlp::Green,
            pap: Some(Pap::Green),
            restriction: None,
        },
        issuer: Issuer {
            name: "CSIRT d’essai".into(),
            phone: "02 61 91 00 00".into(),
            mail: "a@csirt.example".into(),
        },
        footer_note: "02 61 91 00 00".into(),
        created: "2026-03-12T08:42:00Z".parse().unwrap(),
        blocks,
    }
}

fn title(text: &str) -> Block {
    Block::Title(TitleBlock {
        kind: "Essai".into(),
        title: text.into(),
        chips: Vec::new(),
        marking_meaning: "Diffusion dans la communauté.".into(),
        facts: vec![Fact {
            name: "Référence".into(),
            value: "PDL-2026-0001".into(),
        }],
    })
}

/// A finished document of one page.
pub(super) fn one_page() -> Vec<u8> {
    render(&document(vec![title("Une page")])).unwrap().bytes
}

fn read(pdf: &Pdf) -> lopdf::Document {
    lopdf::Document::load_mem(&pdf.bytes).unwrap()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let blocks = vec![
        title("Deux fois"),
        Block::Paragraph(vec![
            Span::link("ici", "https://a.example/"),
            Span::code("e3b0"),
        ]),
    ];
    let document = document(blocks);
    assert_eq!(
        render(&document).unwrap().bytes,
        render(&document).unwrap().bytes
    );
}

#[test]
fn another_text_gives_another_identifier() {
    let id = |text: &str| match read(&render(&document(vec![title(text)])).unwrap())
        .trailer
        .get(b"ID")
        .unwrap()
    {
        Object::Array(parts) => parts[0].as_str().unwrap().to_vec(),
        other => panic!("{other:?}"),
    };
    assert_ne!(id("Un"), id("Deux"));
    assert_eq!(id("Un"), id("Un"));
}

#[test]
fn the_file_says_what_it_is_and_in_which_language() {
    for (lang, tag) in [(Lang::Fr, "fr-FR"), (Lang::En, "en-GB")] {
        let pdf = read(
            &render(&Document {
                lang,
                ..document(vec![title("Essai")])
            })
            .unwrap(),
        );
        let catalog = pdf.catalog().unwrap();
        assert_eq!(pdf.version, "1.7");
        assert_eq!(
            catalog.get(b"Lang").unwrap().as_str().unwrap(),
            tag.as_bytes()
        );
        let metadata = pdf
            .get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap())
            .unwrap();
        let xmp = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
        assert!(
            xmp.contains("<pdfaid:part>3</pdfaid:part>")
                && xmp.contains("<pdfuaid:part>1</pdfuaid:part>"),
            "{xmp}"
        );
        assert!(xmp.contains("2026-03-12T08:42:00Z"), "{xmp}");
    }
}

#[test]
fn a_file_ends_with_a_line_so_that_it_can_be_appended_to() {
    assert_eq!(
        render(&document(vec![title("Fin")])).unwrap().bytes.last(),
        Some(&b'\n')
    );
}

#[test]
fn a_document_of_nothing_still_renders() {
    for blocks in [
        Vec::new(),
        vec![Block::PageBreak],
        vec![title("")],
        vec![Block::Heading(Level::Section, String::new())],
    ] {
        assert_eq!(render(&document(blocks)).unwrap().pages, 1);
    }
}

#[test]
fn empty_and_ragged_tables_render() {
    let cell = |text: &str| Cell {
        text: vec![Span::plain(text)],
        gauge: None,
    };
    let column = |share| Column {
        head: "Tête".into(),
        share,
        align: Align::Right,
    };
    let tables = [
        Table {
            columns: Vec::new(),
            rows: vec![vec![cell("perdu")]],
            total: None,
            full_width: false,
        },
        Table {
            columns: vec![column(1.0)],
            rows: Vec::new(),
            total: None,
            full_width: true,
        },
        Table {
            columns: vec![column(f32::NAN), column(-3.0), column(f32::INFINITY)],
            rows: vec![
                vec![cell("un")],
                vec![cell("un"), cell("deux"), cell("trois"), cell("quatre")],
                Vec::new(),
            ],
            total: Some(vec![cell("total")]),
            full_width: true,
        },
    ];
    let blocks = tables.into_iter().map(Block::Table).collect();
    assert_eq!(render(&document(blocks)).unwrap().pages, 1);
}

#[test]
fn a_chart_of_absurd_values_renders() {
    let values = [0.0, -1.0, f64::NAN, f64::INFINITY, f64::MAX, 1e-300];
    let bars = values.iter().cycle().take(200).map(|&value| Bar {
        name: "Catégorie".into(),
        value,
        mark: (value.to_bits() & 1 == 0).then_some(-value),
        written: value.to_string(),
    });
    let chart = Bars {
        alternative: "Un graphique".into(),
        legend: Some(Legend {
            bar: "Réel".repeat(40),
            mark: String::new(),
        }),
        bars: bars.collect(),
    };
    assert!(
        render(&document(vec![title("Graphique"), Block::Bars(chart)]))
            .unwrap()
            .pages
            > 4
    );
}

mod any_text {
    use proptest::prelude::*;

    use super::*;

    /// Any characters, with those that break layouts more often than chance would have them.
    fn text() -> impl Strategy<Value = String> {
        let nasty = prop::sample::select(vec![
            "\u{202e}",
            "\u{0}",
            "\u{301}",
            "\u{ad}",
            "\u{a0}",
            "\u{202f}",
            " ",
            "\n",
            "\r\n",
            "\u{2028}",
            "ﬁ",
            "m\u{303}",
            "🦊",
            "«",
            "»",
            "'",
            "-",
            "e3b0c44298fc1c149afbf4c8996fb924",
            "/",
            "\u{200b}",
            "\u{fffe}",
            "WWWWWWWWWWWWWWWWWWWW",
        ]);
        let any = any::<char>().prop_map(String::from);
        prop::collection::vec(
            prop_oneof![nasty.prop_map(str::to_owned), any, "[a-zà-ÿ]{1,30} ?"],
            0..60,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn renders(words in text(), key in text(), link in text()) {
            let blocks = vec![
                title(&words),
                Block::Heading(Level::Section, key.clone()),
                Block::Paragraph(vec![Span::plain(&words), Span::strong(&key), Span::code(&words), Span::link(&key, &link)]),
                Block::Definitions(vec![Definition { key: key.clone(), value: vec![vec![Span::plain(&words)]] }]),
                Block::Notice(Notice { tone: Tone::Accent, title: Some(key), text: vec![vec![Span::soft(words)]] }),
            ];
            let pdf = render(&document(blocks)).unwrap();
            prop_assert_eq!(read(&pdf).get_pages().len(), pdf.pages);
        }
    }
}
