//! Blocks → pages. A4, two columns: section headings in the margin column, text beside them.

mod list;
mod table;
mod title;
mod typeset;

use super::block::{Block, Level, Notice, Span};
use super::flow::{Column, Ground, Row, Rule, Sheet, keep_together, opening};
use super::font::{Fonts, Style};
use super::page::{FULL_WIDTH, HEIGHT, LaidOut, MARGIN, Role, WIDTH};
use super::palette::{self, RULE_STRONG};
use super::text::single_line;
use super::{Document, furniture};
use typeset::{BODY, NOTE, SECTION, SUBSECTION, Typesetter};

/// The margin column's width.
const HEADING_WIDTH: f32 = 112.0;
/// Left edge of the text column.
const TEXT_X: f32 = MARGIN + 128.0;
/// The text column's width: about 75 letters of body text.
const TEXT_WIDTH: f32 = WIDTH - MARGIN - TEXT_X;
/// Space between blocks of a section.
const BLOCK_GAP: f32 = 7.0;
/// Space above a section.
const SECTION_GAP: f32 = 13.0;
/// Space above a subsection, and below its heading.
const SUBSECTION_GAP: f32 = 12.0;
const SUBSECTION_BELOW: f32 = 3.0;
/// A record lower than this moves to the next page rather than part.
const RECORD_BELOW: f32 = HEIGHT * 0.4;
/// Characters of a heading that the outline shows.
const OUTLINE_LIMIT: usize = 120;

/// Lays the whole document out.
pub(super) fn lay_out(document: &Document, fonts: &mut Fonts) -> LaidOut {
    let mut layout = Layout {
        setter: Typesetter {
            sheet: Sheet::new(),
            fonts,
            lang: document.lang,
        },
        headings: Vec::new(),
        starts_section: true,
        after_title: false,
    };
    for block in &document.blocks {
        layout.block(block, document);
    }
    layout.place_headings(0.0);
    let Layout { setter, .. } = layout;
    let mut out = setter.sheet.out;
    furniture::add(&mut out, document, setter.fonts);
    out
}

struct Layout<'a> {
    setter: Typesetter<'a>,
    /// Headings that wait for what follows them, so that they land on its page.
    headings: Vec<(Level, String)>,
    /// Whether the next block is the first of its section.
    starts_section: bool,
    /// Whether only the title block stands above: its rule serves for the first section.
    after_title: bool,
}

impl Layout<'_> {
    fn block(&mut self, block: &Block, document: &Document) {
        match block {
            Block::Heading(level, text) => self.headings.push((*level, text.clone())),
            Block::PageBreak => {
                self.place_headings(0.0);
                if !self.setter.sheet.is_top() {
                    self.setter.sheet.new_page();
                }
            }
            Block::Title(title) => {
                let rows = self.setter.title(title, document);
                self.place(rows, 0.0);
                self.after_title = true;
            }
            Block::Paragraph(spans) => self.text(spans, BODY),
            Block::Note(spans) => self.text(spans, NOTE),
            Block::List(items) => {
                let rows = self.setter.bullets(items, TEXT_X, TEXT_WIDTH);
                self.place(rows, BLOCK_GAP);
            }
            Block::Definitions(definitions) => {
                let rows = self.setter.definitions(definitions, TEXT_X, TEXT_WIDTH);
                self.place(rows, BLOCK_GAP);
            }
            Block::Record(definitions) => {
                let mut rows = self.setter.definitions(definitions, TEXT_X, TEXT_WIDTH);
                keep_together(&mut rows, RECORD_BELOW);
                self.place(rows, BLOCK_GAP);
            }
            Block::Table(table) => {
                let (x, width) = if table.full_width {
                    (MARGIN, FULL_WIDTH)
                } else {
                    (TEXT_X, TEXT_WIDTH)
                };
                let rows = self.setter.table(table, x, width);
                if table.full_width {
                    self.place_headings(opening(&rows));
                    self.setter.sheet.clear_margin();
                }
                self.place(rows, BLOCK_GAP + 2.0);
            }
            Block::Chronology(days) => {
                let rows = self.setter.chronology(days, TEXT_X, TEXT_WIDTH);
                self.place(rows, BLOCK_GAP);
            }
            Block::Notice(notice) => {
                let rows = self.notice(notice);
                self.place(rows, BLOCK_GAP + 3.0);
            }
            Block::Bars(bars) => {
                for (figure, rows) in self.setter.bars(bars, TEXT_X, TEXT_WIDTH) {
                    let height = rows.iter().map(Row::height).sum();
                    self.place(rows, BLOCK_GAP);
                    self.setter.sheet.locate(figure, TEXT_X, TEXT_WIDTH, height);
                }
            }
        }
    }

    fn text(&mut self, spans: &[Span], setting: typeset::Setting) {
        let element = self.setter.sheet.element(Role::Paragraph, 0);
        let strips = self.setter.strips(spans, setting, TEXT_WIDTH, element);
        if !strips.is_empty() {
            let row = Row {
                columns: vec![Column { x: TEXT_X, strips }],
                ..Row::default()
            };
            self.place(vec![row], BLOCK_GAP);
        }
    }

    fn notice(&mut self, notice: &Notice) -> Vec<Row> {
        let inset = 12.0;
        let width = TEXT_WIDTH - 2.0 * inset;
        let mut strips = Vec::new();
        if let Some(title) = &notice.title {
            let element = self.setter.sheet.element(Role::Paragraph, 0);
            let setting = typeset::Setting {
                colour: palette::tone(notice.tone),
                ..SUBSECTION
            };
            strips.extend(
                self.setter
                    .strips(&[Span::plain(title)], setting, width, element),
            );
            // The title of a box does not part from its text.
            for strip in &mut strips {
                strip.may_break = false;
            }
        }
        for paragraph in &notice.text {
            let element = self.setter.sheet.element(Role::Paragraph, 0);
            let mut lines = self.setter.strips(paragraph, BODY, width, element);
            if let Some(first) = lines.first_mut() {
                first.gap = 2.0;
            }
            strips.extend(lines);
        }
        if strips.is_empty() {
            return Vec::new();
        }
        vec![Row {
            pad_top: 6.0,
            pad_bottom: 7.0,
            grounds: vec![
                Ground {
                    x: TEXT_X,
                    width: TEXT_WIDTH,
                    colour: palette::tone_ground(notice.tone),
                },
                Ground {
                    x: TEXT_X,
                    width: 3.0,
                    colour: palette::tone(notice.tone),
                },
            ],
            columns: vec![Column {
                x: TEXT_X + inset,
                strips,
            }],
            ..Row::default()
        }]
    }

    /// Places a block's rows below the headings that wait for them.
    fn place(&mut self, mut rows: Vec<Row>, gap: f32) {
        if rows.is_empty() {
            return;
        }
        self.place_headings(opening(&rows));
        if let Some(first) = rows.first_mut() {
            first.gap = if self.starts_section { 0.0 } else { gap };
        }
        self.starts_section = false;
        self.after_title = false;
        self.setter.sheet.place(rows);
    }

    /// Places the waiting headings on a page where `following` points remain below them.
    fn place_headings(&mut self, following: f32) {
        let headings = std::mem::take(&mut self.headings);
        for (index, (level, text)) in headings.iter().enumerate() {
            let between: f32 = headings[index + 1..]
                .iter()
                .map(|(_, below)| self.heading_height(below))
                .sum();
            match level {
                Level::Section => self.section(text, between + following),
                Level::Subsection => self.subsection(text, between + following),
            }
        }
    }

    /// Room that a heading in the text column takes.
    fn heading_height(&mut self, text: &str) -> f32 {
        let lines = self
            .setter
            .strips(&[Span::plain(text)], SUBSECTION, TEXT_WIDTH, 0);
        lines.iter().map(|strip| strip.height).sum::<f32>() + SUBSECTION_GAP + SUBSECTION_BELOW
    }

    /// A section: a rule across the page, and the heading in the margin column.
    fn section(&mut self, text: &str, following: f32) {
        let element = self.setter.sheet.element(Role::Heading(2), 0);
        let strips = self
            .setter
            .strips(&[Span::plain(text)], SECTION, HEADING_WIDTH, element);
        let height: f32 = strips.iter().map(|strip| strip.height).sum();
        if strips.is_empty() {
            return;
        }
        let sheet = &mut self.setter.sheet;
        sheet.clear_margin();
        let tallest = height.max(following).min(HEIGHT / 2.0);
        sheet.need(SECTION_GAP + 9.0 + tallest);
        sheet.skip(SECTION_GAP);
        if !sheet.is_top() && !self.after_title {
            let rule = Rule {
                x: MARGIN,
                width: FULL_WIDTH,
                thickness: 0.6,
                colour: RULE_STRONG,
            };
            sheet.place(vec![Row {
                pad_bottom: 0.6,
                rule: Some(rule),
                ..Row::default()
            }]);
            sheet.y += 7.4;
        }
        sheet.bookmark(
            1,
            &single_line(
                &self.setter.fonts.clean(text, Style::Regular),
                OUTLINE_LIMIT,
            ),
            sheet.y,
        );
        let top = sheet.y;
        let row = Row {
            columns: vec![Column { x: MARGIN, strips }],
            whole: true,
            ..Row::default()
        };
        sheet.place(vec![row]);
        // The text begins beside the heading, not below it.
        let height = sheet.y - top;
        if height > 0.0 {
            sheet.y = top;
            sheet.take_margin(height);
        }
        self.starts_section = true;
        self.after_title = false;
    }

    fn subsection(&mut self, text: &str, following: f32) {
        let element = self.setter.sheet.element(Role::Heading(3), 0);
        let strips = self
            .setter
            .strips(&[Span::plain(text)], SUBSECTION, TEXT_WIDTH, element);
        if strips.is_empty() {
            return;
        }
        let gap = if self.starts_section {
            0.0
        } else {
            SUBSECTION_GAP
        };
        let row = Row {
            gap,
            pad_bottom: SUBSECTION_BELOW,
            columns: vec![Column { x: TEXT_X, strips }],
            whole: true,
            ..Row::default()
        };
        let sheet = &mut self.setter.sheet;
        sheet.need(gap + row.height() + following.min(HEIGHT / 2.0));
        sheet.bookmark(
            2,
            &single_line(
                &self.setter.fonts.clean(text, Style::Regular),
                OUTLINE_LIMIT,
            ),
            sheet.y,
        );
        sheet.place(vec![row]);
        self.starts_section = true;
    }
}

#[cfg(test)]
mod tests;
