//! The people of the team: who they are, what they may do, what their slot opens.

use rand::TryRngCore as _;
use rand::rngs::OsRng;
use serde_json::Value;
use uuid::Uuid;

use super::commit::fields_of;
use super::error::{ApiError, Code, Result};
use super::opening::strong_passphrase;
use super::session::{PersonState, Session};
use super::view::{Face, PersonView, TemporaryAccess};
use crate::domain::entity::EntityKind;
use crate::domain::people::{Ability, Role};
use crate::journal::{Change, Scope};
use crate::vault::{self, GENERATED_WORDS, Passphrase, Withdrawal};

impl Session {
    /// Everybody of the team, by name.
    ///
    /// # Errors
    /// None today; kept for the day when people come from elsewhere.
    pub fn people(&self) -> Result<Vec<PersonView>> {
        let people = self.opened().people().into_iter().map(|access| {
            let role = access.role;
            PersonView {
                must_change_passphrase: access.must_change,
                abilities: Ability::ALL
                    .into_iter()
                    .filter(|ability| role.may(*ability))
                    .collect(),
                holds: held_by(role),
                face: access.into(),
            }
        });
        Ok(people.collect())
    }

    /// Changes one's own passphrase.
    ///
    /// # Errors
    /// A wrong current one, a weak new one.
    pub fn change_passphrase(&mut self, current: &str, next: &str) -> Result<()> {
        let next = strong_passphrase(next, &[&self.person().name])?;
        let (current, now) = (Passphrase::new(current)?, self.now());
        self.opened_mut().change_passphrase(&current, &next, now)?;
        self.passphrase_was_changed();
        Ok(())
    }

    /// Lets somebody in, with a passphrase to be told in person and changed at the first unlock.
    ///
    /// # Errors
    /// Not a lead, a name that is taken or wrong.
    pub fn add_person(&mut self, name: &str, role: Role) -> Result<TemporaryAccess> {
        self.require(Ability::ManagePeople)?;
        let (id, passphrase) = (Uuid::now_v7(), temporary_passphrase());
        self.opened_mut()
            .as_lead()?
            .add_user(id, name, role, &Passphrase::new(&passphrase)?)?;
        let face = self.face(id)?;
        let state = PersonState {
            name: face.name.clone(),
            role,
            removed: false,
        };
        let fields = fields_of("", &state, 1)?;
        self.commit(
            Scope::Registry,
            vec![Change::new(EntityKind::Person, id, fields)],
        )?;
        Ok(TemporaryAccess {
            face,
            passphrase: passphrase.to_string(),
        })
    }

    /// Changes somebody's name or role. A narrower role renews every key, as the old ones were in that person's hands.
    ///
    /// # Errors
    /// Not a lead, the last lead, oneself.
    pub fn change_person(&mut self, id: Uuid, name: &str, role: Role) -> Result<()> {
        self.require(Ability::ManagePeople)?;
        let before = self.face(id)?;
        if before.name != name {
            self.opened_mut().as_lead()?.rename(id, name)?;
        }
        if role < before.role {
            self.opened_mut()
                .as_lead()?
                .begin_rotation(Withdrawal::Narrow(id, role))?;
            self.renew_keys()?;
        } else if role > before.role {
            self.opened_mut().as_lead()?.widen_role(id, role)?;
        }
        let after = self.face(id)?;
        let role = serde_json::to_value(after.role)?;
        self.commit(
            Scope::Registry,
            vec![
                Change::set(EntityKind::Person, id, "name", after.name),
                Change::set(EntityKind::Person, id, "role", role),
            ],
        )?;
        Ok(())
    }

    /// Gives somebody who forgot theirs a temporary passphrase.
    ///
    /// # Errors
    /// Not a lead, oneself.
    pub fn reset_person(&mut self, id: Uuid) -> Result<TemporaryAccess> {
        self.require(Ability::ManagePeople)?;
        let passphrase = temporary_passphrase();
        self.opened_mut()
            .as_lead()?
            .reset_passphrase(id, &Passphrase::new(&passphrase)?)?;
        Ok(TemporaryAccess {
            face: self.face(id)?,
            passphrase: passphrase.to_string(),
        })
    }

    /// Takes somebody's access away and renews every key. Their name stays in the journal.
    ///
    /// # Errors
    /// Not a lead, the last lead, oneself.
    pub fn remove_person(&mut self, id: Uuid) -> Result<()> {
        self.require(Ability::ManagePeople)?;
        self.opened_mut()
            .as_lead()?
            .begin_rotation(Withdrawal::Remove(id))?;
        self.renew_keys()?;
        self.commit(
            Scope::Registry,
            vec![Change::set(
                EntityKind::Person,
                id,
                "removed",
                Value::Bool(true),
            )],
        )?;
        Ok(())
    }

    fn face(&self, id: Uuid) -> Result<Face> {
        let found = self
            .opened()
            .people()
            .into_iter()
            .find(|access| access.user == id);
        found
            .map(Face::from)
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such person"))
    }
}

/// What a role's slot opens, for the eye; the keyring decides.
fn held_by(role: Role) -> Vec<String> {
    let names: &[&str] = match role {
        Role::Operator => &["database"],
        Role::Analyst => &["database", "mail"],
        Role::Lead => &["database", "mail", "documents"],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn temporary_passphrase() -> zeroize::Zeroizing<String> {
    let mut rng = OsRng.unwrap_err();
    vault::generate(GENERATED_WORDS, &mut rng)
}
