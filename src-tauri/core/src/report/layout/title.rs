//! The head of a document: kind, title, markings, and the facts that identify it.

use super::super::Document;
use super::super::block::{Chip, Gauge, Span, TitleBlock};
use super::super::flow::{Column, Row, Rule, Strip};
use super::super::line::fit_line;
use super::super::page::{Area, Item, Piece, Role, Tag};
use super::super::palette::{self, ACCENT, BLACK, RULE_STRONG, Rgb};
use super::super::text::single_line;
use super::typeset::{BODY, KIND, NOTE, SOURCE, STRONG, Setting, TITLE, Typesetter};
use super::{FULL_WIDTH, MARGIN, OUTLINE_LIMIT};

const CHIP_HEIGHT: f32 = 21.0;
const CHIP_PAD: f32 = 8.0;
/// Facts that stand side by side.
const FACTS_PER_ROW: usize = 4;
/// Size of the marking in the body: as large as in the header.
const MARKING: Setting = Setting {
    size: 12.0,
    leading: CHIP_HEIGHT,
    ..STRONG
};
const LABEL: Setting = Setting {
    size: 10.5,
    leading: CHIP_HEIGHT,
    ..STRONG
};

/// A label in a box, before it knows where it stands.
struct Label {
    text: String,
    setting: Setting,
    ground: Rgb,
    gauge: Option<Gauge>,
}

impl Typesetter<'_> {
    pub(super) fn title(&mut self, title: &TitleBlock, document: &Document) -> Vec<Row> {
        let kind = self.sheet.element(Role::Paragraph, 0);
        let kinds = self.strips(&[Span::plain(&title.kind)], KIND, FULL_WIDTH, kind);
        let heading = self.sheet.element(Role::Heading(1), 0);
        let mut titles = self.strips(
            &[Span::plain(&title.title)],
            TITLE,
            FULL_WIDTH * 0.94,
            heading,
        );
        // A document has a title, whatever the user typed: its outline and its tags begin with it.
        if titles.is_empty() {
            titles = self.strips(
                &[Span::plain(&document.running_title)],
                TITLE,
                FULL_WIDTH * 0.94,
                heading,
            );
        }
        let line = |strips| Row {
            columns: vec![Column { x: MARGIN, strips }],
            ..Row::default()
        };
        let mut rows = vec![
            Row {
                pad_top: 6.0,
                pad_bottom: 4.0,
                ..line(kinds)
            },
            Row {
                pad_bottom: 11.0,
                ..line(titles)
            },
        ];
        rows.push(Row {
            pad_bottom: 6.0,
            ..line(self.labels(&title.chips, document))
        });
        let meaning = self.sheet.element(Role::Paragraph, 0);
        let restriction = document.marking.restriction.iter().map(|text| {
            vec![Span {
                text: text.clone(),
                ..Span::strong("")
            }]
        });
        let meanings: Vec<Vec<Span>> = restriction
            .chain([vec![Span::plain(&title.marking_meaning)]])
            .collect();
        let strips = self.pile(&meanings, NOTE, FULL_WIDTH, meaning);
        rows.push(Row {
            pad_bottom: 12.0,
            ..line(strips)
        });
        rows.extend(self.facts(title));
        self.sheet
            .bookmark(0, &self.outline_title(title, document), 0.0);
        rows
    }

    fn outline_title(&self, title: &TitleBlock, document: &Document) -> String {
        let line = single_line(&self.fonts.clean(&title.title, BODY.style), OUTLINE_LIMIT);
        if line.is_empty() {
            single_line(
                &self.fonts.clean(&document.running_title, BODY.style),
                OUTLINE_LIMIT,
            )
        } else {
            line
        }
    }

    /// TLP, PAP and the chips, on as many lines as they need.
    fn labels(&mut self, chips: &[Chip], document: &Document) -> Vec<Strip> {
        let mut labels = vec![Label {
            text: document.marking.tlp.label().to_owned(),
            setting: Setting {
                colour: palette::tlp(document.marking.tlp),
                ..MARKING
            },
            ground: BLACK,
            gauge: None,
        }];
        labels.extend(document.marking.pap.map(|pap| Label {
            text: pap.label().to_owned(),
            setting: Setting {
                colour: palette::pap(pap),
                ..MARKING
            },
            ground: BLACK,
            gauge: None,
        }));
        labels.extend(chips.iter().map(|chip| Label {
            text: chip.text.clone(),
            setting: Setting {
                colour: palette::tone(chip.tone),
                ..LABEL
            },
            ground: palette::tone_ground(chip.tone),
            gauge: chip.gauge,
        }));
        let mut strips = vec![Strip {
            height: CHIP_HEIGHT,
            may_break: true,
            ..Strip::default()
        }];
        let mut x = 0.0;
        for label in labels {
            let (width, content) = self.label(&label);
            if x + width > FULL_WIDTH && x > 0.0 {
                strips.push(Strip {
                    gap: 5.0,
                    height: CHIP_HEIGHT,
                    may_break: true,
                    content: Vec::new(),
                });
                x = 0.0;
            }
            if let Some(strip) = strips.last_mut() {
                strip.content.extend(
                    content
                        .into_iter()
                        .map(|(tag, item)| (tag, item.moved(x, 0.0))),
                );
            }
            x += width + 7.0;
        }
        strips
    }

    fn label(&mut self, label: &Label) -> (f32, Vec<(Tag, Item)>) {
        let setting = label.setting;
        let steps = label
            .gauge
            .map_or(0.0, |gauge| f32::from(gauge.of.min(6)) * 5.0 + 4.0);
        let room = FULL_WIDTH - 2.0 * CHIP_PAD - steps;
        let word = fit_line(
            self.fonts,
            &label.text,
            setting.style,
            setting.size,
            room,
            self.lang,
        );
        let width = word.width * setting.size + 2.0 * CHIP_PAD + steps;
        let area = Area {
            x: 0.0,
            y: 0.0,
            width,
            height: CHIP_HEIGHT,
        };
        let mut content = vec![(
            None,
            Item::Fill {
                area,
                radius: 3.5,
                colour: label.ground,
            },
        )];
        let baseline = setting.baseline();
        if let Some(gauge) = label.gauge {
            content.extend((0..gauge.of.min(6)).map(|step| {
                let height = 3.5 + f32::from(step) * 2.1;
                let colour = if step < gauge.filled {
                    palette::tone(gauge.tone)
                } else {
                    RULE_STRONG
                };
                (
                    None,
                    Item::fill(
                        CHIP_PAD + f32::from(step) * 5.0,
                        baseline - height,
                        3.6,
                        height,
                        colour,
                    ),
                )
            }));
        }
        let element = self.sheet.element(Role::Paragraph, 0);
        let pieces = vec![Piece::plain(word)];
        let text = Item::Text {
            style: setting.style,
            size: setting.size,
            x: CHIP_PAD + steps,
            baseline,
            colour: setting.colour,
            pieces,
        };
        content.push((Some(element), text));
        (width, content)
    }

    /// Facts side by side, between two rules.
    fn facts(&mut self, title: &TitleBlock) -> Vec<Row> {
        let facts: Vec<_> = title
            .facts
            .iter()
            .filter(|fact| !fact.value.trim().is_empty())
            .collect();
        let list = self.sheet.element(Role::List { bulleted: false }, 0);
        let mut rows = Vec::new();
        for group in facts.chunks(FACTS_PER_ROW) {
            let widths: [f32; FACTS_PER_ROW] = [0.23, 0.26, 0.25, 0.26];
            let mut x = MARGIN;
            let mut row = Row {
                pad_top: 7.0,
                pad_bottom: 7.0,
                rule: Some(Rule {
                    x: MARGIN,
                    width: FULL_WIDTH,
                    thickness: 0.6,
                    colour: RULE_STRONG,
                }),
                ..Row::default()
            };
            for (fact, share) in group.iter().zip(widths) {
                let entry = self.sheet.element(Role::ListItem, list);
                let label = self.sheet.element(Role::ListLabel, entry);
                let body = self.sheet.element(Role::ListBody, entry);
                let width = FULL_WIDTH * share;
                let mut strips =
                    self.strips(&[Span::plain(&fact.name)], SOURCE, width - 12.0, label);
                strips.extend(self.strips(&[Span::plain(&fact.value)], BODY, width - 12.0, body));
                row.columns.push(Column { x, strips });
                x += width;
            }
            rows.push(row);
        }
        if !rows.is_empty() {
            let thick = Rule {
                x: MARGIN,
                width: FULL_WIDTH,
                thickness: 1.4,
                colour: ACCENT,
            };
            rows.insert(
                0,
                Row {
                    pad_bottom: 1.4,
                    rule: Some(thick),
                    keeps_next: true,
                    ..Row::default()
                },
            );
        }
        rows
    }
}
