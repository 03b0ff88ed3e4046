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
    /// The beneficiary has not agreed to it.
    ConsentMissing,
    /// The passphrase is a temporary one: it is changed before anything else.
    PassphraseMustChange,
    /// The last lead cannot leave or change role.
    LastLead,
    /// Nobody withdraws their own access: another lead does it.
    OwnAccess,
    /// Somebody of the team bears this name.
    NameTaken,
    /// The new passphrase is the old one.
    SamePassphrase,
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
    /// Something is still to be settled before the RFC 2350 document can be published.
    Rfc2350Blocked,
    /// Nothing changed since the last edition.
    NothingNew,
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
    /// A secret key where somebody's public key was expected.
    KeySecret,
    /// The team's own key where somebody else's was expected.
    KeyOwn,
    /// The key does not bear the address that it came for.
    KeyOtherAddress,
    /// Another key of the address was verified: this one has to be as well, or refused.
    KeyToVerify,
    /// The team's key cannot sign: its secret is not in this slot.
    CannotSign,
    /// The team's own key is expired or revoked.
    TeamKeyEnded,
    /// The clock is behind the last change of the team's key.
    ClockBehindKey,
    /// The text is no revocation of the team's key.
    NotARevocation,
    /// No card that signs documents is there; the card's status says what is.
    CardAbsent,
    /// The card's PIN is wrong; `field` is the number of tries left.
    CardPin,
    /// Too many wrong PINs.
    CardBlocked,
    /// The card was not touched in time.
    CardNotTouched,
    /// The card was withdrawn before it had signed.
    CardWithdrawn,
    /// The card did not sign, for a reason of its own.
    CardRefused,
    /// Something stands in the way of a mail; `field` says what.
    MailBlocked,
    /// The journal does not verify.
    JournalDamaged,
    /// A long work was stopped at the user's wish.
    Stopped,
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
        Self {
            code,
            message: message.into(),
            field: None,
        }
    }

    /// An error in one field of the request.
    pub fn field(code: Code, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: Some(field.into()),
        }
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

impl From<qrcode::types::QrError> for ApiError {
    fn from(error: qrcode::types::QrError) -> Self {
        Self::new(Code::Internal, error.to_string())
    }
}

impl From<db::DbError> for ApiError {
    fn from(error: db::DbError) -> Self {
        use db::DbError::{Damaged, DiskFull, Newer, NoCipher, ReadOnly, WrongKeyOrDamaged};
        let code = match error {
            WrongKeyOrDamaged | Damaged => Code::DatabaseDamaged,
            Newer => Code::NewerVersion,
            DiskFull => Code::DiskFull,
            ReadOnly => Code::NotWritable,
            NoCipher
            | db::DbError::Shape(_)
            | db::DbError::Sqlite(_)
            | db::DbError::Migration(_) => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        db::DbError::from(error).into()
    }
}

impl From<journal::JournalError> for ApiError {
    fn from(error: journal::JournalError) -> Self {
        match error {
            journal::JournalError::Db(error) => error.into(),
            journal::JournalError::CannotUndo => Self::new(Code::CannotUndo, error.to_string()),
            journal::JournalError::NoSuchEntry => Self::new(Code::NotFound, error.to_string()),
            journal::JournalError::Shape(_) => Self::new(Code::JournalDamaged, error.to_string()),
        }
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(Code::Internal, error.to_string())
    }
}

impl From<vault::Mistyped> for ApiError {
    fn from(error: vault::Mistyped) -> Self {
        let group = match error {
            vault::Mistyped::Group(number) => Some(number.to_string()),
            vault::Mistyped::Length { .. } => None,
        };
        Self {
            code: Code::RecoveryKeyMistyped,
            message: error.to_string(),
            field: group,
        }
    }
}

impl From<vault::VaultError> for ApiError {
    fn from(error: vault::VaultError) -> Self {
        use vault::VaultError as V;
        let message = error.to_string();
        let code = match error {
            V::Missing => Code::NoVault,
            V::AlreadyExists => Code::VaultExists,
            V::AlreadyOpen => Code::AlreadyOpen,
            V::Damaged { .. } => Code::VaultDamaged,
            V::Newer { .. } => Code::NewerVersion,
            V::WrongPassphrase => Code::WrongPassphrase,
            V::WrongRecoveryKey => Code::WrongRecoveryKey,
            V::MistypedRecoveryKey(mistyped) => return mistyped.into(),
            V::Wait { seconds } => return Self::field(Code::Wait, seconds.to_string(), message),
            V::Tampered => Code::VaultTampered,
            V::NotLead => Code::NotAllowed,
            V::OwnAccess => Code::OwnAccess,
            V::LastLead => Code::LastLead,
            V::UnknownUser => Code::NotFound,
            V::NameTaken => return Self::field(Code::NameTaken, "name", message),
            V::InvalidName => return Self::field(Code::Invalid, "name", message),
            V::EmptyPassphrase => return Self::field(Code::WeakPassphrase, "passphrase", message),
            V::PassphraseTooLong => return Self::field(Code::TooLong, "passphrase", message),
            V::SamePassphrase => return Self::field(Code::SamePassphrase, "passphrase", message),
            V::DiskFull => Code::DiskFull,
            V::Io { ref source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
                Code::NotWritable
            }
            V::Io { ref source, .. } if source.kind() == std::io::ErrorKind::ReadOnlyFilesystem => {
                Code::NotWritable
            }
            V::Io { .. } => Code::Io,
            V::UserExists
            | V::TooManyUsers
            | V::RotationNeeded
            | V::RotationPending
            | V::NoRotation
            | V::UnreasonableCost
            | V::Cryptography(_) => Code::Internal,
        };
        Self::new(code, message)
    }
}

impl From<pgp::PgpError> for ApiError {
    fn from(error: pgp::PgpError) -> Self {
        use pgp::PgpError as P;
        let code = match error {
            P::Recipient { key, why } => {
                // Whose key it is stands in the field, never in the log.
                let Self { code, message, .. } = Self::from(*why);
                return Self::field(code, key.to_string(), message);
            }
            P::TooLarge { .. }
            | P::TooManyKeys { .. }
            | P::TooManyParts { .. }
            | P::TooManyCertificates { .. } => Code::KeyTooLarge,
            P::NotOpenPgp | P::NotAKey | P::Truncated | P::Damaged => Code::KeyUnreadable,
            P::SeveralCertificates => Code::KeySeveral,
            P::PublicKeyOnly => Code::KeyPublicOnly,
            P::PassphraseRequired | P::WrongPassphrase => Code::KeyPassphrase,
            P::Expired { .. } | P::Revoked => Code::KeyExpired,
            P::NotTheLeadPart => Code::CannotSign,
            P::UserId => return Self::field(Code::Invalid, "mail", error.to_string()),
            P::UnexpectedSecretKey => Code::KeySecret,
            P::UnsupportedProtection
            | P::NotYetValid { .. }
            | P::WeakKey
            | P::NoSigningKey
            | P::NoEncryptionKey
            | P::PrimaryNotShared
            | P::NoSuchSecret(_)
            | P::NoDocumentKeyLeft => Code::KeyUnfit,
            P::Period | P::Library(_) => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl From<report::ReportError> for ApiError {
    fn from(error: report::ReportError) -> Self {
        Self::new(Code::Report, error.to_string())
    }
}
