//! The actors and the calendar of these tests.
#![allow(clippy::unwrap_used, clippy::panic)]

mod extension;
mod imported;
mod names;
mod refusals;
mod revocation;
mod rotation;

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Packet,
    cert::{CertBuilder, CipherSuite},
    packet::{Key, signature::SignatureBuilder},
    parse::{
        Parse,
        stream::{DecryptionHelper, DecryptorBuilder, MessageStructure, VerificationHelper},
    },
    serialize::{
        SerializeInto,
        stream::{Encryptor, LiteralWriter, Message, Recipient},
    },
    types::{HashAlgorithm, KeyFlags, SignatureType},
};
use sequoia_openpgp as openpgp;

use super::*;
use crate::pgp::{
    Certificate, Fingerprint, KeyEntry, KeyRole, PgpError, Sharing, SigningMaterial, TeamKey,
    Verdict, import, policy,
    testing::{MAIL, NAME, day, lead, team},
    verify,
};

const FILE: &[u8] = "Synthèse PDL-2026-0042\n".as_bytes();
const ROTATIONS: [Rotation; 3] = [Rotation::Encryption, Rotation::Mail, Rotation::Documents];

/// The day of the change, and the day after, when it is looked at.
fn at() -> DateTime<Utc> {
    day(2027, 6, 1)
}

fn after() -> DateTime<Utc> {
    day(2027, 6, 2)
}

fn of_role(key: &TeamKey, role: KeyRole) -> Vec<KeyEntry> {
    let keys = key.certificate().keys(after()).into_iter();
    keys.filter(|k| k.role == role).collect()
}

fn secrets(key: &TeamKey) -> Vec<Fingerprint> {
    let keys = key.secret_keys(after()).into_iter();
    keys.map(|k| k.fingerprint).collect()
}

fn refused(changed: Result<Changed, ChangeRefused>) -> ChangeRefused {
    changed.unwrap_err()
}

/// Each kind of change, on the day of the change.
fn each_change(key: &TeamKey) -> Vec<Result<Changed, ChangeRefused>> {
    let end = day(2029, 6, 1);
    let mut changes: Vec<_> = ROTATIONS
        .into_iter()
        .map(|rotation| key.rotate(rotation, end, at()))
        .collect();
    changes.push(key.extend(end, at()));
    changes.push(key.add_user_id("Astreinte", "astreinte@csirt-estuaire.example", at()));
    let first = key.certificate().user_id(at()).unwrap_or_default();
    changes.push(key.retire_user_id(&first, at()));
    changes
}

/// A key of another program: signing and certifying primary, a signing and an encryption subkey, no
/// statement of roles.
fn foreign(suite: CipherSuite) -> Cert {
    let builder = CertBuilder::new()
        .set_cipher_suite(suite)
        .set_creation_time(SystemTime::from(day(2025, 1, 1)))
        .set_primary_key_flags(KeyFlags::empty().set_certification().set_signing())
        .add_userid("CSIRT Delta <contact@delta.example>")
        .add_signing_subkey()
        .add_subkey(
            KeyFlags::empty()
                .set_storage_encryption()
                .set_transport_encryption(),
            None,
            None,
        );
    builder.generate().unwrap().0
}

fn imported(suite: CipherSuite) -> TeamKey {
    import(&foreign(suite).as_tsk().to_vec().unwrap(), None, at())
        .unwrap()
        .key
}
