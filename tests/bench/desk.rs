//! The computer that is measured: a demonstration vault full of cases, and somebody who opens it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use relais_core::api::{Session, Workstation};
use relais_core::domain::people::Role;
use relais_core::vault::VaultKind;
use uuid::Uuid;

use crate::Outcome;
use crate::board::{Board, Goal};

/// Always the same cases.
const SEED: u64 = 2350;

/// A computer with its demonstration vault.
pub struct Desk {
    /// The computer.
    pub workstation: Workstation,
    /// Its data folder.
    pub folder: PathBuf,
    /// How many cases there are.
    pub cases: u32,
    /// Who opens the vault: the one whom the unlock screen proposes.
    pub person: Uuid,
    /// Their passphrase.
    pub passphrase: String,
    /// Who leads, and their passphrase.
    lead: (Uuid, String),
}

impl Desk {
    /// Makes the vault and its cases.
    pub fn furnish(folder: &Path, cases: u32, board: &mut Board) -> Outcome<Self> {
        eprintln!("▸ {cases} cases are made");
        fs::create_dir_all(folder)?;
        let workstation = Workstation::at(folder);
        let begun = Instant::now();
        let made = workstation.create_demo(cases, SEED, |progress| {
            if progress.done % 10_000 == 0 {
                eprintln!("  {} of {}", progress.done, progress.total);
            }
            true
        })?;
        let took = begun.elapsed().as_secs_f64();
        let vault = workstation.vault_folder(VaultKind::Demo);
        let size = fs::metadata(vault.join("relais.db"))?.len();
        let rate = format!("{:.0} cases a second", f64::from(cases) / took);
        let share = format!("{:.1} KB a case", size as f64 / 1000.0 / f64::from(cases));
        board.put("making the demonstration", took, "s", Goal::None, &rate);
        board.put(
            "size of the database",
            size as f64 / 1e6,
            "MB",
            Goal::None,
            &share,
        );
        let status = workstation.status("bench", None)?;
        let faces = status.vaults.into_iter().flat_map(|vault| vault.people);
        let faces: Vec<_> = faces.collect();
        let passphrase = |name: &str| {
            let user = made.users.iter().find(|user| user.name == name);
            user.map(|user| user.passphrase.clone())
                .ok_or("nobody knows the passphrase")
        };
        let face = faces.first().ok_or("the vault has no people")?;
        let lead = faces.iter().find(|face| face.role == Role::Lead);
        let lead = lead.ok_or("nobody leads")?;
        let lead = (lead.id, passphrase(&lead.name)?);
        let passphrase = passphrase(&face.name)?;
        Ok(Self {
            workstation,
            folder: folder.to_owned(),
            cases,
            person: face.id,
            passphrase,
            lead,
        })
    }

    /// Opens the vault as the lead.
    pub fn unlock_lead(&self) -> Outcome<Session> {
        let (person, passphrase) = &self.lead;
        Ok(self
            .workstation
            .unlock(VaultKind::Demo, *person, passphrase)?)
    }

    /// Opens the vault.
    pub fn unlock(&self) -> Outcome<Session> {
        let kind = VaultKind::Demo;
        Ok(self
            .workstation
            .unlock(kind, self.person, &self.passphrase)?)
    }

    /// So many cases, evenly from the newest to the oldest.
    pub fn spread(&self, session: &Session, count: usize) -> Outcome<Vec<Uuid>> {
        let mut statement = session
            .conn()
            .prepare("SELECT id FROM case_ ORDER BY num DESC")?;
        let all = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<Vec<Uuid>, _>>()?;
        let step = (all.len() / count).max(1);
        Ok(all.into_iter().step_by(step).take(count).collect())
    }
}
