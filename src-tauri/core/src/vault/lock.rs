//! One instance at a time: two processes on one database would each believe its own cache.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::{VaultError, store};

/// The folder is ours while this lives. The system lets go when the process ends, however it ends.
#[derive(Debug)]
pub struct InstanceLock {
    _file: File,
}

impl InstanceLock {
    /// Takes the folder (made if need be), or says that another instance has it.
    pub fn take(dir: &Path) -> Result<Self, VaultError> {
        store::make_folder(dir)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options
            .open(dir.join("vault.lock"))
            .map_err(VaultError::io("open the lock file"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(VaultError::AlreadyOpen),
            Err(TryLockError::Error(error)) => {
                Err(VaultError::io("lock the vault's folder")(error))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_second_instance_is_turned_away_until_the_first_ends() {
        let dir = tempfile::tempdir().unwrap();
        let first = InstanceLock::take(dir.path()).unwrap();
        assert!(matches!(
            InstanceLock::take(dir.path()),
            Err(VaultError::AlreadyOpen)
        ));
        drop(first);
        InstanceLock::take(dir.path()).unwrap();
    }

    #[test]
    fn a_lock_file_left_by_a_killed_process_holds_nobody_back() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("vault.lock"), "left behind").unwrap();
        InstanceLock::take(dir.path()).unwrap();
    }

    /// The child of the next test: holds the folder named in the environment until it is killed.
    #[test]
    #[ignore = "run by a_killed_process_lets_go_of_the_folder"]
    fn hold_the_folder() {
        let Some(dir) = std::env::var_os("RELAIS_TEST_LOCK_DIR") else {
            return;
        };
        let _lock = InstanceLock::take(Path::new(&dir)).unwrap();
        std::fs::write(Path::new(&dir).join("held"), "").unwrap();
        std::thread::sleep(std::time::Duration::from_secs(60));
    }

    #[test]
    fn a_killed_process_lets_go_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        // The test runner knows the test without the crate's name in front.
        let (_, name) = concat!(module_path!(), "::hold_the_folder")
            .split_once("::")
            .unwrap();
        let mut holder = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", name])
            .env("RELAIS_TEST_LOCK_DIR", dir.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while !dir.path().join("held").exists() {
            assert!(
                std::time::Instant::now() < patience,
                "the child did not take the folder"
            );
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(matches!(
            InstanceLock::take(dir.path()),
            Err(VaultError::AlreadyOpen)
        ));
        holder.kill().unwrap();
        holder.wait().unwrap();
        InstanceLock::take(dir.path()).unwrap();
    }
}
