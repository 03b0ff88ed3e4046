//! An open vault and the person at the keyboard.

use chrono::{DateTime, Utc};
use ed25519_dalek::VerifyingKey;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use super::view::{Face, Settings};
use super::workstation::{Clock, DATABASE, Workstation};
use crate::db::{self, DbError, entry, registry, sealed};
use crate::domain::entity::EntityKind;
use crate::domain::people::{Ability, Role};
use crate::domain::team::TeamProfile;
use crate::journal::DeviceKey;
use crate::pgp::ReadCertificates;
use crate::vault::{InstanceLock, Opened, VaultKind};

/// Sealed secrets, by name.
const DEVICE_SECRET: &str = "device.secret";
const DEVICE_ID: &str = "device.id";

/// A clock that lags this far behind the last change is told.
const CLOCK_TOLERANCE_MS: i64 = 5 * 60 * 1000;

/// A device as the registry knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DeviceState {
    /// Name of the workstation.
    pub name: String,
    /// Ed25519, 32 bytes in hexadecimal.
    pub public_key: String,
    /// Letter of its block of references; empty for the first device.
    pub block: String,
    /// The team key's detached signature over the public key's statement.
    #[serde(default)]
    pub certification: String,
}

/// The team as the registry knows it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TeamState {
    /// Profile.
    pub profile: TeamProfile,
    /// Settings.
    #[serde(default)]
    pub settings: Settings,
}

/// A person as the registry knows them; stays after they left, so that the journal keeps its names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PersonState {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Has left the team.
    #[serde(default)]
    pub removed: bool,
}

/// An open vault. Dropping it wipes its keys and closes the database.
pub struct Session {
    conn: Connection,
    opened: Opened,
    person: Face,
    must_change: bool,
    device: DeviceKey,
    kind: VaultKind,
    clock: Clock,
    notices: Vec<String>,
    certificates: ReadCertificates,
    // Last, so that the database is closed before another instance may open it.
    _lock: InstanceLock,
}

impl Session {
    /// Opens the database of an opened vault for a person.
    ///
    /// # Errors
    /// When the database is damaged or of a newer version.
    pub(super) fn begin(
        workstation: &Workstation,
        folder: &Path,
        lock: InstanceLock,
        opened: Opened,
        person: Face,
        must_change: bool,
    ) -> Result<Self> {
        let path = folder.join(DATABASE);
        let mut conn = Err(DbError::WrongKeyOrDamaged);
        for key in opened.database_keys() {
            conn = db::open(&path, key.bytes());
            if !matches!(conn, Err(DbError::WrongKeyOrDamaged)) {
                break;
            }
        }
        let conn = conn?;
        let device = device(&conn)?;
        let mut notices = Vec::new();
        if !opened.found().is_good() {
            notices.push("vault_copy_repaired".to_owned());
        }
        let highest = i64::try_from(entry::clock(&conn)? >> 16).unwrap_or(i64::MAX);
        if workstation.now().timestamp_millis() + CLOCK_TOLERANCE_MS < highest {
            notices.push("clock_behind".to_owned());
        }
        let (clock, kind) = (workstation.clock(), opened.kind());
        let mut session = Self {
            conn,
            opened,
            person,
            must_change,
            device,
            kind,
            clock,
            notices,
            certificates: ReadCertificates::default(),
            _lock: lock,
        };
        session.resume_rotation()?;
        if let Err(error) = session.find_broken_deliveries() {
            // A disk without room is no reason to keep somebody from reading.
            tracing::debug!(code = ?error.code, "what was going out stays marked");
        }
        Ok(session)
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Who is at the keyboard.
    #[must_use]
    pub const fn person(&self) -> &Face {
        &self.person
    }

    /// Whether the passphrase is a temporary one.
    pub(super) const fn must_change(&self) -> bool {
        self.must_change
    }

    /// What is told once after opening, by code.
    pub(super) fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The certificates of others that were read since the vault was opened.
    pub(super) const fn read_certificates(&self) -> &ReadCertificates {
        &self.certificates
    }

    /// Real or demonstration.
    #[must_use]
    pub const fn kind(&self) -> VaultKind {
        self.kind
    }

    /// The database, for reading.
    #[must_use]
    pub const fn conn(&self) -> &Connection {
        &self.conn
    }

    pub(super) fn conn_mut(&mut self) -> &mut Connection {
        &mut self.conn
    }

    pub(super) fn for_writing(&mut self) -> (&mut Connection, &DeviceKey, Uuid) {
        (&mut self.conn, &self.device, self.person.id)
    }

    pub(super) const fn opened(&self) -> &Opened {
        &self.opened
    }

    pub(super) fn opened_mut(&mut self) -> &mut Opened {
        &mut self.opened
    }

    /// Reads the vault file again after somebody else's access changed it.
    pub(super) fn reopen_vault(&mut self) -> Result<()> {
        Ok(self.opened.reread()?)
    }

    pub(super) const fn device(&self) -> &DeviceKey {
        &self.device
    }

    pub(super) fn passphrase_was_changed(&mut self) {
        self.must_change = false;
    }

    /// Refuses what the role may not do, and everything while the passphrase is a temporary one.
    ///
    /// # Errors
    /// [`Code::NotAllowed`], [`Code::PassphraseMustChange`].
    pub fn require(&self, ability: Ability) -> Result<()> {
        if self.must_change {
            return Err(ApiError::new(
                Code::PassphraseMustChange,
                "the temporary passphrase must be changed first",
            ));
        }
        if self.person.role.may(ability) {
            Ok(())
        } else {
            let name = serde_json::to_value(ability)?;
            Err(ApiError::field(
                Code::NotAllowed,
                name.as_str().unwrap_or_default(),
                "the role does not allow it",
            ))
        }
    }

    pub(super) fn team_id(&self) -> Uuid {
        self.opened.vault_id()
    }

    pub(super) fn team(&self) -> Result<TeamState> {
        registry::get(&self.conn, self.team_id())?
            .ok_or_else(|| ApiError::new(Code::DatabaseDamaged, "the team's profile is missing"))
    }

    pub(super) fn devices(&self) -> Result<Vec<(Uuid, DeviceState)>> {
        Ok(registry::all(&self.conn, EntityKind::Device)?)
    }

    pub(super) fn device_state(&self) -> Result<DeviceState> {
        registry::get(&self.conn, self.device.id)?.ok_or_else(|| {
            ApiError::new(
                Code::DatabaseDamaged,
                "this device is missing from the registry",
            )
        })
    }

    pub(super) fn device_keys(&self) -> Result<BTreeMap<Uuid, VerifyingKey>> {
        let devices = self.devices()?;
        Ok(devices
            .into_iter()
            .filter_map(|(id, device)| Some((id, verifying_key(&device.public_key)?)))
            .collect())
    }

    /// Names of the people, those who left included.
    pub(super) fn names(&self) -> Result<BTreeMap<Uuid, String>> {
        let people = registry::all::<PersonState>(&self.conn, EntityKind::Person)?;
        Ok(people
            .into_iter()
            .map(|(id, person)| (id, person.name))
            .collect())
    }
}

fn verifying_key(hex: &str) -> Option<VerifyingKey> {
    let mut bytes = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    VerifyingKey::from_bytes(&bytes).ok()
}

/// This database's device: made at the first opening, its secret kept in the encrypted database.
fn device(conn: &Connection) -> Result<DeviceKey> {
    let (id, secret) = (
        sealed::get(conn, DEVICE_ID)?,
        sealed::get(conn, DEVICE_SECRET)?,
    );
    if let (Some(id), Some(secret)) = (id, secret) {
        let damaged = |_| {
            ApiError::new(
                Code::DatabaseDamaged,
                "the device's key has the wrong length",
            )
        };
        let id = Uuid::from_slice(&id)
            .map_err(|_| ApiError::new(Code::DatabaseDamaged, "the device has no id"))?;
        let secret: [u8; 32] = secret.as_slice().try_into().map_err(damaged)?;
        return Ok(DeviceKey::new(id, &Zeroizing::new(secret)));
    }
    let mut secret = Zeroizing::new([0; 32]);
    getrandom::fill(secret.as_mut_slice())
        .map_err(|_| ApiError::new(Code::Internal, "no randomness"))?;
    let id = Uuid::now_v7();
    sealed::keep(conn, DEVICE_ID, id.as_bytes())?;
    sealed::keep(conn, DEVICE_SECRET, secret.as_slice())?;
    Ok(DeviceKey::new(id, &secret))
}
