//! A key that the team already has, from gpg or elsewhere.

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Packet,
    crypto::{Decryptor, Password, S2K, SessionKey, Signer},
    packet::{
        Key,
        key::{KeyRole, SecretKeyMaterial, SecretParts},
    },
    types::HashAlgorithm,
};
use sequoia_openpgp as openpgp;

use super::{
    Certificate, Fingerprint, KeyEntry, PgpError, TeamKey, days_left, key_entry, packets, policy,
};

/// An expiry closer than this is told at once (MAIL.md: « Warn 60 and 15 days before »).
const EXPIRY_WARNING_DAYS: i64 = 60;

/// Below this a modulus is accepted with a warning (RGS v2.0, annexe B1: 3072 bits past 2030).
const GOOD_RSA_BITS: usize = 3072;

/// Memory exponent of the heaviest Argon2 that RFC 9106 §4 recommends, 2 GiB;
/// one step more in a hostile key could exhaust the machine.
const MAX_ARGON2_MEMORY_EXPONENT: u8 = 21;

/// Passes of Argon2; the recommendations use 1 and 3.
const MAX_ARGON2_PASSES: u8 = 10;

/// A key that was accepted, and what the lead should know about it.
#[derive(Debug)]
pub struct ImportedKey {
    /// The key, secrets open, structure untouched.
    pub key: TeamKey,
    /// In the order of the keys.
    pub warnings: Vec<KeyWarning>,
}

/// Accepted, but.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyWarning {
    /// An RSA key of fewer than 3072 bits.
    ShortRsa {
        /// Which.
        key: Fingerprint,
        /// Its modulus.
        bits: usize,
    },
    /// Bound to the certificate by SHA-1 or worse: readers will ignore this key.
    WeakBinding {
        /// Which.
        key: Fingerprint,
    },
    /// The certificate stops being fully usable within 60 days.
    ExpiresSoon {
        /// When.
        on: DateTime<Utc>,
        /// Whole days left.
        days: i64,
    },
    /// A subkey past its expiry; it can still decrypt old mail.
    ExpiredKey {
        /// Which.
        key: Fingerprint,
        /// Since when.
        on: DateTime<Utc>,
    },
    /// A revoked subkey; it can still decrypt old mail.
    RevokedKey {
        /// Which.
        key: Fingerprint,
    },
    /// The secret is elsewhere, on a card or another machine.
    SecretAbsent {
        /// Which.
        key: Fingerprint,
        /// Whether it is the primary key: then this vault cannot renew the certificate.
        primary: bool,
    },
}

/// Reads one armoured or binary secret key of at most [`packets::MAX_KEY_BYTES`] and opens its
/// secrets, with the passphrase if they have one.
///
/// # Errors
/// Each refusal is a variant of its own. What can be said without the passphrase is said
/// first, so that nobody types one in vain.
pub fn import(
    input: &[u8],
    passphrase: Option<&str>,
    at: DateTime<Utc>,
) -> Result<ImportedKey, PgpError> {
    let cert = without_stubs(packets::one_certificate(input)?)?;
    if !cert.is_tsk() {
        return Err(PgpError::PublicKeyOnly);
    }
    let keys = key_entry::entries(&cert, at);
    check_usable(&cert, &keys, at)?;
    let warnings = warnings(&cert, &keys, at);
    let key = TeamKey::with_open_secrets(open_secrets(cert, passphrase)?);
    Ok(ImportedKey { key, warnings })
}

/// gpg writes a placeholder where a secret is on a card or was left out; it is no secret.
fn without_stubs(cert: Cert) -> Result<Cert, PgpError> {
    let tsk = cert.into_tsk().set_filter(|key| {
        !matches!(key.secret(), SecretKeyMaterial::Encrypted(e) if matches!(e.s2k(), S2K::Private { .. } | S2K::Unknown { .. }))
    });
    Cert::from_packets(tsk.into_packets()).map_err(|_| PgpError::Damaged)
}

/// The certificate is alive, and one key with its secret signs, one decrypts.
fn check_usable(cert: &Cert, keys: &[KeyEntry], at: DateTime<Utc>) -> Result<(), PgpError> {
    let created = DateTime::<Utc>::from(cert.primary_key().key().creation_time());
    if created > at {
        return Err(PgpError::NotYetValid { created });
    }
    let primary = keys.iter().find(|k| k.primary).ok_or(PgpError::Damaged)?;
    match primary.expires {
        _ if primary.revoked => return Err(PgpError::Revoked),
        Some(on) if on <= at => return Err(PgpError::Expired { on }),
        _ if primary.weak => return Err(PgpError::WeakKey),
        _ => {}
    }
    let has = |wanted: fn(&KeyEntry) -> bool, none: PgpError| {
        let alive = |k: &&KeyEntry| {
            k.has_secret && wanted(k) && !k.revoked && k.expires.is_none_or(|end| at < end)
        };
        let able: Vec<&KeyEntry> = keys.iter().filter(alive).collect();
        match able.iter().all(|k| k.weak) {
            _ if able.is_empty() => Err(none),
            true => Err(PgpError::WeakKey),
            false => Ok(()),
        }
    };
    has(|k| k.capabilities.sign, PgpError::NoSigningKey)?;
    has(|k| k.capabilities.encrypt, PgpError::NoEncryptionKey)
}

fn warnings(cert: &Cert, keys: &[KeyEntry], at: DateTime<Utc>) -> Vec<KeyWarning> {
    let mut warnings = Vec::new();
    for entry in keys {
        let key = entry.fingerprint.clone();
        let packet = cert
            .keys()
            .find(|k| Fingerprint::from(k.key().fingerprint()) == key);
        if let Some(bits) = packet
            .and_then(|k| key_entry::rsa_bits(k.key()))
            .filter(|bits| *bits < GOOD_RSA_BITS)
        {
            warnings.push(KeyWarning::ShortRsa {
                key: key.clone(),
                bits,
            });
        }
        if entry.weak {
            warnings.push(KeyWarning::WeakBinding { key: key.clone() });
        }
        if !entry.has_secret {
            warnings.push(KeyWarning::SecretAbsent {
                key: key.clone(),
                primary: entry.primary,
            });
        }
        match entry.expires {
            _ if entry.revoked => warnings.push(KeyWarning::RevokedKey { key }),
            Some(on) if on <= at => warnings.push(KeyWarning::ExpiredKey { key, on }),
            _ => {}
        }
    }
    let end = Certificate::public_part_of(cert).expires_at(at);
    if let Some((on, days)) = end
        .map(|on| (on, days_left(on, at)))
        .filter(|(_, days)| *days <= EXPIRY_WARNING_DAYS)
    {
        warnings.push(KeyWarning::ExpiresSoon { on, days });
    }
    warnings
}

fn open_secrets(cert: Cert, passphrase: Option<&str>) -> Result<Cert, PgpError> {
    let passphrase = passphrase.map(Password::from);
    let packets = cert.into_tsk().into_packets().map(|packet| match packet {
        Packet::SecretKey(key) => Ok(Packet::SecretKey(open(key, passphrase.as_ref())?)),
        Packet::SecretSubkey(key) => Ok(Packet::SecretSubkey(open(key, passphrase.as_ref())?)),
        other => Ok(other),
    });
    let packets = packets.collect::<Result<Vec<Packet>, PgpError>>()?;
    Cert::from_packets(packets.into_iter()).map_err(PgpError::library)
}

fn open<R: KeyRole + Clone>(
    key: Key<SecretParts, R>,
    passphrase: Option<&Password>,
) -> Result<Key<SecretParts, R>, PgpError> {
    let key = match key.secret() {
        SecretKeyMaterial::Unencrypted(_) => key,
        SecretKeyMaterial::Encrypted(secret) => {
            check_derivation(secret.s2k())?;
            let passphrase = passphrase.ok_or(PgpError::PassphraseRequired)?;
            key.clone()
                .decrypt_secret(passphrase)
                .map_err(|error| refusal(&error))?
        }
    };
    match secret_fits(&key) {
        Ok(true) => Ok(key),
        // An old subkey of another program: kept with the structure, never used here.
        Err(error) if policy::is_unsupported(&error) => Ok(key),
        _ => Err(PgpError::Damaged),
    }
}

pub(super) fn check_derivation(s2k: &S2K) -> Result<(), PgpError> {
    match s2k {
        S2K::Argon2 { t, m, .. } if *m > MAX_ARGON2_MEMORY_EXPONENT || *t > MAX_ARGON2_PASSES => {
            Err(PgpError::UnsupportedProtection)
        }
        s2k if !s2k.is_supported() => Err(PgpError::UnsupportedProtection),
        _ => Ok(()),
    }
}

/// A wrong passphrase yields noise, which may also fail later than at the checksum.
fn refusal(error: &openpgp::anyhow::Error) -> PgpError {
    if policy::is_unsupported(error) {
        PgpError::UnsupportedProtection
    } else {
        PgpError::WrongPassphrase
    }
}

/// Whether the secret answers for its public key. The checksum of old formats is 16 bits, and
/// a doctored public half makes the secret leak with its first signature.
fn secret_fits<R: KeyRole + Clone>(key: &Key<SecretParts, R>) -> openpgp::Result<bool> {
    let key = key.clone().role_into_unspecified();
    let public = key.clone().parts_into_public();
    let mut pair = key.into_keypair()?;
    if public.pk_algo().for_signing() {
        let digest = [0x5a; 64];
        let signature = pair.sign(HashAlgorithm::SHA512, &digest)?;
        Ok(public
            .verify(&signature, HashAlgorithm::SHA512, &digest)
            .is_ok())
    } else {
        let sent = SessionKey::new(32)?;
        let received = pair.decrypt(&public.encrypt(&sent)?, Some(sent.len()))?;
        Ok(sent == received)
    }
}

#[cfg(test)]
mod tests;
