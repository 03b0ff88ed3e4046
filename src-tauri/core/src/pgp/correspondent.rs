//! Keys of other people: reading them within limits, what they are good for, and what a newer copy adds.
//!
//! Anybody may append anything to somebody else's key: thousands of certifications, names that its owner never bore,
//! photographs. So a foreign certificate is first cut down to what its owner made: packets by others are dropped while they
//! are read, before the library compares each signature with each part.

use std::{collections::BTreeSet, time::SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, KeyHandle, Packet,
    packet::{Signature, Tag, UserID},
    parse::{PacketParser, PacketParserResult, Parse},
    policy::Policy,
    serialize::MarshalInto,
};
use sequoia_openpgp as openpgp;

use super::{Certificate, KeyEntry, MAX_KEY_BYTES, PgpError, packets, policy};
use crate::domain::mail::{Address, KeyFitness};

/// The most bytes that are read as a file of keys: some hundreds of keys, each with its thousands of certifications.
pub const MAX_KEY_FILE_BYTES: usize = 32 * 1024 * 1024;
/// The most certificates that one import takes; a ring of thousands is not what somebody means to give.
pub const MAX_CERTIFICATES: usize = 256;
/// The most packets that are looked at: some seconds of work, whatever a file of tiny ones holds.
const MAX_PACKETS: usize = 200_000;
/// The most subkeys: each may cost a check.
const MAX_SUBKEYS: usize = 64;
/// The most names, and signatures by the owner. Signatures in the owner's name are forged as easily as names, and each is
/// compared with each part.
const MAX_NAMES: usize = 128;
const MAX_OWN_SIGNATURES: usize = 1000;

/// The certificates of a file: armoured blocks one after the other, or a binary ring; each by itself is a key or the reason
/// why it is none. Secret keys are refused, not stripped: their owner has to know.
#[must_use]
pub fn parse_many(input: &[u8]) -> Vec<Result<Certificate, PgpError>> {
    if input.len() > MAX_KEY_FILE_BYTES {
        return vec![Err(PgpError::TooLarge {
            limit_bytes: MAX_KEY_FILE_BYTES,
        })];
    }
    let mut reading = Reading::default();
    for block in packets::blocks(input) {
        if let Err(error) = reading.block(block) {
            reading.found.push(Err(error));
        }
        if reading.found.len() > MAX_CERTIFICATES || reading.packets > MAX_PACKETS {
            break;
        }
    }
    let mut found = reading.found;
    if found.len() > MAX_CERTIFICATES {
        found.truncate(MAX_CERTIFICATES);
        found.push(Err(PgpError::TooManyCertificates {
            limit: MAX_CERTIFICATES,
        }));
    }
    if found.is_empty() {
        found.push(Err(PgpError::NotOpenPgp));
    }
    found
}

#[derive(Default)]
struct Reading {
    found: Vec<Result<Certificate, PgpError>>,
    packets: usize,
}

impl Reading {
    /// Reads one block; what was whole before an error stays found.
    fn block(&mut self, block: &[u8]) -> Result<(), PgpError> {
        let armoured = !packets::is_binary(block);
        let mut result =
            PacketParser::from_bytes(block).map_err(|e| packets::broken(&e, armoured))?;
        let mut current: Option<Owned> = None;
        let mut first = true;
        while let PacketParserResult::Some(parser) = result {
            self.packets += 1;
            if self.packets > MAX_PACKETS {
                return Err(PgpError::TooLarge {
                    limit_bytes: MAX_KEY_FILE_BYTES,
                });
            }
            match &parser.packet {
                Packet::Unknown(unknown) if packets::is_cut(unknown.error()) => {
                    return Err(PgpError::Truncated);
                }
                // A picture may begin like a packet, but not like one of a known version.
                Packet::Unknown(_) if first && !armoured => return Err(PgpError::NotOpenPgp),
                // No key holds one, and the library would unfold it to the end.
                Packet::CompressedData(_) if current.is_none() => return Err(PgpError::NotAKey),
                Packet::CompressedData(_) => return Err(PgpError::Damaged),
                _ => {}
            }
            let (packet, next) = parser.next().map_err(|e| packets::broken(&e, true))?;
            result = next;
            let begins = matches!(packet.tag(), Tag::PublicKey | Tag::SecretKey);
            if begins {
                self.found.extend(current.take().map(Owned::finish));
                if self.found.len() > MAX_CERTIFICATES {
                    return Ok(());
                }
                current = Some(Owned::begin(packet));
            } else if let Some(current) = &mut current {
                current.take(packet);
            } else if first && !matches!(packet, Packet::Marker(_) | Packet::Padding(_)) {
                return Err(PgpError::NotAKey);
            }
            first = false;
        }
        match current {
            Some(last) => self.found.push(last.finish()),
            None if armoured => return Err(PgpError::Damaged),
            None => return Err(PgpError::NotOpenPgp),
        }
        Ok(())
    }
}

/// What a key's owner made of it, packet by packet.
struct Owned {
    owner: Option<KeyHandle>,
    kept: Vec<Packet>,
    bytes: usize,
    subkeys: usize,
    names: usize,
    signatures: usize,
    /// What the next signatures belong to is not kept.
    skipping: bool,
    fault: Option<PgpError>,
}

impl Owned {
    fn begin(primary: Packet) -> Self {
        let (owner, fault) = match &primary {
            Packet::PublicKey(key) => (Some(key.key_handle()), None),
            Packet::SecretKey(_) => (None, Some(PgpError::UnexpectedSecretKey)),
            _ => (None, Some(PgpError::Damaged)),
        };
        Self {
            owner,
            kept: vec![primary],
            bytes: 0,
            subkeys: 0,
            names: 0,
            signatures: 0,
            skipping: false,
            fault,
        }
    }

    fn take(&mut self, packet: Packet) {
        if self.fault.is_some() {
            return;
        }
        match &packet {
            Packet::Signature(signature) => {
                if self.skipping || !self.is_by_owner(signature) {
                    return;
                }
                self.signatures += 1;
            }
            Packet::UserID(_) => self.names += 1,
            Packet::PublicSubkey(_) => self.subkeys += 1,
            Packet::SecretSubkey(_) => {
                self.fault = Some(PgpError::UnexpectedSecretKey);
                return;
            }
            Packet::Marker(_) | Packet::Padding(_) | Packet::Trust(_) => return,
            // Photographs, and what a newer version may bring, with their signatures.
            _ => {
                self.skipping = true;
                return;
            }
        }
        self.skipping &= matches!(packet, Packet::Signature(_));
        self.bytes += packet.serialized_len();
        self.kept.push(packet);
        if self.subkeys > MAX_SUBKEYS {
            self.fault = Some(PgpError::TooManyKeys { limit: MAX_SUBKEYS });
        } else if self.names > MAX_NAMES || self.signatures > MAX_OWN_SIGNATURES {
            self.fault = Some(PgpError::TooManyParts {
                limit: MAX_OWN_SIGNATURES,
            });
        } else if self.bytes > MAX_KEY_BYTES {
            self.fault = Some(PgpError::TooLarge {
                limit_bytes: MAX_KEY_BYTES,
            });
        }
    }

    /// Whether the signature names the owner, or nobody, as very old ones do.
    fn is_by_owner(&self, signature: &Signature) -> bool {
        let issuers = signature.get_issuers();
        issuers.is_empty()
            || issuers
                .iter()
                .any(|issuer| self.owner.as_ref().is_some_and(|own| own.aliases(issuer)))
    }

    fn finish(self) -> Result<Certificate, PgpError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let cert = Cert::from_packets(self.kept.into_iter()).map_err(|_| PgpError::Damaged)?;
        let certificate = Certificate::bound(cert);
        // Without one signature of its owner that may be passed on, nothing of it could be written down and read again.
        if certificate.cert().exportable() {
            Ok(certificate)
        } else {
            Err(PgpError::Damaged)
        }
    }
}

impl Certificate {
    /// What the key is good for at `at`. A key that is revoked is said to be so whatever else it is; one that has ended,
    /// before it is called weak: its owner may renew it.
    #[must_use]
    pub fn fitness(&self, at: DateTime<Utc>) -> KeyFitness {
        if DateTime::<Utc>::from(self.cert().primary_key().key().creation_time()) > at {
            return KeyFitness::NotYetValid;
        }
        if self.is_revoked(at) {
            return KeyFitness::Revoked;
        }
        if self.encrypts(at) {
            return KeyFitness::Fit;
        }
        let keys = self.keys(at);
        let primary = keys.iter().find(|key| key.primary);
        let is_past = |key: &KeyEntry| key.expires.is_some_and(|end| end <= at);
        let any = |wanted: fn(&KeyEntry) -> bool| keys.iter().any(wanted);
        if primary.is_some_and(|key| key.revoked) {
            KeyFitness::Revoked
        } else if primary.is_some_and(is_past)
            || keys
                .iter()
                .any(|key| key.capabilities.encrypt && !key.revoked && is_past(key))
        {
            KeyFitness::Expired
        } else if any(|key| key.capabilities.encrypt && !key.revoked && key.weak) {
            KeyFitness::Weak
        } else if any(|key| key.capabilities.encrypt && key.revoked) {
            KeyFitness::Revoked
        } else if self.begins_later(at) {
            KeyFitness::NotYetValid
        } else if primary.is_some_and(|key| key.weak) {
            KeyFitness::Weak
        } else {
            KeyFitness::NoEncryption
        }
    }

    /// Whether a live, unrevoked key of an algorithm that is trusted and known here receives mail.
    fn encrypts(&self, at: DateTime<Utc>) -> bool {
        let policy = policy::standard(at);
        let Ok(valid) = self.cert().with_policy(&policy, SystemTime::from(at)) else {
            return false;
        };
        let mut keys = valid
            .keys()
            .supported()
            .alive()
            .revoked(false)
            .for_transport_encryption()
            .for_storage_encryption();
        valid.alive().is_ok() && keys.next().is_some()
    }

    /// Whether a subkey begins in the future.
    fn begins_later(&self, at: DateTime<Utc>) -> bool {
        let mut subkeys = self.cert().keys().subkeys();
        subkeys.any(|key| DateTime::<Utc>::from(key.key().creation_time()) > at)
    }

    /// When mail can no longer be encrypted to the key, or could no longer: the last of its encryption keys ends, or the
    /// certificate. Nothing if it never ends, or never began.
    #[must_use]
    pub fn encryption_ends(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let keys = self.keys(at);
        let encryption = keys
            .iter()
            .filter(|key| key.capabilities.encrypt && !key.revoked);
        let ends: Vec<Option<DateTime<Utc>>> = encryption
            .clone()
            .filter(|key| key.is_usable(at))
            .map(|key| key.expires)
            .collect();
        let ends = match ends.is_empty() {
            true => encryption.map(|key| key.expires).collect(),
            false => ends,
        };
        // A key without an end outlives the others.
        ends.into_iter()
            .max_by_key(|end| end.unwrap_or(DateTime::<Utc>::MAX_UTC))
            .flatten()
    }

    /// The mail addresses in the names that the owner bound and did not take back, in small letters, in order. Names that
    /// weak signatures bind count only where the whole key is as weak: it is then used for nothing.
    #[must_use]
    pub fn mail_addresses(&self, at: DateTime<Utc>) -> BTreeSet<String> {
        // A key of the future is told by its names, too.
        let created = DateTime::<Utc>::from(self.cert().primary_key().key().creation_time());
        let at = at.max(created);
        let strong = self.names_under(&policy::standard(at), at);
        let names = match strong.is_empty() {
            true => self.names_under(&policy::AnyAlgorithm::new(at), at),
            false => strong,
        };
        let mails = names.iter().filter_map(|name| {
            let mail = name.email().ok()??;
            Some(Address::new("", mail)?.folded())
        });
        mails.collect()
    }

    fn names_under(&self, policy: &dyn Policy, at: DateTime<Utc>) -> Vec<UserID> {
        let Ok(valid) = self.cert().with_policy(policy, SystemTime::from(at)) else {
            return Vec::new();
        };
        let live = valid.userids().revoked(false);
        live.map(|name| name.userid().clone()).collect()
    }

    /// This certificate with what another copy of it adds: newer signatures of its owner (a longer life), subkeys, names,
    /// revocations. Nothing that is known is lost. Nothing is returned when it adds nothing.
    ///
    /// # Errors
    /// A copy of another key, or a whole beyond what one key may hold.
    pub fn merged_with(&self, copy: &Self) -> Result<Option<Self>, PgpError> {
        if self.fingerprint() != copy.fingerprint() {
            return Err(PgpError::SeveralCertificates);
        }
        let merged = self.cert().clone().merge_public(copy.cert().clone());
        let merged = Self::bound(merged.map_err(PgpError::library)?);
        if merged.parts() == self.parts() {
            return Ok(None);
        }
        if merged.cert().keys().subkeys().count() > MAX_SUBKEYS {
            return Err(PgpError::TooManyKeys { limit: MAX_SUBKEYS });
        }
        if merged.to_bytes()?.len() > MAX_KEY_BYTES {
            return Err(PgpError::TooLarge {
                limit_bytes: MAX_KEY_BYTES,
            });
        }
        Ok(Some(merged))
    }

    /// How many parts and signatures of its owner it has: merging adds some or leaves all as it was. The unsigned areas of
    /// signatures, which anybody may fill, do not count.
    fn parts(&self) -> usize {
        let cert = self.cert();
        let keys = cert
            .keys()
            .map(|key| 1 + key.self_signatures().count() + key.self_revocations().count());
        let names = cert
            .userids()
            .map(|name| 1 + name.self_signatures().count() + name.self_revocations().count());
        keys.sum::<usize>() + names.sum::<usize>()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
