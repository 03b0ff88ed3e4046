//! Another key in the place of the team's: when it is revoked, or of an algorithm that ages.

use chrono::{DateTime, Months, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{TeamKeyState, parts};
use crate::api::commit::fields_of;
use crate::api::error::{ApiError, Code, Result};
use crate::api::opening::device_statement;
use crate::api::session::Session;
use crate::api::view::{TeamKeySource, TeamKeyView};
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::domain::team::TeamProfile;
use crate::journal::{Change, Scope, commit};
use crate::pgp::{self, Fingerprint, Sharing, SigningMaterial, TeamKey};

/// How long a new team key lives.
const LIFE: Months = Months::new(24);

/// The key that a team chose to begin with: made now, or brought along.
///
/// # Errors
/// A name or an address that no key can bear; an imported key that is unreadable, unfit or leaves no documents key.
pub(in crate::api) fn make(
    source: &TeamKeySource,
    profile: &TeamProfile,
    now: DateTime<Utc>,
) -> Result<(TeamKey, Sharing)> {
    match source {
        TeamKeySource::Generate => {
            let expires = now
                .checked_add_months(LIFE)
                .ok_or_else(|| ApiError::new(Code::Internal, "the clock is past the calendar"))?;
            let made = TeamKey::generate(&profile.full_name, &profile.mail, now, expires)?;
            let sharing = Sharing::by_role(&made.key, now)?;
            Ok((made.key, sharing))
        }
        TeamKeySource::Import {
            armoured,
            passphrase,
            shared,
        } => {
            let passphrase = Some(passphrase.as_str()).filter(|text| !text.is_empty());
            let imported = pgp::import(armoured.as_bytes(), passphrase, now)?;
            let shared: Vec<Fingerprint> = imported
                .key
                .secret_keys(now)
                .into_iter()
                .map(|key| key.fingerprint)
                .filter(|fingerprint| shared.contains(&fingerprint.grouped()))
                .collect();
            let sharing = Sharing::chosen(&imported.key, &shared, now)?;
            Ok((imported.key, sharing))
        }
    }
}

impl Session {
    /// Puts another key in the place of the one in force, which is kept: it verifies what it signed and opens old mail. The
    /// new one vouches for each workstation again.
    ///
    /// # Errors
    /// Not the lead; a key that the team has or had; what an import refuses.
    pub fn replace_team_key(&mut self, source: &TeamKeySource) -> Result<TeamKeyView> {
        self.require(Ability::SignDocument)?;
        let now = self.now();
        let profile = self.team()?.profile;
        let (key, sharing) = make(source, &profile, now)?;
        let known = self.team_keys()?;
        let fingerprint = key.certificate().fingerprint();
        if known
            .iter()
            .any(|known| known.certificate.fingerprint() == fingerprint)
        {
            return Err(ApiError::field(
                Code::Invalid,
                "team_key",
                "the team has or had this key",
            ));
        }
        let signing = SigningMaterial::open(&key.lead_part()?, sharing.document_key(), now)?;
        let id = Uuid::now_v7();
        let state = TeamKeyState::of(&key, &sharing)?;
        let mut changes = vec![Change::new(
            EntityKind::TeamKey,
            id,
            fields_of("", &state, 1)?,
        )];
        for before in &known {
            changes.push(Change::set(
                EntityKind::TeamKey,
                before.id,
                "retired",
                Value::Bool(true),
            ));
        }
        for (device, state) in self.devices()? {
            let statement = device_statement(device, &state.public_key);
            let certification = signing.sign(statement.as_bytes(), now)?;
            changes.push(Change::set(
                EntityKind::Device,
                device,
                "certification",
                Value::from(certification),
            ));
        }
        let keyring = self.opened().keyring().clone();
        self.write(|tx, author| {
            parts::keep(tx, &keyring, id, &key, &sharing)?;
            Ok(commit(tx, author, Scope::Registry, changes)?)
        })?;
        self.team_key_view()
    }
}
