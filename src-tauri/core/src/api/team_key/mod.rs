//! The team's keys: the one in force, those before it, and the life of the first. Each change is the lead's, and renews both
//! parts of the key: the lead's own, and the one that every analyst's slot opens.

mod envelope;
mod life;
pub(super) mod parts;
mod publish;
mod refused;
mod renewal;
mod replace;
mod servers;
mod view;

pub(super) use refused::of_the_teams_key;
pub(super) use replace::make;
pub use servers::Sending;
pub(super) use view::key_end;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::TeamKeyView;
use crate::db::registry;
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::journal::{Change, Scope, commit};
use crate::pgp::{Certificate, ChangeRefused, Changed, Fingerprint, Sharing, TeamKey};
use parts::Part;

/// How long two changes of the key lie apart at least.
const TICK: TimeDelta = TimeDelta::seconds(1);

/// A certificate of the team as the registry knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TeamKeyState {
    /// Armoured certificate.
    pub certificate: String,
    /// Fingerprint of the key that signs documents.
    pub document_key: String,
    /// Fingerprints of those that did before it.
    #[serde(default)]
    pub former_document_keys: BTreeSet<String>,
    /// Whether another took its place.
    #[serde(default)]
    pub retired: bool,
    /// The servers that it was given to, or waits for.
    #[serde(default)]
    uploads: Vec<servers::Upload>,
}

impl TeamKeyState {
    /// A key that begins.
    pub fn of(key: &TeamKey, sharing: &Sharing) -> Result<Self> {
        Ok(Self {
            certificate: key.certificate().armoured()?,
            document_key: sharing.document_key().to_string(),
            former_document_keys: BTreeSet::new(),
            retired: false,
            uploads: Vec::new(),
        })
    }
}

/// A key of the team.
pub(super) struct KnownKey {
    /// Its name in the registry.
    pub id: Uuid,
    /// The certificate.
    pub certificate: Certificate,
    state: TeamKeyState,
}

impl KnownKey {
    /// The key that signs documents.
    ///
    /// # Errors
    /// A registry that names a key which is not in the certificate.
    pub fn document_key(&self, at: DateTime<Utc>) -> Result<Fingerprint> {
        let keys = self.certificate.keys(at).into_iter();
        keys.map(|key| key.fingerprint)
            .find(|key| key.to_string() == self.state.document_key)
            .ok_or_else(|| ApiError::new(Code::CannotSign, "the documents key is missing"))
    }

    /// Whether another documents key took this one's place.
    pub fn was_replaced(&self, key: &Fingerprint) -> bool {
        self.state.former_document_keys.contains(&key.to_string())
    }

    /// Whether this key signs documents for the lead, or did.
    pub fn signed_documents(&self, key: &Fingerprint) -> bool {
        self.state.document_key == key.to_string() || self.was_replaced(key)
    }
}

impl Session {
    /// The team's keys, the one in force first.
    pub(super) fn team_keys(&self) -> Result<Vec<KnownKey>> {
        let mut keys = Vec::new();
        for (id, state) in registry::all::<TeamKeyState>(self.conn(), EntityKind::TeamKey)? {
            keys.push(KnownKey {
                id,
                certificate: Certificate::parse(state.certificate.as_bytes())?,
                state,
            });
        }
        keys.sort_by_key(|key| key.state.retired);
        Ok(keys)
    }

    /// The key in force.
    pub(super) fn team_key(&self) -> Result<KnownKey> {
        self.team_keys()?.into_iter().next().ok_or_else(|| {
            ApiError::new(Code::DatabaseDamaged, "the team's certificate is missing")
        })
    }

    /// The key with every secret; only the lead's slot holds what unseals it.
    fn open_team_key(&self) -> Result<TeamKey> {
        self.require(Ability::SignDocument)?;
        let known = self.team_key()?;
        let part = parts::open(self.conn(), self.opened().keyring(), Part::Lead, known.id)?;
        // The part does not know of a revocation that came on paper.
        Ok(TeamKey::open(&part)?.with_public(&known.certificate)?)
    }

    /// What the analysts share today, as their part of the key says it.
    fn sharing(&self, key: &TeamKey) -> Result<Sharing> {
        let id = self.team_key()?.id;
        let part = parts::open(self.conn(), self.opened().keyring(), Part::Mail, id)?;
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
        change: impl Fn(&TeamKey, DateTime<Utc>) -> std::result::Result<Changed, ChangeRefused>,
    ) -> Result<TeamKeyView> {
        let key = self.open_team_key()?;
        let changed = match change(&key, self.now()) {
            // OpenPGP counts whole seconds: two changes of one second could not be told apart.
            Err(ChangeRefused::ClockBehind { last }) if (self.now() - last).abs() <= TICK => {
                std::thread::sleep(TICK.to_std().unwrap_or_default());
                change(&key, self.now())?
            }
            other => other?,
        };
        let now = self.now();
        let known = self.team_key()?;
        let set =
            |field: &str, value: Value| Change::set(EntityKind::TeamKey, known.id, field, value);
        let mut changes = vec![set(
            "certificate",
            Value::from(changed.key.certificate().armoured()?),
        )];
        // A revoked key signs nothing any more: what it was divided into stays as it is.
        let sharing = if changed.key.certificate().is_revoked(now) {
            None
        } else {
            Some(self.sharing(&key)?.after(&changed, now)?)
        };
        if let Some(sharing) = &sharing {
            let mut former = known.state.former_document_keys.clone();
            former.insert(known.state.document_key.clone());
            let next = sharing.document_key().to_string();
            former.remove(&next);
            changes.push(set("document_key", Value::from(next)));
            changes.push(set("former_document_keys", serde_json::to_value(former)?));
        }
        let keyring = self.opened().keyring().clone();
        self.write(|tx, author| {
            if let Some(sharing) = &sharing {
                parts::keep(tx, &keyring, known.id, &changed.key, sharing)?;
            }
            Ok(commit(tx, author, Scope::Registry, changes)?)
        })?;
        self.team_key_view()
    }
}
