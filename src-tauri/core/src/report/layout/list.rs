//! Lists: bullets, chronologies, and the bars of a chart.

use super::super::block::{Bar, Bars, Day, Entry, Event, Legend, Span};
use super::super::flow::{BOTTOM, Column, Ground, Row, Strip, TOP, keep_ends_together};
use super::super::line::fit_line;
use super::super::page::{Area, ElementId, Item, Piece, Role, Tag};
use super::super::palette::{ACCENT, ACCENT_GROUND, INK, RULE_STRONG, Rgb};
use super::super::text::single_line;
use super::typeset::{BODY, NOTE, SOURCE, STRONG, Setting, Typesetter};

/// From a bullet to its text.
const INDENT: f32 = 13.0;
/// Width of the hours of a chronology.
const HOUR_WIDTH: f32 = 50.0;
/// Width of the line beside the hours, with the space around it.
const RAIL_WIDTH: f32 = 22.0;
/// Height of a bar of a chart, with the space below it.
const BAR_HEIGHT: f32 = 19.0;
/// Width of the line that marks a value to compare with.
const MARK_WIDTH: f32 = 1.6;
const WHITE: Rgb = [255; 3];
/// How the value beside a bar is set.
const BAR_VALUE: Setting = Setting {
    size: 9.0,
    ..STRONG
};
/// The longest alternative text of a figure, characters.
const ALTERNATIVE_LIMIT: usize = 2_000;

impl Typesetter<'_> {
    pub(super) fn bullets(&mut self, entries: &[Entry], x: f32, width: f32) -> Vec<Row> {
        let list = self.sheet.element(Role::List { bulleted: true }, 0);
        let mut rows = Vec::new();
        for entry in entries {
            let Some((row, body)) = self.bullet(&entry.text, "•", list, x, width) else {
                continue;
            };
            rows.push(row);
            if entry.entries.is_empty() {
                continue;
            }
            let below = self.sheet.element(Role::List { bulleted: true }, body);
            for text in &entry.entries {
                let row = self.bullet(text, "–", below, x + INDENT, width - INDENT);
                rows.extend(row.map(|(row, _)| row));
            }
        }
        if let Some(first) = rows.first_mut() {
            first.gap = 0.0;
        }
        keep_ends_together(&mut rows);
        rows
    }

    /// An item behind its mark, and the element that its own list belongs to; none when it says nothing.
    fn bullet(
        &mut self,
        text: &[Span],
        mark: &str,
        list: ElementId,
        x: f32,
        width: f32,
    ) -> Option<(Row, ElementId)> {
        let entry = self.sheet.element(Role::ListItem, list);
        let label = self.sheet.element(Role::ListLabel, entry);
        let body = self.sheet.element(Role::ListBody, entry);
        let strips = self.strips(text, BODY, width - INDENT, body);
        if strips.is_empty() {
            return None;
        }
        let accent = Setting {
            colour: ACCENT,
            ..STRONG
        };
        let mark = self.strips(&[Span::plain(mark)], accent, INDENT, label);
        let row = Row {
            gap: 3.0,
            columns: vec![
                Column {
                    x: x + 1.0,
                    strips: mark,
                },
                Column {
                    x: x + INDENT,
                    strips,
                },
            ],
            ..Row::default()
        };
        Some((row, body))
    }

    pub(super) fn chronology(&mut self, days: &[Day], x: f32, width: f32) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for day in days {
            let date = self.sheet.element(Role::Paragraph, 0);
            let strips = self.strips(&[Span::plain(&day.date)], STRONG, width, date);
            if day.facts.is_empty() || strips.is_empty() {
                continue;
            }
            let gap = if rows.is_empty() { 0.0 } else { 8.0 };
            rows.push(Row {
                gap,
                keeps_next: true,
                columns: vec![Column { x, strips }],
                ..Row::default()
            });
            let list = self.sheet.element(Role::List { bulleted: false }, 0);
            for fact in &day.facts {
                rows.extend(self.fact(fact, list, x, width));
            }
        }
        rows
    }

    fn fact(&mut self, fact: &Event, list: ElementId, x: f32, width: f32) -> Option<Row> {
        let entry = self.sheet.element(Role::ListItem, list);
        let label = self.sheet.element(Role::ListLabel, entry);
        let body = self.sheet.element(Role::ListBody, entry);

        let mut hour = self.strips(
            &[Span::plain(&fact.hour)],
            Setting {
                colour: ACCENT,
                ..STRONG
            },
            HOUR_WIDTH,
            label,
        );
        if let Some(remark) = &fact.remark {
            hour.extend(self.strips(
                &[Span::plain(remark)],
                Setting {
                    size: 8.0,
                    leading: 10.5,
                    ..SOURCE
                },
                HOUR_WIDTH,
                label,
            ));
        }
        let text_x = HOUR_WIDTH + RAIL_WIDTH;
        let mut text = self.strips(&fact.text, BODY, width - text_x, body);
        if let Some(source) = &fact.source {
            // The source does not stand alone on the next page.
            if let Some(last) = text.last_mut() {
                last.may_break = false;
            }
            text.extend(self.strips(&[Span::plain(source)], SOURCE, width - text_x, body));
        }
        if text.is_empty() {
            return None;
        }
        let rail = HOUR_WIDTH + RAIL_WIDTH / 2.0 - 4.0;
        let dot = |radius: f32, colour| {
            let centre = BODY.baseline() - 3.3;
            let area = Area {
                x: rail - radius,
                y: centre - radius,
                width: 2.0 * radius,
                height: 2.0 * radius,
            };
            (
                None,
                Item::Fill {
                    area,
                    radius,
                    colour,
                },
            )
        };
        if let Some(first) = hour.first_mut() {
            first.content.push(dot(4.2, [255; 3]));
            first.content.push(dot(2.7, ACCENT));
        }
        Some(Row {
            pad_top: 2.0,
            pad_bottom: 4.0,
            grounds: vec![Ground {
                x: x + rail - 0.5,
                width: 1.0,
                colour: RULE_STRONG,
            }],
            columns: vec![
                Column { x, strips: hour },
                Column {
                    x: x + text_x,
                    strips: text,
                },
            ],
            ..Row::default()
        })
    }

    /// A chart as figures, each short enough for a page.
    pub(super) fn bars(&mut self, bars: &Bars, x: f32, width: f32) -> Vec<(ElementId, Vec<Row>)> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let per_page = ((BOTTOM - TOP) * 0.8 / BAR_HEIGHT) as usize;
        let scale = self.scale(bars, width);
        let alternative = single_line(
            &self.fonts.clean(&bars.alternative, BODY.style),
            ALTERNATIVE_LIMIT,
        );
        let mut figures = Vec::new();
        for chunk in bars.bars.chunks(per_page.max(1)) {
            let figure = self.sheet.element(Role::Figure, 0);
            self.sheet.out.elements[figure].alternative = Some(alternative.clone());
            let mut strips = Vec::with_capacity(chunk.len() + 1);
            strips.extend(
                bars.legend
                    .as_ref()
                    .map(|legend| self.legend(figure, legend, &scale)),
            );
            strips.extend(chunk.iter().map(|bar| self.bar(figure, bar, &scale)));
            let row = Row {
                whole: true,
                columns: vec![Column { x, strips }],
                ..Row::default()
            };
            figures.push((figure, vec![row]));
        }
        figures
    }

    fn scale(&mut self, bars: &Bars, width: f32) -> Scale {
        let values = bars.bars.iter().map(|bar| {
            let written = self.fonts.clean(&bar.written, BAR_VALUE.style);
            self.fonts.width(&written, BAR_VALUE.style) * BAR_VALUE.size
        });
        let value_width = values.fold(0.0, f32::max).clamp(44.0, width * 0.25);
        let name_width = width * 0.36;
        let lengths = bars.bars.iter().flat_map(|bar| [Some(bar.value), bar.mark]);
        Scale {
            name_width,
            track: width - name_width - value_width - 8.0,
            value_width,
            greatest: lengths.flatten().map(length).fold(0.0, f64::max),
        }
    }

    /// What bar and mark mean, each beside its sign, above the bars.
    fn legend(&mut self, figure: ElementId, legend: &Legend, scale: &Scale) -> Strip {
        const SIGN: f32 = 16.0;
        let half = (scale.track + scale.value_width) / 2.0;
        let left = scale.name_width;
        let bar = fill(figure, left, 4.5, 10.0, 8.0, ACCENT);
        let mark = fill(figure, left + half + 4.0, 2.0, MARK_WIDTH, 13.0, INK);
        let room = half - SIGN - 8.0;
        let content = vec![
            bar,
            self.one_line(figure, &legend.bar, NOTE, left + SIGN, 12.0, room),
            mark,
            self.one_line(
                figure,
                &legend.mark,
                NOTE,
                left + half + SIGN - 4.0,
                12.0,
                room,
            ),
        ];
        Strip {
            gap: 0.0,
            height: BAR_HEIGHT + 2.0,
            may_break: false,
            content,
        }
    }

    fn bar(&mut self, figure: ElementId, bar: &Bar, scale: &Scale) -> Strip {
        const BASELINE: f32 = 12.0;
        let left = scale.name_width;
        let name = self.one_line(figure, &bar.name, NOTE, 0.0, BASELINE, left - 8.0);
        let mut content: Vec<(Tag, Item)> =
            vec![name, bar_at(figure, left, scale.track, ACCENT_GROUND)];
        let share = scale.share(bar.value);
        if share > 0.0 {
            let width = (scale.track * share).max(3.0);
            content.push(bar_at(figure, left, width, ACCENT));
        }
        if let Some(mark) = bar.mark {
            // A white edge keeps the line in sight on the bar.
            let at = left + scale.track * scale.share(mark) - MARK_WIDTH / 2.0;
            content.push(fill(figure, at - 1.0, 0.5, MARK_WIDTH + 2.0, 16.0, WHITE));
            content.push(fill(figure, at, 0.5, MARK_WIDTH, 16.0, INK));
        }
        content.push(self.one_line(
            figure,
            &bar.written,
            BAR_VALUE,
            left + scale.track + 8.0,
            BASELINE,
            scale.value_width,
        ));
        Strip {
            gap: 0.0,
            height: BAR_HEIGHT,
            may_break: false,
            content,
        }
    }

    fn one_line(
        &mut self,
        element: ElementId,
        text: &str,
        setting: Setting,
        x: f32,
        baseline: f32,
        width: f32,
    ) -> (Tag, Item) {
        let word = fit_line(
            self.fonts,
            text,
            setting.style,
            setting.size,
            width,
            self.lang,
        );
        let pieces = vec![Piece::plain(word)];
        (
            Some(element),
            Item::Text {
                style: setting.style,
                size: setting.size,
                x,
                baseline,
                colour: setting.colour,
                pieces,
            },
        )
    }
}

/// Where the parts of a chart stand, and the length that fills a track.
struct Scale {
    name_width: f32,
    track: f32,
    value_width: f32,
    greatest: f64,
}

impl Scale {
    /// The part of the track that a value takes, 0–1.
    fn share(&self, value: f64) -> f32 {
        if self.greatest > 0.0 {
            #[allow(clippy::cast_possible_truncation)]
            let share = (length(value) / self.greatest) as f32;
            share
        } else {
            0.0
        }
    }
}

fn bar_at(figure: ElementId, x: f32, width: f32, colour: Rgb) -> (Tag, Item) {
    let area = Area {
        x,
        y: 2.5,
        width,
        height: 12.0,
    };
    (
        Some(figure),
        Item::Fill {
            area,
            radius: 1.5,
            colour,
        },
    )
}

fn fill(figure: ElementId, x: f32, y: f32, width: f32, height: f32, colour: Rgb) -> (Tag, Item) {
    (Some(figure), Item::fill(x, y, width, height, colour))
}

fn length(value: f64) -> f64 {
    if value.is_finite() {
        value.max(0.0)
    } else {
        0.0
    }
}
