//! A vault that somebody opened.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use crypto_box::SecretKey;
use uuid::Uuid;

use super::attempts::Attempts;
use super::file::{Body, VaultFile, VaultKind};
use super::slot::Slot;
use super::store::{self, Health};
use super::{Access, KdfCost, Key, Keyring, Lead, Passphrase, RecoveryKey, VaultError};

/// The open vault: the keys that the access holds, and what may be done with them.
#[derive(Debug)]
pub struct Opened {
    pub(super) dir: PathBuf,
    pub(super) cost: KdfCost,
    pub(super) body: Body,
    pub(super) slot: Uuid,
    pub(super) keyring: Keyring,
    pub(super) next: Option<Keyring>,
    found: Health,
    /// Whether all three files hold `body`.
    mirrored: bool,
}

impl Opened {
    /// Opens `slot` of `file`: whole chain, MAC and, for a lead, every voucher.
    pub(super) fn open(
        dir: PathBuf,
        cost: KdfCost,
        file: VaultFile,
        slot: &Slot,
        secret_key: &SecretKey,
        found: Health,
    ) -> Result<Self, VaultError> {
        let (keyring, next) = unseal(&file, slot, secret_key)?;
        let mut opened = Self {
            dir,
            cost,
            slot: slot.id,
            keyring,
            next,
            found,
            mirrored: found.is_good(),
            body: file.body,
        };
        if !opened.mirrored {
            opened.repair();
        }
        Ok(opened)
    }

    /// A vault just written.
    pub(super) fn written(
        dir: PathBuf,
        cost: KdfCost,
        body: Body,
        slot: Uuid,
        keyring: Keyring,
        next: Option<Keyring>,
        mirrored: bool,
    ) -> Self {
        use store::FileState::Good;
        let found = Health {
            vault: Good,
            copy: Good,
            recovery: Good,
        };
        Self {
            dir,
            cost,
            body,
            slot,
            keyring,
            next,
            found,
            mirrored,
        }
    }

    /// The keys that the access holds.
    #[must_use]
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The keys that a rotation under way will leave; some after a kill in its middle.
    #[must_use]
    pub fn next(&self) -> Option<&Keyring> {
        self.next.as_ref()
    }

    /// The keys to try the database with, in this order.
    pub fn database_keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.keyring)
            .chain(&self.next)
            .map(|keyring| &keyring.database)
    }

    /// Who opened; none if it was the recovery key.
    #[must_use]
    pub fn access(&self) -> Option<Access> {
        self.body.slot(self.slot).and_then(Access::of)
    }

    /// Everybody who may open, by name.
    #[must_use]
    pub fn people(&self) -> Vec<Access> {
        self.body.people()
    }

    /// The vault's identifier, the same for its whole life.
    #[must_use]
    pub fn vault_id(&self) -> Uuid {
        self.body.vault_id
    }

    /// Real or demo.
    #[must_use]
    pub fn kind(&self) -> VaultKind {
        self.body.kind
    }

    /// How the files were found at opening.
    #[must_use]
    pub fn found(&self) -> Health {
        self.found
    }

    /// Whether all files are whole now, those found damaged included.
    #[must_use]
    pub fn is_mirrored(&self) -> bool {
        self.mirrored
    }

    /// Changes one's own passphrase; the old one is asked for again, and counts as an attempt.
    pub fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        now: DateTime<Utc>,
    ) -> Result<(), VaultError> {
        let mut body = self.body.clone();
        let vault_id = body.vault_id;
        let own = body
            .slots
            .iter_mut()
            .find(|slot| slot.id == self.slot && slot.holder.user().is_some());
        let slot = own.ok_or(VaultError::UnknownUser)?;
        if old.secret() == new.secret() {
            return Err(VaultError::SamePassphrase);
        }
        Attempts::begin(&self.dir, now)?;
        let secret_key = slot
            .unwrap(vault_id, old.secret())?
            .ok_or(VaultError::WrongPassphrase)?;
        Attempts::clear(&self.dir);
        slot.wrap(vault_id, &secret_key, new.secret(), self.cost)?;
        slot.must_change = false;
        self.save(body)
    }

    /// Whether this is the recovery key that was printed for this vault.
    pub fn is_recovery_key(&self, recovery: &RecoveryKey) -> Result<bool, VaultError> {
        let slot = self.body.recovery().ok_or(VaultError::Tampered)?;
        let secret = slot.unwrap(self.body.vault_id, recovery.secret())?;
        Ok(secret.is_some())
    }

    /// Reads the file again, when another access of the same process wrote it.
    pub fn reread(&mut self) -> Result<(), VaultError> {
        let (file, _) = store::read(&self.dir)?;
        file.check_mac(&self.keyring.database)?;
        self.body = file.body;
        Ok(())
    }

    /// Says that the passphrase just used was chosen by the person, so that it need not be changed.
    pub fn keep_passphrase(&mut self) -> Result<(), VaultError> {
        let mut body = self.body.clone();
        let own = body.slots.iter_mut().find(|slot| slot.id == self.slot);
        own.ok_or(VaultError::UnknownUser)?.must_change = false;
        self.save(body)
    }

    /// The lead's own operations, for a lead or the recovery key.
    pub fn as_lead(&mut self) -> Result<Lead<'_>, VaultError> {
        if self.keyring.lead.is_some() {
            Ok(Lead { opened: self })
        } else {
            Err(VaultError::NotLead)
        }
    }

    /// Writes `body` as the next generation; on an error nothing has changed, neither here nor on disk.
    pub(super) fn save(&mut self, mut body: Body) -> Result<(), VaultError> {
        body.generation = body.generation.saturating_add(1);
        self.mirrored = store::write(&self.dir, &body, &self.keyring.database)?;
        self.body = body;
        Ok(())
    }

    /// Rewrites what was found damaged. A full disk is no reason not to open.
    pub(super) fn repair(&mut self) {
        match store::write(&self.dir, &self.body, &self.keyring.database) {
            Ok(mirrored) => self.mirrored = mirrored,
            Err(error) => tracing::warn!(%error, "the damaged vault file could not be rewritten"),
        }
    }
}

/// The keyrings of a slot, once file, slot and (for a lead) all vouchers prove genuine.
pub(super) fn unseal(
    file: &VaultFile,
    slot: &Slot,
    secret_key: &SecretKey,
) -> Result<(Keyring, Option<Keyring>), VaultError> {
    let vault_id = file.body.vault_id;
    let keyring = slot.unseal(vault_id, secret_key, &slot.sealed)?;
    file.check_mac(&keyring.database)?;
    if let Some(lead) = &keyring.lead {
        for slot in &file.body.slots {
            if !slot.is_vouched(vault_id, lead)? {
                return Err(VaultError::Tampered);
            }
        }
    }
    let next = slot
        .sealed_next
        .as_ref()
        .map(|sealed| slot.unseal(vault_id, secret_key, sealed));
    Ok((keyring, next.transpose()?))
}
