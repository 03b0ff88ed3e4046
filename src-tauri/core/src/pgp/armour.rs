//! Taking a message out of its armour, when it is written as every program writes it.
//!
//! The library's reader looks at each byte by itself, for it forgives much: it would take longer than all the rest of
//! reading a mail.

use memchr::{memchr, memrchr};

use crate::domain::base64_lines;

const BEGIN: &[u8] = b"-----BEGIN PGP MESSAGE-----";
const END: &[u8] = b"-----END PGP MESSAGE-----";

/// The packets of an armoured message; nothing for what is binary, or armoured in an unusual way, which the library may
/// still read. The checksum at the end is not looked at, as the library does not, either: it proves nothing that the
/// encryption does not prove better (RFC 9580 §6.1).
pub(super) fn message(text: &[u8]) -> Option<Vec<u8>> {
    let inside = text.trim_ascii().strip_prefix(BEGIN)?.strip_suffix(END)?;
    let digits = after_headers(inside)?.trim_ascii_end();
    let last = memrchr(b'\n', digits).map_or(0, |end| end + 1);
    let digits = match &digits[last..] {
        [b'=', sum @ ..] if sum.len() == 4 => &digits[..last],
        _ => digits,
    };
    base64_lines::decode(digits)
}

/// What follows the first empty line (RFC 9580 §6.2), `text` beginning at the end of the first line.
fn after_headers(mut text: &[u8]) -> Option<&[u8]> {
    let mut is_first = true;
    loop {
        let end = memchr(b'\n', text)?;
        let line = text[..end].trim_ascii();
        text = &text[end + 1..];
        match (line.is_empty(), is_first) {
            (true, true) => is_first = false,
            (true, false) => return Some(text),
            (false, false) if line.windows(2).any(|pair| pair == b": ") => {}
            (false, _) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<u8>> {
        message(text.as_bytes())
    }

    #[test]
    fn armour_is_taken_off_with_and_without_its_trimmings() {
        let plain = "-----BEGIN PGP MESSAGE-----\n\nQUJD\nREU=\n=njUN\n-----END PGP MESSAGE-----\n";
        assert_eq!(read(plain).as_deref(), Some(&b"ABCDE"[..]));
        let dressed = plain.replacen("\n\n", "\nVersion: GnuPG v2\nComment: a\n\n", 1);
        for text in [
            dressed.replace('\n', "\r\n"),
            dressed.replace("=njUN\n", ""),
            format!("\r\n{dressed}\r\n\r\n"),
            dressed,
        ] {
            assert_eq!(read(&text).as_deref(), Some(&b"ABCDE"[..]), "{text}");
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_library() {
        for text in [
            "",
            "QUJD",
            "-----BEGIN PGP MESSAGE-----\nQUJD\n-----END PGP MESSAGE-----",
            "-----BEGIN PGP MESSAGE-----\n\nQUJD\n",
            "-----BEGIN PGP MESSAGE----- x\n\nQUJD\n-----END PGP MESSAGE-----",
            "-----BEGIN PGP MESSAGE-----\n\nQUJD\n-- a\n-----END PGP MESSAGE-----",
            "> -----BEGIN PGP MESSAGE-----\n> \n> QUJD\n> -----END PGP MESSAGE-----",
            "-----BEGIN PGP SIGNATURE-----\n\nQUJD\n-----END PGP SIGNATURE-----",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
