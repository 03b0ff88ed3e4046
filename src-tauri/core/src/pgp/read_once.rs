//! Certificates that were read already.

use std::{cell::RefCell, collections::HashMap};

use super::{Certificate, PgpError};

/// More certificates than any team keeps; past it the memory is emptied rather than filled.
const KEPT: usize = 10_000;

/// Certificates by their text, so that each is read and checked once however often it is looked at: reading is cheap, but
/// the first look at the signatures of one costs as much as verifying a mail.
#[derive(Debug, Default)]
pub struct ReadCertificates(RefCell<HashMap<String, Certificate>>);

impl ReadCertificates {
    /// The certificate of an armoured text.
    ///
    /// # Errors
    /// Those of [`Certificate::parse`].
    pub fn read(&self, armoured: &str) -> Result<Certificate, PgpError> {
        if let Some(known) = self.0.borrow().get(armoured) {
            return Ok(known.clone());
        }
        let read = Certificate::parse(armoured.as_bytes())?;
        let mut kept = self.0.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(armoured.to_owned(), read.clone());
        Ok(read)
    }
}
