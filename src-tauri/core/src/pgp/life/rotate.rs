//! A subkey that takes over from another of the same role.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use openpgp::{
    Packet,
    cert::{CipherSuite, KeyBuilder, SubkeyRevocationBuilder},
    packet::signature::SignatureBuilder,
    types::{KeyFlags, ReasonForRevocation, SignatureType},
};
use sequoia_openpgp as openpgp;

use super::{
    ChangeRefused, Changed, KeyChange, Rotation,
    certifier::{Certifier, Expired, check_expiry},
};
use crate::pgp::{Fingerprint, KeyEntry, PgpError, Sharing, TeamKey, key_entry};

impl TeamKey {
    /// Adds a subkey of the same making as [`TeamKey::generate`]'s. The live mail and encryption
    /// subkeys before it are marked as superseded from `at` on: what is encrypted to them still
    /// opens, and every program turns to the new one.
    ///
    /// A documents subkey is not marked: gpg knows no soft revocation, and would warn of a revoked
    /// key at each document that the old one has signed. It lies with the primary key, so whoever
    /// has it has everything, and the answer to that is [`TeamKey::revoke`]. A signing subkey that
    /// does not say what it signs (a key not made by Relais) is left as it is too;
    /// [`crate::pgp::Sharing`] takes the new one for documents.
    ///
    /// # Errors
    /// [`ChangeRefused::ExpiryPast`], [`ChangeRefused::ExpiryTooFar`]; a certificate that is
    /// expired (extend it first), revoked or weakly bound; one whose primary secret is not here;
    /// [`PgpError::UserId`] if no name of it has a mail address, whose domain names the role.
    pub fn rotate(
        &self,
        rotation: Rotation,
        expires: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<Changed, ChangeRefused> {
        check_expiry(expires, at)?;
        let mut certifier = Certifier::of(self, Expired::Refused, at)?;
        let replaced: Vec<Fingerprint> = key_entry::entries(certifier.cert, at)
            .into_iter()
            .filter(|k| is_replaced(k, rotation, at))
            .map(|k| k.fingerprint)
            .collect();
        let (added, mut packets) = certifier.new_subkey(rotation, expires)?;
        packets.extend(certifier.superseded(&replaced)?);
        let change = KeyChange::Rotated {
            rotation,
            added,
            expires,
            superseded: replaced,
        };
        certifier.changed(packets, change)
    }
}

impl Sharing {
    /// The same division of the key after a change: a new mail or encryption subkey is shared beside
    /// the old ones, a new documents subkey is the lead's.
    ///
    /// # Errors
    /// Those of [`Sharing::chosen`], if the change is of another key.
    pub fn after(&self, changed: &Changed, at: DateTime<Utc>) -> Result<Self, PgpError> {
        let mut shared: Vec<Fingerprint> = self.shared().cloned().collect();
        if let KeyChange::Rotated {
            rotation: Rotation::Mail | Rotation::Encryption,
            added,
            ..
        } = &changed.change
        {
            shared.push(added.clone());
        }
        Self::chosen(&changed.key, &shared, at)
    }
}

/// Whether a key is marked as superseded. A primary key that also encrypts or signs cannot be.
fn is_replaced(key: &KeyEntry, rotation: Rotation, at: DateTime<Utc>) -> bool {
    let ended = key.expires.is_some_and(|end| end <= at);
    let marked = rotation != Rotation::Documents;
    marked && !key.primary && key.role == rotation.role() && !key.revoked && !ended
}

impl Certifier<'_> {
    fn new_subkey(
        &self,
        rotation: Rotation,
        expires: DateTime<Utc>,
    ) -> Result<(Fingerprint, Vec<Packet>), ChangeRefused> {
        let valid = self.cert.with_policy(&self.policy, self.time())?;
        let (flags, binding) = match rotation {
            Rotation::Encryption => (
                KeyFlags::empty()
                    .set_storage_encryption()
                    .set_transport_encryption(),
                SignatureBuilder::new(SignatureType::SubkeyBinding),
            ),
            Rotation::Mail | Rotation::Documents => (
                KeyFlags::signing(),
                rotation.role().binding(&self.mail_domain()?)?,
            ),
        };
        let subkey = KeyBuilder::new(flags.clone())
            .set_cipher_suite(CipherSuite::Cv25519)
            .set_creation_time(self.time())
            .subkey(valid)?
            // Otherwise that of the newest subkey, whose role is not this one's.
            .set_signature_template(binding.set_key_flags(flags)?)
            .set_signature_creation_time(self.time())?
            .set_key_expiration_time(SystemTime::from(expires))?
            .set_primary_key_signer(self.signer.clone());
        let fingerprint = subkey.key().fingerprint().into();
        Ok((fingerprint, subkey.attach()?))
    }

    /// Domain of the first name that has an address.
    fn mail_domain(&self) -> Result<String, ChangeRefused> {
        let valid = self.cert.with_policy(&self.policy, self.time())?;
        let first = valid.primary_userid().into_iter();
        let names = first.chain(valid.userids().revoked(false));
        names
            .filter_map(|name| {
                let mail = name.userid().email().ok()??;
                Some(mail.rsplit_once('@')?.1.to_owned())
            })
            .next()
            .ok_or(ChangeRefused::Key(PgpError::UserId))
    }

    fn superseded(&mut self, subkeys: &[Fingerprint]) -> Result<Vec<Packet>, ChangeRefused> {
        let (cert, time) = (self.cert, self.time());
        let mut packets = Vec::new();
        for subkey in cert.keys().subkeys() {
            let key = subkey.key();
            if !subkeys.contains(&key.fingerprint().into()) {
                continue;
            }
            let revocation = SubkeyRevocationBuilder::new()
                .set_signature_creation_time(time)?
                .set_reason_for_revocation(ReasonForRevocation::KeySuperseded, b"")?
                .build(&mut self.signer, cert, key, None)?;
            packets.extend([Packet::from(key.clone()), revocation.into()]);
        }
        Ok(packets)
    }
}
