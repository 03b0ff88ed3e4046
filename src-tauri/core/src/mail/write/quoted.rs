//! Quoted-printable (RFC 2045 §6.7), as strict as RFC 3156 §5 wants it of what is signed.
//!
//! Not mail-builder's: it leaves lines that begin with « From », which old mailboxes change, and texts that it thinks plain.

/// Longest line, without its end.
const LINE_CHARS: usize = 76;

/// Appends the text, each of its lines ended by CRLF, the last one too. Whatever is not visible ASCII is encoded, a blank at
/// the end of a line, a « From » and a dot at its beginning as well: servers and mailboxes on the way change those.
pub(super) fn extend(out: &mut Vec<u8>, text: &str) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    for line in text.split('\n') {
        extend_line(out, line.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}

fn extend_line(out: &mut Vec<u8>, line: &[u8]) {
    let mut column = 0;
    for (at, byte) in line.iter().enumerate() {
        let rest = &line[at..];
        // Room for the sign that the line goes on, unless it ends here.
        let most = LINE_CHARS - usize::from(rest.len() > 1);
        if column + width(rest, column == 0) > most {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        let width = width(rest, column == 0);
        if width == 1 {
            out.push(*byte);
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            let [high, low] = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
            out.extend_from_slice(&[b'=', high, low]);
        }
        column += width;
    }
}

/// How many characters the first of these bytes takes.
fn width(rest: &[u8], begins_a_line: bool) -> usize {
    let plain = match rest {
        [b'=', ..] => false,
        [b' ' | b'\t'] => false,
        [b' ' | b'\t', ..] => true,
        [b'.', ..] if begins_a_line => false,
        [b'F', b'r', b'o', b'm', b' ', ..] if begins_a_line => false,
        [byte, ..] => byte.is_ascii_graphic(),
        [] => true,
    };
    if plain { 1 } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = Vec::new();
        extend(&mut out, text);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn what_servers_change_is_encoded() {
        assert_eq!(
            encoded("From nous\n.\n> From eux \nété = 1\n\tfin"),
            "=46rom nous\r\n=2E\r\n> From eux=20\r\n=C3=A9t=C3=A9 =3D 1\r\n\tfin\r\n"
        );
    }

    #[test]
    fn each_kind_of_line_end_is_the_same() {
        assert_eq!(encoded("a\r\nb\rc\nd"), "a\r\nb\r\nc\r\nd\r\n");
        assert_eq!(encoded("a\n"), "a\r\n");
        assert_eq!(encoded("a\n\n"), "a\r\n\r\n");
        assert_eq!(encoded(""), "\r\n");
    }

    #[test]
    fn no_line_is_longer_than_seventy_six_and_none_is_broken_in_vain() {
        let full = "x".repeat(76);
        assert_eq!(encoded(&full), format!("{full}\r\n"));
        let long = encoded(&format!("{full}xFrom {}", "é".repeat(90)));
        assert!(long.lines().all(|line| line.len() <= 76), "{long}");
        assert!(!long.contains("\nFrom "), "{long}");
    }
}
