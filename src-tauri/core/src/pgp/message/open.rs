//! Opening what was encrypted to the team, and judging the signature inside.
//!
//! Nothing is given out before the message was processed to its end: the library hands out what it decrypts as it goes,
//! and only the end tells whether somebody changed it. The signatures are judged by our own rule (`pgp::verify`), so that
//! a mail and a file with the same fault get the same sentence.

use std::{io::Read, time::SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, KeyHandle, Packet, Result as LibraryResult,
    crypto::SessionKey,
    packet::{PKESK, SKESK, Signature, Tag},
    parse::{
        PacketParser, PacketParserResult, Parse,
        stream::{
            DecryptionHelper, DecryptorBuilder, MessageLayer, MessageStructure, VerificationError,
            VerificationHelper, VerifierBuilder,
        },
    },
    types::SymmetricAlgorithm,
};
use sequoia_openpgp as openpgp;
use zeroize::Zeroizing;

use super::MailKeys;
use crate::pgp::{
    Certificate, Fingerprint, MAX_SIGNATURES, Verification, armour,
    bounds::{Bounds, is_cut_short},
    policy,
    verify::{Signed, judge_all},
};

/// The most recipients whose packets are tried: a mailing of thousands is not for us.
const MAX_SLOTS: usize = 1024;
/// The most hidden recipients that are tried: each costs an operation with every secret.
const MAX_HIDDEN_SLOTS: usize = 64;

/// Why nothing is shown of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    /// None of the secrets opens it.
    NoKey,
    /// It was changed on its way, or its end is missing.
    Tampered,
    /// It was encrypted without a check against changes.
    NoIntegrity,
    /// By an algorithm that cannot be read here.
    Unsupported,
    /// More than was allowed.
    TooLarge,
    /// Not an OpenPGP message.
    Malformed,
}

/// A message that was processed to its end.
#[derive(Debug)]
pub struct OpenedMessage {
    /// What was in it.
    pub content: Zeroizing<Vec<u8>>,
    /// Whether it was encrypted; otherwise it was signed only.
    pub encrypted: bool,
    /// The signatures inside; nothing when there is none.
    pub verification: Option<Verification>,
    /// Whether a signature names recipients, and the team is not one of them (RFC 9580 §5.2.3.36).
    pub for_others: bool,
    /// The team's key that opened it.
    pub opened_by: Option<Fingerprint>,
}

/// What the content of a message lies in.
#[derive(PartialEq, Eq)]
enum Container {
    /// Encrypted, with a check against changes.
    Checked,
    /// Encrypted without one, as before 2000 (RFC 9580 §5.7), or in a draft's way.
    Unchecked,
    /// Encrypted, but its check cannot be there any more.
    Cut,
    /// Not encrypted.
    Open,
}

/// Looks past the packets for the recipients, at most so many of them.
fn container(message: &[u8]) -> Container {
    let mut next = PacketParser::from_bytes(message);
    for _ in 0..=MAX_SLOTS {
        let Ok(PacketParserResult::Some(mut parser)) = next else {
            return Container::Open;
        };
        if is_cut_short(&mut parser) {
            return Container::Cut;
        }
        match &parser.packet {
            Packet::PKESK(_) | Packet::SKESK(_) | Packet::Marker(_) | Packet::Padding(_) => {}
            Packet::SEIP(_) => return Container::Checked,
            Packet::Unknown(p) if matches!(p.tag(), Tag::SED | Tag::AED) => {
                return Container::Unchecked;
            }
            // One for a recipient of another kind.
            Packet::Unknown(p) if matches!(p.tag(), Tag::PKESK | Tag::SKESK) => {}
            _ => return Container::Open,
        }
        next = parser.next().map(|(_, next)| next);
    }
    Container::Open
}

/// Opens a message, armoured or binary, with the team's keys; judges its signatures by `certificates`, as known at `at`.
/// Gives at most `limit` bytes.
///
/// # Errors
/// Why nothing of it can be shown.
pub fn open_message(
    message: &[u8],
    keys: &MailKeys,
    certificates: &[Certificate],
    limit: usize,
    at: DateTime<Utc>,
) -> Result<OpenedMessage, Unopened> {
    let binary = armour::message(message);
    let message = binary.as_deref().unwrap_or(message);
    let mut opener = Opener {
        keys,
        opened_by: None,
        encrypted: false,
        tried: false,
        signatures: Vec::new(),
        bounds: Bounds::default(),
    };
    let content = match container(message) {
        Container::Checked => decrypt(message, &mut opener, limit, at),
        Container::Cut => return Err(Unopened::Tampered),
        Container::Unchecked => return Err(Unopened::NoIntegrity),
        Container::Open => unwrap(message, &mut opener, limit, at),
    };
    let content = match content {
        Ok(content) if content.len() > limit => return Err(Unopened::TooLarge),
        Ok(content) => content,
        Err(_) if opener.bounds.exceeded => return Err(Unopened::TooLarge),
        Err(_) if opener.tried && opener.opened_by.is_none() => return Err(Unopened::NoKey),
        Err(error) => return Err(why(&error, opener.encrypted)),
    };
    let verification = (!opener.signatures.is_empty()).then(|| {
        judge_all(
            Signed::Hashed(&content),
            &opener.signatures,
            certificates,
            at,
        )
    });
    let for_others = opener.signatures.iter().any(|signature| {
        let mut named = signature.intended_recipients().peekable();
        opener.encrypted && named.peek().is_some() && !named.any(|one| keys.is_ours(one))
    });
    Ok(OpenedMessage {
        content,
        encrypted: opener.encrypted,
        verification,
        for_others,
        opened_by: opener.opened_by,
    })
}

fn decrypt(
    message: &[u8],
    opener: &mut Opener<'_>,
    limit: usize,
    at: DateTime<Utc>,
) -> LibraryResult<Zeroizing<Vec<u8>>> {
    let policy = policy::standard(at);
    let decryptor = DecryptorBuilder::from_bytes(message)?.with_policy(
        &policy,
        SystemTime::from(at),
        opener,
    )?;
    read(decryptor, message.len(), limit)
}

fn unwrap(
    message: &[u8],
    opener: &mut Opener<'_>,
    limit: usize,
    at: DateTime<Utc>,
) -> LibraryResult<Zeroizing<Vec<u8>>> {
    let policy = policy::standard(at);
    let verifier =
        VerifierBuilder::from_bytes(message)?.with_policy(&policy, SystemTime::from(at), opener)?;
    read(verifier, message.len(), limit)
}

fn read(from: impl Read, expected: usize, limit: usize) -> LibraryResult<Zeroizing<Vec<u8>>> {
    // A vector that grows leaves copies behind; what is compressed grows all the same.
    let mut content = Zeroizing::new(Vec::with_capacity(expected.min(limit) + 1));
    from.take(limit as u64 + 1).read_to_end(&mut content)?;
    Ok(content)
}

fn why(error: &openpgp::anyhow::Error, encrypted: bool) -> Unopened {
    use openpgp::Error as E;
    let library = error.chain().find_map(|cause| {
        let direct = cause.downcast_ref::<E>();
        // What the reader met in the middle of the stream comes wrapped twice.
        direct.or_else(|| {
            let inner = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
            inner.downcast_ref::<E>()
        })
    });
    if policy::is_unsupported(error) {
        return Unopened::Unsupported;
    }
    match library {
        Some(E::ManipulatedMessage) => Unopened::Tampered,
        _ if encrypted => Unopened::Tampered,
        _ => Unopened::Malformed,
    }
}

struct Opener<'k> {
    keys: &'k MailKeys,
    opened_by: Option<Fingerprint>,
    encrypted: bool,
    tried: bool,
    signatures: Vec<Signature>,
    bounds: Bounds,
}

impl DecryptionHelper for &mut Opener<'_> {
    fn decrypt(
        &mut self,
        slots: &[PKESK],
        _: &[SKESK],
        expected: Option<SymmetricAlgorithm>,
        decrypt: &mut dyn FnMut(Option<SymmetricAlgorithm>, &SessionKey) -> bool,
    ) -> LibraryResult<Option<Cert>> {
        self.tried = true;
        let mut hidden = 0;
        for slot in slots.iter().take(MAX_SLOTS) {
            let recipient = slot.recipient();
            let named = recipient.as_ref().filter(|name| !is_wildcard(name));
            if named.is_none() {
                hidden += 1;
                if hidden > MAX_HIDDEN_SLOTS {
                    continue;
                }
            }
            for key in self.keys.decrypting(named) {
                let fingerprint = key.fingerprint();
                let Ok(mut pair) = key.into_keypair() else {
                    continue;
                };
                if let Some((algorithm, session)) = slot.decrypt(&mut pair, expected)
                    && decrypt(algorithm, &session)
                {
                    self.opened_by = Some(fingerprint.into());
                    return Ok(None);
                }
            }
        }
        Err(openpgp::Error::MissingSessionKey("no key of the team".into()).into())
    }
}

fn is_wildcard(name: &KeyHandle) -> bool {
    match name {
        KeyHandle::KeyID(id) => id.is_wildcard(),
        KeyHandle::Fingerprint(_) => false,
    }
}

impl VerificationHelper for &mut Opener<'_> {
    fn inspect(&mut self, parser: &PacketParser<'_>) -> LibraryResult<()> {
        if matches!(parser.packet, Packet::SEIP(_)) {
            self.encrypted = true;
        }
        self.bounds.inspect(parser)
    }

    /// The signatures are judged later, over the same bytes.
    fn get_certs(&mut self, _: &[KeyHandle]) -> LibraryResult<Vec<Cert>> {
        Ok(Vec::new())
    }

    fn check(&mut self, structure: MessageStructure<'_>) -> LibraryResult<()> {
        // What is signed around the ciphertext says nothing of the content.
        let mut inside = !self.encrypted;
        for layer in structure {
            match layer {
                MessageLayer::Encryption { .. } => inside = true,
                MessageLayer::SignatureGroup { results } if inside => {
                    let signatures = results.into_iter().filter_map(|result| match result {
                        Ok(good) => Some(good.sig.clone()),
                        Err(
                            VerificationError::MissingKey { sig }
                            | VerificationError::UnboundKey { sig, .. }
                            | VerificationError::BadKey { sig, .. }
                            | VerificationError::BadSignature { sig, .. }
                            | VerificationError::MalformedSignature { sig, .. },
                        ) => Some(sig.clone()),
                        Err(_) => None,
                    });
                    self.signatures.extend(signatures.take(MAX_SIGNATURES));
                }
                _ => {}
            }
        }
        self.signatures.truncate(MAX_SIGNATURES);
        Ok(())
    }
}
