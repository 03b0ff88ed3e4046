//! The embedded typefaces, and words shaped with them.
//!
//! Each word is shaped once and shared (`Rc`): a document repeats itself, and shaping is most of
//! the time that layout takes.

use std::collections::HashMap;
use std::rc::Rc;

use rustybuzz::{Direction, Face, Script, ShapePlan, UnicodeBuffer, script, shape_with_plan};

use super::ReportError;
use super::text::{self, REPLACEMENT};

/// One of the embedded font files. The order is that of the fonts in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Regular,
    Strong,
    Mono,
}

impl Style {
    pub(super) const ALL: [Self; 3] = [Self::Regular, Self::Strong, Self::Mono];

    /// The font's name in the file, with the six capitals that mark a subset (ISO 32000-1, 9.6.4).
    pub(super) const fn subset_name(self) -> &'static str {
        match self {
            Self::Regular => "RELAIA+SourceSans3-Regular",
            Self::Strong => "RELAIB+SourceSans3-SemiBold",
            Self::Mono => "RELAIC+SourceCodePro-Regular",
        }
    }

    /// The whole font file.
    pub(super) const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("fonts/SourceSans3_400Regular.ttf"),
            Self::Strong => include_bytes!("fonts/SourceSans3_600SemiBold.ttf"),
            Self::Mono => include_bytes!("fonts/SourceCodePro_400Regular.ttf"),
        }
    }

    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

/// A glyph of a shaped word. Lengths are in em.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Its number in the whole font file.
    pub id: u16,
    /// How far the pen moves after it.
    pub advance: f32,
    /// How far from the pen it is drawn.
    pub shift: f32,
    /// The bytes of the word's text that it stands for; empty for the second glyph of a cluster.
    pub from: usize,
    /// End of these bytes.
    pub to: usize,
}

/// A shaped piece of text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub text: String,
    pub glyphs: Vec<Glyph>,
    /// Width in em.
    pub width: f32,
}

/// The typefaces, and every word shaped so far.
pub(super) struct Fonts {
    faces: [Face<'static>; 3],
    words: [HashMap<String, Rc<Word>>; 3],
    /// How the text of a script is shaped: to work that out takes longer than to shape a word.
    plans: [Vec<(Script, ShapePlan)>; 3],
}

impl Fonts {
    /// Reads the embedded font files.
    pub(super) fn load() -> Result<Self, ReportError> {
        let face = |style: Style| {
            Face::from_slice(style.file(), 0).ok_or(ReportError::Font(style.subset_name()))
        };
        Ok(Self {
            faces: [
                face(Style::Regular)?,
                face(Style::Strong)?,
                face(Style::Mono)?,
            ],
            words: Default::default(),
            plans: Default::default(),
        })
    }

    pub(super) fn face(&self, style: Style) -> &Face<'static> {
        &self.faces[style.index()]
    }

    /// `text` as this style can show it.
    pub(super) fn clean(&self, text: &str, style: Style) -> String {
        let face = self.face(style);
        text::clean(text, |c| {
            face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
        })
    }

    /// `text` shaped. It must be clean.
    pub(super) fn word(&mut self, text: &str, style: Style) -> Rc<Word> {
        let index = style.index();
        if let Some(word) = self.words[index].get(text) {
            return Rc::clone(word);
        }
        let word = Rc::new(shape(&self.faces[index], &mut self.plans[index], text));
        self.words[index].insert(text.to_owned(), Rc::clone(&word));
        word
    }

    /// Width of `text` in em.
    pub(super) fn width(&mut self, text: &str, style: Style) -> f32 {
        self.word(text, style).width
    }
}

fn shape(face: &Face<'_>, plans: &mut Vec<(Script, ShapePlan)>, text: &str) -> Word {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    // No shipped font has a right-to-left script, and cleaning boxed the others.
    buffer.set_direction(Direction::LeftToRight);
    let script = buffer.script();
    let place = match plans.iter().position(|(of, _)| *of == script) {
        Some(place) => place,
        None => {
            let (direction, language) = (buffer.direction(), buffer.language());
            let known = (script != script::UNKNOWN).then_some(script);
            let plan = ShapePlan::new(face, direction, known, language.as_ref(), &[]);
            plans.push((script, plan));
            plans.len() - 1
        }
    };
    let shaped = shape_with_plan(face, &plans[place].1, buffer);

    #[allow(clippy::cast_precision_loss)]
    let em = |units: i32| units as f32 / face.units_per_em() as f32;
    let replacement = face.glyph_index(REPLACEMENT).map_or(0, |glyph| glyph.0);
    let starts: Vec<usize> = shaped
        .glyph_infos()
        .iter()
        .map(|info| info.cluster as usize)
        .collect();
    let mut ends = vec![text.len(); starts.len()];
    for index in (1..starts.len()).rev() {
        ends[index - 1] = if starts[index] > starts[index - 1] {
            starts[index]
        } else {
            ends[index]
        };
    }
    let glyphs: Vec<Glyph> = shaped
        .glyph_infos()
        .iter()
        .zip(shaped.glyph_positions())
        .enumerate()
        .map(|(index, (info, position))| {
            let leads = index == 0 || starts[index - 1] != starts[index];
            let missing = info.glyph_id == 0;
            Glyph {
                id: if missing {
                    replacement
                } else {
                    u16::try_from(info.glyph_id).unwrap_or(replacement)
                },
                advance: em(position.x_advance),
                shift: em(position.x_offset),
                from: starts[index],
                to: if leads { ends[index] } else { starts[index] },
            }
        })
        .collect();
    Word {
        text: text.to_owned(),
        width: glyphs.iter().map(|glyph| glyph.advance).sum(),
        glyphs,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_font_has_the_characters_that_the_layout_itself_writes() {
        let fonts = Fonts::load().unwrap();
        for style in Style::ALL {
            let own = "«\u{a0}\u{202f}»’…œ€•-–—→□";
            assert_eq!(fonts.clean(own, style), own, "{style:?}");
        }
    }

    #[test]
    fn the_text_of_a_word_is_shared_out_among_its_glyphs_without_loss() {
        let mut fonts = Fonts::load().unwrap();
        for text in [
            "efficace",
            "Ω m\u{301}x",
            "Здравствуй",
            "x\u{327}\u{301}\u{302}y",
        ] {
            let word = fonts.word(text, Style::Regular);
            let told: String = word
                .glyphs
                .iter()
                .map(|glyph| &word.text[glyph.from..glyph.to])
                .collect();
            assert_eq!(told, text);
        }
    }

    #[test]
    fn what_no_font_has_becomes_a_box() {
        let fonts = Fonts::load().unwrap();
        assert_eq!(fonts.clean("日本 🦊 שלום", Style::Regular), "□□ □ □□□□");
    }
}
