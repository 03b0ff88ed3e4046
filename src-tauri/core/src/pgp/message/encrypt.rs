//! Signing and encrypting in one message, to recipients of whom none is passed over.

use std::{
    io::{self, BufWriter, Write},
    sync::mpsc,
    thread,
    time::SystemTime,
};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Profile, Result as LibraryResult, armor,
    cert::{Preferences, amalgamation::ValidAmalgamation, prelude::ValidErasedKeyAmalgamation},
    crypto::KeyPair,
    packet::key::PublicParts,
    policy::Policy,
    serialize::stream::{Encryptor, LiteralWriter, Message, Recipient, Signer},
    types::{HashAlgorithm, SymmetricAlgorithm},
};
use sequoia_openpgp as openpgp;

use super::MailKeys;
use crate::pgp::{Certificate, PgpError, key_entry, policy};

/// Armour makes four bytes of three and one line of 64; room for the packets of some dozens of recipients.
const ARMOUR_ROOM: usize = 32 * 1024;
/// What is hashed, encrypted and armoured at a time, while it lies in the processor's cache.
const PIECE_BYTES: usize = 256 * 1024;
/// From here on a second thread is worth its start.
const MUCH_BYTES: usize = 1024 * 1024;
/// Pieces between the two threads: what is encrypted must not pile up.
const PIECES_WAITING: usize = 16;

/// A live key of a recipient.
pub(super) type TransportKey<'k> = ValidErasedKeyAmalgamation<'k, PublicParts>;

/// Signs `plain` with the key in force and encrypts it to every live transport key of `to` and of the team: one armoured
/// message, AES-256, not compressed (what is compressed before it is encrypted tells of its content). SEIPDv1, unless
/// every recipient and the team's own key advertise SEIPDv2 (RFC 9580 §5.13). The signature names the recipients, so that
/// nobody can pass the message on as meant for somebody else (§5.2.3.36). Lines end in CRLF, as mail has them.
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
    seal(plain, Lock::Keys(keys), signing, &certs, at).map_err(PgpError::library)
}

pub(super) fn signing_pair(keys: &MailKeys, at: DateTime<Utc>) -> Result<KeyPair, PgpError> {
    keys.signing(at)?.into_keypair().map_err(PgpError::library)
}

/// What opens a message.
pub(super) enum Lock<'k> {
    /// Any of these keys.
    Keys(Vec<TransportKey<'k>>),
    /// This passphrase.
    Passphrase(&'k str),
}

impl Lock<'_> {
    /// Whether the message is of the kind that bears a CRC24 in its armour (RFC 9580 §6.1): gpg wants it.
    fn profile(&self) -> Profile {
        let is_modern = |key: &TransportKey<'_>| {
            let features = key.valid_cert().features();
            features.is_some_and(|features| features.supports_seipdv2())
        };
        match self {
            Self::Keys(keys) if keys.iter().all(is_modern) => Profile::RFC9580,
            _ => Profile::RFC4880,
        }
    }
}

/// The armoured message: the content, around it the signature for those whom it is `meant_for`, around both the lock.
/// Armouring takes as long as all the rest, so that it has a thread of its own where there is much of it.
pub(super) fn seal(
    plain: &[u8],
    lock: Lock<'_>,
    signing: Option<KeyPair>,
    meant_for: &[&Cert],
    at: DateTime<Utc>,
) -> LibraryResult<String> {
    // A vector that grows is copied each time.
    let room = Vec::with_capacity(plain.len() / 48 * 66 + ARMOUR_ROOM);
    let mut armour = armor::Writer::new(MailLines(room), armor::Kind::Message)?;
    armour.set_profile(lock.profile())?;
    if plain.len() < MUCH_BYTES {
        write(plain, lock, signing, meant_for, at, &mut armour)?;
        return Ok(String::from_utf8(armour.finalize()?.0)?);
    }
    let (pieces, encrypted) = mpsc::sync_channel(PIECES_WAITING);
    thread::scope(|scope| {
        let armourer = scope.spawn(move || {
            encrypted
                .iter()
                .try_for_each(|piece: Vec<u8>| armour.write_all(&piece))?;
            armour.finalize()
        });
        let mut sink = BufWriter::with_capacity(PIECE_BYTES, Pieces(pieces));
        let written = write(plain, lock, signing, meant_for, at, &mut sink);
        let flushed = written.and_then(|()| Ok(sink.flush()?));
        // The armourer ends when nothing more can come.
        drop(sink);
        let armoured = armourer.join();
        flushed?;
        let armoured = armoured.map_err(|_| openpgp::anyhow::anyhow!("the armourer broke off"))?;
        Ok(String::from_utf8(armoured?.0)?)
    })
}

fn write(
    plain: &[u8],
    lock: Lock<'_>,
    signing: Option<KeyPair>,
    meant_for: &[&Cert],
    at: DateTime<Utc>,
    sink: &mut (impl Write + Send + Sync),
) -> LibraryResult<()> {
    let message = Message::new(sink);
    let encryptor = match lock {
        Lock::Keys(keys) => {
            Encryptor::for_recipients(message, keys.into_iter().map(Recipient::from))
        }
        Lock::Passphrase(passphrase) => Encryptor::with_passwords(message, Some(passphrase)),
    };
    let mut message = encryptor
        .symmetric_algo(SymmetricAlgorithm::AES256)
        .build()?;
    if let Some(pair) = signing {
        let signer = Signer::new(message, pair)?
            .hash_algo(HashAlgorithm::SHA512)?
            .creation_time(SystemTime::from(at));
        message = meant_for
            .iter()
            .fold(signer, |signer, cert| signer.add_intended_recipient(cert))
            .build()?;
    }
    let mut message = LiteralWriter::new(message).build()?;
    for piece in plain.chunks(PIECE_BYTES) {
        message.write_all(piece)?;
    }
    message.finalize()
}

/// A text whose lines end as mail has them.
struct MailLines(Vec<u8>);

impl Write for MailLines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(text) => {
                    self.0.extend_from_slice(text);
                    self.0.extend_from_slice(b"\r\n");
                }
                None => self.0.extend_from_slice(line),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What was written, in pieces, to the thread that armours it.
struct Pieces(mpsc::SyncSender<Vec<u8>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.send(bytes.to_vec());
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The live keys of a certificate that carry mail at `at`.
pub(super) fn transport_keys<'c>(
    cert: &'c Cert,
    policy: &'c dyn Policy,
    at: DateTime<Utc>,
) -> Result<Vec<TransportKey<'c>>, PgpError> {
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
