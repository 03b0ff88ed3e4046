//! What stands on every page around the text: header, footer, markings, page numbers.
//!
//! All of it is artifact: a screen reader reads the marking once, in the title block.

use super::Document;
use super::font::{Fonts, Style};
use super::line::fit_line;
use super::page::{Area, FULL_WIDTH, HEIGHT, Item, LaidOut, MARGIN, Piece, WIDTH};
use super::palette::{self, ACCENT, BLACK, INK, INK_FAINT, INK_SOFT, RULE_STRONG, Rgb};

/// TLP 2.0 asks for 12 points or more in header and footer, and recommends the right side.
const MARKING_SIZE: f32 = 12.0;
const MARKING_HEIGHT: f32 = 20.0;
const HEADER_Y: f32 = 30.0;
const FOOTER_Y: f32 = HEIGHT - 50.0;
/// A band across the head of the first page.
const BAND: f32 = 5.0;

/// Adds header and footer to every page.
pub(super) fn add(out: &mut LaidOut, document: &Document, fonts: &mut Fonts) {
    let pages = out.pages.len();
    out.put_on(0, None, Item::fill(0.0, 0.0, WIDTH, BAND, ACCENT));
    for page in 0..pages {
        let mut pen = Pen {
            out,
            document,
            fonts,
            page,
        };
        pen.header();
        pen.footer(pages);
    }
}

struct Pen<'a> {
    out: &'a mut LaidOut,
    document: &'a Document,
    fonts: &'a mut Fonts,
    page: usize,
}

impl Pen<'_> {
    fn header(&mut self) {
        let left = self.markings(HEADER_Y);
        let room = left - MARGIN - 14.0;
        let document = self.document;
        self.line(
            &document.issuer.name,
            Style::Strong,
            10.0,
            ACCENT,
            HEADER_Y + 8.2,
            room,
        );
        self.line(
            &document.running_title,
            Style::Regular,
            8.5,
            INK_FAINT,
            HEADER_Y + 19.0,
            room,
        );
        self.put(Item::fill(
            MARGIN,
            HEADER_Y + 28.0,
            FULL_WIDTH,
            0.6,
            RULE_STRONG,
        ));
        self.restriction(HEADER_Y + 43.0);
    }

    fn footer(&mut self, pages: usize) {
        self.restriction(FOOTER_Y - 14.0);
        self.put(Item::fill(
            MARGIN,
            FOOTER_Y - 9.0,
            FULL_WIDTH,
            0.6,
            RULE_STRONG,
        ));
        let left = self.markings(FOOTER_Y);
        let room = left - MARGIN - 14.0;
        let number = format!("Page {} / {pages}", self.page + 1);
        self.line(&number, Style::Strong, 8.5, INK_SOFT, FOOTER_Y + 7.5, room);
        let document = self.document;
        self.line(
            &document.footer_note,
            Style::Regular,
            8.5,
            INK_FAINT,
            FOOTER_Y + 18.5,
            room,
        );
    }

    /// TLP at the right edge, PAP before it. Gives back the left edge of both.
    fn markings(&mut self, y: f32) -> f32 {
        let marking = &self.document.marking;
        let left = self.box_at(
            marking.tlp.label(),
            palette::tlp(marking.tlp),
            WIDTH - MARGIN,
            y,
        );
        marking.pap.map_or(left, |pap| {
            self.box_at(pap.label(), palette::pap(pap), left - 5.0, y)
        })
    }

    /// The added restriction on a line of its own, at the right edge.
    fn restriction(&mut self, baseline: f32) {
        let Some(restriction) = &self.document.marking.restriction else {
            return;
        };
        let word = fit_line(
            self.fonts,
            restriction,
            Style::Strong,
            MARKING_SIZE,
            FULL_WIDTH,
            self.document.lang,
        );
        let x = WIDTH - MARGIN - word.width * MARKING_SIZE;
        let pieces = vec![Piece::plain(word)];
        self.put(Item::Text {
            style: Style::Strong,
            size: MARKING_SIZE,
            x,
            baseline,
            colour: INK,
            pieces,
        });
    }

    /// A label in its colour on black, its right edge at `right`. Gives back its left edge.
    fn box_at(&mut self, label: &str, colour: Rgb, right: f32, y: f32) -> f32 {
        let pad = 7.0;
        let word = self.fonts.word(label, Style::Strong);
        let width = word.width * MARKING_SIZE + 2.0 * pad;
        let area = Area {
            x: right - width,
            y,
            width,
            height: MARKING_HEIGHT,
        };
        self.put(Item::Fill {
            area,
            radius: 3.5,
            colour: BLACK,
        });
        let pieces = vec![Piece::plain(word)];
        self.put(Item::Text {
            style: Style::Strong,
            size: MARKING_SIZE,
            x: area.x + pad,
            baseline: y + 14.0,
            colour,
            pieces,
        });
        area.x
    }

    fn line(&mut self, text: &str, style: Style, size: f32, colour: Rgb, baseline: f32, room: f32) {
        let word = fit_line(self.fonts, text, style, size, room, self.document.lang);
        if !word.text.is_empty() {
            let pieces = vec![Piece::plain(word)];
            self.put(Item::Text {
                style,
                size,
                x: MARGIN,
                baseline,
                colour,
                pieces,
            });
        }
    }

    fn put(&mut self, item: Item) {
        self.out.put_on(self.page, None, item);
    }
}
