//! What the lead changes: the end of the key, its subkeys, its names; and its revocation.

use chrono::{DateTime, Months, Utc};
use serde_json::Value;

use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{RevocationCause, RotatedKey, TeamKeyView};
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::journal::{Change, Scope};
use crate::pgp::{RevocationReason, Rotation};

/// How long an extended key or a new subkey lives unless the lead says otherwise.
const LIFE: Months = Months::new(24);

impl From<RotatedKey> for Rotation {
    fn from(key: RotatedKey) -> Self {
        match key {
            RotatedKey::Encryption => Self::Encryption,
            RotatedKey::Mail => Self::Mail,
            RotatedKey::Documents => Self::Documents,
        }
    }
}

impl From<RevocationCause> for RevocationReason {
    fn from(cause: RevocationCause) -> Self {
        match cause {
            RevocationCause::Unspecified => Self::Unspecified,
            RevocationCause::Compromised => Self::Compromised,
            RevocationCause::Superseded => Self::Superseded,
            RevocationCause::Retired => Self::Retired,
        }
    }
}

impl Session {
    /// Lets the key live longer: until `expires`, or two years from now.
    ///
    /// # Errors
    /// Not the lead; a time that is past or more than five years away.
    pub fn extend_team_key(&mut self, expires: Option<DateTime<Utc>>) -> Result<TeamKeyView> {
        let expires = self.life(expires)?;
        self.change_team_key(|key, now| key.extend(expires, now))
    }

    /// Puts a new subkey in the place of one.
    ///
    /// # Errors
    /// Not the lead; a key that cannot be changed any more.
    pub fn rotate_team_key(&mut self, which: RotatedKey) -> Result<TeamKeyView> {
        let certificate = self.team_key()?.certificate;
        let expires = self.life(certificate.expires_at(self.now()))?;
        self.change_team_key(|key, now| key.rotate(which.into(), expires, now))
    }

    /// Gives the key one more name.
    ///
    /// # Errors
    /// Not the lead; a name that it bears already or that is none.
    pub fn add_key_name(&mut self, name: &str, mail: &str) -> Result<TeamKeyView> {
        self.change_team_key(|key, now| key.add_user_id(name, mail, now))
    }

    /// Takes a name of the key back.
    ///
    /// # Errors
    /// Not the lead; an unknown name, or the last one.
    pub fn retire_key_name(&mut self, user_id: &str) -> Result<TeamKeyView> {
        self.change_team_key(|key, now| key.retire_user_id(user_id, now))
    }

    /// Revokes the key: it ends here and now.
    ///
    /// # Errors
    /// Not the lead; a message that is too long.
    pub fn revoke_team_key(
        &mut self,
        cause: RevocationCause,
        message: &str,
    ) -> Result<TeamKeyView> {
        self.change_team_key(|key, now| key.revoke(cause.into(), message, now))
    }

    /// Revokes the key with the certificate from the envelope, which is proof enough: the lead's access may be lost.
    ///
    /// # Errors
    /// An operator; a text that is no revocation, or one of another key.
    pub fn apply_revocation(&mut self, armoured: &str) -> Result<TeamKeyView> {
        self.require(Ability::PrepareDocument)?;
        let key = self.team_key()?;
        let revoked = key.certificate.revoked_by(armoured.as_bytes())?;
        self.commit(
            Scope::Registry,
            vec![Change::set(
                EntityKind::TeamKey,
                key.id,
                "certificate",
                Value::from(revoked.armoured()?),
            )],
        )?;
        self.team_key_view()
    }

    fn life(&self, asked: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
        let usual = || self.now().checked_add_months(LIFE);
        asked
            .or_else(usual)
            .ok_or_else(|| ApiError::new(Code::Internal, "the clock is past the calendar"))
    }
}
