//! The life of the team's key: extended, rotated, renamed, revoked, published, backed up. Each change is the lead's, and
//! renews both parts of the key: the lead's own, and the one that every analyst's slot opens.

use std::path::Path;

use chrono::{DateTime, Months, Utc};
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use super::export::write_together;
use super::opening::role_name;
use super::seal::{self, Age};
use super::session::{LEAD_PART, MAIL_PART, Session, TeamKeyState};
use super::view::{Exported, KeyEntryView, KeyReminder, RevocationCause, RotatedKey, TeamKeyView};
use crate::db::registry;
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::journal::{Change, Scope, commit};
use crate::pgp::{
    ChangeRefused, Changed, Fingerprint, RevocationReason, Rotation, Sharing, TeamKey,
};

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

impl From<ChangeRefused> for ApiError {
    fn from(refused: ChangeRefused) -> Self {
        let message = refused.to_string();
        let (code, field) = match refused {
            ChangeRefused::Key(error) => return error.into(),
            ChangeRefused::NoCertificationSecret => (Code::CannotSign, None),
            ChangeRefused::ExpiryPast { .. } | ChangeRefused::ExpiryTooFar { .. } => {
                (Code::Invalid, Some("expires"))
            }
            ChangeRefused::ClockBehind { .. } => (Code::KeyUnfit, Some("clock")),
            ChangeRefused::UserIdExists
            | ChangeRefused::NoSuchUserId
            | ChangeRefused::LastUserId => (Code::Invalid, Some("user_id")),
            ChangeRefused::MessageTooLong => (Code::TooLong, Some("message")),
            ChangeRefused::SoftReason => (Code::Invalid, Some("reason")),
            ChangeRefused::NotARevocation | ChangeRefused::ForeignRevocation => {
                (Code::KeyUnreadable, None)
            }
        };
        match field {
            Some(field) => Self::field(code, field, message),
            None => Self::new(code, message),
        }
    }
}

impl Session {
    /// The team's key: its names, its subkeys, what ends soon.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn team_key_view(&self) -> Result<TeamKeyView> {
        self.require(Ability::ReadCases)?;
        let (state, certificate) = self.team_key()?;
        let now = self.now();
        let keys = certificate.keys(now);
        let document_key = keys
            .iter()
            .find(|key| key.fingerprint.to_string() == state.document_key)
            .map(|key| key.fingerprint.grouped());
        Ok(TeamKeyView {
            fingerprint: certificate.fingerprint().grouped(),
            user_ids: certificate.user_ids(now),
            expires: certificate.expires_at(now),
            revoked: certificate.is_revoked(now),
            document_key: document_key.unwrap_or_default(),
            keys: keys
                .into_iter()
                .map(|key| KeyEntryView {
                    usable: key.is_usable(now),
                    fingerprint: key.fingerprint.grouped(),
                    role: role_name(key.role).map(str::to_owned),
                    algorithm: key.algorithm,
                    created: key.created,
                    expires: key.expires,
                    revoked: key.revoked,
                })
                .collect(),
            reminders: certificate
                .reminders(now)
                .into_iter()
                .map(|reminder| KeyReminder {
                    fingerprint: reminder.key.grouped(),
                    expires: reminder.expires,
                    days: i32::try_from(reminder.days).unwrap_or(i32::MIN),
                })
                .collect(),
        })
    }

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
        let (_, certificate) = self.team_key()?;
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

    /// A revocation certificate to be printed and sealed: who publishes it ends the key, without Relais.
    ///
    /// # Errors
    /// Not the lead.
    pub fn prepare_revocation(&self, message: &str) -> Result<Zeroizing<String>> {
        let key = self.open_team_key()?;
        Ok(key.revocation(RevocationReason::Compromised, message, self.now())?)
    }

    /// The lead's part of the key, encrypted with a text that `gpg -d` asks for: it opens without Relais.
    ///
    /// # Errors
    /// Not the lead.
    pub fn back_up_team_key(&self, secret: &str) -> Result<String> {
        Ok(self.open_team_key()?.backup(secret)?)
    }

    /// Writes the Web Key Directory of the team's addresses, to be put under the root of their web server.
    ///
    /// # Errors
    /// A folder that cannot be written; a full disk.
    pub fn export_wkd(&self, folder: &Path) -> Result<Exported> {
        self.require(Ability::ReadCases)?;
        let (_, certificate) = self.team_key()?;
        let files = certificate.wkd(self.now())?;
        let paths: Vec<(&str, &[u8])> = files
            .iter()
            .map(|file| (file.path.as_str(), file.bytes.as_slice()))
            .collect();
        let place = write_together(folder, &paths)?;
        Ok(Exported {
            folder: place.display().to_string(),
            files: files.into_iter().map(|file| file.path).collect(),
        })
    }

    fn life(&self, asked: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
        let usual = || self.now().checked_add_months(LIFE);
        asked
            .or_else(usual)
            .ok_or_else(|| ApiError::new(Code::Internal, "the clock is past the calendar"))
    }

    /// The key with every secret; only the lead's slot holds what unseals it.
    fn open_team_key(&self) -> Result<TeamKey> {
        self.require(Ability::SignDocument)?;
        let lead = self.opened().keyring().lead.as_ref().ok_or_else(cannot)?;
        let part = seal::open(self.conn(), LEAD_PART, lead)?.ok_or_else(cannot)?;
        Ok(TeamKey::open(&part)?)
    }

    /// What the analysts share today, as their part of the key says it.
    fn sharing(&self, key: &TeamKey) -> Result<Sharing> {
        let mail = self.opened().keyring().mail.as_ref().ok_or_else(cannot)?;
        let part = seal::open(self.conn(), MAIL_PART, mail)?.ok_or_else(cannot)?;
        let now = self.now();
        let shared: Vec<Fingerprint> = TeamKey::open(&part)?
            .secret_keys(now)
            .into_iter()
            .filter(|key| !key.primary && key.has_secret)
            .map(|key| key.fingerprint)
            .collect();
        Ok(Sharing::chosen(key, &shared, now)?)
    }

    /// Changes the key, and renews in one transaction what the slots open and what the registry tells.
    fn change_team_key(
        &mut self,
        change: impl FnOnce(&TeamKey, DateTime<Utc>) -> std::result::Result<Changed, ChangeRefused>,
    ) -> Result<TeamKeyView> {
        let now = self.now();
        let key = self.open_team_key()?;
        let sharing = self.sharing(&key)?;
        let changed = change(&key, now)?;
        // A revoked key signs nothing any more: what it was divided into stays as it is.
        let sharing = match changed.key.certificate().is_revoked(now) {
            true => sharing,
            false => sharing.after(&changed, now)?,
        };
        let lead_part = changed.key.lead_part()?;
        let analyst_part = changed.key.analyst_part(&sharing)?;
        let keyring = self.opened().keyring().clone();
        let (Some(lead), Some(mail)) = (&keyring.lead, &keyring.mail) else {
            return Err(cannot());
        };
        let id = self.team_key_id()?;
        let set = |field: &str, value: String| {
            Change::set(EntityKind::TeamKey, id, field, Value::from(value))
        };
        let changes = vec![
            set("certificate", changed.key.certificate().armoured()?),
            set("document_key", sharing.document_key().to_string()),
        ];
        self.write(|tx, author| {
            seal::keep(tx, LEAD_PART, Age::Current, lead, &lead_part)?;
            seal::keep(tx, MAIL_PART, Age::Current, mail, &analyst_part)?;
            Ok(commit(tx, author, Scope::Registry, changes)?)
        })?;
        self.team_key_view()
    }

    pub(super) fn team_key_id(&self) -> Result<Uuid> {
        registry::all::<TeamKeyState>(self.conn(), EntityKind::TeamKey)?
            .into_iter()
            .find(|(_, state)| !state.retired)
            .map(|(id, _)| id)
            .ok_or_else(|| {
                ApiError::new(Code::DatabaseDamaged, "the team's certificate is missing")
            })
    }
}

fn cannot() -> ApiError {
    ApiError::new(
        Code::CannotSign,
        "this access does not open the team's secret key",
    )
}
