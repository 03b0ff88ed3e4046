//! The content inside the protection: its words, and what hangs on it.

use sha2::{Digest, Sha256};

use super::layers;
use super::part::{Part, clean};
use super::{html, names};
use crate::domain::mail::{AttachmentReading, Encryption, Reading, Warning};

/// Parts inside parts that are followed.
const MAX_DEPTH: usize = 20;
/// Parts in all.
const MAX_PARTS: usize = 500;
/// The most text that is shown; the rest of a longer one is in the mail as it came.
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// What a part says, in the two forms that mail has.
#[derive(Default)]
struct Words {
    text: Option<String>,
    html: Option<String>,
}

pub(super) struct Content<'r> {
    reading: &'r mut Reading,
    files: Vec<Vec<u8>>,
    parts: usize,
}

/// Reads the content of a part into `reading`; gives the bytes of its attachments in their order.
pub(super) fn read(part: &Part<'_>, reading: &mut Reading) -> Vec<Vec<u8>> {
    let mut content = Content {
        reading,
        files: Vec::new(),
        parts: 0,
    };
    let words = content.walk(part, 0);
    let files = content.files;
    if let Some(html) = &words.html {
        if html::fetches(html) {
            reading.warn(Warning::RemoteContent);
        }
        reading.html = Some(html::harmless(html));
    }
    let text = words.text.unwrap_or_else(|| match &words.html {
        Some(html) => {
            reading.warn(Warning::OnlyHtml);
            as_text(html)
        }
        None => String::new(),
    });
    reading.text = cut(text);
    files
}

/// A text that is all there is, out of an inline message.
pub(super) fn text_only(text: &str, reading: &mut Reading) {
    reading.text = cut(clean(text));
}

/// What could not be opened, kept as it came.
pub(super) fn locked(bytes: &[u8], reading: &mut Reading) -> Vec<Vec<u8>> {
    let mut content = Content {
        reading,
        files: Vec::new(),
        parts: 0,
    };
    content.attach(
        Some("message-chiffre.asc"),
        "application/pgp-encrypted",
        bytes.to_vec(),
    );
    content.files
}

impl Content<'_> {
    fn walk(&mut self, part: &Part<'_>, depth: usize) -> Words {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            self.reading.warn(Warning::TooManyParts);
            return Words::default();
        }
        let mime = part.mime();
        if depth > MAX_DEPTH {
            self.reading.warn(Warning::TooDeep);
            self.attach(None, &mime, part.raw.to_vec());
            return Words::default();
        }
        if depth > 0 || !matches!(layers::of(part, false), layers::Layer::None) {
            self.note_protection(part, &mime);
        }
        match mime.as_str() {
            "text/rfc822-headers"
                if depth == 1 && part.parameter("protected-headers").is_some() =>
            {
                Words::default()
            }
            _ if part.is_attachment() && !mime.starts_with("multipart/") => self.file(part, &mime),
            "text/plain" => Words {
                text: Some(self.plain(part)),
                html: None,
            },
            "text/html" => Words {
                text: None,
                html: Some(self.html(part)),
            },
            _ if mime.starts_with("multipart/") => self.multipart(part, &mime, depth),
            _ => self.file(part, &mime),
        }
    }

    /// A layer that begins inside the content is covered by no status.
    fn note_protection(&mut self, part: &Part<'_>, mime: &str) {
        match mime {
            "multipart/encrypted" | "application/pgp-encrypted" => self.note_inner_message(),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" if layers::smime_hides(part) => {
                self.note_inner_message()
            }
            "multipart/signed" | "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                self.reading.warn(Warning::InnerProtection)
            }
            _ => {}
        }
    }

    fn note_inner_message(&mut self) {
        self.reading.warn(Warning::InnerProtection);
        if self.reading.encryption == Encryption::None {
            self.reading.encryption = Encryption::Partial;
        }
    }

    fn multipart(&mut self, part: &Part<'_>, mime: &str, depth: usize) -> Words {
        let Some((children, ended)) = part.children() else {
            self.reading.warn(Warning::Malformed);
            return Words {
                text: Some(self.plain(part)),
                html: None,
            };
        };
        if !ended || children.is_empty() {
            self.reading.warn(Warning::Malformed);
        }
        let all: Vec<Words> = children
            .into_iter()
            .map(|child| self.walk(&Part::of(child), depth + 1))
            .collect();
        if mime == "multipart/alternative" {
            return alternative(all);
        }
        together(all)
    }

    fn plain(&mut self, part: &Part<'_>) -> String {
        let text = self.decoded_text(part);
        if layers::holds_message(&text) {
            self.note_inner_message();
        } else if layers::holds_signed(&text) {
            self.reading.warn(Warning::InnerProtection);
        }
        // The subject once more, for programs that know nothing of protected headers (RFC 9788 §5.2.2).
        if part.parameter("hp-legacy-display") == Some("1")
            && let Some((_, rest)) = text.split_once("\n\n")
        {
            return rest.to_owned();
        }
        text
    }

    fn html(&mut self, part: &Part<'_>) -> String {
        let html = self.decoded_text(part);
        if layers::html_holds_block(&html, &as_text(&html)) {
            self.reading.warn(Warning::InnerProtection);
        }
        html
    }

    fn decoded_text(&mut self, part: &Part<'_>) -> String {
        let (text, wrong) = part.text();
        if wrong {
            self.reading.warn(Warning::CharsetWrong);
        }
        text
    }

    fn file(&mut self, part: &Part<'_>, mime: &str) -> Words {
        let decoded = part.decoded();
        if decoded.broken {
            self.reading.warn(Warning::Malformed);
        }
        // The first part of RFC 3156 says a version and nothing else.
        if mime != "application/pgp-encrypted" || decoded.bytes.len() > 100 {
            self.attach(part.file_name(), mime, decoded.bytes.into_owned());
        }
        Words::default()
    }

    fn attach(&mut self, name: Option<&str>, mime: &str, bytes: Vec<u8>) {
        let (name, deceives) = names::safe(name, self.files.len() + 1);
        if deceives {
            self.reading.warn(Warning::DeceptiveName);
        }
        if is_locked(&bytes) {
            self.reading.warn(Warning::LockedAttachment);
        }
        if bytes.starts_with(b"-----BEGIN PGP MESSAGE-----") && mime != "application/pgp-encrypted"
        {
            self.note_inner_message();
        }
        self.reading.attachments.push(AttachmentReading {
            name,
            mime: mime.to_owned(),
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            sha256: Sha256::digest(&bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            is_key: mime == "application/pgp-keys"
                || bytes.starts_with(b"-----BEGIN PGP PUBLIC KEY BLOCK-----"),
        });
        self.files.push(bytes);
    }
}

/// Of several forms of the same words, the last of each kind: the richest, as RFC 2046 §5.1.4 has it.
fn alternative(all: Vec<Words>) -> Words {
    let mut best = Words::default();
    for words in all {
        best.text = words.text.or(best.text);
        best.html = words.html.or(best.html);
    }
    best
}

/// Parts one after the other: their words together. What has only HTML is told in the text, too, so that nothing that the
/// sender wrote is missing from it.
fn together(all: Vec<Words>) -> Words {
    let has_text = all.iter().any(|words| words.text.is_some());
    let has_html = all.iter().any(|words| words.html.is_some());
    let (mut text, mut html) = (Vec::new(), Vec::new());
    for words in all {
        if has_html
            && let Some(shown) = words
                .html
                .clone()
                .or_else(|| words.text.as_deref().map(as_html))
        {
            html.push(shown);
        }
        if has_text && let Some(said) = words.text.or_else(|| words.html.as_deref().map(as_text)) {
            text.push(said);
        }
    }
    Words {
        text: has_text.then(|| text.join("\n\n")),
        html: has_html.then(|| html.join("<hr>")),
    }
}

fn as_html(text: &str) -> String {
    mail_parser::decoders::html::text_to_html(text)
}

/// A heading ends its line: the parser does not see to it.
fn as_text(html: &str) -> String {
    let mut html = html.to_owned();
    for (end, broken) in [
        ("</h1>", "</h1><br>"),
        ("</h2>", "</h2><br>"),
        ("</h3>", "</h3><br>"),
        ("</h4>", "</h4><br>"),
    ] {
        html = html
            .replace(end, broken)
            .replace(&end.to_uppercase(), broken);
    }
    clean(&mail_parser::decoders::html::html_to_text(&html))
}

fn cut(mut text: String) -> String {
    let mut end = text.len().min(MAX_TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text.trim_end().to_owned()
}

/// A PDF or a ZIP that asks for a password.
fn is_locked(bytes: &[u8]) -> bool {
    const TAIL: usize = 4096;
    let holds = |part: &[u8], word: &[u8]| part.windows(word.len()).any(|w| w == word);
    if bytes.starts_with(b"%PDF-") {
        return holds(&bytes[bytes.len().saturating_sub(TAIL)..], b"/Encrypt");
    }
    bytes.starts_with(b"PK\x03\x04") && bytes.get(6).is_some_and(|flags| flags & 1 == 1)
}
