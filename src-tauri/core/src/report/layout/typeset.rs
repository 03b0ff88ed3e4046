//! Spans → strips: the lines of a paragraph with their typeface, colour, links and elements.

use super::super::Lang;
use super::super::block::{Face, Gauge, Span};
use super::super::flow::{Sheet, Strip};
use super::super::font::{Fonts, Style};
use super::super::line::{Fragment, Line, Measure, Stretch, break_lines};
use super::super::page::{Area, ElementId, Item, Piece, Role, Tag};
use super::super::palette::{self, ACCENT, INK, INK_FAINT, INK_SOFT, Rgb};

/// How a paragraph looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Size of the type, points.
    pub size: f32,
    /// From baseline to baseline, points.
    pub leading: f32,
    pub style: Style,
    pub colour: Rgb,
    pub hyphenate: bool,
    pub right: bool,
}

pub(super) const BODY: Setting = Setting {
    size: 10.0,
    leading: 14.2,
    style: Style::Regular,
    colour: INK,
    hyphenate: true,
    right: false,
};
pub(super) const STRONG: Setting = Setting {
    style: Style::Strong,
    hyphenate: false,
    ..BODY
};
pub(super) const KEY: Setting = Setting {
    colour: INK_SOFT,
    hyphenate: false,
    ..BODY
};
pub(super) const NOTE: Setting = Setting {
    size: 8.5,
    leading: 11.8,
    colour: INK_SOFT,
    ..BODY
};
pub(super) const SOURCE: Setting = Setting {
    size: 8.5,
    leading: 12.0,
    colour: INK_FAINT,
    ..BODY
};
/// Shares the body's leading, so that its baseline meets that of the text beside it.
pub(super) const TABLE_HEAD: Setting = Setting {
    size: 8.5,
    style: Style::Strong,
    colour: INK_SOFT,
    hyphenate: false,
    ..BODY
};
pub(super) const SECTION: Setting = Setting {
    size: 10.5,
    style: Style::Strong,
    colour: ACCENT,
    hyphenate: false,
    ..BODY
};
pub(super) const SUBSECTION: Setting = Setting {
    size: 10.5,
    leading: 14.6,
    ..STRONG
};
pub(super) const KIND: Setting = Setting {
    size: 11.0,
    leading: 15.0,
    style: Style::Strong,
    colour: ACCENT,
    ..KEY
};
pub(super) const TITLE: Setting = Setting {
    size: 22.0,
    leading: 26.0,
    ..STRONG
};

/// Fixed-pitch type looks larger than text of its size.
const CODE_SCALE: f32 = 0.85;
const GAUGE_STEP: f32 = 8.0;
const GAUGE_SIDE: f32 = 6.2;
/// More steps than this are not drawn.
const GAUGE_LIMIT: u8 = 12;

impl Setting {
    /// Where the baseline lies in a line: capitals stand in its middle.
    pub(super) fn baseline(self) -> f32 {
        const CAPITALS: f32 = 0.66;
        (self.leading + CAPITALS * BODY.size.max(self.size)) / 2.0
    }
}

/// What layout works with: the pages, the typefaces, the language.
pub(super) struct Typesetter<'a> {
    pub sheet: Sheet,
    pub fonts: &'a mut Fonts,
    pub lang: Lang,
}

impl Typesetter<'_> {
    /// The lines of a paragraph; two lines stay together at its start and at its end.
    pub(super) fn strips(
        &mut self,
        spans: &[Span],
        setting: Setting,
        width: f32,
        element: ElementId,
    ) -> Vec<Strip> {
        let stretches: Vec<Stretch<'_>> = spans
            .iter()
            .map(|span| match span.face {
                Face::Plain | Face::Soft => Stretch {
                    text: &span.text,
                    style: setting.style,
                    scale: 1.0,
                },
                Face::Strong => Stretch {
                    text: &span.text,
                    style: Style::Strong,
                    scale: 1.0,
                },
                Face::Code => Stretch {
                    text: &span.text,
                    style: Style::Mono,
                    scale: CODE_SCALE,
                },
            })
            .collect();
        let measure = Measure {
            size: setting.size,
            width,
            lang: self.lang,
            hyphenate: setting.hyphenate,
        };
        let lines = break_lines(self.fonts, &stretches, measure);
        let tags: Vec<ElementId> = spans
            .iter()
            .map(|span| {
                if span.link.is_some() {
                    self.sheet.element(Role::Link, element)
                } else {
                    element
                }
            })
            .collect();
        let count = lines.len();
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let indent = if setting.right {
                    width - visible_width(line, &stretches, setting.size)
                } else {
                    0.0
                };
                Strip {
                    gap: 0.0,
                    height: setting.leading,
                    may_break: index + 1 == count || (index >= 1 && index + 3 <= count),
                    content: line_items(line, spans, &stretches, &tags, setting, indent),
                }
            })
            .collect()
    }

    /// The lines of several paragraphs, as one pile.
    pub(super) fn pile(
        &mut self,
        paragraphs: &[Vec<Span>],
        setting: Setting,
        width: f32,
        element: ElementId,
    ) -> Vec<Strip> {
        let mut strips: Vec<Strip> = Vec::new();
        for paragraph in paragraphs {
            let mut lines = self.strips(paragraph, setting, width, element);
            if let Some(first) = lines.first_mut() {
                first.gap = 1.0;
            }
            strips.extend(lines);
        }
        strips
    }
}

/// Width of a gauge with the space after it.
pub(super) fn gauge_width(gauge: Gauge) -> f32 {
    f32::from(gauge.of.min(GAUGE_LIMIT)) * GAUGE_STEP + 5.0
}

/// The steps of a gauge, standing on `baseline`. They are artifacts: the words beside say the same.
pub(super) fn gauge_items(gauge: Gauge, x: f32, baseline: f32) -> Vec<(Tag, Item)> {
    (0..gauge.of.min(GAUGE_LIMIT))
        .map(|step| {
            let colour = if step < gauge.filled {
                palette::tone(gauge.tone)
            } else {
                palette::RULE
            };
            let area = Area {
                x: x + f32::from(step) * GAUGE_STEP,
                y: baseline - GAUGE_SIDE,
                width: GAUGE_SIDE,
                height: GAUGE_SIDE,
            };
            (
                None,
                Item::Fill {
                    area,
                    radius: 1.2,
                    colour,
                },
            )
        })
        .collect()
}

fn scaled(fragment: &Fragment, stretches: &[Stretch<'_>], size: f32) -> f32 {
    size * stretches[fragment.stretch].scale
}

/// The line's width without the space at its end.
fn visible_width(line: &Line, stretches: &[Stretch<'_>], size: f32) -> f32 {
    let trailing = line.fragments.last().map_or(0.0, |last| {
        let spaces: f32 = last
            .word
            .glyphs
            .iter()
            .rev()
            .take_while(|glyph| &last.word.text[glyph.from..glyph.to] == " ")
            .map(|glyph| glyph.advance)
            .sum();
        spaces * scaled(last, stretches, size)
    });
    line.width - trailing
}

fn line_items(
    line: &Line,
    spans: &[Span],
    stretches: &[Stretch<'_>],
    tags: &[ElementId],
    setting: Setting,
    indent: f32,
) -> Vec<(Tag, Item)> {
    let mut items = Vec::new();
    let mut x = indent;
    let baseline = setting.baseline();
    for run in line.fragments.chunk_by(|a, b| a.stretch == b.stretch) {
        let Some(first) = run.first() else { continue };
        let span = &spans[first.stretch];
        let size = scaled(first, stretches, setting.size);
        let width: f32 = run.iter().map(|fragment| fragment.word.width * size).sum();
        let tag = Some(tags[first.stretch]);
        let colour = match (&span.link, span.face) {
            (Some(_), _) => ACCENT,
            (None, Face::Soft) => INK_FAINT,
            _ => setting.colour,
        };
        let pieces = run
            .iter()
            .map(|fragment| Piece {
                word: fragment.word.clone(),
                last_reads: fragment.last_reads,
            })
            .collect();
        items.push((
            tag,
            Item::Text {
                style: stretches[first.stretch].style,
                size,
                x,
                baseline,
                colour,
                pieces,
            },
        ));
        if let Some(address) = &span.link {
            items.push((tag, Item::fill(x, baseline + 1.6, width, 0.5, colour)));
            let area = Area {
                x,
                y: baseline - size * 0.85,
                width,
                height: size * 1.2,
            };
            items.push((
                tag,
                Item::Link {
                    area,
                    address: address.clone(),
                },
            ));
        }
        x += width;
    }
    items
}
