//! One part of a mail: its headers, its body, the parts inside it.
//!
//! Header values, charsets and transfer encodings are the library's. Where a part begins and ends is ours: a signature
//! covers exact bytes, and a mail that nests ten thousand messages must not be followed into its depth.

use std::borrow::Cow;

use mail_parser::decoders::{
    base64::base64_decode, charsets::map::charset_decoder,
    quoted_printable::quoted_printable_decode,
};
use mail_parser::{
    ContentType, GetHeader, HeaderName, HeaderValue, MessageParser, MessagePart, MimeHeaders,
};
use memchr::{memchr, memmem};

use crate::domain::base64_lines;

/// Longest boundary that is looked for (RFC 2046 §5.1.1 allows 70).
const MAX_BOUNDARY_BYTES: usize = 200;
/// The most bytes of headers that are read: more is no mail that somebody wrote.
const MAX_HEADER_BYTES: usize = 512 * 1024;

/// A part, and where it lies.
pub(super) struct Part<'a> {
    head: MessagePart<'a>,
    /// From its first header to its end.
    pub raw: &'a [u8],
    /// After the empty line.
    pub body: &'a [u8],
}

/// What a transfer encoding gave.
pub(super) struct Decoded<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// Whether the encoding was broken; then these are the bytes as they came.
    pub broken: bool,
}

impl<'a> Part<'a> {
    /// The part that these bytes are.
    pub fn of(raw: &'a [u8]) -> Self {
        let (head, body) = split(raw);
        let head = &head[..head.len().min(MAX_HEADER_BYTES)];
        Self {
            head: MessageParser::default()
                .parse_headers(head)
                .and_then(|mut message| message.parts.pop())
                .unwrap_or_default(),
            raw,
            body,
        }
    }

    /// A header as the library reads it: the last one of that name.
    pub fn header(&self, name: HeaderName<'a>) -> Option<&HeaderValue<'a>> {
        self.head.headers.header_value(&name)
    }

    /// Every header of a name, from the first to the last.
    pub fn headers(&self, name: &'static str) -> impl Iterator<Item = &HeaderValue<'a>> {
        let named =
            move |header: &&mail_parser::Header<'a>| header.name().eq_ignore_ascii_case(name);
        self.head
            .headers
            .iter()
            .filter(named)
            .map(mail_parser::Header::value)
    }

    fn content_type(&self) -> Option<&ContentType<'_>> {
        self.head.content_type()
    }

    /// "text/plain" when it does not say, as RFC 2045 §5.2 has it; in small letters, without control characters.
    pub fn mime(&self) -> String {
        self.content_type().map_or_else(
            || "text/plain".to_owned(),
            |kind| {
                let said = format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default());
                let shown = said.chars().filter(|c| !c.is_control());
                shown.collect::<String>().to_lowercase()
            },
        )
    }

    /// A parameter of its content type.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.content_type()?.attribute(name)
    }

    /// Whether it is to be kept beside the text and not shown in it.
    pub fn is_attachment(&self) -> bool {
        let disposition = self.head.content_disposition();
        disposition.is_some_and(ContentType::is_attachment) || self.file_name().is_some()
    }

    /// The name of its file.
    pub fn file_name(&self) -> Option<&str> {
        self.head.attachment_name()
    }

    /// The parts of a multipart, and whether its end is there; nothing of anything else.
    pub fn children(&self) -> Option<(Vec<&'a [u8]>, bool)> {
        if !self.mime().starts_with("multipart/") {
            return None;
        }
        let boundary = self.parameter("boundary")?;
        let usable = !boundary.is_empty() && boundary.len() <= MAX_BOUNDARY_BYTES;
        usable.then(|| between(self.body, boundary.as_bytes()))
    }

    /// Its body out of its transfer encoding.
    pub fn decoded(&self) -> Decoded<'a> {
        let encoding = self.head.content_transfer_encoding().unwrap_or_default();
        let decoded = match encoding.trim().to_lowercase().as_str() {
            "base64" => base64_lines::decode(self.body).or_else(|| base64_decode(self.body)),
            "quoted-printable" => quoted_printable_decode(self.body),
            _ => {
                return Decoded {
                    bytes: Cow::Borrowed(self.body),
                    broken: false,
                };
            }
        };
        match decoded {
            Some(bytes) => Decoded {
                bytes: Cow::Owned(bytes),
                broken: false,
            },
            None => Decoded {
                bytes: Cow::Borrowed(self.body),
                broken: true,
            },
        }
    }

    /// Its body as a text, and whether its charset is unknown or not what it says.
    pub fn text(&self) -> (String, bool) {
        let decoded = self.decoded();
        let charset = self.parameter("charset").map(str::to_lowercase);
        let (text, wrong) = match charset.as_deref() {
            None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => unicode(&decoded.bytes),
            Some(charset) => match charset_decoder(charset.as_bytes()) {
                Some(decode) => (decode(&decoded.bytes), false),
                None => (unicode(&decoded.bytes).0, true),
            },
        };
        (clean(&text), wrong || decoded.broken)
    }
}

/// UTF-8; what is not, as Western Windows wrote it, which old programs do not say.
fn unicode(bytes: &[u8]) -> (String, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => match charset_decoder(b"windows-1252") {
            Some(decode) => (decode(bytes), true),
            None => (String::from_utf8_lossy(bytes).into_owned(), true),
        },
    }
}

/// Lines that end in LF, and no character that steers a terminal.
pub(super) fn clean(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// Headers, then what follows the first empty line.
fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut start = 0;
    while let Some(length) = raw[start..].iter().position(|byte| *byte == b'\n') {
        let line = &raw[start..start + length];
        start += length + 1;
        if line.is_empty() || line == b"\r" {
            return raw.split_at(start);
        }
    }
    (raw, &[])
}

/// What stands between the lines of a boundary (RFC 2046 §5.1.1): without the line end before each, which belongs to the
/// boundary, and without what stands before the first and after the last.
fn between<'a>(body: &'a [u8], boundary: &[u8]) -> (Vec<&'a [u8]>, bool) {
    let mut parts = Vec::new();
    let mut begun: Option<usize> = None;
    let mark = [b"--", boundary].concat();
    for at in memmem::find_iter(body, &mark) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        let end = memchr(b'\n', &body[at..]).map_or(body.len(), |n| at + n + 1);
        if let Some(last) = delimiter(&body[at..end], boundary) {
            if let Some(start) = begun {
                parts.push(without_line_end(&body[start..at]));
            }
            if last {
                return (parts, true);
            }
            begun = Some(end);
        }
    }
    if let Some(start) = begun {
        parts.push(&body[start..]);
    }
    (parts, false)
}

/// Whether a line is the boundary, and the last one.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    let (last, rest) = match rest.strip_prefix(b"--") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    rest.iter().all(u8::is_ascii_whitespace).then_some(last)
}

fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_line_end_before_a_boundary_belongs_to_the_boundary() {
        for line_end in ["\n", "\r\n"] {
            let mail = "Content-Type: multipart/mixed; boundary=\"b\"\n\navant\n--b\n\nun\n\n--b \nX: y\n\ndeux\n--b--\naprès\n"
                .replace('\n', line_end);
            let part = Part::of(mail.as_bytes());
            let (parts, ended) = part.children().unwrap();
            assert!(ended);
            let bodies: Vec<String> = parts
                .iter()
                .map(|p| String::from_utf8_lossy(Part::of(p).body).into_owned())
                .collect();
            assert_eq!(bodies, [format!("un{line_end}"), "deux".to_owned()]);
        }
    }

    #[test]
    fn a_boundary_that_begins_like_another_is_another() {
        let mail = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--bb\nx\n--b--\n";
        let (parts, _) = Part::of(mail).children().unwrap();
        assert_eq!(parts, [&b"\n--bb\nx"[..]]);
    }

    #[test]
    fn a_multipart_without_its_end_gives_what_came() {
        let mail = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\ny";
        let (parts, ended) = Part::of(mail).children().unwrap();
        assert!(!ended);
        assert_eq!(parts, [&b"\nx"[..], b"\ny"]);
    }

    #[test]
    fn a_text_in_a_wrong_charset_is_readable_and_told() {
        let latin = Part::of(b"Content-Type: text/plain; charset=utf-8\n\nd\xe9gradation");
        assert_eq!(latin.text(), ("dégradation".to_owned(), true));
        let right = Part::of(b"Content-Type: text/plain; charset=iso-8859-1\n\nd\xe9gradation");
        assert_eq!(right.text(), ("dégradation".to_owned(), false));
        let unknown = Part::of(b"Content-Type: text/plain; charset=klingon\n\nabc");
        assert_eq!(unknown.text(), ("abc".to_owned(), true));
    }

    #[test]
    fn a_type_is_told_without_what_steers_a_terminal() {
        let part = Part::of(b"Content-Type: appli\x1b[2Jcation/p\0df\n\nx");
        assert_eq!(part.mime(), "appli[2jcation/pdf");
    }

    #[test]
    fn base64_rubbish_is_told_and_kept() {
        let part = Part::of(b"Content-Transfer-Encoding: base64\n\n@@@@!!!!");
        let decoded = part.decoded();
        assert!(decoded.broken);
        assert_eq!(&*decoded.bytes, b"@@@@!!!!");
    }
}
