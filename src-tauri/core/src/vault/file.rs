//! The vault file: versioned JSON that a person can read, with a checksum and a MAC.

use hkdf::hmac::Mac;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

use super::slot::{Bytes, Holder, Slot};
use super::{Access, Key, VaultError};

/// The format written by this version.
const FORMAT: u32 = 1;
/// Room for the most users with room to spare; a longer file is not ours.
pub(super) const FILE_LIMIT_BYTES: u64 = 1024 * 1024;
/// More people than a regional team will ever have.
pub(super) const SLOT_LIMIT: usize = 200;

/// What the vault is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VaultKind {
    /// The team's cases.
    Real,
    /// Invented cases, to explore; marked as such on every screen.
    Demo,
}

/// What checksum and MAC cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub vault_id: Uuid,
    pub kind: VaultKind,
    pub team_name: String,
    /// Counts the writings, so that the newer of two good copies is known.
    pub generation: u64,
    pub slots: Vec<Slot>,
}

/// A file read back, its checksum good, its MAC not yet checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VaultFile {
    format: u32,
    pub body: Body,
    /// HMAC-SHA-256 under a key derived from the database key: tampering, found at unlocking.
    mac: Bytes,
    /// SHA-256 of body and MAC: damage, found before unlocking.
    checksum: Bytes,
}

/// Why bytes are not a vault file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    Damaged,
    Newer(u32),
}

#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

impl Body {
    fn text(&self) -> Result<Vec<u8>, VaultError> {
        serde_json::to_vec(self).map_err(|_| VaultError::Cryptography("canonical text"))
    }

    /// The file of this body, authenticated with the database key.
    pub fn to_file(&self, database: &Key) -> Result<VaultFile, VaultError> {
        let text = self.text()?;
        let mac = database
            .authenticate(self.vault_id, MAC_PURPOSE, &text)?
            .finalize()
            .into_bytes();
        Ok(VaultFile {
            format: FORMAT,
            body: self.clone(),
            mac: Bytes(mac.to_vec()),
            checksum: Bytes(checksum(&text, &mac)),
        })
    }

    pub fn slot(&self, id: Uuid) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == id)
    }

    pub fn slot_of(&self, user: Uuid) -> Option<&Slot> {
        self.slots
            .iter()
            .find(|slot| slot.holder.user() == Some(user))
    }

    pub fn slot_of_mut(&mut self, user: Uuid) -> Option<&mut Slot> {
        self.slots
            .iter_mut()
            .find(|slot| slot.holder.user() == Some(user))
    }

    pub fn recovery(&self) -> Option<&Slot> {
        self.slots
            .iter()
            .find(|slot| slot.holder == Holder::Recovery)
    }

    /// The same vault with the recovery access alone: the side file.
    pub fn recovery_only(&self) -> Self {
        Self {
            slots: self.recovery().cloned().into_iter().collect(),
            ..self.clone()
        }
    }

    /// Those who may open, by name.
    pub fn people(&self) -> Vec<Access> {
        let mut people: Vec<Access> = self.slots.iter().filter_map(Access::of).collect();
        people.sort_by_key(|access| access.name.to_lowercase());
        people
    }

    /// Whether a rotation was begun and not finished.
    pub fn rotating(&self) -> bool {
        self.slots.iter().any(|slot| slot.sealed_next.is_some())
    }
}

impl VaultFile {
    /// Reads a file and its checksum.
    pub fn parse(bytes: &[u8]) -> Result<Self, Flaw> {
        let format: FormatOnly = serde_json::from_slice(bytes).map_err(|_| Flaw::Damaged)?;
        if format.format > FORMAT {
            return Err(Flaw::Newer(format.format));
        }
        let file: Self = serde_json::from_slice(bytes).map_err(|_| Flaw::Damaged)?;
        let text = file.body.text().map_err(|_| Flaw::Damaged)?;
        let good = file.format == FORMAT
            && file.body.slots.len() <= SLOT_LIMIT
            && file.checksum.0 == checksum(&text, &file.mac.0);
        if good { Ok(file) } else { Err(Flaw::Damaged) }
    }

    /// The text on disk.
    pub fn to_bytes(&self) -> Result<Vec<u8>, VaultError> {
        let mut bytes = serde_json::to_vec_pretty(self)
            .map_err(|_| VaultError::Cryptography("canonical text"))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Fails unless somebody with the database key wrote the body.
    pub fn check_mac(&self, database: &Key) -> Result<(), VaultError> {
        database
            .authenticate(self.body.vault_id, MAC_PURPOSE, &self.body.text()?)?
            .verify_slice(&self.mac.0)
            .map_err(|_| VaultError::Tampered)
    }
}

const MAC_PURPOSE: &str = "relais vault file";

fn checksum(text: &[u8], mac: &[u8]) -> Vec<u8> {
    Sha256::new()
        .chain_update(text)
        .chain_update(mac)
        .finalize()
        .to_vec()
}
