//! The colours of a page: slate for text, « Loire » blue as the one accent, and the states.
//! The values are those of the interface's light theme (`ui/src/styles`).

use super::block::Tone;
use crate::domain::marking::{Pap, Tlp};

/// Red, green, blue, 0–255, in sRGB.
pub(super) type Rgb = [u8; 3];

pub(super) const INK: Rgb = [0x14, 0x21, 0x2a];
pub(super) const INK_SOFT: Rgb = [0x41, 0x52, 0x5d];
pub(super) const INK_FAINT: Rgb = [0x56, 0x67, 0x72];
pub(super) const RULE: Rgb = [0xdd, 0xe4, 0xe8];
pub(super) const RULE_STRONG: Rgb = [0xc5, 0xd0, 0xd6];
pub(super) const GROUND: Rgb = [0xf3, 0xf5, 0xf6];
pub(super) const ACCENT: Rgb = [0x0a, 0x5f, 0x7d];
pub(super) const ACCENT_GROUND: Rgb = [0xe3, 0xf1, 0xf5];
pub(super) const BLACK: Rgb = [0, 0, 0];

/// The colour of a TLP label, on black only (MISP `tlp`, version 10).
pub(super) const fn tlp(label: Tlp) -> Rgb {
    match label {
        Tlp::Clear => [0xff, 0xff, 0xff],
        Tlp::Green => [0x33, 0xff, 0x00],
        Tlp::Amber | Tlp::AmberStrict => [0xff, 0xc0, 0x00],
        Tlp::Red => [0xff, 0x2b, 0x2b],
    }
}

/// The colour of a PAP label, on black only: the same lights as TLP.
pub(super) const fn pap(label: Pap) -> Rgb {
    match label {
        Pap::Clear => tlp(Tlp::Clear),
        Pap::Green => tlp(Tlp::Green),
        Pap::Amber => tlp(Tlp::Amber),
        Pap::Red => tlp(Tlp::Red),
    }
}

/// The colour of a tone's words and drawings.
pub(super) const fn tone(tone: Tone) -> Rgb {
    match tone {
        Tone::Neutral => INK_SOFT,
        Tone::Accent => ACCENT,
        Tone::Minor => [0x48, 0x60, 0x6e],
        Tone::Significant => [0x79, 0x57, 0x00],
        Tone::Serious => [0xa5, 0x43, 0x0a],
        Tone::Critical => [0xa3, 0x12, 0x3c],
    }
}

/// The tint behind a tone's words; the pair keeps a contrast of 4.5 to 1.
pub(super) const fn tone_ground(tone: Tone) -> Rgb {
    match tone {
        Tone::Neutral => GROUND,
        Tone::Accent => ACCENT_GROUND,
        Tone::Minor => [0xe9, 0xef, 0xf2],
        Tone::Significant => [0xfb, 0xf2, 0xd3],
        Tone::Serious => [0xfd, 0xeb, 0xdf],
        Tone::Critical => [0xfc, 0xe8, 0xed],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.1 relative luminance.
    fn luminance(colour: Rgb) -> f64 {
        let [r, g, b] = colour.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_colour_reads_on_its_ground() {
        for colour in [INK, INK_SOFT, INK_FAINT, ACCENT] {
            assert!(contrast(colour, [255; 3]) >= 4.5, "{colour:?}");
        }
        for each in [
            Tone::Neutral,
            Tone::Accent,
            Tone::Minor,
            Tone::Significant,
            Tone::Serious,
            Tone::Critical,
        ] {
            assert!(contrast(tone(each), tone_ground(each)) >= 4.5, "{each:?}");
            assert!(contrast(INK, tone_ground(each)) >= 7.0, "{each:?}");
        }
        for label in Tlp::ALL {
            assert!(contrast(tlp(label), BLACK) >= 4.5, "{label:?}");
        }
    }
}
