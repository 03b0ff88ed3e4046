//! What the interface receives when a use case refuses: a code to look the sentence up by, never a text to match.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use ts_rs::TS;

use crate::{db, journal, pgp, report, vault};

/// Why a use case did not do what was asked. The interface finds its sentence by [`Code`].
#[derive(Debug, thiserror::Error)]
#[error("{code:?}: {message}")]
pub struct ApiError {
    /// What happened, for the interface.
    pub code: Code,
    /// What happened, for the log and the command line. Carries no name, mail, key or indicator.
    pub message: String,
    /// The field of the request that is at fault, if one is.
    pub field: Option<String>,
}

/// The result of every use case.
pub type Result<T> = std::result::Result<T, ApiError>;

/// Each thing that can go wrong and has its own sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No vault is open.
    Locked,
    /// The passphrase does not open this slot.
    WrongPassphrase,
    /// Too many wrong passphrases; `field` is the number of seconds left.
    Wait,
    /// The recovery key has a typing error.
    RecoveryKeyMistyped,
    /// The recovery key is well written but not this vault's.
    WrongRecoveryKey,
    /// The passphrase is under the CNIL's 80 bits.
    WeakPassphrase,
    /// Both copies of the vault file are unreadable.
    VaultDamaged,
    /// The vault file was changed by something else than Relais.
    VaultTampered,
    /// The database file cannot be read with its key.
    DatabaseDamaged,
    /// The data was written by a newer version.
    NewerVersion,
    /// Another window of Relais holds this vault.
    AlreadyOpen,
    /// There is a vault already where one was to be made.
    VaultExists,
    /// No vault where one was to be opened.
    NoVault,
    /// The disk is full.
    DiskFull,
    /// The folder cannot be written.
    NotWritable,
    /// The role does not allow it.
    NotAllowed,
    /// The last lead cannot leave or change role.
    LastLead,
    /// What was asked for does not exist (any more).
    NotFound,
    /// A field is wrong; `field` names it.
    Invalid,
    /// A text is too long; `field` names it.
    TooLong,
    /// The case cannot go to that status from where it stands.
    StatusNotReachable,
    /// A reason is needed.
    ReasonMissing,
    /// The change was overtaken by a later one and cannot be undone.
    CannotUndo,
    /// The document has been signed or sent back already.
    DocumentSettled,
    /// The imported text is not an OpenPGP key.
    KeyUnreadable,
    /// The imported key is public: its secret part is missing.
    KeyPublicOnly,
    /// The imported key's passphrase is wrong.
    KeyPassphrase,
    /// The imported key is expired or revoked.
    KeyExpired,
    /// The imported key cannot sign or cannot decrypt.
    KeyUnfit,
    /// More than one certificate in the imported text.
    KeySeveral,
    /// The imported text is larger than a key.
    KeyTooLarge,
    /// The team's key cannot sign: its secret is not in this slot.
    CannotSign,
    /// The journal does not verify.
    JournalDamaged,
    /// A document could not be laid out.
    Report,
    /// Reading or writing failed for another reason.
    Io,
    /// Something that should not happen.
    Internal,
}

impl ApiError {
    /// An error that concerns no field.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None }
    }

    /// An error in one field of the request.
    pub fn field(code: Code, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: Some(field.into()) }
    }
}

impl Serialize for ApiError {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("ApiError", 3)?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("message", &self.message)?;
        out.serialize_field("field", &self.field)?;
        out.end()
    }
}
