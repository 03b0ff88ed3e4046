//! What only a lead does with the vault: people, recovery key, rotation of the keys.

use uuid::Uuid;

use super::file::{Body, SLOT_LIMIT};
use super::slot::{Holder, Slot};
use super::{Keyring, Opened, Passphrase, RecoveryKey, VaultError, check_name};
use crate::domain::people::Role;

/// An open vault in the hands of a lead, or of the recovery key.
#[derive(Debug)]
pub struct Lead<'a> {
    pub(super) opened: &'a mut Opened,
}

/// Why the keys are renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// The user leaves; the access is gone at once.
    Remove(Uuid),
    /// The user keeps an access with a narrower role.
    Narrow(Uuid, Role),
    /// Nobody leaves: only new keys.
    Nobody,
}

impl Lead<'_> {
    /// Lets somebody in with a passphrase that they must change.
    pub fn add_user(
        &mut self,
        user: Uuid,
        name: &str,
        role: Role,
        temporary: &Passphrase,
    ) -> Result<(), VaultError> {
        let mut body = self.settled_body()?;
        let name = free_name(&body, name, user)?;
        if body.slot_of(user).is_some() {
            return Err(VaultError::UserExists);
        }
        if body.slots.len() >= SLOT_LIMIT {
            return Err(VaultError::TooManyUsers);
        }
        let slot = self.temporary_slot(&body, Holder::User { user, name, role }, temporary)?;
        body.slots.push(slot);
        self.opened.save(body)
    }

    /// Gives somebody who forgot theirs a passphrase that they must change.
    pub fn reset_passphrase(
        &mut self,
        user: Uuid,
        temporary: &Passphrase,
    ) -> Result<(), VaultError> {
        self.refuse_own(user)?;
        let mut body = self.settled_body()?;
        let holder = body
            .slot_of(user)
            .ok_or(VaultError::UnknownUser)?
            .holder
            .clone();
        let slot = self.temporary_slot(&body, holder, temporary)?;
        *body.slot_of_mut(user).ok_or(VaultError::UnknownUser)? = slot;
        self.opened.save(body)
    }

    /// Changes the name on the unlock screen.
    pub fn rename(&mut self, user: Uuid, new_name: &str) -> Result<(), VaultError> {
        let mut body = self.settled_body()?;
        let new_name = free_name(&body, new_name, user)?;
        let vault_id = body.vault_id;
        let slot = body.slot_of_mut(user).ok_or(VaultError::UnknownUser)?;
        if let Holder::User { name, .. } = &mut slot.holder {
            *name = new_name;
        }
        slot.vouch(vault_id, &self.opened.keyring)?;
        self.opened.save(body)
    }

    /// Gives somebody a wider role. A narrower one is a [`Withdrawal`].
    pub fn widen_role(&mut self, user: Uuid, role: Role) -> Result<(), VaultError> {
        let mut body = self.settled_body()?;
        if role
            < body
                .slot_of(user)
                .ok_or(VaultError::UnknownUser)?
                .holder
                .role()
        {
            return Err(VaultError::RotationNeeded);
        }
        set_role(&mut body, user, role, &self.opened.keyring)?;
        self.opened.save(body)
    }

    /// Changes the team's name on the unlock screen.
    pub fn rename_team(&mut self, team_name: &str) -> Result<(), VaultError> {
        let mut body = self.opened.body.clone();
        body.team_name = check_name(team_name)?;
        self.opened.save(body)
    }

    /// Puts a new recovery key in the place of the old one, which opens nothing any more.
    pub fn renew_recovery_key(&mut self, recovery: &RecoveryKey) -> Result<(), VaultError> {
        let mut body = self.settled_body()?;
        let (cost, keyring) = (self.opened.cost, &self.opened.keyring);
        let slot = Slot::new(
            body.vault_id,
            Holder::Recovery,
            recovery.secret(),
            cost,
            keyring,
        )?;
        let old = body.recovery().map(|slot| slot.id);
        body.slots.retain(|slot| Some(slot.id) != old);
        if old == Some(self.opened.slot) {
            self.opened.slot = slot.id;
        }
        body.slots.push(slot);
        self.opened.save(body)
    }

    /// Step 1 of a rotation: every remaining access gets the new keys beside the current ones, and
    /// somebody removed is out at once. When this returns without error the three files are on disk,
    /// and the caller re-seals its blobs, rekeys the database to [`Opened::next`], then finishes.
    pub fn begin_rotation(&mut self, withdrawal: Withdrawal) -> Result<(), VaultError> {
        let mut body = self.settled_body()?;
        match withdrawal {
            Withdrawal::Remove(user) => {
                self.refuse_withdrawal(&body, user)?;
                body.slots.retain(|slot| slot.holder.user() != Some(user));
            }
            Withdrawal::Narrow(user, role) => {
                self.refuse_withdrawal(&body, user)?;
                set_role(&mut body, user, role, &self.opened.keyring)?;
            }
            Withdrawal::Nobody => {}
        }
        let next = Keyring::random()?;
        for slot in &mut body.slots {
            slot.sealed_next = Some(slot.seal(body.vault_id, &next)?);
        }
        self.opened.save(body)?;
        self.opened.next = Some(next);
        self.resume_rotation()
    }

    /// After a kill between the steps: makes sure that all three files know the new keys, without
    /// which rekeying the database could leave a copy that opens nothing.
    pub fn resume_rotation(&mut self) -> Result<(), VaultError> {
        if self.opened.next.is_none() {
            return Err(VaultError::NoRotation);
        }
        if !self.opened.is_mirrored() {
            let body = self.opened.body.clone();
            self.opened.save(body)?;
        }
        if self.opened.is_mirrored() {
            Ok(())
        } else {
            Err(VaultError::io("write the vault's copies")(
                std::io::Error::other("not all could be written"),
            ))
        }
    }

    /// Step 3, once the database answers to the new key: the new keys become the current ones.
    pub fn finish_rotation(&mut self) -> Result<(), VaultError> {
        let next = self.opened.next.clone().ok_or(VaultError::NoRotation)?;
        let mut body = self.opened.body.clone();
        for slot in &mut body.slots {
            slot.sealed = slot.sealed_next.take().ok_or(VaultError::Tampered)?;
            slot.vouch(body.vault_id, &next)?;
        }
        let current = std::mem::replace(&mut self.opened.keyring, next);
        match self.opened.save(body) {
            Ok(()) => {
                self.opened.next = None;
                Ok(())
            }
            Err(error) => {
                self.opened.keyring = current;
                Err(error)
            }
        }
    }

    /// The file's content, unless a rotation waits: its slots must not change under it.
    fn settled_body(&self) -> Result<Body, VaultError> {
        if self.opened.body.rotating() {
            return Err(VaultError::RotationPending);
        }
        Ok(self.opened.body.clone())
    }

    fn temporary_slot(
        &self,
        body: &Body,
        holder: Holder,
        temporary: &Passphrase,
    ) -> Result<Slot, VaultError> {
        let (cost, keyring) = (self.opened.cost, &self.opened.keyring);
        let slot = Slot::new(body.vault_id, holder, temporary.secret(), cost, keyring)?;
        Ok(Slot {
            must_change: true,
            ..slot
        })
    }

    fn refuse_own(&self, user: Uuid) -> Result<(), VaultError> {
        match self.opened.access() {
            Some(own) if own.user == user => Err(VaultError::OwnAccess),
            _ => Ok(()),
        }
    }

    fn refuse_withdrawal(&self, body: &Body, user: Uuid) -> Result<(), VaultError> {
        let people = body.people();
        if !people.iter().any(|access| access.user == user) {
            return Err(VaultError::UnknownUser);
        }
        if !people
            .iter()
            .any(|access| access.role == Role::Lead && access.user != user)
        {
            return Err(VaultError::LastLead);
        }
        self.refuse_own(user)
    }
}

fn set_role(
    body: &mut Body,
    user: Uuid,
    new_role: Role,
    keyring: &Keyring,
) -> Result<(), VaultError> {
    let vault_id = body.vault_id;
    let slot = body.slot_of_mut(user).ok_or(VaultError::UnknownUser)?;
    if let Holder::User { role, .. } = &mut slot.holder {
        *role = new_role;
    }
    slot.sealed = slot.seal(vault_id, keyring)?;
    slot.vouch(vault_id, keyring)
}

/// The name as it will stand, if nobody else bears it.
fn free_name(body: &Body, name: &str, user: Uuid) -> Result<String, VaultError> {
    let name = check_name(name)?;
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    let taken = body
        .people()
        .iter()
        .any(|access| access.user != user && same(&access.name));
    if taken {
        Err(VaultError::NameTaken)
    } else {
        Ok(name)
    }
}
