//! Reading a mail that anybody may have made: what it says, and what of it is proven.
//!
//! Layers of protection are taken off from the outside in, as long as they lie around everything; then the content is
//! read, and one status speaks for the whole. Nothing here fetches, runs or follows anything, and no input fails but one
//! that is too large or is no mail at all.

mod content;
mod headers;
mod html;
mod known;
mod layers;
mod names;
mod part;
#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use rayon::prelude::*;

use crate::domain::mail::{
    Address, Encryption, MAX_MAIL_BYTES, Reading, SignatureReading, SignatureStatus, Warning,
};
use crate::pgp::{
    Fingerprint, Issuer, MAX_KEY_BYTES, MailKeys, Signer, Unopened, Verdict, Verification,
    open_message, parse_many, verify, verify_clear_text,
};
pub use known::Known;
use layers::Layer;
use part::Part;

/// Layers that are taken off; more make no sense.
const MAX_LAYERS: usize = 4;
/// What a message of any size may hold, and how often its own size a larger one: logs shrink to a fiftieth, only what was
/// made to exhaust a machine to less than this.
const MAX_GROWTH: (usize, usize) = (16 * 1024 * 1024, 256);
/// Longest Autocrypt header that is read: its key is asked to stay under 10 KiB.
const MAX_AUTOCRYPT_BYTES: usize = 64 * 1024;
/// How far the time of a signature may lie from the date of its mail. A mail that waits for a second pair of eyes or a line
/// is some hours old; one that was signed days before is likely an old one, sent again.
const SIGNED_APART: TimeDelta = TimeDelta::hours(48);

/// With what a mail is read.
#[derive(Clone, Copy)]
pub struct Ring<'a> {
    /// The team's secrets for mail; nothing for somebody who does not hold them.
    pub keys: Option<&'a MailKeys>,
    /// Whoever is known: correspondents whose key is not refused, and the team itself.
    pub known: &'a Known,
}

/// A mail, read.
#[derive(Debug, Default)]
pub struct Mail {
    /// What it says, and what of it is proven.
    pub reading: Reading,
    /// The bytes of its attachments, in the order of `reading.attachments`.
    pub files: Vec<Vec<u8>>,
    /// The key that its sender announces (Autocrypt 1.1), binary. Nobody has looked at it, and under
    /// [`Warning::OtherKeyAnnounced`] it goes nowhere by itself.
    pub autocrypt: Option<Vec<u8>>,
}

/// Why nothing can be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More than [`MAX_MAIL_BYTES`].
    #[error("more than {MAX_MAIL_BYTES} bytes")]
    TooLarge,
    /// Not one header.
    #[error("not a mail")]
    NotAMail,
}

/// A name that may be given to a file, or "piece-N" for one that is none.
#[must_use]
pub fn safe_name(name: &str, number: usize) -> String {
    names::safe(Some(name), number).0
}

/// Reads mails side by side, in their order, on every processor: each as [`read`] does.
#[must_use]
pub fn read_each(
    raw: &[&[u8]],
    ring: Ring<'_>,
    at: DateTime<Utc>,
) -> Vec<Result<Mail, Unreadable>> {
    raw.par_iter().map(|raw| read(raw, ring, at)).collect()
}

/// Reads a mail as it came over the line, with the keys as known at `at`.
///
/// # Errors
/// [`Unreadable`].
pub fn read(raw: &[u8], ring: Ring<'_>, at: DateTime<Utc>) -> Result<Mail, Unreadable> {
    if raw.len() > MAX_MAIL_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let root = Part::of(raw);
    if ["From", "Date", "Subject", "Content-Type", "Received", "To"]
        .iter()
        .all(|name| root.headers(name).next().is_none())
    {
        return Err(Unreadable::NotAMail);
    }
    let mut peeling = Peeling {
        ring,
        at,
        mail: Mail::default(),
        judged: None,
        sender: None,
        layers: 0,
    };
    headers::outer(&root, &mut peeling.mail.reading, at);
    peeling.peel(&root);
    let mut mail = peeling.finish();
    let reading = &mut mail.reading;
    headers::look(reading);
    if reading
        .from
        .as_ref()
        .is_some_and(|from| ring.known.name_is_of_another(from))
    {
        reading.warn(Warning::NameOfAnother);
    }
    // Whoever is shown is not whoever signed, if the name plays another address.
    if reading.warnings.contains(&Warning::NameLooksLikeAddress)
        && reading.signature.status == SignatureStatus::Good
    {
        reading.signature.status = SignatureStatus::Mismatch;
    }
    // What only a signature covers that does not hold is covered by nothing.
    reading.subject_protected &=
        reading.encryption == Encryption::Full || reading.signature.status == SignatureStatus::Good;
    if let (Some(signed), Some(date)) = (reading.signature.signed_at, reading.date)
        && (signed - date).abs() > SIGNED_APART
    {
        reading.warn(Warning::SignedAtAnotherTime);
    }
    mail.autocrypt = autocrypt(&root, &mut mail.reading);
    if let Some(key) = &mail.autocrypt {
        look_at_announced(key, &mut mail.reading, ring.known, at);
    }
    Ok(mail)
}

/// Tells what a key that came in a header would change. Anybody can write a sender and a header, and sign with a key of
/// their own: only the verified key of an address says that another one comes after it.
fn look_at_announced(key: &[u8], reading: &mut Reading, known: &Known, at: DateTime<Utc>) {
    let Some(from) = reading.from.clone() else {
        return;
    };
    let signature = &reading.signature;
    let signer = signature
        .fingerprint
        .as_ref()
        .filter(|_| signature.status == SignatureStatus::Good)
        .and_then(|fingerprint| fingerprint.parse::<Fingerprint>().ok());
    let is_introduced = signer.is_some_and(|signer| known.is_verified(&from.mail, &signer));
    for certificate in parse_many(key).into_iter().flatten() {
        let fingerprint = certificate.fingerprint();
        if !is_introduced && known.is_of_another(&from.mail, &fingerprint) {
            reading.warn(Warning::OtherKeyAnnounced);
        }
        let mut others = certificate.mail_addresses(at).into_iter();
        if others.any(|mail| !from.is(&mail) && known.is_of_another(&mail, &fingerprint)) {
            reading.warn(Warning::KeyNamesAnother);
        }
    }
}

/// A signature that lies around everything, once it was checked.
struct Judged {
    verification: Verification,
    /// It names recipients, and the team is none of them.
    for_others: bool,
}

struct Peeling<'r> {
    ring: Ring<'r>,
    at: DateTime<Utc>,
    mail: Mail,
    judged: Option<Judged>,
    /// The sender whom the protected headers name.
    sender: Option<Address>,
    layers: usize,
}

impl Peeling<'_> {
    fn peel(&mut self, part: &Part<'_>) {
        let outermost = self.layers == 0;
        self.layers += 1;
        if self.layers > MAX_LAYERS {
            return self.content(part);
        }
        match layers::of(part, outermost) {
            Layer::None => self.content(part),
            Layer::Encrypted(message) => {
                self.open(&message, |peeling, inside| peeling.peel(&Part::of(inside)))
            }
            Layer::InlineMessage(message) => self.open(&message, |peeling, inside| {
                content::text_only(&String::from_utf8_lossy(inside), &mut peeling.mail.reading);
            }),
            // One signature speaks for the whole; a second one inside it is content.
            Layer::Signed { .. } if self.judged.is_some() => self.content(part),
            Layer::Signed { part, signature } => {
                let signed = layers::canonical(part);
                let verification =
                    verify(&signed, &signature, self.ring.known.certificates(), self.at);
                self.judged = Some(Judged {
                    verification,
                    for_others: false,
                });
                self.peel(&Part::of(part));
            }
            Layer::InlineSigned(text) => {
                let checked = verify_clear_text(&text, self.ring.known.certificates(), self.at);
                let shown = checked
                    .text
                    .unwrap_or_else(|| String::from_utf8_lossy(&text).into_owned());
                self.judged = Some(Judged {
                    verification: checked.verification,
                    for_others: false,
                });
                content::text_only(&shown, &mut self.mail.reading);
            }
            Layer::Smime { encrypted } => {
                if encrypted {
                    self.mail.reading.encryption = Encryption::Failed;
                    self.warn(Warning::CipherUnsupported);
                } else {
                    self.warn(Warning::SignatureUnsupported);
                }
                self.content(part);
            }
        }
    }

    fn open(&mut self, message: &[u8], inside: impl FnOnce(&mut Self, &[u8])) {
        // What is signed around a ciphertext says nothing of who wrote what is in it.
        if self.judged.take().is_some() {
            self.warn(Warning::InnerProtection);
        }
        let Some(keys) = self.ring.keys else {
            return self.locked(message, Warning::MailKeyAbsent);
        };
        let (any, times) = MAX_GROWTH;
        let limit = MAX_MAIL_BYTES.min(any + message.len().saturating_mul(times));
        match open_message(
            message,
            keys,
            self.ring.known.certificates(),
            limit,
            self.at,
        ) {
            Ok(opened) => {
                if opened.encrypted {
                    self.mail.reading.encryption = Encryption::Full;
                }
                if let Some(by) = &opened.opened_by
                    && !keys.is_in_force(by, self.at)
                {
                    self.warn(Warning::OldTeamKey);
                }
                self.judged = opened.verification.map(|verification| Judged {
                    verification,
                    for_others: opened.for_others,
                });
                inside(self, &opened.content);
            }
            Err(why) => self.locked(
                message,
                match why {
                    Unopened::NoKey => Warning::NoKeyOpens,
                    Unopened::Tampered => Warning::Tampered,
                    Unopened::NoIntegrity => Warning::NoIntegrity,
                    Unopened::Unsupported => Warning::CipherUnsupported,
                    Unopened::TooLarge => Warning::TooLarge,
                    Unopened::Malformed => Warning::Malformed,
                },
            ),
        }
    }

    fn locked(&mut self, message: &[u8], why: Warning) {
        self.mail.reading.encryption = Encryption::Failed;
        self.warn(why);
        self.mail.files = content::locked(message, &mut self.mail.reading);
    }

    /// The content begins here. Headers are protected only at its root, and only by a layer around it.
    fn content(&mut self, part: &Part<'_>) {
        let is_protected =
            self.judged.is_some() || self.mail.reading.encryption == Encryption::Full;
        if is_protected && headers::are_protected(part) {
            self.sender = headers::protected(part, &mut self.mail.reading);
        }
        self.mail.files = content::read(part, &mut self.mail.reading);
    }

    fn warn(&mut self, warning: Warning) {
        self.mail.reading.warn(warning);
    }

    /// The one status.
    fn finish(mut self) -> Mail {
        let Some(judged) = self.judged.take() else {
            if self
                .sender
                .as_ref()
                .is_some_and(|inner| self.outer_is_not(inner))
            {
                self.warn(Warning::SenderDiffers);
            }
            return self.mail;
        };
        // The protected sender speaks only if the signature is theirs; else the one whom servers saw stays, and is told.
        if let Some(inner) = self.sender.take()
            && self.outer_is_not(&inner)
        {
            self.warn(Warning::SenderDiffers);
            if self.signer_of(&judged, &inner).is_some() {
                self.mail.reading.from = Some(inner);
            }
        }
        self.mail.reading.signature = self.status(&judged);
        self.mail
    }

    fn outer_is_not(&self, inner: &Address) -> bool {
        self.mail
            .reading
            .from
            .as_ref()
            .is_none_or(|outer| !outer.is(&inner.mail))
    }

    fn status(&mut self, judged: &Judged) -> SignatureReading {
        let mut named = SignatureReading::default();
        let mut of = |signer: &Signer| {
            named.fingerprint = Some(signer.certificate.to_string());
            named.signer = self.ring.known.name_of(&signer.certificate, self.at);
            named.signed_at = Some(signer.signed_at);
        };
        let (status, warning) = match &judged.verification.verdict {
            Verdict::Good(signer) => {
                let from = self.mail.reading.from.as_ref();
                let sender = from.and_then(|from| self.signer_of(judged, from));
                of(sender.unwrap_or(signer));
                if judged.for_others {
                    (SignatureStatus::Mismatch, Some(Warning::NotMeantForUs))
                } else if sender.is_some() {
                    (SignatureStatus::Good, None)
                } else {
                    (SignatureStatus::Mismatch, None)
                }
            }
            Verdict::ExpiredKey { signer, .. } => {
                of(signer);
                (SignatureStatus::ExpiredKey, None)
            }
            Verdict::RevokedKey { signer } => {
                of(signer);
                (SignatureStatus::ExpiredKey, Some(Warning::KeyRevoked))
            }
            Verdict::Weak { signer } => {
                of(signer);
                (SignatureStatus::Weak, None)
            }
            Verdict::NotForSigning { signer } => {
                of(signer);
                (SignatureStatus::Bad, Some(Warning::KeyNotForSigning))
            }
            Verdict::OutOfTime { signer } => {
                of(signer);
                (SignatureStatus::Bad, Some(Warning::SignatureOutOfTime))
            }
            Verdict::Bad { issuer } => {
                named.fingerprint = name(issuer);
                (SignatureStatus::Bad, None)
            }
            Verdict::UnknownKey { issuer } => {
                named.fingerprint = name(issuer);
                (SignatureStatus::UnknownKey, None)
            }
            Verdict::Unsupported { issuer } => {
                named.fingerprint = name(issuer);
                (
                    SignatureStatus::UnknownKey,
                    Some(Warning::SignatureUnsupported),
                )
            }
            Verdict::NotASignature(_) => (SignatureStatus::Bad, Some(Warning::Malformed)),
        };
        if let Some(warning) = warning {
            self.mail.reading.warn(warning);
        }
        named.status = status;
        named
    }

    /// The signer who is the address: of several who signed the same bytes, one is enough. Nobody if the whole is not good.
    fn signer_of<'j>(&self, judged: &'j Judged, address: &Address) -> Option<&'j Signer> {
        if !matches!(judged.verification.verdict, Verdict::Good(_)) {
            return None;
        }
        let signers = judged.verification.signatures.iter();
        let mut good = signers.filter_map(|one| match one {
            Verdict::Good(signer) => Some(signer),
            _ => None,
        });
        good.find(|signer| {
            self.ring
                .known
                .speaks_for(&signer.certificate, address, self.at)
        })
    }
}

fn name(issuer: &Issuer) -> Option<String> {
    match issuer {
        Issuer::Fingerprint(fingerprint) => Some(fingerprint.to_string()),
        Issuer::KeyId(id) => Some(id.clone()),
        Issuer::Unstated => None,
    }
}

/// The key of an Autocrypt header: one, of the sender, and not larger than a key is.
fn autocrypt(root: &Part<'_>, reading: &mut Reading) -> Option<Vec<u8>> {
    let values: Vec<&str> = root
        .headers("Autocrypt")
        .filter_map(mail_parser::HeaderValue::as_text)
        .collect();
    let [value] = values[..] else {
        if !values.is_empty() {
            reading.warn(Warning::AutocryptIgnored);
        }
        return None;
    };
    let key = reading
        .from
        .as_ref()
        .and_then(|from| announced(value, from));
    if key.is_none() {
        reading.warn(Warning::AutocryptIgnored);
    }
    key
}

fn announced(value: &str, from: &Address) -> Option<Vec<u8>> {
    if value.len() > MAX_AUTOCRYPT_BYTES {
        return None;
    }
    let mut address = None;
    let mut data = None;
    for attribute in value.split(';') {
        let (name, value) = attribute.split_once('=')?;
        match name.trim() {
            "addr" => address = Some(value.trim()),
            "keydata" => data = Some(value),
            // One that is not known and not marked as optional makes the whole header void (Autocrypt 1.1 §2.1).
            "prefer-encrypt" => {}
            name if name.starts_with('_') => {}
            _ => return None,
        }
    }
    let data: String = data?.chars().filter(|c| !c.is_whitespace()).collect();
    let key = STANDARD.decode(data).ok()?;
    (from.is(address?) && key.len() <= MAX_KEY_BYTES).then_some(key)
}
