//! Who signed these bytes, said in one of a few sentences and never in a wrong one.
//!
//! Our own loop instead of the library's detached verifier, which names the key's faults before
//! it has looked at the signature: a modified file signed by an expired key must read
//! « modified », not « expired ».
//!
//! The rule of time: a key is judged at the moment of the signature, so that a document stays
//! good when its key expires later. The algorithms are judged at the moment of the check.
//! A key revoked as compromised, or without a reason, counts as revoked since ever; one that was
//! merely replaced, since its revocation (RFC 9580 §5.2.3.31).

use std::{
    borrow::Cow,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, KeyHandle, Packet,
    cert::{
        amalgamation::ValidateAmalgamation,
        prelude::{ErasedKeyAmalgamation, ValidErasedKeyAmalgamation},
    },
    packet::{Signature, key::PublicParts},
    policy::{HashAlgoSecurity, Policy},
    types::SignatureType,
};
use sequoia_openpgp as openpgp;

mod clear_text;

pub use clear_text::{ClearTextVerification, MAX_CLEAR_TEXT_BYTES, verify_clear_text};

use super::{Certificate, Fingerprint, KeyRole, key_entry, packets, packets::Broken, policy, role};

/// The most that is read as signatures: one takes under a kilobyte.
pub const MAX_SIGNATURE_BYTES: usize = 64 * 1024;

/// The most signatures in one file: each costs a reading of the whole file.
pub const MAX_SIGNATURES: usize = 16;

/// How far a signature may lie in the future: two machines' clocks never agree.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// The key that made a signature, once the mathematics are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The certificate, by its primary key.
    pub certificate: Fingerprint,
    /// The key or subkey that signed.
    pub key: Fingerprint,
    /// The certificate's first name.
    pub user_id: Option<String>,
    /// What the key is for.
    pub role: KeyRole,
    /// What the signature says of its time; nobody else confirms it.
    pub signed_at: DateTime<Utc>,
}

/// Who a signature says that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issuer {
    /// By fingerprint.
    Fingerprint(Fingerprint),
    /// By key id, 16 hexadecimal digits: old signatures say no more.
    KeyId(String),
    /// It does not say.
    Unstated,
}

/// What was given in place of a detached signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No byte.
    Empty,
    /// More than [`MAX_SIGNATURE_BYTES`] or [`MAX_SIGNATURES`].
    TooLarge,
    /// Not OpenPGP.
    Garbage,
    /// A signature whose end is missing.
    Truncated,
    /// OpenPGP whose content is broken.
    Damaged,
    /// A text that contains its signature.
    ClearsignedText,
    /// A message that contains its signature.
    SignedMessage,
    /// An encrypted message.
    EncryptedMessage,
    /// A key.
    Key,
    /// A signature without the text that it should contain.
    DetachedSignature,
    /// A signature on a key or a name, not on a file.
    Certification,
}

/// What is true of one signature, or of all of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// These exact bytes were signed by this key while it was valid.
    Good(Signer),
    /// The signature does not match: the file was modified, or it is another file's.
    Bad {
        /// The key that the signature names.
        issuer: Issuer,
    },
    /// None of the known certificates has this key: nothing can be said.
    UnknownKey {
        /// The key that the signature names.
        issuer: Issuer,
    },
    /// Matches, but the key had already expired when it signed.
    ExpiredKey {
        /// Who.
        signer: Signer,
        /// Since when.
        expired_on: DateTime<Utc>,
    },
    /// Matches, but the key is revoked.
    RevokedKey {
        /// Who.
        signer: Signer,
    },
    /// Matches, by algorithms that can be forged today.
    Weak {
        /// Who it says it is.
        signer: Signer,
    },
    /// Matches, but its owner did not allow this key to sign files.
    NotForSigning {
        /// Who.
        signer: Signer,
    },
    /// Matches, but it lies in the future, or has its own expiry and is past it.
    OutOfTime {
        /// Who.
        signer: Signer,
    },
    /// An algorithm, version or critical extension that cannot be checked here.
    Unsupported {
        /// The key that the signature names.
        issuer: Issuer,
    },
    /// No detached signature was given.
    NotASignature(Found),
}

impl Verdict {
    /// Place in the summary: a mismatch outweighs all, then a good one, then what is wrong
    /// with a known key, then what cannot be told.
    fn weight(&self) -> u8 {
        match self {
            Self::Bad { .. } => 9,
            Self::Good(_) => 8,
            Self::RevokedKey { .. } => 7,
            Self::ExpiredKey { .. } => 6,
            Self::Weak { .. } => 5,
            Self::NotForSigning { .. } => 4,
            Self::OutOfTime { .. } => 3,
            Self::Unsupported { .. } => 2,
            Self::UnknownKey { .. } => 1,
            Self::NotASignature(_) => 0,
        }
    }
}

/// The verdict on a file, and on each of its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The sentence to show: good only if one signature is good and none is bad.
    pub verdict: Verdict,
    /// One by one, in the order of the file; the same as `verdict` when there is only one.
    pub signatures: Vec<Verdict>,
}

/// Checks a detached signature, armoured or binary, of `file` with the keys of `certificates`,
/// as known at `at`. Any input gets a verdict.
pub fn verify(
    file: &[u8],
    signature: &[u8],
    certificates: &[Certificate],
    at: DateTime<Utc>,
) -> Verification {
    match read(signature) {
        Ok(signatures) => judge_all(Signed::File(file), &signatures, certificates, at),
        Err(found) => Verification {
            verdict: Verdict::NotASignature(found),
            signatures: vec![Verdict::NotASignature(found)],
        },
    }
}

/// What is signed.
#[derive(Clone, Copy)]
pub(super) enum Signed<'f> {
    /// A file that nobody looked at yet.
    File(&'f [u8]),
    /// What the library read just now, with the signatures around it, each of which keeps the digest that it made on
    /// the way: so that what is large is not hashed twice.
    Hashed(&'f [u8]),
}

/// The verdict on each signature of `file`, and on all together.
pub(super) fn judge_all(
    file: Signed<'_>,
    signatures: &[Signature],
    certificates: &[Certificate],
    at: DateTime<Utc>,
) -> Verification {
    let verdicts = signatures.iter().map(|s| judge(file, s, certificates, at));
    let signatures: Vec<Verdict> = verdicts.collect();
    let verdict = signatures
        .iter()
        .max_by_key(|v| v.weight())
        .cloned()
        .unwrap_or(Verdict::NotASignature(Found::Empty));
    Verification {
        verdict,
        signatures,
    }
}

/// The signatures of all blocks; anything else beside them is refused, not skipped.
fn read(input: &[u8]) -> Result<Vec<Signature>, Found> {
    if input.is_empty() {
        return Err(Found::Empty);
    }
    if input.len() > MAX_SIGNATURE_BYTES {
        return Err(guess_large(input));
    }
    let blocks = packets::blocks(input);
    if blocks.iter().any(|block| block.starts_with(CLEARSIGNED)) {
        return Err(Found::ClearsignedText);
    }
    let mut signatures = Vec::new();
    for block in &blocks {
        for packet in packets::packets(block)? {
            signatures.push(detached(packet)?);
        }
    }
    match signatures.len() {
        0 => Err(Found::Garbage),
        1..=MAX_SIGNATURES => Ok(signatures),
        _ => Err(Found::TooLarge),
    }
}

const CLEARSIGNED: &[u8] = b"-----BEGIN PGP SIGNED MESSAGE-----";
const MESSAGE: &[u8] = b"-----BEGIN PGP MESSAGE-----";

/// Names what is too large to be read, when its first line says it.
fn guess_large(input: &[u8]) -> Found {
    if input.starts_with(CLEARSIGNED) {
        Found::ClearsignedText
    } else if input.starts_with(MESSAGE) {
        Found::EncryptedMessage
    } else {
        Found::TooLarge
    }
}

fn detached(packet: Packet) -> Result<Signature, Found> {
    match packet {
        Packet::Signature(s) if matches!(s.typ(), SignatureType::Binary | SignatureType::Text) => {
            Ok(s)
        }
        Packet::Signature(_) => Err(Found::Certification),
        Packet::PKESK(_) | Packet::SKESK(_) | Packet::SEIP(_) => Err(Found::EncryptedMessage),
        Packet::OnePassSig(_) | Packet::Literal(_) | Packet::CompressedData(_) => {
            Err(Found::SignedMessage)
        }
        Packet::PublicKey(_)
        | Packet::SecretKey(_)
        | Packet::PublicSubkey(_)
        | Packet::SecretSubkey(_) => Err(Found::Key),
        _ => Err(Found::Damaged),
    }
}

impl From<Broken> for Found {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Foreign => Self::Garbage,
            Broken::Truncated => Self::Truncated,
            Broken::Damaged => Self::Damaged,
        }
    }
}

/// Several keys can share a key id: the one that matches decides.
fn judge(
    file: Signed<'_>,
    signature: &Signature,
    certificates: &[Certificate],
    at: DateTime<Utc>,
) -> Verdict {
    let handles = signature.get_issuers();
    let candidates = certificates
        .iter()
        .flat_map(|c| c.cert().keys())
        .filter(|k| {
            let key = k.key().key_handle();
            handles.iter().any(|h| h.aliases(&key))
        });
    let verdicts = candidates.map(|key| judge_with(file, signature, key, at));
    verdicts
        .max_by_key(proximity)
        .unwrap_or_else(|| Verdict::UnknownKey {
            issuer: issuer(&handles),
        })
}

/// How much a verdict says about the key that was tried.
fn proximity(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::UnknownKey { .. } => 0,
        Verdict::Unsupported { .. } => 1,
        Verdict::Bad { .. } => 2,
        Verdict::Good(_) => 4,
        _ => 3,
    }
}

fn judge_with(
    file: Signed<'_>,
    signature: &Signature,
    key: ErasedKeyAmalgamation<'_, PublicParts>,
    at: DateTime<Utc>,
) -> Verdict {
    let named = || issuer(&signature.get_issuers());
    let checked = match file {
        // A signature around another one (a level above none) has a digest of more than the content.
        Signed::Hashed(_) if signature.computed_digest().is_some() && signature.level() == 0 => {
            signature.verify_document(key.key())
        }
        Signed::File(bytes) | Signed::Hashed(bytes) => {
            signature.verify_message(key.key(), signed_bytes(bytes, signature))
        }
    };
    if let Err(error) = checked {
        return if policy::is_unsupported(&error) {
            Verdict::Unsupported { issuer: named() }
        } else {
            Verdict::Bad { issuer: named() }
        };
    }
    // The mathematics are right, hence a creation time is there.
    let Some(signed_at) = signature.signature_creation_time() else {
        return Verdict::Unsupported { issuer: named() };
    };
    let (standard, any) = (policy::standard(at), policy::AnyAlgorithm::new(at));
    if any
        .signature(signature, HashAlgoSecurity::CollisionResistance)
        .is_err()
    {
        return Verdict::Unsupported { issuer: named() };
    }
    let strong = bound(&key, &standard, signed_at, at);
    let is_strong = strong.is_some()
        && standard
            .signature(signature, HashAlgoSecurity::CollisionResistance)
            .is_ok();
    let Some(bound_key) = strong.or_else(|| bound(&key, &any, signed_at, at)) else {
        // Nobody can pin a foreign key to a certificate by appending it there.
        return Verdict::UnknownKey { issuer: named() };
    };
    let signer = signer(key.cert(), &bound_key, signed_at, at);
    if key_entry::is_revoked(&bound_key) {
        Verdict::RevokedKey { signer }
    } else if !is_strong {
        Verdict::Weak { signer }
    } else if let Some(expired_on) =
        key_entry::expiry(&bound_key).filter(|end| *end <= DateTime::<Utc>::from(signed_at))
    {
        Verdict::ExpiredKey { signer, expired_on }
    } else if !bound_key.for_signing() {
        Verdict::NotForSigning { signer }
    } else if signature
        .signature_alive(SystemTime::from(at), CLOCK_TOLERANCE)
        .is_err()
    {
        Verdict::OutOfTime { signer }
    } else {
        Verdict::Good(signer)
    }
}

/// What a signature is made over: of a text, the lines, whatever their ends were on the way
/// (RFC 9580 §5.2.1.2).
fn signed_bytes<'a>(file: &'a [u8], signature: &Signature) -> Cow<'a, [u8]> {
    if signature.typ() != SignatureType::Text {
        return Cow::Borrowed(file);
    }
    let mut lines = Vec::with_capacity(file.len() + file.len() / 16);
    let mut rest = file;
    while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
        lines.extend_from_slice(&rest[..end]);
        lines.extend_from_slice(b"\r\n");
        let ending = if rest[end..].starts_with(b"\r\n") {
            2
        } else {
            1
        };
        rest = &rest[end + ending..];
    }
    lines.extend_from_slice(rest);
    Cow::Owned(lines)
}

/// The key as its certificate binds it when it signed. A minimal copy of a renewed certificate
/// keeps only the last binding, made after an older signature: then that one speaks.
fn bound<'a>(
    key: &ErasedKeyAmalgamation<'a, PublicParts>,
    policy: &'a dyn Policy,
    signed_at: SystemTime,
    at: DateTime<Utc>,
) -> Option<ValidErasedKeyAmalgamation<'a, PublicParts>> {
    let when = |time| key.clone().with_policy(policy, time).ok();
    when(signed_at).or_else(|| when(SystemTime::from(at)))
}

fn signer(
    cert: &Cert,
    key: &ValidErasedKeyAmalgamation<'_, PublicParts>,
    signed_at: SystemTime,
    at: DateTime<Utc>,
) -> Signer {
    Signer {
        certificate: cert.fingerprint().into(),
        key: key.key().fingerprint().into(),
        user_id: Certificate::public_part_of(cert).user_id(at),
        role: role::of(key),
        signed_at: signed_at.into(),
    }
}

fn issuer(handles: &[KeyHandle]) -> Issuer {
    let by_fingerprint = handles.iter().find_map(|h| match h {
        KeyHandle::Fingerprint(f) => Some(Issuer::Fingerprint(f.clone().into())),
        KeyHandle::KeyID(_) => None,
    });
    let by_id = handles.iter().find_map(|h| match h {
        KeyHandle::KeyID(id) if !id.is_wildcard() => Some(Issuer::KeyId(id.to_hex())),
        _ => None,
    });
    by_fingerprint.or(by_id).unwrap_or(Issuer::Unstated)
}

#[cfg(test)]
mod tests;
