//! Laid-out pages → printpdf operations, each stretch of content marked with what it belongs to.
//!
//! Text extraction: a font tells one text for each glyph (`/ToUnicode`), and printpdf keeps the
//! last one it is told. So each glyph gets one text for the whole document, and where it stands for
//! another one (an added hyphen, a letter under a mark) the page says so with `/ActualText`.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use printpdf::{
    Actions, BorderArray, Codepoint, Color, DictItem, FontId, LinePoint, LinkAnnotation, Op,
    PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point,
    Polygon, PolygonRing, Pt, Rect, TextItem, TextMatrix, WindingOrder,
};
use rustybuzz::ttf_parser::GlyphId;
use subsetter::GlyphRemapper;

use super::ReportError;
use super::font::{Fonts, Glyph, Style, Word};
use super::page::{Area, HEIGHT, Item, LaidOut, Piece, Sequence, WIDTH};
use super::palette::Rgb;
use super::text::REPLACEMENT;

/// Writes the pages and the fonts that they use.
pub(super) fn paint(laid_out: &LaidOut, fonts: &Fonts) -> Result<lopdf::Document, ReportError> {
    let mut pdf = PdfDocument::new("");
    let mut inks = Vec::new();
    for style in Style::ALL {
        inks.push(Ink::new(style, laid_out, fonts, &mut pdf)?);
    }
    pdf.pages = laid_out
        .pages
        .iter()
        .map(|page| {
            let mut ops = Vec::new();
            for sequence in &page.sequences {
                paint_sequence(sequence, laid_out, &inks, &mut ops);
            }
            PdfPage::new(Pt(WIDTH).into(), Pt(HEIGHT).into(), ops)
        })
        .collect();
    // The fonts are subset already, by a subsetter that keeps what PDF/A asks for.
    let options = PdfSaveOptions {
        optimize: true,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    Ok(pdf.to_lopdf_document(&options, &mut Vec::new()))
}

/// A font as the document uses it.
struct Ink {
    id: FontId,
    /// What is told of each glyph in use, by its number in the whole font file.
    glyphs: Vec<Option<Told>>,
}

/// What the document's font tells of a glyph.
struct Told {
    /// Its number in the subset.
    gid: u16,
    /// What it stands for, for the whole document.
    text: String,
    /// Whether it was ever seen alone; a mark above other letters may not have been.
    known: bool,
    /// Its width, em.
    width: f32,
}

impl Ink {
    fn new(
        style: Style,
        laid_out: &LaidOut,
        fonts: &Fonts,
        pdf: &mut PdfDocument,
    ) -> Result<Self, ReportError> {
        let face = fonts.face(style);
        let mut remapper = GlyphRemapper::new();
        let mut ink = Self {
            id: FontId(format!("F{}", style.index())),
            glyphs: Vec::new(),
        };
        ink.glyphs
            .resize_with(usize::from(face.number_of_glyphs()), || None);
        for word in words_in(laid_out, style) {
            for cluster in clusters(word) {
                for glyph in cluster {
                    let Some(slot) = ink.glyphs.get_mut(usize::from(glyph.id)) else {
                        continue;
                    };
                    let told = slot.get_or_insert_with(|| Told {
                        gid: remapper.remap(glyph.id),
                        text: REPLACEMENT.to_string(),
                        known: false,
                        width: own_width(face, glyph.id),
                    });
                    if cluster.len() == 1 && !told.known {
                        told.text = normal(text_of(word, cluster)).collect();
                        told.known = true;
                    }
                }
            }
        }
        if ink.glyphs.iter().all(Option::is_none) {
            return Ok(ink);
        }
        let damaged = || ReportError::Font(style.subset_name());
        let subset = subsetter::subset(style.file(), 0, &remapper).map_err(|_| damaged())?;
        let mut parsed = ParsedFont::from_bytes(&subset, 0, &mut Vec::new()).ok_or_else(damaged)?;
        parsed.font_name = Some(style.subset_name().to_owned());
        pdf.resources
            .fonts
            .map
            .insert(ink.id.clone(), PdfFont::new(parsed));
        Ok(ink)
    }

    fn told(&self, glyph: &Glyph) -> Option<&Told> {
        self.glyphs.get(usize::from(glyph.id))?.as_ref()
    }

    /// Whether the glyphs of a cluster tell its text by themselves.
    fn tells(&self, word: &Word, cluster: &[Glyph]) -> bool {
        let told = cluster
            .iter()
            .filter_map(|glyph| self.told(glyph))
            .flat_map(|told| told.text.chars());
        told.eq(normal(text_of(word, cluster)))
    }
}

/// Width of a glyph as the font file gives it, em.
fn own_width(face: &rustybuzz::Face<'_>, glyph: u16) -> f32 {
    let units = face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
    #[allow(clippy::cast_precision_loss)]
    let units_per_em = face.units_per_em() as f32;
    f32::from(units) / units_per_em
}

/// The different words of a style, in order of appearance.
fn words_in(laid_out: &LaidOut, wanted: Style) -> impl Iterator<Item = &Rc<Word>> {
    let mut seen = HashSet::new();
    let items = laid_out
        .pages
        .iter()
        .flat_map(|page| &page.sequences)
        .flat_map(|sequence| &sequence.items);
    items
        .filter_map(move |item| match item {
            Item::Text { style, pieces, .. } if *style == wanted => Some(pieces),
            _ => None,
        })
        .flatten()
        .map(|piece| &piece.word)
        .filter(move |word| seen.insert(Rc::as_ptr(word)))
}

/// Glyphs that stand together for some characters: one, mostly; several for a letter and its marks.
fn clusters(word: &Word) -> impl Iterator<Item = &[Glyph]> {
    word.glyphs.chunk_by(|_, next| next.from == next.to)
}

/// The fonts draw these alike, and a reader of the text loses nothing: one text for the glyph.
fn normal(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| match c {
        '\u{a0}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    })
}

fn text_of<'a>(word: &'a Word, cluster: &[Glyph]) -> &'a str {
    let from = cluster.first().map_or(0, |glyph| glyph.from);
    let to = cluster.iter().map(|glyph| glyph.to).max().unwrap_or(from);
    &word.text[from..to]
}

fn paint_sequence(sequence: &Sequence, laid_out: &LaidOut, inks: &[Ink], ops: &mut Vec<Op>) {
    match sequence.mark {
        Some((element, mcid)) => ops.push(Op::BeginMarkedContentWithProperties {
            tag: laid_out.elements[element].role.name().to_owned(),
            properties: dictionary(
                "MCID",
                DictItem::Int(i64::try_from(mcid).unwrap_or(i64::MAX)),
            ),
        }),
        None => ops.push(Op::BeginMarkedContent {
            tag: "Artifact".to_owned(),
        }),
    }
    for item in &sequence.items {
        match item {
            Item::Text {
                style,
                size,
                x,
                baseline,
                colour,
                pieces,
            } => {
                let ink = &inks[style.index()];
                ops.push(Op::StartTextSection);
                ops.push(Op::SetFillColor { col: rgb(*colour) });
                ops.push(Op::SetFont {
                    font: PdfFontHandle::External(ink.id.clone()),
                    size: Pt(*size),
                });
                ops.push(Op::SetTextMatrix {
                    matrix: TextMatrix::Translate(Pt(*x), Pt(HEIGHT - baseline)),
                });
                paint_pieces(pieces, ink, ops);
                ops.push(Op::EndTextSection);
            }
            Item::Fill {
                area,
                radius,
                colour,
            } => {
                ops.push(Op::SetFillColor { col: rgb(*colour) });
                ops.push(if *radius > 0.0 {
                    rounded(*area, *radius)
                } else {
                    Op::DrawRectangle {
                        rectangle: rectangle(*area),
                    }
                });
            }
            Item::Link { area, address } => {
                let link = LinkAnnotation::new(
                    rectangle(*area),
                    Actions::uri(uri(address)),
                    Some(BorderArray::Solid([0.0; 3])),
                    None,
                    None,
                );
                ops.push(Op::LinkAnnotation { link });
            }
        }
    }
    ops.push(Op::EndMarkedContent);
}

fn paint_pieces(pieces: &[Piece], ink: &Ink, ops: &mut Vec<Op>) {
    let mut run = Vec::new();
    for piece in pieces {
        let mut clusters = clusters(&piece.word).peekable();
        while let Some(cluster) = clusters.next() {
            let own = || (!ink.tells(&piece.word, cluster)).then(|| text_of(&piece.word, cluster));
            let last = if clusters.peek().is_none() {
                piece.last_reads
            } else {
                None
            };
            match last.or_else(own) {
                None => show(cluster, ink, &mut run),
                Some(text) => {
                    flush(&mut run, ops);
                    ops.push(Op::BeginMarkedContentWithProperties {
                        tag: "Span".to_owned(),
                        properties: dictionary("ActualText", utf16(text)),
                    });
                    show(cluster, ink, &mut run);
                    flush(&mut run, ops);
                    ops.push(Op::EndMarkedContent);
                }
            }
        }
    }
    flush(&mut run, ops);
}

/// A text string in UTF-16, with its byte-order mark (ISO 32000-1, 7.9.2.2).
fn utf16(text: &str) -> DictItem {
    let data = [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    DictItem::String {
        data,
        literal: false,
    }
}

fn flush(run: &mut Vec<TextItem>, ops: &mut Vec<Op>) {
    if !run.is_empty() {
        ops.push(Op::ShowText {
            items: std::mem::take(run),
        });
    }
}

/// Adds glyphs to a run. Offsets are in thousandths of an em, against the pen's direction.
fn show(glyphs: &[Glyph], ink: &Ink, run: &mut Vec<TextItem>) {
    for glyph in glyphs {
        let Some(told) = ink.told(glyph) else {
            continue;
        };
        let thousandths = |em: f32| (em * 1000.0).round() + 0.0;
        if glyph.shift != 0.0 {
            run.push(TextItem::Offset(thousandths(-glyph.shift)));
        }
        let code = Codepoint {
            gid: told.gid,
            offset: thousandths(told.width - glyph.advance + glyph.shift),
            cid: Some(told.text.clone()),
        };
        match run.last_mut() {
            Some(TextItem::GlyphIds(codes)) => codes.push(code),
            _ => run.push(TextItem::GlyphIds(vec![code])),
        }
    }
}

fn dictionary(key: &str, value: DictItem) -> DictItem {
    DictItem::Dict {
        map: BTreeMap::from([(key.to_owned(), value)]),
    }
}

fn rgb(colour: Rgb) -> Color {
    let [r, g, b] = colour.map(|channel| f32::from(channel) / 255.0);
    Color::Rgb(printpdf::Rgb {
        r,
        g,
        b,
        icc_profile: None,
    })
}

fn rectangle(area: Area) -> Rect {
    Rect {
        x: Pt(area.x),
        y: Pt(HEIGHT - area.y - area.height),
        width: Pt(area.width),
        height: Pt(area.height),
        mode: Some(PaintMode::Fill),
        winding_order: Some(WindingOrder::NonZero),
    }
}

/// A rectangle whose corners are quarters of a circle.
fn rounded(area: Area, radius: f32) -> Op {
    /// Distance of the control points of a quarter circle, in radii.
    const KAPPA: f32 = 0.552_285;
    let radius = radius.min(area.width / 2.0).min(area.height / 2.0);
    let handle = radius * (1.0 - KAPPA);
    let (left, right) = (area.x, area.x + area.width);
    let (top, bottom) = (HEIGHT - area.y, HEIGHT - area.y - area.height);
    let point = |x: f32, y: f32, bezier: bool| LinePoint {
        p: Point { x: Pt(x), y: Pt(y) },
        bezier,
    };
    let points = vec![
        point(left + radius, bottom, false),
        point(right - radius, bottom, false),
        point(right - handle, bottom, true),
        point(right, bottom + handle, true),
        point(right, bottom + radius, false),
        point(right, top - radius, false),
        point(right, top - handle, true),
        point(right - handle, top, true),
        point(right - radius, top, false),
        point(left + radius, top, false),
        point(left + handle, top, true),
        point(left, top - handle, true),
        point(left, top - radius, false),
        point(left, bottom + radius, false),
        point(left, bottom + handle, true),
        point(left + handle, bottom, true),
        point(left + radius, bottom, false),
    ];
    let polygon = Polygon {
        rings: vec![PolygonRing { points }],
        mode: PaintMode::Fill,
        winding_order: WindingOrder::NonZero,
    };
    Op::DrawPolygon { polygon }
}

/// An address as a URI: what RFC 3986 does not allow is percent-encoded, and the length is limited.
fn uri(address: &str) -> String {
    address
        .bytes()
        .take(2_000)
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_ascii_whatever_it_held() {
        assert_eq!(uri("mailto:éa (b)\n<x>"), "mailto:%C3%A9a%20(b)%0A%3Cx%3E");
    }
}
