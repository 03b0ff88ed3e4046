//! What the key refuses, as the interface looks it up.

use crate::api::error::{ApiError, Code};
use crate::pgp::{ChangeRefused, PgpError};

/// The team's own key at fault, not one that is being imported.
pub(in crate::api) fn of_the_teams_key(error: PgpError) -> ApiError {
    match error {
        PgpError::Expired { .. } | PgpError::Revoked => {
            ApiError::new(Code::TeamKeyEnded, error.to_string())
        }
        other => other.into(),
    }
}

impl From<ChangeRefused> for ApiError {
    fn from(refused: ChangeRefused) -> Self {
        let message = refused.to_string();
        let (code, field) = match refused {
            ChangeRefused::Key(error) => return of_the_teams_key(error),
            ChangeRefused::NoCertificationSecret => (Code::CannotSign, None),
            ChangeRefused::ExpiryPast { .. } | ChangeRefused::ExpiryTooFar { .. } => {
                (Code::Invalid, Some("expires"))
            }
            ChangeRefused::ClockBehind { .. } => (Code::ClockBehindKey, None),
            ChangeRefused::UserIdExists
            | ChangeRefused::NoSuchUserId
            | ChangeRefused::LastUserId => (Code::Invalid, Some("user_id")),
            ChangeRefused::MessageTooLong => (Code::TooLong, Some("message")),
            ChangeRefused::SoftReason => (Code::Invalid, Some("reason")),
            ChangeRefused::NotARevocation | ChangeRefused::ForeignRevocation => {
                (Code::NotARevocation, None)
            }
        };
        match field {
            Some(field) => Self::field(code, field, message),
            None => Self::new(code, message),
        }
    }
}
