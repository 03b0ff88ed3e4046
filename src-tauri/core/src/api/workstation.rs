//! This computer: where the vaults lie, what time it is, which language it speaks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::error::{ApiError, Code, Result};
use super::view::{AppStatus, Face, Preferences, SessionView, VaultFace};
use crate::vault::{KdfCost, Vault, VaultError, VaultKind};

/// The encrypted database, in the folder of its vault.
pub(super) const DATABASE: &str = "relais.db";

/// Where the time comes from. An argument, so that a test can live in the wrong year.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// A computer with its data folder.
#[derive(Clone)]
pub struct Workstation {
    folder: PathBuf,
    clock: Clock,
    cost: KdfCost,
    /// The folder is one vault's own, and holds no other.
    one_vault: bool,
}

impl Workstation {
    /// The computer whose data lies in `folder`, by the system's clock.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self::with(folder, Arc::new(Utc::now), KdfCost::PRODUCT)
    }

    /// The same with another clock and another cost of passphrases: tests need both.
    #[must_use]
    pub fn with(folder: &Path, clock: Clock, cost: KdfCost) -> Self {
        Self {
            folder: folder.to_owned(),
            clock,
            cost,
            one_vault: false,
        }
    }

    /// One vault by its own folder, or the vaults of a data folder.
    #[must_use]
    pub fn of_one_vault(folder: &Path) -> Self {
        let is_data_folder = ["vault", "demo"]
            .iter()
            .any(|name| folder.join(name).is_dir());
        Self {
            one_vault: !is_data_folder,
            ..Self::at(folder)
        }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    pub(super) fn clock(&self) -> Clock {
        Arc::clone(&self.clock)
    }

    /// The folder of a vault.
    #[must_use]
    pub fn vault_folder(&self, kind: VaultKind) -> PathBuf {
        match kind {
            _ if self.one_vault => self.folder.clone(),
            VaultKind::Real => self.folder.join("vault"),
            VaultKind::Demo => self.folder.join("demo"),
        }
    }

    pub(super) fn vault(&self, kind: VaultKind) -> Vault {
        self.vault_in(&self.vault_folder(kind))
    }

    pub(super) fn vault_in(&self, folder: &Path) -> Vault {
        Vault::at_cost(folder, self.cost)
    }

    /// Where the application stands; `session` is the open one, if there is one.
    ///
    /// # Errors
    /// A vault of a newer version, or a folder that cannot be read.
    pub fn status(&self, version: &str, session: Option<SessionView>) -> Result<AppStatus> {
        let mut vaults = Vec::new();
        let kinds: &[VaultKind] = if self.one_vault {
            &[VaultKind::Real]
        } else {
            &[VaultKind::Real, VaultKind::Demo]
        };
        for kind in kinds {
            vaults.extend(self.face(*kind)?);
        }
        Ok(AppStatus {
            version: version.to_owned(),
            data_folder: self.folder.display().to_string(),
            vaults,
            session,
            preferences: self.preferences(),
        })
    }

    fn face(&self, kind: VaultKind) -> Result<Option<VaultFace>> {
        let vault = self.vault(kind);
        let wait_seconds = u32::try_from(vault.wait_seconds(self.now())).unwrap_or(u32::MAX);
        match vault.look() {
            Ok(closed) => Ok(Some(VaultFace {
                kind: closed.kind,
                team: closed.team_name,
                people: closed.people.into_iter().map(Face::from).collect(),
                wait_seconds,
                damaged: false,
            })),
            Err(VaultError::Missing) if !self.vault_folder(kind).join(DATABASE).exists() => {
                Ok(None)
            }
            Err(VaultError::Damaged { .. } | VaultError::Missing) => Ok(Some(VaultFace {
                kind,
                team: String::new(),
                people: Vec::new(),
                wait_seconds,
                damaged: true,
            })),
            Err(other) => Err(other.into()),
        }
    }

    fn preferences_file(&self) -> PathBuf {
        self.folder.join("preferences.json")
    }

    /// The choices of this computer; the defaults where the file is missing or unreadable, as nothing is lost by it.
    #[must_use]
    pub fn preferences(&self) -> Preferences {
        std::fs::read(self.preferences_file())
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Keeps the choices of this computer.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn set_preferences(&self, preferences: Preferences) -> Result<()> {
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(&self.folder)?;
            let fresh = self.preferences_file().with_extension("json.new");
            std::fs::write(&fresh, serde_json::to_vec_pretty(&preferences)?)?;
            std::fs::rename(fresh, self.preferences_file())
        };
        write().map_err(|error| ApiError::from_io(&error))
    }
}

impl ApiError {
    /// A refusal of the file system.
    #[must_use]
    pub fn from_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{
            AlreadyExists, NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem,
            StorageFull,
        };
        let code = match error.kind() {
            StorageFull | QuotaExceeded => Code::DiskFull,
            // The third and fourth: a file stands where the folder should be.
            PermissionDenied | ReadOnlyFilesystem | AlreadyExists | NotADirectory => {
                Code::NotWritable
            }
            _ => Code::Io,
        };
        Self::new(code, error.to_string())
    }
}
