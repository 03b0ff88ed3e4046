//! The vault: who may open the cases, and with which keys.
//!
//! A small file keeps one *slot* per user and one for the printed recovery key. A slot has a
//! symmetric half and an asymmetric one: the passphrase (Argon2id) unwraps an X25519 secret key,
//! and the keyring is sealed to its public key. A slot with the symmetric half alone would be
//! simpler, but then nobody could give a user new keys without knowing their passphrase: removing
//! one person would mean resetting everybody.
//!
//! What a role cannot do is held by what its slot does not contain ([`Keyring::for_role`]), not by
//! a field that says so. The file is authenticated with the database key, and each public key is
//! vouched for with the lead's key: whoever opens the database but is no lead can spoil the file,
//! but cannot get the lead's or the mail key sealed to themselves at the next rotation.
//!
//! The files `vault` and `vault.copy` are the same; `recovery` holds the recovery slot alone, so that
//! the printed key still opens when both are gone. In clear they show the team's name, the users'
//! names and roles, which the unlock screen needs, and nothing of any case.
//!
//! Not guarded against: somebody who can replace the whole folder, or the program itself, can put a
//! vault of their own in its place. Full-disk encryption and the machine's accounts are for that.

mod attempts;
mod error;
mod file;
mod kdf;
mod key;
mod lead;
mod lock;
mod opened;
mod passphrase;
mod recovery;
mod slot;
mod store;
mod strength;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use crypto_box::SecretKey;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::domain::people::Role;
use attempts::Attempts;
use file::{Body, VaultFile};
use slot::{Holder, Slot};

pub use error::VaultError;
pub use file::VaultKind;
pub use kdf::KdfCost;
pub use key::{Key, Keyring};
pub use lead::{Lead, Withdrawal};
pub use lock::InstanceLock;
pub use opened::Opened;
pub use passphrase::{
    GENERATED_WORDS, PASSPHRASE_LIMIT_BYTES, Passphrase, bits_per_word, generate,
};
pub use recovery::{Mistyped, RECOVERY_GROUPS, RecoveryKey};
pub use store::{FileState, Health};
pub use strength::{Hint, Strength, Verdict, strength};

/// The longest name of a user or team.
pub const NAME_LIMIT_CHARS: usize = 100;

/// Somebody who may open the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The user's identifier.
    pub user: Uuid,
    /// The name on the unlock screen.
    pub name: String,
    /// What the access opens.
    pub role: Role,
    /// The passphrase was given by a lead and must be changed.
    pub must_change: bool,
}

impl Access {
    fn of(slot: &Slot) -> Option<Self> {
        match &slot.holder {
            Holder::User { user, name, role } => Some(Self {
                user: *user,
                name: name.clone(),
                role: *role,
                must_change: slot.must_change,
            }),
            Holder::Recovery => None,
        }
    }
}

/// What a new vault starts with.
#[derive(Clone, Copy, Debug)]
pub struct Founding<'a> {
    /// Real or demo.
    pub kind: VaultKind,
    /// The team's name on the unlock screen.
    pub team_name: &'a str,
    /// The first lead.
    pub lead: FirstLead<'a>,
}

/// The lead that a new or rebuilt vault knows.
#[derive(Clone, Copy, Debug)]
pub struct FirstLead<'a> {
    /// The user's identifier.
    pub user: Uuid,
    /// The name on the unlock screen.
    pub name: &'a str,
    /// Chosen by the lead in person.
    pub passphrase: &'a Passphrase,
}

/// What can be seen of a vault before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The vault's identifier.
    pub vault_id: Uuid,
    /// Real or demo.
    pub kind: VaultKind,
    /// The team's name.
    pub team_name: String,
    /// Who may open, by name.
    pub people: Vec<Access>,
    /// How the files were found.
    pub health: Health,
}

/// The vault of one folder. Holds no secret and no state: the folder is read at each call.
#[derive(Clone, Debug)]
pub struct Vault {
    dir: PathBuf,
    cost: KdfCost,
}

impl Vault {
    /// The vault of this folder.
    #[must_use]
    pub fn at(dir: &Path) -> Self {
        Self::at_cost(dir, KdfCost::PRODUCT)
    }

    /// The same with another cost for passphrases set from now on: tests need a cheap one.
    #[must_use]
    pub fn at_cost(dir: &Path, cost: KdfCost) -> Self {
        Self {
            dir: dir.to_owned(),
            cost,
        }
    }

    /// Whether the folder holds a vault, whole or damaged.
    #[must_use]
    pub fn exists(&self) -> bool {
        store::any(&self.dir)
    }

    /// Makes the vault, with new keys, one lead and the recovery key.
    pub fn create(
        &self,
        founding: Founding<'_>,
        recovery: &RecoveryKey,
    ) -> Result<Opened, VaultError> {
        let team_name = check_name(founding.team_name)?;
        store::make_folder(&self.dir)?;
        if self.exists() {
            return Err(VaultError::AlreadyExists);
        }
        let vault_id = Uuid::now_v7();
        let keyring = Keyring::random()?;
        let lead = self.lead_slot(vault_id, founding.lead, &keyring)?;
        let recovery = Slot::new(
            vault_id,
            Holder::Recovery,
            recovery.secret(),
            self.cost,
            &keyring,
        )?;
        let own = lead.id;
        let body = Body {
            vault_id,
            kind: founding.kind,
            team_name,
            generation: 1,
            slots: vec![lead, recovery],
        };
        let mirrored = store::write(&self.dir, &body, &keyring.database)?;
        Ok(Opened::written(
            self.dir.clone(),
            self.cost,
            body,
            own,
            keyring,
            None,
            mirrored,
        ))
    }

    /// What the unlock screen shows.
    pub fn look(&self) -> Result<Closed, VaultError> {
        let (file, health) = store::read(&self.dir)?;
        let people = file.body.people();
        let Body {
            vault_id,
            kind,
            team_name,
            ..
        } = file.body;
        Ok(Closed {
            vault_id,
            kind,
            team_name,
            people,
            health,
        })
    }

    /// Opens with a user's passphrase. Counts the attempt, and makes wait after too many.
    pub fn open(
        &self,
        user: Uuid,
        passphrase: &Passphrase,
        now: DateTime<Utc>,
    ) -> Result<Opened, VaultError> {
        let (file, health) = store::read(&self.dir)?;
        let slot = file
            .body
            .slot_of(user)
            .cloned()
            .ok_or(VaultError::UnknownUser)?;
        Attempts::begin(&self.dir, now)?;
        let secret_key = slot
            .unwrap(file.body.vault_id, passphrase.secret())?
            .ok_or(VaultError::WrongPassphrase)?;
        Attempts::clear(&self.dir);
        Opened::open(
            self.dir.clone(),
            self.cost,
            file,
            &slot,
            &secret_key,
            health,
        )
    }

    /// Seconds until the next passphrase may be tried.
    #[must_use]
    pub fn wait_seconds(&self, now: DateTime<Utc>) -> u64 {
        Attempts::read(&self.dir).wait_seconds(now)
    }

    /// Opens with the printed recovery key, as a lead without a name. Never made to wait: 135 random
    /// bits need no delay, and a lead locked out by somebody else's guesses has this way in.
    pub fn open_with_recovery(&self, recovery: &RecoveryKey) -> Result<Opened, VaultError> {
        let (file, health) = store::read(&self.dir)?;
        let slot = file.body.recovery().cloned().ok_or(VaultError::Tampered)?;
        let secret_key = slot
            .unwrap(file.body.vault_id, recovery.secret())?
            .ok_or(VaultError::WrongRecoveryKey)?;
        Opened::open(
            self.dir.clone(),
            self.cost,
            file,
            &slot,
            &secret_key,
            health,
        )
    }

    /// Makes the vault files anew from the recovery slot, when both copies are gone or tampered with:
    /// same keys, one lead, nobody else. Everything written before is replaced.
    pub fn rebuild(
        &self,
        recovery: &RecoveryKey,
        lead: FirstLead<'_>,
    ) -> Result<Opened, VaultError> {
        let files = store::read_whole(&self.dir)?;
        if files.is_empty() {
            return Err(if self.exists() {
                VaultError::Damaged { recovery: false }
            } else {
                VaultError::Missing
            });
        }
        let generation = files
            .iter()
            .map(|file| file.body.generation)
            .max()
            .unwrap_or_default();
        let (file, slot, keyring, next) = first_that_opens(&files, recovery)?;
        let vault_id = file.body.vault_id;
        let mut lead = self.lead_slot(vault_id, lead, &keyring)?;
        if let Some(next) = &next {
            lead.sealed_next = Some(lead.seal(vault_id, next)?);
        }
        let own = lead.id;
        let body = Body {
            generation: generation.saturating_add(1),
            slots: vec![lead, slot.clone()],
            ..file.body.clone()
        };
        let mirrored = store::write(&self.dir, &body, &keyring.database)?;
        Attempts::clear(&self.dir);
        Ok(Opened::written(
            self.dir.clone(),
            self.cost,
            body,
            own,
            keyring,
            next,
            mirrored,
        ))
    }

    fn lead_slot(
        &self,
        vault_id: Uuid,
        lead: FirstLead<'_>,
        keyring: &Keyring,
    ) -> Result<Slot, VaultError> {
        let holder = Holder::User {
            user: lead.user,
            name: check_name(lead.name)?,
            role: Role::Lead,
        };
        Slot::new(
            vault_id,
            holder,
            lead.passphrase.secret(),
            self.cost,
            keyring,
        )
    }
}

type Recovered<'a> = (&'a VaultFile, &'a Slot, Keyring, Option<Keyring>);

/// The first file whose recovery slot opens and proves genuine; else the last reason why not.
fn first_that_opens<'a>(
    files: &'a [VaultFile],
    recovery: &RecoveryKey,
) -> Result<Recovered<'a>, VaultError> {
    let mut reason = VaultError::WrongRecoveryKey;
    for file in files {
        let Some(slot) = file.body.recovery() else {
            continue;
        };
        let secret_key: Option<SecretKey> = slot.unwrap(file.body.vault_id, recovery.secret())?;
        let Some(secret_key) = secret_key else {
            continue;
        };
        match opened::unseal(file, slot, &secret_key) {
            Ok((keyring, next)) => return Ok((file, slot, keyring, next)),
            Err(error) => reason = error,
        }
    }
    Err(reason)
}

/// The name as it will stand: trimmed, composed, of a sane length, on one line.
fn check_name(name: &str) -> Result<String, VaultError> {
    // Measured before it is copied: a pasted book is turned away at once.
    let fits = name.chars().nth(4 * NAME_LIMIT_CHARS).is_none();
    let name: String = if fits {
        name.trim().nfc().collect()
    } else {
        String::new()
    };
    let good = (1..=NAME_LIMIT_CHARS).contains(&name.chars().count())
        && !name.chars().any(char::is_control);
    if good {
        Ok(name)
    } else {
        Err(VaultError::InvalidName)
    }
}
