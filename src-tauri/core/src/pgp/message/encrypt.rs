//! Signing and encrypting in one message, to recipients of whom none is passed over.

use std::{io::Write, time::SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Result as LibraryResult, armor,
    cert::prelude::ValidErasedKeyAmalgamation,
    crypto::KeyPair,
    packet::key::PublicParts,
    policy::Policy,
    serialize::stream::{Armorer, Encryptor, LiteralWriter, Message, Recipient, Signer},
    types::{HashAlgorithm, SymmetricAlgorithm},
};
use sequoia_openpgp as openpgp;

use super::MailKeys;
use crate::pgp::{Certificate, PgpError, key_entry, policy};

/// Armour makes four bytes of three and one line end of 64; room for the packets of some dozens of recipients.
const ARMOUR_ROOM: usize = 32 * 1024;
/// What is hashed, encrypted and armoured at a time, while it lies in the processor's cache.
const PIECE_BYTES: usize = 256 * 1024;

/// Signs `plain` with the key in force and encrypts it to every live transport key of `to` and of the team: one armoured
/// message, AES-256, not compressed (what is compressed before it is encrypted tells of its content). SEIPDv1, unless
/// every recipient and the team's own key advertise SEIPDv2 (RFC 9580 §5.13). The signature names the recipients, so that
/// nobody can pass the message on as meant for somebody else (§5.2.3.36).
///
/// Without a signer nothing is signed, and the team itself cannot read it.
///
/// # Errors
/// [`PgpError::Recipient`] names the first recipient who cannot be encrypted to, and why; the same reasons without a name
/// are the team's own key. [`PgpError::NoSigningKey`] if the key in force signs no mail, [`PgpError::NoEncryptionKey`] if
/// there is nobody to encrypt to.
pub fn encrypt(
    plain: &[u8],
    to: &[Certificate],
    signer: Option<&MailKeys>,
    at: DateTime<Utc>,
) -> Result<String, PgpError> {
    let policy = policy::standard(at);
    let mut certs: Vec<&Cert> = Vec::new();
    let mut keys = Vec::new();
    // The team's own fault is told before anybody else's.
    if let Some(ours) = signer {
        let cert = ours.current()?;
        keys.extend(transport_keys(cert, &policy, at)?);
        certs.push(cert);
    }
    for certificate in to {
        let cert = certificate.cert();
        if certs
            .iter()
            .any(|known| known.fingerprint() == cert.fingerprint())
        {
            continue;
        }
        let found = transport_keys(cert, &policy, at).map_err(|why| PgpError::Recipient {
            key: certificate.fingerprint(),
            why: Box::new(why),
        })?;
        keys.extend(found);
        certs.push(cert);
    }
    if keys.is_empty() {
        return Err(PgpError::NoEncryptionKey);
    }
    let signing = signer.map(|ours| signing_pair(ours, at)).transpose()?;
    let recipients = keys.into_iter().map(Recipient::from);
    let write = || {
        let mut armoured = room_for(plain);
        let message = Encryptor::for_recipients(armour(&mut armoured)?, recipients)
            .symmetric_algo(SymmetricAlgorithm::AES256)
            .build()?;
        finish(message, plain, signing, &certs, at)?;
        Ok(String::from_utf8(armoured)?)
    };
    write().map_err(|problem: openpgp::anyhow::Error| PgpError::library(problem))
}

pub(super) fn signing_pair(keys: &MailKeys, at: DateTime<Utc>) -> Result<KeyPair, PgpError> {
    keys.signing(at)?.into_keypair().map_err(PgpError::library)
}

/// A vector that need not grow, which would copy all of it.
pub(super) fn room_for(plain: &[u8]) -> Vec<u8> {
    Vec::with_capacity(plain.len() / 48 * 65 + ARMOUR_ROOM)
}

/// Armour with the CRC24 that gpg wants, where RFC 9580 §6.1 lets it stand: the encryptor tells it.
pub(super) fn armour(sink: &mut Vec<u8>) -> LibraryResult<Message<'_>> {
    Armorer::new(Message::new(sink))
        .kind(armor::Kind::Message)
        .build()
}

/// Writes the content, and around it the signature for those whom it is `meant_for`.
pub(super) fn finish(
    message: Message<'_>,
    plain: &[u8],
    signing: Option<KeyPair>,
    meant_for: &[&Cert],
    at: DateTime<Utc>,
) -> LibraryResult<()> {
    let message = match signing {
        None => message,
        Some(pair) => {
            let signer = Signer::new(message, pair)?
                .hash_algo(HashAlgorithm::SHA512)?
                .creation_time(SystemTime::from(at));
            let named = meant_for.iter();
            named
                .fold(signer, |signer, cert| signer.add_intended_recipient(cert))
                .build()?
        }
    };
    let mut message = LiteralWriter::new(message).build()?;
    for piece in plain.chunks(PIECE_BYTES) {
        message.write_all(piece)?;
    }
    message.finalize()
}

/// The live keys of a certificate that carry mail at `at`.
pub(super) fn transport_keys<'c>(
    cert: &'c Cert,
    policy: &'c dyn Policy,
    at: DateTime<Utc>,
) -> Result<Vec<ValidErasedKeyAmalgamation<'c, PublicParts>>, PgpError> {
    let keys: Vec<_> = cert
        .keys()
        .with_policy(policy, SystemTime::from(at))
        .supported()
        .alive()
        .for_transport_encryption()
        .filter(|key| !key_entry::is_revoked(key))
        .collect();
    if keys.is_empty() {
        return Err(why_none(cert, at));
    }
    Ok(keys)
}

/// What is wrong with a certificate of which no key carries mail.
fn why_none(cert: &Cert, at: DateTime<Utc>) -> PgpError {
    let created = DateTime::from(cert.primary_key().key().creation_time());
    if created > at {
        return PgpError::NotYetValid { created };
    }
    let entries = key_entry::entries(cert, at);
    if entries.iter().any(|key| key.primary && key.revoked) {
        return PgpError::Revoked;
    }
    // The one that would have served last.
    let last = entries
        .into_iter()
        .filter(|key| key.capabilities.encrypt)
        .max_by_key(|key| (!key.revoked, !key.weak, key.expires.is_none(), key.expires));
    match last {
        Some(key) if key.revoked => PgpError::Revoked,
        Some(key) if key.weak => PgpError::WeakKey,
        Some(key) => match key.expires {
            Some(on) if on <= at => PgpError::Expired { on },
            _ => PgpError::NoEncryptionKey,
        },
        None => PgpError::NoEncryptionKey,
    }
}
