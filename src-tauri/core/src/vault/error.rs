//! What can go wrong with the vault, in the words that the interface needs to say it.

use std::io;

use super::Mistyped;

/// Why the vault did not do what was asked. Never holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The folder holds no vault yet.
    #[error("no vault in this folder")]
    Missing,
    /// The folder holds a vault already; it is never overwritten.
    #[error("there is a vault in this folder already")]
    AlreadyExists,
    /// Another instance of the product works on the folder.
    #[error("the vault is open in another instance")]
    AlreadyOpen,
    /// Both copies of the vault file are gone or unreadable.
    #[error("both copies of the vault file are damaged")]
    Damaged {
        /// Whether the side file is readable, so that the printed recovery key still opens.
        recovery: bool,
    },
    /// Written by a later version of the product.
    #[error("vault of a later format ({format})")]
    Newer {
        /// The format number found.
        format: u32,
    },
    /// The passphrase does not open the access.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The recovery key is well copied but is not the key of this vault.
    #[error("wrong recovery key")]
    WrongRecoveryKey,
    /// The recovery key is not well copied.
    #[error("recovery key mistyped: {0}")]
    MistypedRecoveryKey(#[from] Mistyped),
    /// Too many wrong passphrases: come back later.
    #[error("wait {seconds} s before the next passphrase")]
    Wait {
        /// Seconds left, rounded up.
        seconds: u64,
    },
    /// The file was changed by somebody who did not hold the keys.
    #[error("the vault file was tampered with")]
    Tampered,
    /// Only a lead (or the recovery key) may do it.
    #[error("only a lead may do this")]
    NotLead,
    /// Nobody removes or narrows their own access: another lead does it.
    #[error("one's own access cannot be withdrawn")]
    OwnAccess,
    /// The last lead cannot be removed or demoted.
    #[error("the last lead must stay")]
    LastLead,
    /// The vault has no access for this user.
    #[error("no such user")]
    UnknownUser,
    /// The user has an access already.
    #[error("the user has an access already")]
    UserExists,
    /// Two people cannot bear one name on the unlock screen.
    #[error("the name is taken")]
    NameTaken,
    /// Empty, too long or with control characters.
    #[error("a name has 1 to {} characters", super::NAME_LIMIT_CHARS)]
    InvalidName,
    /// A passphrase cannot be empty.
    #[error("empty passphrase")]
    EmptyPassphrase,
    /// Longer than [`super::PASSPHRASE_LIMIT_BYTES`].
    #[error("passphrase too long")]
    PassphraseTooLong,
    /// The new passphrase is the old one.
    #[error("the passphrase did not change")]
    SamePassphrase,
    /// More accesses than a vault file may hold.
    #[error("too many users")]
    TooManyUsers,
    /// Narrowing a role leaves keys in somebody's hands: it goes with a rotation.
    #[error("a narrower role needs new keys")]
    RotationNeeded,
    /// A rotation was begun; it is finished first.
    #[error("a key rotation is under way")]
    RotationPending,
    /// No rotation was begun.
    #[error("no key rotation is under way")]
    NoRotation,
    /// Argon2id parameters out of bounds.
    #[error("key derivation cost out of bounds")]
    UnreasonableCost,
    /// The disk is full; what was there is intact.
    #[error("disk full")]
    DiskFull,
    /// The folder could not be read or written; what was there is intact.
    #[error("{action}: {source}")]
    Io {
        /// What was being done.
        action: &'static str,
        /// The system's reason.
        source: io::Error,
    },
    /// The system gave no randomness, or a primitive refused its input.
    #[error("cryptography failed: {0}")]
    Cryptography(&'static str),
}

impl VaultError {
    /// Names what was being done when the system said no.
    pub(super) fn io(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io { action, source },
        }
    }
}
