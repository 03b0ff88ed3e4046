//! The secrets that serve mail: what every analyst's slot opens.

use std::fmt;

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, KeyHandle,
    packet::{
        Key,
        key::{SecretParts, UnspecifiedRole},
    },
};
use sequoia_openpgp as openpgp;

use crate::pgp::{Certificate, Fingerprint, KeyEntry, KeyRole, PgpError, TeamKey, key_entry};

/// The team's mail keys: the one in force first, then those before it, which open old mail.
pub struct MailKeys(Vec<Cert>);

impl MailKeys {
    /// Takes the analysts' parts of the team's keys, each with what its certificate says today; the key in force first.
    ///
    /// # Errors
    /// What [`TeamKey::open`] and [`TeamKey::with_public`] refuse.
    pub fn open<'p>(
        parts: impl IntoIterator<Item = (&'p [u8], &'p Certificate)>,
    ) -> Result<Self, PgpError> {
        let mut certs = Vec::new();
        for (part, certificate) in parts {
            let key = TeamKey::open(part)?.with_public(certificate)?;
            certs.push(key.cert().clone());
        }
        Ok(Self(certs))
    }

    /// The certificates, without secrets, the one in force first.
    #[must_use]
    pub fn certificates(&self) -> Vec<Certificate> {
        self.0.iter().map(Certificate::public_part_of).collect()
    }

    /// The certificate in force, with its secrets.
    ///
    /// # Errors
    /// [`PgpError::NoSigningKey`] if there is none at all.
    pub(super) fn current(&self) -> Result<&Cert, PgpError> {
        self.0.first().ok_or(PgpError::NoSigningKey)
    }

    /// Whether one of the team's certificates has this fingerprint.
    pub(super) fn is_ours(&self, fingerprint: &openpgp::Fingerprint) -> bool {
        self.0.iter().any(|cert| {
            cert.keys()
                .any(|key| key.key().fingerprint() == *fingerprint)
        })
    }

    /// Whether a key that opened something is one that mail should still be encrypted to at `at`.
    #[must_use]
    pub fn is_in_force(&self, key: &Fingerprint, at: DateTime<Utc>) -> bool {
        let current = self.0.first().map(|cert| key_entry::entries(cert, at));
        current.is_some_and(|keys| {
            keys.iter()
                .any(|one| one.fingerprint == *key && one.is_usable(at))
        })
    }

    /// Every secret that may decrypt for `recipient`, whatever became of it since: old mail stays readable.
    pub(super) fn decrypting(
        &self,
        recipient: Option<&KeyHandle>,
    ) -> Vec<Key<SecretParts, UnspecifiedRole>> {
        let keys = self.0.iter().flat_map(|cert| cert.keys().secret());
        keys.filter(|key| key.key().pk_algo().for_encryption())
            .filter(|key| recipient.is_none_or(|wanted| wanted.aliases(key.key().key_handle())))
            .map(|key| key.key().clone())
            .collect()
    }

    /// The key that signs mail at `at`: the newest of the mail keys, else of what is shared and signs.
    ///
    /// # Errors
    /// [`PgpError::NoSigningKey`] if none of the key in force can.
    pub(super) fn signing(
        &self,
        at: DateTime<Utc>,
    ) -> Result<Key<SecretParts, UnspecifiedRole>, PgpError> {
        let cert = self.current()?;
        let entry = newest_signing(cert, at, |key| key.has_secret).ok_or(PgpError::NoSigningKey)?;
        cert.keys()
            .secret()
            .map(|key| key.key().clone())
            .find(|key| Fingerprint::from(key.fingerprint()) == entry.fingerprint)
            .ok_or(PgpError::NoSigningKey)
    }
}

/// Of the keys that are `wanted`, the one that signs mail at `at`: the newest of the mail keys, else of what signs.
pub(super) fn newest_signing(
    cert: &Cert,
    at: DateTime<Utc>,
    wanted: impl Fn(&KeyEntry) -> bool,
) -> Option<KeyEntry> {
    key_entry::entries(cert, at)
        .into_iter()
        .filter(|key| key.capabilities.sign && key.is_usable(at) && wanted(key))
        .max_by_key(|key| (key.role == KeyRole::Mail, key.created))
}

impl fmt::Debug for MailKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|cert| cert.fingerprint().to_string());
        write!(f, "MailKeys({})", names.collect::<Vec<_>>().join(", "))
    }
}
