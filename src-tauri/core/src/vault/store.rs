//! The vault's files on disk: two copies and the recovery side file, replaced whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::VaultError;
use super::file::{Body, FILE_LIMIT_BYTES, Flaw, VaultFile};
use super::key::Key;

/// The first copy.
pub(super) const VAULT: &str = "vault";
/// The second copy.
pub(super) const COPY: &str = "vault.copy";
/// The recovery access alone, for when both copies are gone.
pub(super) const RECOVERY: &str = "recovery";
const FILES: [&str; 3] = [VAULT, COPY, RECOVERY];

/// How a file of the vault was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Whole and current.
    Good,
    /// Whole but of an earlier writing, or of another vault.
    Stale,
    /// There, but not readable as what it should be.
    Damaged,
    /// Not there.
    Missing,
}

/// How the vault's files were found; what is not good is rewritten at the next unlocking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// The file `vault`.
    pub vault: FileState,
    /// The file `vault.copy`.
    pub copy: FileState,
    /// The file `recovery`.
    pub recovery: FileState,
}

impl Health {
    /// Whether nothing needs rewriting.
    #[must_use]
    pub fn is_good(self) -> bool {
        [self.vault, self.copy, self.recovery]
            .iter()
            .all(|state| *state == FileState::Good)
    }
}

/// One file: whole, flawed, or not there.
type Reading = Option<Result<VaultFile, Flaw>>;

/// The current vault file and how all three were found.
pub(super) fn read(dir: &Path) -> Result<(VaultFile, Health), VaultError> {
    let [vault, copy, recovery] = read_all(dir)?;
    if [&vault, &copy, &recovery]
        .iter()
        .all(|reading| reading.is_none())
    {
        return Err(VaultError::Missing);
    }
    for reading in [&vault, &copy] {
        if let Some(Err(Flaw::Newer(format))) = reading {
            return Err(VaultError::Newer { format: *format });
        }
    }
    let current = match (good(&vault), good(&copy)) {
        // The copy wins only as a later writing of the same vault.
        (Some(first), Some(second))
            if second.body.vault_id == first.body.vault_id
                && second.body.generation > first.body.generation =>
        {
            second
        }
        (Some(first), _) => first,
        (None, Some(second)) => second,
        (None, None) => {
            return Err(VaultError::Damaged {
                recovery: good(&recovery).is_some(),
            });
        }
    }
    .clone();
    let health = Health {
        vault: state(&vault, &current.body),
        copy: state(&copy, &current.body),
        recovery: state(&recovery, &current.body.recovery_only()),
    };
    Ok((current, health))
}

/// Every file that is whole, the recovery side file first.
pub(super) fn read_whole(dir: &Path) -> Result<Vec<VaultFile>, VaultError> {
    let [vault, copy, recovery] = read_all(dir)?;
    Ok([recovery, vault, copy]
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .collect())
}

/// Whether any file of a vault is there.
pub(super) fn any(dir: &Path) -> bool {
    FILES.iter().any(|name| dir.join(name).exists())
}

fn read_all(dir: &Path) -> Result<[Reading; 3], VaultError> {
    Ok([
        read_one(dir, VAULT)?,
        read_one(dir, COPY)?,
        read_one(dir, RECOVERY)?,
    ])
}

fn good(reading: &Reading) -> Option<&VaultFile> {
    reading.as_ref().and_then(|file| file.as_ref().ok())
}

fn state(reading: &Reading, expected: &Body) -> FileState {
    match reading {
        None => FileState::Missing,
        Some(Err(_)) => FileState::Damaged,
        Some(Ok(file)) if file.body == *expected => FileState::Good,
        Some(Ok(_)) => FileState::Stale,
    }
}

fn read_one(dir: &Path, name: &str) -> Result<Reading, VaultError> {
    let file = match File::open(dir.join(name)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(VaultError::io("read the vault file")(error)),
    };
    let mut bytes = Vec::new();
    // A disk that cannot give the bytes back is damage like any other: the second copy serves.
    match file.take(FILE_LIMIT_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 <= FILE_LIMIT_BYTES => Ok(Some(VaultFile::parse(&bytes))),
        _ => Ok(Some(Err(Flaw::Damaged))),
    }
}

/// Writes all three files. An error means that nothing changed; `false`, that the new content
/// counts (`vault` has it) but a second file could not follow.
pub(super) fn write(dir: &Path, body: &Body, database: &Key) -> Result<bool, VaultError> {
    let whole = body.to_file(database)?.to_bytes()?;
    let side = body.recovery_only().to_file(database)?.to_bytes()?;
    let contents = [(VAULT, &whole), (COPY, &whole), (RECOVERY, &side)];
    // All is on disk before anything is replaced: a full disk is met here, with the old files intact.
    let staged = contents
        .iter()
        .try_for_each(|(name, bytes)| stage(dir, name, bytes));
    if let Err(error) = staged {
        for name in FILES {
            let _ = fs::remove_file(dir.join(new_name(name)));
        }
        return Err(error);
    }
    settle(dir, VAULT)?;
    let followed = settle(dir, COPY).and_then(|()| settle(dir, RECOVERY));
    if let Err(error) = &followed {
        tracing::warn!(%error, "a copy of the vault file could not be written");
    }
    Ok(followed.is_ok())
}

/// Replaces one small file of the folder, whole or not at all.
pub(super) fn replace(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
    let replaced = stage(dir, name, bytes).and_then(|()| settle(dir, name));
    if replaced.is_err() {
        let _ = fs::remove_file(dir.join(new_name(name)));
    }
    replaced
}

fn new_name(name: &str) -> String {
    format!("{name}.new")
}

/// Puts the new content beside the file, on disk.
fn stage(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(dir.join(new_name(name)))
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(VaultError::io("write the vault file"))
}

/// Renames the new content over the file and makes the rename last.
fn settle(dir: &Path, name: &str) -> Result<(), VaultError> {
    fs::rename(dir.join(new_name(name)), dir.join(name))
        .and_then(|()| sync_folder(dir))
        .map_err(VaultError::io("replace the vault file"))
}

#[cfg(unix)]
fn sync_folder(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Elsewhere a folder cannot be opened, and renames are journaled by the file system.
#[cfg(not(unix))]
fn sync_folder(_dir: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the folder, readable by its owner only.
pub(super) fn make_folder(dir: &Path) -> Result<(), VaultError> {
    let made = fs::create_dir_all(dir);
    #[cfg(unix)]
    let made = made.and_then(|()| {
        fs::set_permissions(dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))
    });
    made.map_err(VaultError::io("make the vault's folder"))
}
