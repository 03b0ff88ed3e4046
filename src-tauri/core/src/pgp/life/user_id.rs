//! The names of the certificate.

use chrono::{DateTime, Utc};
use openpgp::{
    Packet,
    cert::UserIDRevocationBuilder,
    packet::{UserID, signature::SignatureBuilder},
    types::{ReasonForRevocation, SignatureType},
};
use sequoia_openpgp as openpgp;

use super::{
    ChangeRefused, Changed, KeyChange,
    certifier::{Certifier, Expired},
};
use crate::pgp::{TeamKey, certificate::readable, team_key};

impl TeamKey {
    /// Adds `name <mail>`, with the same promises as the first name, which stays the first.
    /// A retired name can come back.
    ///
    /// # Errors
    /// [`crate::pgp::PgpError::UserId`] if it does not read back as itself,
    /// [`ChangeRefused::UserIdExists`]; a certificate that is expired, revoked or weakly bound; one
    /// whose primary secret is not here.
    pub fn add_user_id(
        &self,
        name: &str,
        mail: &str,
        at: DateTime<Utc>,
    ) -> Result<Changed, ChangeRefused> {
        let added = team_key::user_id(name, mail)?;
        let mut certifier = Certifier::of(self, Expired::Refused, at)?;
        if certifier.live_names()?.contains(&added) {
            return Err(ChangeRefused::UserIdExists);
        }
        let like = certifier.primary()?.binding_signature().clone();
        let builder = SignatureBuilder::from(like)
            .set_type(SignatureType::PositiveCertification)
            .set_signature_creation_time(certifier.time())?
            .set_primary_userid(false)?;
        let signature = added.bind(&mut certifier.signer, certifier.cert, builder)?;
        let user_id = readable(&added);
        certifier.changed(
            [Packet::from(added), signature.into()],
            KeyChange::UserIdAdded { user_id },
        )
    }

    /// Marks a name as no longer used; what was signed under it stays good.
    /// `user_id` is written as [`crate::pgp::Certificate::user_ids`] does.
    ///
    /// # Errors
    /// [`ChangeRefused::NoSuchUserId`], [`ChangeRefused::LastUserId`]; a certificate that is
    /// expired, revoked or weakly bound; one whose primary secret is not here.
    pub fn retire_user_id(
        &self,
        user_id: &str,
        at: DateTime<Utc>,
    ) -> Result<Changed, ChangeRefused> {
        let mut certifier = Certifier::of(self, Expired::Refused, at)?;
        let names = certifier.live_names()?;
        let retired = names
            .iter()
            .find(|name| readable(name) == user_id)
            .ok_or(ChangeRefused::NoSuchUserId)?;
        if names.len() == 1 {
            return Err(ChangeRefused::LastUserId);
        }
        let revocation = UserIDRevocationBuilder::new()
            .set_signature_creation_time(certifier.time())?
            .set_reason_for_revocation(ReasonForRevocation::UIDRetired, b"")?
            .build(&mut certifier.signer, certifier.cert, retired, None)?;
        certifier.changed(
            [Packet::from(retired.clone()), revocation.into()],
            KeyChange::UserIdRetired {
                user_id: user_id.to_owned(),
            },
        )
    }
}

impl Certifier<'_> {
    fn live_names(&self) -> Result<Vec<UserID>, ChangeRefused> {
        let valid = self.cert.with_policy(&self.policy, self.time())?;
        let live = valid.userids().revoked(false);
        Ok(live.map(|name| name.userid().clone()).collect())
    }
}
