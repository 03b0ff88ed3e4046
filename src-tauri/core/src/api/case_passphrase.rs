//! placeholder until the merge
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use super::session::Session;
use crate::api::seal::{self, Age};
use crate::domain::mail::passphrase;

impl Session {
    /// x
    pub fn case_passphrase(&mut self, _case: Uuid) -> Result<super::view::CasePassphrase> {
        Err(ApiError::new(Code::Internal, "later"))
    }

    pub(in crate::api) fn passphrase_of(&mut self, case: Uuid) -> Result<Zeroizing<String>> {
        let _ = (case, &seal::keep, Age::Current, &passphrase::folded);
        Err(ApiError::new(Code::Internal, "later"))
    }

    pub(in crate::api) fn known_passphrase(&self, case: Uuid) -> Result<Option<Zeroizing<String>>> {
        let _ = case;
        Ok(None)
    }
}
