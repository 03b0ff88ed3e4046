//! Base64 in lines, as mail and armour carry it: hundreds of thousands of lines in one large mail.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use memchr::memchr;

/// Digits that are gathered before they are decoded, while they lie in the processor's cache.
const PIECE: usize = 16 * 1024;

/// The bytes; nothing if anything but digits stands in the lines, or if the padding is not as it should be.
#[must_use]
pub fn decode(mut text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let mut digits = Vec::with_capacity(2 * PIECE);
    while !text.is_empty() {
        let (line, rest) = match memchr(b'\n', text) {
            Some(end) => (&text[..end], &text[end + 1..]),
            None => (text, &text[..0]),
        };
        digits.extend_from_slice(line.trim_ascii_end());
        text = rest;
        if digits.len() >= PIECE {
            // Padding stands at the end of all and nowhere else: what may be the end waits.
            let whole = (digits.len() - 1) / 4 * 4;
            STANDARD_NO_PAD
                .decode_vec(&digits[..whole], &mut bytes)
                .ok()?;
            digits.drain(..whole);
        }
    }
    STANDARD.decode_vec(&digits, &mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn in_lines(bytes: &[u8], length: usize, line_end: &str) -> String {
        let digits = STANDARD.encode(bytes);
        let lines = digits.as_bytes().chunks(length);
        let lines = lines.map(|line| format!("{}{line_end}", str::from_utf8(line).unwrap()));
        lines.collect()
    }

    #[test]
    fn bytes_come_out_whatever_the_length_of_the_lines() {
        for count in [0, 1, 2, 3, 4_000, 12_288, 12_289, 50_000] {
            let bytes: Vec<u8> = (0..count).map(|n: u32| (n * 7 % 251) as u8).collect();
            for (length, line_end) in [(64, "\n"), (76, "\r\n"), (61, " \n"), (1 << 20, "")] {
                let text = in_lines(&bytes, length, line_end);
                assert_eq!(
                    decode(text.as_bytes()).as_ref(),
                    Some(&bytes),
                    "{count} {length}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_base64_is_nothing() {
        let long = in_lines(&[b'x'; 40_000], 64, "\n");
        for wrong in [
            "QUJ",
            "QUJD=",
            "QQ==QUJD",
            "QU\0D",
            "QU-_",
            "QR==",
            &format!("QQ==\n{long}"),
            &long.replacen("\n", "?\n", 200),
        ] {
            assert_eq!(decode(wrong.as_bytes()), None, "{:.20}", wrong);
        }
    }
}
