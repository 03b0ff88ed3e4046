//! The vault from outside: named people of an invented team, real files in a temporary folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod damage;
mod opening;
mod people;
mod rotation;
mod tampering;

use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;

/// As cheap as Argon2 allows: what is tested here is not its cost.
const CHEAP: KdfCost = KdfCost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};
const FILES: [&str; 3] = ["vault", "vault.copy", "recovery"];

const ALIX: Uuid = Uuid::from_u128(1);
const BASTIEN: Uuid = Uuid::from_u128(2);
const CAMILLE: Uuid = Uuid::from_u128(3);

fn pass(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// A folder with a vault: Alix leads, Bastien analyses, Camille answers the phone.
struct Team {
    dir: TempDir,
    vault: Vault,
    recovery: RecoveryKey,
}

impl Team {
    /// Alix alone.
    fn founded() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::at_cost(dir.path(), CHEAP);
        let recovery = RecoveryKey::random().unwrap();
        vault
            .create(founding(&pass("alix ouvre")), &recovery)
            .unwrap();
        Self {
            dir,
            vault,
            recovery,
        }
    }

    fn full() -> Self {
        let team = Self::founded();
        let mut alix = team.alix();
        let mut lead = alix.as_lead().unwrap();
        lead.add_user(BASTIEN, "Bastien", Role::Analyst, &pass("bastien ouvre"))
            .unwrap();
        lead.add_user(CAMILLE, "Camille", Role::Operator, &pass("camille ouvre"))
            .unwrap();
        team
    }

    fn alix(&self) -> Opened {
        self.open(ALIX, "alix ouvre").unwrap()
    }

    fn open(&self, user: Uuid, passphrase: &str) -> Result<Opened, VaultError> {
        self.vault.open(user, &pass(passphrase), now())
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    /// The three files as they are now.
    fn snapshot(&self) -> [Vec<u8>; 3] {
        FILES.map(|name| fs::read(self.path(name)).unwrap())
    }

    fn restore(&self, files: [&[u8]; 3]) {
        for (name, bytes) in FILES.iter().zip(files) {
            fs::write(self.path(name), bytes).unwrap();
        }
    }
}

fn founding(passphrase: &Passphrase) -> Founding<'_> {
    let lead = FirstLead {
        user: ALIX,
        name: "Alix",
        passphrase,
    };
    Founding {
        kind: VaultKind::Real,
        team_name: "CSIRT d’essai",
        lead,
    }
}

/// What a kill at any instant of a writing can leave: the files are replaced in this order.
fn kills<'a>(before: &'a [Vec<u8>; 3], after: &'a [Vec<u8>; 3]) -> Vec<[&'a [u8]; 3]> {
    (0..=3)
        .map(|done| {
            std::array::from_fn(|at| {
                if at < done {
                    &after[at][..]
                } else {
                    &before[at][..]
                }
            })
        })
        .collect()
}

fn folder_holds(dir: &Path, needle: &[u8]) -> bool {
    let files = fs::read_dir(dir).unwrap();
    files
        .map(|file| fs::read(file.unwrap().path()).unwrap())
        .any(|content| content.windows(needle.len()).any(|window| window == needle))
}

fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}
