//! What a mail holds below its headers: the text, and the files on it.

use base64::{Engine, engine::general_purpose::STANDARD};
use mail_builder::headers::{Header, content_type::ContentType};

use super::{Outgoing, Part, WriteError, boundary, headers::single_line, quoted};
use crate::domain::mail::MAX_MAIL_BYTES;

/// Bytes that make one line of base64.
const BASE64_LINE_BYTES: usize = 57;
/// Headers and lines around one part.
const PART_ROOM: usize = 2048;

/// How the headers above it are protected (RFC 9788 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protection {
    /// Not at all.
    None,
    /// They are signed.
    Signed,
    /// They are signed and encrypted.
    Encrypted,
}

impl Protection {
    /// `hp` for those who know RFC 9788; `protected-headers` for those who came before it, who show the outer subject else.
    fn mark<'c>(self, content: ContentType<'c>) -> ContentType<'c> {
        let hp = match self {
            Self::None => return content,
            Self::Signed => "clear",
            Self::Encrypted => "cipher",
        };
        content
            .attribute("hp", hp)
            .attribute("protected-headers", "v1")
    }
}

/// The topmost part: the text alone, or the text and the files.
pub(super) struct Root<'o> {
    outgoing: &'o Outgoing,
    protection: Protection,
}

impl<'o> Root<'o> {
    pub(super) fn new(outgoing: &'o Outgoing, protection: Protection) -> Result<Self, WriteError> {
        for part in &outgoing.attachments {
            single_line("Content-Disposition", &part.name)?;
            if !is_media_type(&part.mime) {
                return Err(WriteError::Header {
                    field: "Content-Type",
                });
            }
        }
        let root = Self {
            outgoing,
            protection,
        };
        if root.room() > MAX_MAIL_BYTES {
            return Err(WriteError::TooLarge {
                limit_bytes: MAX_MAIL_BYTES,
            });
        }
        Ok(root)
    }

    /// About the bytes that it takes, not less.
    pub(super) fn room(&self) -> usize {
        let lines = |bytes: usize| (bytes / BASE64_LINE_BYTES + 1) * 78;
        let files = self.outgoing.attachments.iter();
        let files: usize = files
            .map(|part| lines(part.bytes.len()) + part.name.len() * 4 + PART_ROOM)
            .sum();
        // Each byte may take three, and each line a sign and an end.
        self.outgoing.text.len() * 3 + self.outgoing.text.len() / 8 + files + PART_ROOM
    }

    /// Writes its own headers, the empty line and the content; ends with a line's end.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let text = ContentType::new("text/plain").attribute("charset", "utf-8");
        if self.outgoing.attachments.is_empty() {
            return self.write_text(self.protection.mark(text), out);
        }
        let line = boundary(1, &self.outgoing.chance[12..]);
        let mixed = ContentType::new("multipart/mixed").attribute("boundary", line.as_str());
        write_header(out, "Content-Type", &self.protection.mark(mixed));
        out.extend_from_slice(format!("\r\n--{line}\r\n").as_bytes());
        self.write_text(text, out);
        for part in &self.outgoing.attachments {
            out.extend_from_slice(format!("\r\n--{line}\r\n").as_bytes());
            write_file(part, out);
        }
        out.extend_from_slice(format!("\r\n--{line}--\r\n").as_bytes());
    }

    fn write_text(&self, content: ContentType<'_>, out: &mut Vec<u8>) {
        write_header(out, "Content-Type", &content);
        out.extend_from_slice(b"Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        quoted::extend(out, &self.outgoing.text);
    }
}

/// Base64 whatever it is, so that its bytes arrive as they are.
fn write_file(part: &Part, out: &mut Vec<u8>) {
    write_header(out, "Content-Type", &media_type(part));
    out.extend_from_slice(b"Content-Transfer-Encoding: base64\r\n");
    // Many readers decode what looks like an encoded word here, too; no system lets a question mark stand in a name.
    let name = part.name.replace("=?", "=_");
    let disposition = ContentType::new("attachment").attribute("filename", name);
    write_header(out, "Content-Disposition", &disposition);
    out.extend_from_slice(b"\r\n");
    let mut line = String::with_capacity(80);
    for bytes in part.bytes.chunks(BASE64_LINE_BYTES) {
        line.clear();
        STANDARD.encode_string(bytes, &mut line);
        out.extend_from_slice(line.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}

/// What it is, as far as it can be said: a mail or a multipart may not be base64 (RFC 2045 §6.4), and of a text whose
/// charset is unknown readers make another one; both go as a file, and the name says what it is.
fn media_type(part: &Part) -> ContentType<'_> {
    let kind = part.mime.split('/').next().unwrap_or_default();
    match kind.to_lowercase().as_str() {
        "message" | "multipart" => ContentType::new("application/octet-stream"),
        "text" if str::from_utf8(&part.bytes).is_err() => {
            ContentType::new("application/octet-stream")
        }
        "text" => ContentType::new(part.mime.as_str()).attribute("charset", "utf-8"),
        _ => ContentType::new(part.mime.as_str()),
    }
}

fn write_header(out: &mut Vec<u8>, name: &str, value: &ContentType<'_>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    value.write_header(out, name.len() + 2);
}

/// `application/pdf`: two restricted names (RFC 6838 §4.2).
fn is_media_type(mime: &str) -> bool {
    let is_name = |name: &str| {
        (1..=127).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    matches!(mime.split_once('/'), Some((kind, subtype)) if is_name(kind) && is_name(subtype))
}
