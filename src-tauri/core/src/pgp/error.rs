//! What can be wrong with a key, in as many words as the user needs sentences.

use chrono::{DateTime, Utc};

use super::Fingerprint;

/// Why a key, a choice or a signing was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PgpError {
    /// More bytes than any key needs.
    #[error("larger than {limit_bytes} bytes")]
    TooLarge {
        /// The most that is read.
        limit_bytes: usize,
    },
    /// One certificate with more keys than anybody has.
    #[error("more than {limit} keys in one certificate")]
    TooManyKeys {
        /// The most that is accepted.
        limit: usize,
    },
    /// One certificate with more names or signatures than anybody has.
    #[error("more than {limit} names or signatures in one certificate")]
    TooManyParts {
        /// The most that is accepted.
        limit: usize,
    },
    /// A file of more keys than one import takes.
    #[error("more than {limit} keys in one file")]
    TooManyCertificates {
        /// The most that is taken.
        limit: usize,
    },
    /// Neither armoured nor binary OpenPGP.
    #[error("not OpenPGP")]
    NotOpenPgp,
    /// OpenPGP, but a message or a signature.
    #[error("OpenPGP, but not a key")]
    NotAKey,
    /// The end is missing: a partial copy.
    #[error("the key is cut short")]
    Truncated,
    /// OpenPGP whose content contradicts itself.
    #[error("the key is damaged")]
    Damaged,
    /// More than one certificate or block where one is expected.
    #[error("several certificates")]
    SeveralCertificates,
    /// A secret key was expected, a public one was given.
    #[error("a public key only, without its secret")]
    PublicKeyOnly,
    /// A public key was expected, a secret one was given.
    #[error("a secret key where a public one is expected")]
    UnexpectedSecretKey,
    /// The secrets are protected and no passphrase was given.
    #[error("a passphrase is needed")]
    PassphraseRequired,
    /// The passphrase does not open every secret.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// Protected in a way that cannot be undone here, or that would exhaust the machine.
    #[error("unsupported protection of the secret")]
    UnsupportedProtection,
    /// The certificate is past its expiry.
    #[error("expired on {on}")]
    Expired {
        /// When it expired.
        on: DateTime<Utc>,
    },
    /// The certificate is revoked.
    #[error("revoked")]
    Revoked,
    /// Created after the moment of the check: one of the two clocks is wrong.
    #[error("created in the future, on {created}")]
    NotYetValid {
        /// When it says that it was created.
        created: DateTime<Utc>,
    },
    /// Bound by algorithms that no longer prove anything.
    #[error("the key relies on weak algorithms")]
    WeakKey,
    /// No live key with its secret can sign.
    #[error("no usable signing key")]
    NoSigningKey,
    /// No live key with its secret can decrypt.
    #[error("no usable encryption key")]
    NoEncryptionKey,
    /// The name or mail cannot stand in a user id.
    #[error("not usable as a name and mail address")]
    UserId,
    /// The expiry does not follow the creation, or is out of OpenPGP's 32-bit times.
    #[error("not a usable period")]
    Period,
    /// These bytes do not hold the secret that signs documents.
    #[error("not the lead's part: the document-signing secret is absent")]
    NotTheLeadPart,
    /// The primary key, which can replace every other, is never shared.
    #[error("the primary key cannot be shared")]
    PrimaryNotShared,
    /// No such key with its secret in the certificate.
    #[error("no secret key {0} in this certificate")]
    NoSuchSecret(Fingerprint),
    /// All signing keys are shared: anybody could sign a document.
    #[error("no signing key left to the lead alone")]
    NoDocumentKeyLeft,
    /// Nothing can be encrypted to this recipient.
    #[error("recipient {key}: {why}")]
    Recipient {
        /// The certificate that cannot be used.
        key: Fingerprint,
        /// Why: expired, revoked, weak, of the future, or without an encryption key.
        why: Box<PgpError>,
    },
    /// The library failed where it should not; its own words, for the log.
    #[error("OpenPGP library: {0}")]
    Library(String),
}

impl PgpError {
    pub(super) fn library(error: impl std::fmt::Display) -> Self {
        Self::Library(error.to_string())
    }
}
