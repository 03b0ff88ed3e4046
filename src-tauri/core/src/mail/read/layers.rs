//! What protects a part: the layer of encryption or signature that begins right there.
//!
//! Only layers that lie around everything count (RFC 9787 §4): one that begins further inside protects what the sender
//! chose to put there, which an attacker may have been.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::part::Part;

/// The most of a text that is looked at for an inline message.
const MAX_INLINE_BYTES: usize = 64 * 1024 * 1024;

const MESSAGE: &str = "-----BEGIN PGP MESSAGE-----";
const MESSAGE_END: &str = "-----END PGP MESSAGE-----";
const CLEARSIGNED: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE_END: &str = "-----END PGP SIGNATURE-----";

/// The outermost layer of a part.
pub(super) enum Layer<'a> {
    /// Nothing: its content begins.
    None,
    /// An OpenPGP message that holds a part (RFC 3156 §4).
    Encrypted(Cow<'a, [u8]>),
    /// A part and the signature beside it (RFC 3156 §5). The part's bytes are those that were signed.
    Signed { part: &'a [u8], signature: Vec<u8> },
    /// The whole text is an OpenPGP message that holds a text.
    InlineMessage(Vec<u8>),
    /// The whole text is signed in the clear.
    InlineSigned(Vec<u8>),
    /// S/MIME, which is not read here; whether it hides its content.
    Smime { encrypted: bool },
}

/// The layer that begins at a part. `outermost`: nothing was taken off yet, so that what gateways and old programs make of
/// a message is recognised, too.
pub(super) fn of<'a>(part: &Part<'a>, outermost: bool) -> Layer<'a> {
    let mime = part.mime();
    match mime.as_str() {
        "multipart/encrypted" => encrypted(part).map_or(Layer::None, Layer::Encrypted),
        "multipart/signed" => signed(part),
        "multipart/mixed" if outermost => mangled(part).map_or(Layer::None, Layer::Encrypted),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => Layer::Smime {
            encrypted: smime_hides(part),
        },
        "text/plain" if outermost && !part.is_attachment() => inline(part),
        _ => Layer::None,
    }
}

/// Whether an S/MIME part hides its content: all do but those that say what else they are (RFC 8551 §3.2.2).
pub(super) fn smime_hides(part: &Part<'_>) -> bool {
    let open = ["signed-data", "certs-only", "compressed-data"];
    !part
        .parameter("smime-type")
        .is_some_and(|kind| open.iter().any(|open| kind.eq_ignore_ascii_case(open)))
}

fn encrypted<'a>(part: &Part<'a>) -> Option<Cow<'a, [u8]>> {
    let (children, _) = part.children()?;
    let [control, message] = children[..] else {
        return None;
    };
    let is_control = Part::of(control).mime() == "application/pgp-encrypted";
    is_control.then(|| Part::of(message).decoded().bytes)
}

fn signed<'a>(part: &Part<'a>) -> Layer<'a> {
    let protocol = part
        .parameter("protocol")
        .unwrap_or_default()
        .to_lowercase();
    let children = part
        .children()
        .map(|(children, _)| children)
        .unwrap_or_default();
    let [content, signature] = children[..] else {
        return Layer::None;
    };
    let signature = Part::of(signature);
    match signature.mime().as_str() {
        "application/pgp-signature" => Layer::Signed {
            part: content,
            signature: signature.decoded().bytes.into_owned(),
        },
        _ if protocol.contains("pkcs7") => Layer::Smime { encrypted: false },
        _ => Layer::None,
    }
}

/// What an Exchange server makes of `multipart/encrypted`: a mixed one, with an empty text before the two parts.
fn mangled<'a>(part: &Part<'a>) -> Option<Cow<'a, [u8]>> {
    let (children, _) = part.children()?;
    let is_blank = |part: &Part<'_>| {
        part.mime() == "text/plain" && part.decoded().bytes.iter().all(u8::is_ascii_whitespace)
    };
    let mut told = children
        .into_iter()
        .map(Part::of)
        .filter(|part| !is_blank(part));
    let (control, message) = (told.next()?, told.next()?);
    if told.next().is_some() {
        return None;
    }
    let fits = control.mime() == "application/pgp-encrypted"
        && message.mime() == "application/octet-stream";
    fits.then(|| message.decoded().bytes)
}

fn inline<'a>(part: &Part<'a>) -> Layer<'a> {
    if part.body.len() > MAX_INLINE_BYTES {
        return Layer::None;
    }
    let bytes = part.decoded().bytes;
    let text = bytes.trim_ascii();
    let is = |begin: &str, end: &str| {
        text.starts_with(begin.as_bytes())
            && text.ends_with(end.as_bytes())
            && count(text, begin) == 1
    };
    if is(MESSAGE, MESSAGE_END) {
        Layer::InlineMessage(text.to_vec())
    } else if is(CLEARSIGNED, SIGNATURE_END) {
        Layer::InlineSigned(text.to_vec())
    } else {
        Layer::None
    }
}

fn count(text: &[u8], mark: &str) -> usize {
    text.split(|byte| *byte == b'\n')
        .filter(|line| line.starts_with(mark.as_bytes()))
        .count()
}

/// Whether a text holds an encrypted block somewhere inside it.
pub(super) fn holds_message(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == MESSAGE)
}

/// Whether a text holds a signed block somewhere inside it.
pub(super) fn holds_signed(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == CLEARSIGNED)
}

/// Whether HTML, or the text that it shows, holds an OpenPGP block: what lines it has is for its tags to say.
pub(super) fn html_holds_block(html: &str, text: &str) -> bool {
    [MESSAGE, CLEARSIGNED]
        .iter()
        .any(|mark| html.contains(mark) || text.contains(mark))
}

/// Lines that end in CR LF, as they were signed (RFC 3156 §5): a file on a disk may have lost the CR.
pub(super) fn canonical(part: &[u8]) -> Cow<'_, [u8]> {
    let bare = memchr_iter(b'\n', part).any(|at| at == 0 || part[at - 1] != b'\r');
    if !bare {
        return Cow::Borrowed(part);
    }
    let mut out = Vec::with_capacity(part.len() + part.len() / 32);
    let mut last = 0;
    for byte in part {
        if *byte == b'\n' && last != b'\r' {
            out.push(b'\r');
        }
        out.push(*byte);
        last = *byte;
    }
    Cow::Owned(out)
}
