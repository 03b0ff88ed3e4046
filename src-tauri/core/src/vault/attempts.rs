//! The growing delay after wrong passphrases, one for the whole vault.
//!
//! It holds back somebody at the keyboard. Whoever copies the folder is held back by Argon2id and
//! the passphrase alone: that is why 80 bits are asked for, delay or not (CNIL 2022-100).

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{VaultError, store};

const FILE: &str = "attempts";
/// Slips of the finger cost nothing.
const FREE: u32 = 3;
/// The longest wait in seconds.
const CAP_SECONDS: i64 = 300;

/// The failures since the last success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attempts {
    failures: u32,
    /// When the last one was made; none before the first.
    last: Option<DateTime<Utc>>,
}

impl Attempts {
    /// What the folder says; a missing or unreadable file counts as no failure, since whoever can
    /// spoil it could as well delete it.
    pub fn read(dir: &Path) -> Self {
        let text = fs::read(dir.join(FILE)).ok();
        text.and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    /// Seconds still to wait, never more than the cap.
    pub fn wait_seconds(self, now: DateTime<Utc>) -> u64 {
        let Some(last) = self.last else { return 0 };
        let delay = match self.failures.checked_sub(FREE) {
            None | Some(0) => 0,
            Some(over) => 2_i64.saturating_pow(over).min(CAP_SECONDS),
        };
        // A clock set back makes the last attempt lie ahead: the wait starts again, no longer.
        let elapsed_ms = now.signed_duration_since(last).num_milliseconds().max(0);
        let left_ms = (delay * 1000 - elapsed_ms).max(0);
        u64::try_from(left_ms).unwrap_or_default().div_ceil(1000)
    }

    /// Counts an attempt before it is made, so that killing the process does not undo it.
    pub fn begin(dir: &Path, now: DateTime<Utc>) -> Result<(), VaultError> {
        let mut attempts = Self::read(dir);
        let seconds = attempts.wait_seconds(now);
        if seconds > 0 {
            if attempts.last.is_some_and(|last| last > now) {
                attempts.last = Some(now);
                attempts.write(dir);
            }
            return Err(VaultError::Wait { seconds });
        }
        attempts.failures = attempts.failures.saturating_add(1);
        attempts.last = Some(now);
        attempts.write(dir);
        Ok(())
    }

    /// Forgets the failures after a success.
    pub fn clear(dir: &Path) {
        // Left behind, it would only delay a later opening.
        let _ = fs::remove_file(dir.join(FILE));
    }

    /// A full disk must not lock the team out: a count that cannot be written is reported and let go.
    fn write(self, dir: &Path) {
        let written = serde_json::to_vec(&self)
            .map_err(|_| VaultError::Cryptography("canonical text"))
            .and_then(|text| store::replace(dir, FILE, &text));
        if let Err(error) = written {
            tracing::warn!(%error, "the count of wrong passphrases could not be written");
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    fn wait(dir: &Path, now: DateTime<Utc>) -> u64 {
        match Attempts::begin(dir, now) {
            Ok(()) => 0,
            Err(VaultError::Wait { seconds }) => seconds,
            Err(other) => unreachable!("{other}"),
        }
    }

    #[test]
    fn three_slips_are_free_then_the_wait_doubles_up_to_five_minutes() {
        let dir = tempfile::tempdir().unwrap();
        let mut now = at(0);
        let mut waits = Vec::new();
        for _ in 0..14 {
            let seconds = wait(dir.path(), now);
            waits.push(seconds);
            if seconds > 0 {
                now += TimeDelta::seconds(i64::try_from(seconds).unwrap());
                assert_eq!(wait(dir.path(), now), 0);
            }
        }
        assert_eq!(waits, [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn a_restart_forgets_nothing_and_a_success_everything() {
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..4 {
            assert_eq!(wait(dir.path(), at(0)), 0);
        }
        // Each call reads the file anew, as a restart does.
        assert_eq!(wait(dir.path(), at(1)), 1);
        Attempts::clear(dir.path());
        assert_eq!(wait(dir.path(), at(1)), 0);
    }

    #[test]
    fn a_clock_set_back_starts_the_wait_again_but_never_longer() {
        let dir = tempfile::tempdir().unwrap();
        let many = Attempts {
            failures: 40,
            last: Some(at(0)),
        };
        many.write(dir.path());
        let year_before = at(-365 * 86_400);
        assert_eq!(wait(dir.path(), year_before), 300);
        // The wait runs on from there, also after a restart.
        assert_eq!(wait(dir.path(), year_before + TimeDelta::seconds(299)), 1);
        assert_eq!(wait(dir.path(), year_before + TimeDelta::seconds(300)), 0);
    }

    #[test]
    fn a_clock_set_far_ahead_never_overflows() {
        let many = Attempts {
            failures: u32::MAX,
            last: Some(DateTime::<Utc>::MIN_UTC),
        };
        assert_eq!(many.wait_seconds(DateTime::<Utc>::MAX_UTC), 0);
        let ahead = Attempts {
            failures: u32::MAX,
            last: Some(DateTime::<Utc>::MAX_UTC),
        };
        assert_eq!(ahead.wait_seconds(DateTime::<Utc>::MIN_UTC), 300);
    }

    #[test]
    fn an_unreadable_count_holds_nobody_back() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), b"{\"failures\":").unwrap();
        assert_eq!(wait(dir.path(), at(0)), 0);
    }
}
