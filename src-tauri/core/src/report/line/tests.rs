#![allow(clippy::unwrap_used)]

use super::*;

fn lines_of(stretches: &[Stretch<'_>], width: f32, lang: Lang) -> Vec<String> {
    let mut fonts = Fonts::load().unwrap();
    let measure = Measure {
        size: 10.0,
        width,
        lang,
        hyphenate: true,
    };
    break_lines(&mut fonts, stretches, measure)
        .iter()
        .map(|line| {
            assert!(
                line.width <= width + 4.0 || line.fragments.len() == 1,
                "{line:?}"
            );
            line.fragments
                .iter()
                .map(|fragment| {
                    if fragment.last_reads == Some(SOFT_HYPHEN) {
                        "¬"
                    } else {
                        &fragment.word.text
                    }
                })
                .collect()
        })
        .collect()
}

fn plain(text: &str, width: f32) -> Vec<String> {
    lines_of(
        &[Stretch {
            text,
            style: Style::Regular,
            scale: 1.0,
        }],
        width,
        Lang::Fr,
    )
}

#[test]
fn a_word_is_hyphenated_between_syllables_where_the_line_would_end_early() {
    assert_eq!(
        plain("la gouvernementalisation", 80.0),
        ["la gouvernementa¬", "lisation"]
    );
}

#[test]
fn a_line_does_not_break_between_a_bold_word_and_its_comma() {
    let stretches = [
        Stretch {
            text: "un mot ",
            style: Style::Regular,
            scale: 1.0,
        },
        Stretch {
            text: "fort",
            style: Style::Strong,
            scale: 1.0,
        },
        Stretch {
            text: ", puis",
            style: Style::Regular,
            scale: 1.0,
        },
    ];
    for width in 20..80_u8 {
        let lines = lines_of(&stretches, f32::from(width), Lang::Fr);
        assert!(lines.iter().all(|line| !line.starts_with(',')), "{lines:?}");
    }
}

#[test]
fn no_line_begins_with_a_french_sign() {
    for width in 45..120_u8 {
        for line in plain(
            "Est-ce « bien vrai » ? Oui ; non ! Soit : 48 200 € à 09 h 42",
            f32::from(width),
        ) {
            assert!(
                !line.starts_with([';', '!', '?', ':', '»', '€', 'h']),
                "{line:?}"
            );
        }
    }
}

#[test]
fn an_identifier_is_never_hyphenated() {
    let lines = plain(
        "serveur srv-authentification01.batardiere.example oui",
        90.0,
    );
    assert!(lines.iter().all(|line| !line.ends_with('¬')), "{lines:?}");
}

#[test]
fn a_long_paste_without_a_space_is_cut_and_loses_nothing() {
    let paste = "é".repeat(5_000);
    let lines = plain(&paste, 300.0);
    assert_eq!(lines.concat(), paste);
    assert!(lines.len() > 50);
}

#[test]
fn text_with_nothing_to_show_gives_no_line() {
    assert!(plain("", 100.0).is_empty());
    assert!(plain(" \n\t \r\n ", 100.0).is_empty());
}

#[test]
fn an_empty_line_of_the_author_stays_and_ten_become_one() {
    assert_eq!(plain("a\n\n\n\n\nb", 100.0), ["a", "", "b"]);
}

#[test]
fn what_does_not_fit_on_the_one_line_ends_in_an_ellipsis() {
    let mut fonts = Fonts::load().unwrap();
    let word = fit_line(
        &mut fonts,
        "Une très longue restriction",
        Style::Regular,
        10.0,
        60.0,
        Lang::Fr,
    );
    assert!(
        word.text.ends_with('…') && word.width * 10.0 <= 60.0,
        "{word:?}"
    );
}
