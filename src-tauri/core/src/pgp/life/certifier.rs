//! Who changes a certificate, and what speaks against it.

use std::time::SystemTime;

use chrono::{DateTime, Months, Utc};
use openpgp::{
    Cert, Packet,
    cert::{amalgamation::ValidateAmalgamation, prelude::ValidPrimaryKeyAmalgamation},
    crypto::KeyPair,
    packet::key::PublicParts,
};
use sequoia_openpgp as openpgp;

use super::{ChangeRefused, Changed, KeyChange, MAX_LIFE_YEARS};
use crate::pgp::{PgpError, TeamKey, key_entry, policy};

/// What an expired certificate may still be changed by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expired {
    Refused,
    Forgiven,
}

/// The certificate and the secret that changes it, once nothing speaks against a change.
pub(super) struct Certifier<'a> {
    pub(super) cert: &'a Cert,
    pub(super) signer: KeyPair,
    pub(super) at: DateTime<Utc>,
    pub(super) policy: openpgp::policy::StandardPolicy<'static>,
}

impl<'a> Certifier<'a> {
    pub(super) fn of(
        key: &'a TeamKey,
        expired: Expired,
        at: DateTime<Utc>,
    ) -> Result<Self, ChangeRefused> {
        let cert = key.cert();
        let created = DateTime::<Utc>::from(cert.primary_key().key().creation_time());
        if created > at {
            return Err(PgpError::NotYetValid { created }.into());
        }
        let entries = key_entry::entries(cert, at);
        let primary = entries
            .iter()
            .find(|k| k.primary)
            .ok_or(PgpError::Damaged)?;
        match primary.expires {
            _ if primary.revoked => return Err(PgpError::Revoked.into()),
            _ if primary.weak => return Err(PgpError::WeakKey.into()),
            Some(on) if on <= at && expired == Expired::Refused => {
                return Err(PgpError::Expired { on }.into());
            }
            _ => {}
        }
        let signer = certification_secret(cert)?;
        check_clock(cert, at)?;
        Ok(Self {
            cert,
            signer,
            at,
            policy: policy::standard(at),
        })
    }

    pub(super) fn time(&self) -> SystemTime {
        self.at.into()
    }

    pub(super) fn primary(
        &self,
    ) -> Result<ValidPrimaryKeyAmalgamation<'_, PublicParts>, ChangeRefused> {
        let primary = self.cert.primary_key();
        Ok(primary.with_policy(&self.policy, self.time())?)
    }

    pub(super) fn changed(
        &self,
        packets: impl IntoIterator<Item = Packet>,
        change: KeyChange,
    ) -> Result<Changed, ChangeRefused> {
        let cert = self.cert.clone().insert_packets(packets)?.0;
        Ok(Changed {
            key: TeamKey::with_open_secrets(cert),
            change,
        })
    }
}

pub(super) fn certification_secret(cert: &Cert) -> Result<KeyPair, ChangeRefused> {
    let primary = cert.primary_key().key().clone().parts_into_secret();
    let primary = primary.map_err(|_| ChangeRefused::NoCertificationSecret)?;
    Ok(primary.into_keypair()?)
}

/// A second is the grain of OpenPGP's times: of two signatures in one, none is the latest.
pub(super) fn check_clock(cert: &Cert, at: DateTime<Utc>) -> Result<(), ChangeRefused> {
    match last_change(cert) {
        Some(last) if at.timestamp() <= last.timestamp() => {
            Err(ChangeRefused::ClockBehind { last })
        }
        _ => Ok(()),
    }
}

/// When the owner last signed anything in the certificate.
fn last_change(cert: &Cert) -> Option<DateTime<Utc>> {
    let keys = cert
        .keys()
        .flat_map(|k| k.self_signatures().chain(k.self_revocations()));
    let names = cert
        .userids()
        .flat_map(|u| u.self_signatures().chain(u.self_revocations()));
    keys.chain(names)
        .filter_map(|signature| signature.signature_creation_time())
        .max()
        .map(Into::into)
}

pub(super) fn check_expiry(expires: DateTime<Utc>, at: DateTime<Utc>) -> Result<(), ChangeRefused> {
    let latest = at
        .checked_add_months(Months::new(12 * MAX_LIFE_YEARS))
        .ok_or(PgpError::Period)?;
    if expires <= at {
        Err(ChangeRefused::ExpiryPast { expires, at })
    } else if expires > latest {
        Err(ChangeRefused::ExpiryTooFar { latest })
    } else {
        Ok(())
    }
}
