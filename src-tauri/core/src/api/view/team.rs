//! The session, the team, its people.

use super::team_key::KeyEnd;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::domain::people::{Ability, Role};
use crate::domain::team::TeamProfile;
use crate::vault::VaultKind;

/// Somebody of the team as the unlock screen shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Face {
    /// Identifier of the person.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// The open vault as its user sees it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SessionView {
    /// Real or demonstration.
    pub kind: VaultKind,
    /// Who is at the keyboard.
    pub person: Face,
    /// What they may do.
    pub abilities: Vec<Ability>,
    /// The passphrase is a temporary one: it must be changed first.
    pub must_change_passphrase: bool,
    /// The team.
    pub profile: TeamProfile,
    /// The team's settings.
    pub settings: Settings,
    /// The team's people, for names and assignment.
    pub people: Vec<Face>,
    /// Fingerprint of the team's key in groups of four.
    pub key_fingerprint: String,
    /// That the key is at its end, or near it; nothing for a key that lives on.
    pub key_end: Option<KeyEnd>,
    /// Name of this workstation.
    pub device: String,
    /// Something to be told once after opening, by code ("vault_copy_repaired", "clock_behind").
    pub notices: Vec<String>,
}

/// The team's settings, shared by all its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Minutes without a key or a movement before the vault locks, 1 to 120.
    pub lock_after_minutes: u32,
    /// Words the team puts on cases.
    pub tags: Vec<String>,
    /// Services that a caller may expect (item 10).
    pub expected_services: Vec<String>,
    /// Where a caller out of scope is sent to, beyond the built-in ones.
    pub reorientations: Vec<String>,
    /// Seconds in which a mail that was told to leave can be taken back, 0 to 120.
    pub hold_seconds: u32,
    /// A second person looks at each mail before it leaves.
    pub four_eyes: bool,
    /// The marking stands in the subject that servers see, too: it tells them how sensitive a mail is.
    pub tlp_outside: bool,
}

/// A person as the lead manages them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonView {
    /// Who.
    pub face: Face,
    /// Holds a temporary passphrase still.
    pub must_change_passphrase: bool,
    /// What their role may do.
    pub abilities: Vec<Ability>,
    /// What their slot opens: "database", "mail", "documents".
    pub holds: Vec<String>,
}

/// A person who was added, or whose passphrase was reset.
#[derive(Clone, Serialize, TS)]
pub struct TemporaryAccess {
    /// Who.
    pub face: Face,
    /// To be told in person; changed at the first unlock.
    pub passphrase: String,
}
