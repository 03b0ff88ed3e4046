//! The keys of a certificate, as the lead reads them before choosing what to share.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use openpgp::{
    Cert,
    cert::{
        amalgamation::{ValidAmalgamation, key::PrimaryKey},
        prelude::ValidErasedKeyAmalgamation,
    },
    crypto::mpi::PublicKey,
    packet::{Key, key},
    policy::Policy,
    types::RevocationStatus,
};
use sequoia_openpgp as openpgp;

use super::{Fingerprint, KeyRole, policy, role};

/// What the certificate lets a key do (RFC 9580 §5.2.3.29).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Binds keys and names.
    pub certify: bool,
    /// Signs files and mail.
    pub sign: bool,
    /// Decrypts.
    pub encrypt: bool,
    /// Logs in somewhere.
    pub authenticate: bool,
}

/// One primary key or subkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    /// Its name.
    pub fingerprint: Fingerprint,
    /// Whether it is the primary key, which is never shared.
    pub primary: bool,
    /// What it is for.
    pub role: KeyRole,
    /// What it may do.
    pub capabilities: Capabilities,
    /// Algorithm and strength for the eye: `Ed25519`, `RSA 3072`.
    pub algorithm: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends by itself, if ever: a subkey ends with its certificate at the latest.
    pub expires: Option<DateTime<Utc>>,
    /// Whether it is revoked, or its certificate is.
    pub revoked: bool,
    /// Whether only weak algorithms bind it to its certificate.
    pub weak: bool,
    /// Whether its secret is here.
    pub has_secret: bool,
}

impl KeyEntry {
    /// Whether it can be used at `at`: neither revoked, expired nor weak.
    pub fn is_usable(&self, at: DateTime<Utc>) -> bool {
        !self.revoked && !self.weak && self.expires.is_none_or(|end| at < end)
    }
}

/// Each key that some self-signature binds at `at`: primary first, then by role and age, since
/// the certificate's own order is that of the fingerprints.
pub(super) fn entries(cert: &Cert, at: DateTime<Utc>) -> Vec<KeyEntry> {
    let (standard, any) = (policy::standard(at), policy::AnyAlgorithm::new(at));
    let time = SystemTime::from(at);
    let entry = |policy: &dyn Policy, weak, handle: &openpgp::Fingerprint| {
        let key = cert
            .keys()
            .key_handle(handle.clone())
            .with_policy(policy, time)
            .next()?;
        Some(KeyEntry {
            fingerprint: handle.clone().into(),
            primary: key.primary(),
            role: role::of(&key),
            capabilities: Capabilities {
                certify: key.for_certification(),
                sign: key.for_signing(),
                encrypt: key.for_storage_encryption() || key.for_transport_encryption(),
                authenticate: key.for_authentication(),
            },
            algorithm: algorithm(key.key()),
            created: key.key().creation_time().into(),
            expires: expiry(&key),
            revoked: is_revoked(&key),
            weak,
            has_secret: key.key().has_secret(),
        })
    };
    let handles = cert.keys().map(|key| key.key().fingerprint());
    let mut entries: Vec<KeyEntry> = handles
        .filter_map(|h| entry(&standard, false, &h).or_else(|| entry(&any, true, &h)))
        .collect();
    entries.sort_by_key(|k| (!k.primary, k.role, k.created));
    entries
}

/// Whether the key or its certificate is revoked at the moment for which it was looked up.
pub(super) fn is_revoked(key: &ValidErasedKeyAmalgamation<'_, key::PublicParts>) -> bool {
    let statuses = [
        key.valid_cert().revocation_status(),
        key.revocation_status(),
    ];
    statuses
        .iter()
        .any(|status| matches!(status, RevocationStatus::Revoked(_)))
}

/// When the key ends, or its certificate if that comes first.
pub(super) fn expiry(
    key: &ValidErasedKeyAmalgamation<'_, key::PublicParts>,
) -> Option<DateTime<Utc>> {
    let certificate = key.valid_cert().primary_key().key_expiration_time();
    [certificate, key.key_expiration_time()]
        .into_iter()
        .flatten()
        .min()
        .map(Into::into)
}

/// Length of an RSA modulus in bits, if it is one.
pub(super) fn rsa_bits<P: key::KeyParts, R: key::KeyRole>(key: &Key<P, R>) -> Option<usize> {
    match key.mpis() {
        PublicKey::RSA { n, .. } => Some(n.bits()),
        _ => None,
    }
}

fn algorithm<P: key::KeyParts, R: key::KeyRole>(key: &Key<P, R>) -> String {
    match key.mpis() {
        PublicKey::RSA { n, .. } => format!("RSA {}", n.bits()),
        PublicKey::EdDSA { curve, .. }
        | PublicKey::ECDSA { curve, .. }
        | PublicKey::ECDH { curve, .. } => curve.to_string(),
        _ => key.pk_algo().to_string(),
    }
}
