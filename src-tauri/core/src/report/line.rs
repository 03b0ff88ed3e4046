//! Paragraphs cut into lines: Unicode line breaking (UAX 14), hyphenation by syllables, and a last
//! resort for what has no place to break.
//!
//! Text is set ragged: a word is hyphenated only where the line would otherwise end visibly early,
//! and never on more than two lines in a row.

use std::rc::Rc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::Lang;
use super::font::{Fonts, Style, Word};
use super::typography;

/// A stretch of a paragraph set in one style.
#[derive(Clone, Debug)]
pub(super) struct Stretch<'a> {
    pub text: &'a str,
    pub style: Style,
    /// Its size, relative to the paragraph's.
    pub scale: f32,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Size of the type, points.
    pub size: f32,
    /// Width of the column, points.
    pub width: f32,
    pub lang: Lang,
    pub hyphenate: bool,
}

/// A word on a line.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    /// The stretch that it comes from.
    pub stretch: usize,
    pub word: Rc<Word>,
    /// What its last character is in the text, where that is not what it looks like.
    pub last_reads: Option<&'static str>,
}

/// A line of text; it may be empty where the author left one.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub fragments: Vec<Fragment>,
    /// Width in points, trailing space included.
    pub width: f32,
}

/// A word without a place to break is cut into parts of this many characters, so that shaping
/// stays linear in the length of a paste.
const CHUNK: usize = 160;
/// A line that fills this share of the column does not ask for hyphenation.
const FULL_ENOUGH: f32 = 0.86;
/// The longest word that is hyphenated, bytes (the limit of `hypher` without allocation).
const LONGEST_HYPHENATED: usize = 41;

/// A hyphen added at the end of a line, as it is in the text: none, once the lines are joined.
const SOFT_HYPHEN: &str = "\u{ad}";
/// A hyphen of the word itself at the end of a line. Text extraction (poppler, pdf.js) takes a bare
/// one for an added one and drops it, so that « Saint-Étienne » would be read « SaintÉtienne ».
const KEPT_HYPHEN: &str = "-\u{2060}";

/// Cuts a paragraph into lines. Text without anything to show gives no line.
pub(super) fn break_lines(
    fonts: &mut Fonts,
    stretches: &[Stretch<'_>],
    measure: Measure,
) -> Vec<Line> {
    let paragraph = Paragraph::new(fonts, stretches, measure.lang);
    let mut breaker = Breaker {
        fonts,
        measure,
        lines: Vec::new(),
        line: Line::default(),
        hyphens: 0,
    };
    let mut start = 0;
    for (end, opportunity) in linebreaks(&paragraph.text) {
        let parts = paragraph.parts(start, end);
        breaker.add(&parts);
        if opportunity == BreakOpportunity::Mandatory && end < paragraph.text.len() {
            breaker.end_line();
        }
        start = end;
    }
    if !breaker.line.fragments.is_empty() {
        breaker.end_line();
    }
    breaker.lines
}

/// `text` on one line of at most `width` points, an ellipsis standing for what does not fit.
pub(super) fn fit_line(
    fonts: &mut Fonts,
    text: &str,
    style: Style,
    size: f32,
    width: f32,
    lang: Lang,
) -> Rc<Word> {
    /// More never fits on a page.
    const LIMIT: usize = 400;
    let start: String = text.trim().chars().take(LIMIT).collect();
    let whole = typography::set(&fonts.clean(&start, style), lang).replace('\n', " ");
    let word = fonts.word(&whole, style);
    if word.width * size <= width {
        return word;
    }
    let room = width / size - fonts.width("…", style);
    let (mut pen, mut keep) = (0.0, 0);
    for glyph in &word.glyphs {
        pen += glyph.advance;
        if pen > room {
            break;
        }
        keep = glyph.to.max(keep);
    }
    let cut = format!("{}…", whole[..keep].trim_end());
    fonts.word(&cut, style)
}

/// A part of an unbreakable unit, in one style.
struct Part<'a> {
    stretch: usize,
    setting: Setting,
    text: &'a str,
}

/// Typeface and relative size.
#[derive(Clone, Copy)]
struct Setting {
    style: Style,
    scale: f32,
}

/// The stretches of a paragraph as one text: a line may not break between `(` and a bold word.
struct Paragraph {
    text: String,
    /// End of each stretch in `text`, and how it is set.
    ends: Vec<(usize, Setting)>,
}

impl Paragraph {
    fn new(fonts: &Fonts, stretches: &[Stretch<'_>], lang: Lang) -> Self {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            let clean = fonts.clean(stretch.text, stretch.style);
            // Code keeps its apostrophes and spaces as they are.
            let set = if stretch.style == Style::Mono {
                clean
            } else {
                typography::set(&clean, lang)
            };
            push_collapsed(&mut text, &set);
            ends.push((
                text.len(),
                Setting {
                    style: stretch.style,
                    scale: stretch.scale,
                },
            ));
        }
        let kept = text.trim_end().len();
        text.truncate(kept);
        for (end, _) in &mut ends {
            *end = (*end).min(kept);
        }
        Self { text, ends }
    }

    /// The parts of the text between two break opportunities.
    fn parts(&self, start: usize, end: usize) -> Vec<Part<'_>> {
        let mut from = 0;
        let mut parts = Vec::with_capacity(1);
        for (stretch, &(to, setting)) in self.ends.iter().enumerate() {
            let (first, last) = (from.max(start), to.min(end));
            if first < last {
                let text = self.text[first..last].trim_end_matches('\n');
                if !text.is_empty() {
                    parts.push(Part {
                        stretch,
                        setting,
                        text,
                    });
                }
            }
            from = to;
        }
        parts
    }
}

/// Appends without leading blanks, doubled spaces, or more than one empty line.
fn push_collapsed(text: &mut String, addition: &str) {
    for character in addition.chars() {
        let redundant = match character {
            ' ' => text.is_empty() || text.ends_with([' ', '\n']),
            '\n' => {
                while text.ends_with(' ') {
                    text.pop();
                }
                text.is_empty() || text.ends_with("\n\n")
            }
            _ => false,
        };
        if !redundant {
            text.push(character);
        }
    }
}

struct Breaker<'a> {
    fonts: &'a mut Fonts,
    measure: Measure,
    lines: Vec<Line>,
    line: Line,
    /// Hyphenated lines in a row, up to the current one.
    hyphens: u8,
}

impl Breaker<'_> {
    /// Adds a unit that should not be broken.
    fn add(&mut self, parts: &[Part<'_>]) {
        let characters: usize = parts.iter().map(|part| part.text.len()).sum();
        if characters > CHUNK {
            return self.fill(parts);
        }
        if self.fits(parts) {
            return self.push_parts(parts);
        }
        if let [part] = parts
            && self.hyphenate(part)
        {
            return;
        }
        if !self.line.fragments.is_empty() {
            self.end_line();
            return self.add(parts);
        }
        self.fill(parts);
    }

    fn fits(&mut self, parts: &[Part<'_>]) -> bool {
        let mut width = self.line.width;
        for (index, part) in parts.iter().enumerate() {
            let shown = if index + 1 == parts.len() {
                part.text.trim_end_matches(' ')
            } else {
                part.text
            };
            width += self.width(shown, part.setting);
        }
        width <= self.measure.width
    }

    fn push_parts(&mut self, parts: &[Part<'_>]) {
        for part in parts {
            self.push(part.stretch, part.setting, part.text);
        }
    }

    /// Width of `text` in points.
    fn width(&mut self, text: &str, setting: Setting) -> f32 {
        self.fonts.width(text, setting.style) * self.measure.size * setting.scale
    }

    fn push(&mut self, stretch: usize, setting: Setting, text: &str) {
        let word = self.fonts.word(text, setting.style);
        self.line.width += word.width * self.measure.size * setting.scale;
        self.line.fragments.push(Fragment {
            stretch,
            word,
            last_reads: None,
        });
    }

    fn end_line(&mut self) {
        let hyphenated = self
            .line
            .fragments
            .last()
            .is_some_and(|last| last.last_reads == Some(SOFT_HYPHEN));
        if let Some(last) = self.line.fragments.last_mut()
            && last.last_reads.is_none()
            && last.word.text.ends_with('-')
        {
            last.last_reads = Some(KEPT_HYPHEN);
        }
        self.hyphens = if hyphenated { self.hyphens + 1 } else { 0 };
        self.lines.push(std::mem::take(&mut self.line));
    }

    /// Breaks the unit at a syllable that fits, if the line needs it and the word allows it.
    fn hyphenate(&mut self, part: &Part<'_>) -> bool {
        let filled = self.line.width / self.measure.width;
        if !self.measure.hyphenate
            || part.setting.style == Style::Mono
            || self.hyphens >= 2
            || filled > FULL_ENOUGH
        {
            return false;
        }
        let Some((from, to)) = hyphenable(part.text) else {
            return false;
        };
        let lang = match self.measure.lang {
            Lang::Fr => hypher::Lang::French,
            Lang::En => hypher::Lang::English,
        };
        let room = self.measure.width - self.line.width;
        let word = &part.text[from..to];
        let letters = word.chars().count();
        let (mut bytes, mut before, mut best) = (0, 0, None);
        for syllable in hypher::hyphenate(word, lang) {
            bytes += syllable.len();
            before += syllable.chars().count();
            if before >= 3 && letters >= before + 3 {
                let start = format!("{}-", &part.text[..from + bytes]);
                if self.width(&start, part.setting) <= room {
                    best = Some(from + bytes);
                }
            }
        }
        let Some(cut) = best else { return false };
        self.push(part.stretch, part.setting, &part.text[..cut]);
        self.push(part.stretch, part.setting, "-");
        if let Some(hyphen) = self.line.fragments.last_mut() {
            hyphen.last_reads = Some(SOFT_HYPHEN);
        }
        self.end_line();
        self.add(&[Part {
            stretch: part.stretch,
            setting: part.setting,
            text: &part.text[cut..],
        }]);
        true
    }

    /// Fills line after line with a unit that no line can hold, breaking between any two glyphs.
    fn fill(&mut self, parts: &[Part<'_>]) {
        for part in parts {
            let mut rest = part.text;
            while !rest.is_empty() {
                let chunk = &rest[..rest
                    .char_indices()
                    .nth(CHUNK)
                    .map_or(rest.len(), |(at, _)| at)];
                let room = (self.measure.width - self.line.width)
                    / (self.measure.size * part.setting.scale);
                let cut = self.fitting(chunk, part.setting.style, room);
                if cut == 0 && !self.line.fragments.is_empty() {
                    self.end_line();
                    continue;
                }
                // A column narrower than a letter still gets one letter a line.
                let cut = if cut == 0 {
                    chunk.chars().next().map_or(chunk.len(), char::len_utf8)
                } else {
                    cut
                };
                self.push(part.stretch, part.setting, &chunk[..cut]);
                rest = &rest[cut..];
                if cut < chunk.len() {
                    self.end_line();
                }
            }
        }
    }

    /// How many bytes of `text` fit into `room` em.
    fn fitting(&mut self, text: &str, style: Style, room: f32) -> usize {
        let word = self.fonts.word(text, style);
        let mut pen = 0.0;
        for glyph in &word.glyphs {
            pen += glyph.advance;
            // A cluster goes whole: its later glyphs start where the first one did.
            if pen > room {
                return glyph.from;
            }
        }
        text.len()
    }
}

/// The letters of a unit that may be hyphenated: its last run of letters, if it is a plain word.
fn hyphenable(unit: &str) -> Option<(usize, usize)> {
    if unit.contains(|c: char| c.is_ascii_digit() || "@/_\\.:=#".contains(c) && !unit.ends_with(c))
    {
        return None;
    }
    let to = unit.trim_end_matches(|c: char| !c.is_alphabetic()).len();
    let from = unit[..to]
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()?
        .0;
    let word = &unit[from..to];
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (word.chars().count() > 6 && word.len() <= LONGEST_HYPHENATED && capitals <= 1)
        .then_some((from, to))
}

#[cfg(test)]
mod tests;
