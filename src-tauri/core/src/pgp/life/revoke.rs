//! The end of a certificate, at once or from an envelope.

use chrono::{DateTime, Utc};
use openpgp::{
    Packet, armor, cert::CertRevocationBuilder, packet::Signature, serialize::SerializeInto,
    types::SignatureType,
};
use sequoia_openpgp as openpgp;
use zeroize::Zeroizing;

use super::{
    ChangeRefused, Changed, KeyChange, MAX_MESSAGE_BYTES, RevocationReason,
    certifier::{certification_secret, check_clock},
};
use crate::pgp::{Certificate, MAX_KEY_BYTES, PgpError, TeamKey, packets};

impl TeamKey {
    /// An armoured revocation certificate for the envelope in the safe. It is as strong as the
    /// secret: who publishes it ends the key. `message` is public.
    ///
    /// # Errors
    /// [`ChangeRefused::SoftReason`], [`ChangeRefused::MessageTooLong`]; a certificate whose
    /// primary secret is not here, or that does not exist yet at `at`.
    pub fn revocation(
        &self,
        reason: RevocationReason,
        message: &str,
        at: DateTime<Utc>,
    ) -> Result<Zeroizing<String>, ChangeRefused> {
        if !reason.is_hard() {
            return Err(ChangeRefused::SoftReason);
        }
        let revocation = Packet::from(self.signed_revocation(reason, message, at)?).to_vec()?;
        let version = self.cert().primary_key().key().version();
        let text = packets::armour(armor::Kind::PublicKey, version, &revocation)?;
        Ok(Zeroizing::new(text))
    }

    /// The certificate revoked, to be published. Its secrets still decrypt old mail.
    /// Also of a certificate that is expired, or was revoked for a softer reason.
    ///
    /// # Errors
    /// [`ChangeRefused::MessageTooLong`]; for a soft reason [`ChangeRefused::ClockBehind`]; a
    /// certificate whose primary secret is not here, or that does not exist yet at `at`.
    pub fn revoke(
        &self,
        reason: RevocationReason,
        message: &str,
        at: DateTime<Utc>,
    ) -> Result<Changed, ChangeRefused> {
        let revocation = self.signed_revocation(reason, message, at)?;
        if !reason.is_hard() {
            check_clock(self.cert(), at)?;
        }
        let cert = self.cert().clone().insert_packets(revocation)?.0;
        Ok(Changed {
            key: Self::with_open_secrets(cert),
            change: KeyChange::Revoked { reason },
        })
    }

    fn signed_revocation(
        &self,
        reason: RevocationReason,
        message: &str,
        at: DateTime<Utc>,
    ) -> Result<Signature, ChangeRefused> {
        if message.len() > MAX_MESSAGE_BYTES {
            return Err(ChangeRefused::MessageTooLong);
        }
        let cert = self.cert();
        let created = DateTime::<Utc>::from(cert.primary_key().key().creation_time());
        if created > at {
            return Err(PgpError::NotYetValid { created }.into());
        }
        let revocation = CertRevocationBuilder::new()
            .set_signature_creation_time(at.into())?
            .set_reason_for_revocation(reason.code(), message.as_bytes())?
            .build(&mut certification_secret(cert)?, cert, None)?;
        Ok(revocation)
    }
}

impl Certificate {
    /// The certificate with the revocation from the envelope, for a team that has lost its secrets.
    ///
    /// # Errors
    /// [`ChangeRefused::NotARevocation`], [`ChangeRefused::ForeignRevocation`].
    pub fn revoked_by(&self, revocation: &[u8]) -> Result<Self, ChangeRefused> {
        let revocation = read(revocation)?;
        let primary = self.cert().primary_key().key();
        revocation
            .verify_primary_key_revocation(primary, primary)
            .map_err(|_| ChangeRefused::ForeignRevocation)?;
        let cert = self.cert().clone().insert_packets(revocation)?.0;
        Ok(Self::public_part_of(&cert))
    }
}

fn read(input: &[u8]) -> Result<Signature, ChangeRefused> {
    if input.len() > MAX_KEY_BYTES {
        return Err(PgpError::TooLarge {
            limit_bytes: MAX_KEY_BYTES,
        }
        .into());
    }
    let [block] = packets::blocks(input)[..] else {
        return Err(ChangeRefused::NotARevocation);
    };
    match packets::packets(block).as_deref() {
        Ok([Packet::Signature(s)]) if s.typ() == SignatureType::KeyRevocation => Ok(s.clone()),
        _ => Err(ChangeRefused::NotARevocation),
    }
}
