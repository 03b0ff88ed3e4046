//! A later expiry, before the old one or after it.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Packet, Result,
    packet::{
        Key,
        key::{KeyParts, KeyRole},
        signature::SignatureBuilder,
    },
};
use sequoia_openpgp as openpgp;

use super::{
    ChangeRefused, Changed, KeyChange,
    certifier::{Certifier, Expired, check_expiry},
};
use crate::pgp::{KeyEntry, PgpError, TeamKey, key_entry};

impl TeamKey {
    /// Lets the certificate, that is its primary key and each live subkey, end at `expires`,
    /// also when it has expired already. A subkey is live if it would still serve were its
    /// certificate renewed; replaced and revoked ones keep their end.
    ///
    /// # Errors
    /// [`ChangeRefused::ExpiryPast`], [`ChangeRefused::ExpiryTooFar`]; a revoked or weakly bound
    /// certificate; a certificate whose primary secret is not here.
    pub fn extend(
        &self,
        expires: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> std::result::Result<Changed, ChangeRefused> {
        check_expiry(expires, at)?;
        let mut certifier = Certifier::of(self, Expired::Forgiven, at)?;
        let entries = key_entry::entries(certifier.cert, at);
        let live = live(&entries, at);
        let mut packets = certifier.renewed_primary(expires)?;
        packets.extend(certifier.renewed_subkeys(&live, expires)?);
        let keys = live.iter().map(|k| k.fingerprint.clone()).collect();
        certifier.changed(packets, KeyChange::Extended { expires, keys })
    }
}

/// The primary key and the subkeys that live as long as it does, or still.
fn live(entries: &[KeyEntry], at: DateTime<Utc>) -> Vec<&KeyEntry> {
    let end = entries.iter().find(|k| k.primary).and_then(|k| k.expires);
    entries
        .iter()
        .filter(|k| k.primary || k.is_usable(at) || (!k.revoked && !k.weak && k.expires == end))
        .collect()
}

impl Certifier<'_> {
    /// The direct-key signature and that of each name: readers differ in which one they consult.
    fn renewed_primary(
        &mut self,
        expires: DateTime<Utc>,
    ) -> std::result::Result<Vec<Packet>, ChangeRefused> {
        let (cert, policy, time) = (self.cert, self.policy.clone(), self.time());
        let key = cert.primary_key().key();
        let valid = cert.with_policy(&policy, time)?;
        let mut packets = Vec::new();
        if let Ok(direct) = valid.direct_key_signature() {
            let builder = renewed(direct.clone().into(), key, expires, self.at)?;
            packets.push(builder.sign_direct_key(&mut self.signer, key)?.into());
        }
        let first = valid.primary_userid().ok();
        for name in valid.userids().revoked(false) {
            let is_first = first.as_ref().map(|f| f.userid()) == Some(name.userid());
            let builder = renewed(
                name.binding_signature().clone().into(),
                key,
                expires,
                self.at,
            )?
            // Signed in the same second, they would no longer tell which one is first.
            .set_primary_userid(is_first)?;
            let signature = name.userid().bind(&mut self.signer, cert, builder)?;
            packets.extend([Packet::from(name.userid().clone()), signature.into()]);
        }
        if packets.is_empty() {
            return Err(PgpError::Damaged.into());
        }
        Ok(packets)
    }

    fn renewed_subkeys(
        &mut self,
        live: &[&KeyEntry],
        expires: DateTime<Utc>,
    ) -> std::result::Result<Vec<Packet>, ChangeRefused> {
        let (cert, policy, time) = (self.cert, self.policy.clone(), self.time());
        let mut packets = Vec::new();
        for subkey in cert.keys().subkeys().with_policy(&policy, time) {
            let key = subkey.key();
            if !live
                .iter()
                .any(|k| k.fingerprint == key.fingerprint().into())
            {
                continue;
            }
            // The subkey's own signature inside stays: it says nothing about time, and the
            // secret of an imported subkey may be on a card.
            let builder = renewed(
                subkey.binding_signature().clone().into(),
                key,
                expires,
                self.at,
            )?;
            let signature = key.bind(&mut self.signer, cert, builder)?;
            packets.extend([Packet::from(key.clone()), signature.into()]);
        }
        Ok(packets)
    }
}

/// OpenPGP counts the life of a key from its creation.
fn renewed<P: KeyParts, R: KeyRole>(
    old: SignatureBuilder,
    key: &Key<P, R>,
    expires: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<SignatureBuilder> {
    let created = DateTime::<Utc>::from(key.creation_time());
    let life = Duration::from_secs((expires - created).num_seconds().try_into()?);
    old.set_signature_creation_time(SystemTime::from(at))?
        .set_key_validity_period(life)
}
