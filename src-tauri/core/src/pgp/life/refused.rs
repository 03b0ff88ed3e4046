//! Why a change of the key was refused, in as many words as the user needs sentences.

use chrono::{DateTime, Utc};
use sequoia_openpgp as openpgp;

use crate::pgp::PgpError;

/// The longest life that a key is given at once, in years: who forgets a longer one has
/// forgotten the key.
pub const MAX_LIFE_YEARS: u32 = 5;

/// The most that the owner may add to a reason.
pub const MAX_MESSAGE_BYTES: usize = 500;

/// Why a change of the key was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// What is wrong with the key, or failed in the library.
    #[error(transparent)]
    Key(#[from] PgpError),
    /// The primary key's secret is not here: an analyst's part, or a key whose owner keeps it on a
    /// card or another machine. Only it can change the certificate.
    #[error("the primary key's secret, which alone changes the certificate, is not here")]
    NoCertificationSecret,
    /// The key would be born dead.
    #[error("the expiry {expires} is not after {at}")]
    ExpiryPast {
        /// What was asked.
        expires: DateTime<Utc>,
        /// The moment of the change.
        at: DateTime<Utc>,
    },
    /// More than [`MAX_LIFE_YEARS`] from now.
    #[error("the expiry is after {latest}, {MAX_LIFE_YEARS} years from now")]
    ExpiryTooFar {
        /// The latest that is accepted.
        latest: DateTime<Utc>,
    },
    /// The clock stands at, or behind, the last change: this one would be without effect.
    #[error("the key was last changed on {last}: one of two clocks is wrong")]
    ClockBehind {
        /// The last change.
        last: DateTime<Utc>,
    },
    /// The certificate bears this name already.
    #[error("the certificate bears this name already")]
    UserIdExists,
    /// The certificate does not bear this name, or no longer.
    #[error("no such name in the certificate")]
    NoSuchUserId,
    /// A certificate without a name is found by nobody.
    #[error("the last name of the certificate")]
    LastUserId,
    /// The reader of a revocation sees one sentence, not a report.
    #[error("a message of more than {MAX_MESSAGE_BYTES} bytes")]
    MessageTooLong,
    /// A soft revocation counts from its date on, and the next extension undoes it: in an
    /// envelope it would wait in vain.
    #[error("a revocation prepared in advance has to be a hard one")]
    SoftReason,
    /// Not one revocation certificate.
    #[error("not a revocation certificate")]
    NotARevocation,
    /// A revocation certificate that another key has made, or that was altered.
    #[error("the revocation certificate is not of this key")]
    ForeignRevocation,
}

impl From<openpgp::anyhow::Error> for ChangeRefused {
    fn from(error: openpgp::anyhow::Error) -> Self {
        Self::Key(PgpError::library(error))
    }
}
