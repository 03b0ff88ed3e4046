//! The team's profile, settings and public key.

use super::commit::word;
use super::commit::{fields_of, sets};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::team_key::key_end;
use super::view::{Face, SessionView, Settings};
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::people::Ability;
use crate::domain::team::TeamProfile;
use crate::journal::Scope;

/// Minutes before an idle vault locks: shortest and longest.
const LOCK_MINUTES: std::ops::RangeInclusive<u32> = 1..=120;
/// Words of a team's list, and characters of a word.
const LIST_LIMIT: usize = 100;
const WORD_LIMIT_CHARS: usize = 80;

impl Default for Settings {
    fn default() -> Self {
        let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect();
        Self {
            lock_after_minutes: 15,
            tags: Vec::new(),
            expected_services: words(&[
                "Qualifier l’événement",
                "Dire les premières mesures",
                "Trouver un prestataire",
                "Aider aux notifications",
                "Suivre la reprise",
            ]),
            reorientations: Vec::new(),
            hold_seconds: 10,
            four_eyes: false,
            tlp_outside: false,
        }
    }
}

impl Session {
    /// What the window shows of the session.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn view(&self) -> Result<SessionView> {
        let team = self.team()?;
        let certificate = self.team_key()?.certificate;
        let now = self.now();
        Ok(SessionView {
            kind: self.kind(),
            person: self.person().clone(),
            abilities: Ability::ALL
                .into_iter()
                .filter(|ability| self.person().role.may(*ability))
                .collect(),
            must_change_passphrase: self.must_change(),
            profile: team.profile,
            settings: team.settings,
            people: self.opened().people().into_iter().map(Face::from).collect(),
            key_fingerprint: certificate.fingerprint().grouped(),
            key_end: key_end(&certificate, now),
            device: self.device_state()?.name,
            notices: self.notices().to_vec(),
        })
    }

    /// Changes the team's profile.
    ///
    /// # Errors
    /// Not a lead, a wrong field.
    pub fn set_profile(&mut self, profile: &TeamProfile) -> Result<()> {
        self.require(Ability::ManageTeam)?;
        check_profile(profile)?;
        if self.team()?.profile.full_name != profile.full_name {
            self.opened_mut()
                .as_lead()?
                .rename_team(&profile.full_name)?;
        }
        self.set_team_fields("profile", profile)
    }

    /// Changes the team's settings.
    ///
    /// # Errors
    /// Not a lead, a delay or a list out of bounds.
    pub fn set_settings(&mut self, settings: &Settings) -> Result<()> {
        self.require(Ability::ManageTeam)?;
        if !LOCK_MINUTES.contains(&settings.lock_after_minutes) {
            return Err(ApiError::field(
                Code::Invalid,
                "lock_after_minutes",
                "1 to 120 minutes",
            ));
        }
        for (field, list) in [
            ("tags", &settings.tags),
            ("expected_services", &settings.expected_services),
            ("reorientations", &settings.reorientations),
        ] {
            if list.len() > LIST_LIMIT
                || list
                    .iter()
                    .any(|word| word.chars().count() > WORD_LIMIT_CHARS)
            {
                return Err(ApiError::field(
                    Code::TooLong,
                    field,
                    "100 words of 80 characters",
                ));
            }
        }
        self.set_team_fields("settings", settings)
    }

    fn set_team_fields(&mut self, prefix: &str, value: &impl serde::Serialize) -> Result<()> {
        let team = Entity {
            kind: EntityKind::Team,
            id: self.team_id(),
        };
        self.commit(Scope::Registry, sets(team, fields_of(prefix, value, 1)?))?;
        Ok(())
    }

    /// The team's public key, armoured: the one in force.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn export_key(&self) -> Result<String> {
        let certificate = self.team_key()?.certificate;
        Ok(certificate.armoured()?)
    }
}

pub(super) fn check_profile(profile: &TeamProfile) -> Result<()> {
    match profile.check().into_iter().next() {
        None => Ok(()),
        Some(error) => Err(ApiError::field(
            Code::Invalid,
            format!("profile.{}", error.field),
            word(&error.problem),
        )),
    }
}
