//! Which algorithms still prove something, and on which day.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use openpgp::{
    Result,
    cert::prelude::ValidErasedKeyAmalgamation,
    packet::{Signature, key},
    policy::{HashAlgoSecurity, Policy, StandardPolicy},
    types::HashAlgorithm,
};
use sequoia_openpgp as openpgp;

/// Sequoia's judgement of algorithms, as of `at` and not of the machine's clock.
pub(super) fn standard(at: DateTime<Utc>) -> StandardPolicy<'static> {
    StandardPolicy::at(SystemTime::from(at))
}

/// Accepts every algorithm, to tell « weak » from « wrong »; never a reason for green.
///
/// Not sequoia's `NullPolicy`, which also forgets the critical subpackets that
/// a signature may carry and that nobody here understands.
#[derive(Debug)]
pub(super) struct AnyAlgorithm(StandardPolicy<'static>);

impl AnyAlgorithm {
    pub(super) fn new(at: DateTime<Utc>) -> Self {
        let mut policy = standard(at);
        for weak in [
            HashAlgorithm::MD5,
            HashAlgorithm::SHA1,
            HashAlgorithm::RipeMD,
        ] {
            policy.accept_hash(weak);
        }
        Self(policy)
    }
}

impl Policy for AnyAlgorithm {
    fn signature(&self, signature: &Signature, security: HashAlgoSecurity) -> Result<()> {
        self.0.signature(signature, security)
    }

    fn key(&self, _: &ValidErasedKeyAmalgamation<'_, key::PublicParts>) -> Result<()> {
        Ok(())
    }
}

/// Whether the library failed for want of an algorithm, and says nothing about the bytes.
pub(super) fn is_unsupported(error: &openpgp::anyhow::Error) -> bool {
    use openpgp::Error as E;
    matches!(
        error.downcast_ref(),
        Some(
            E::UnsupportedAEADAlgorithm(_)
                | E::UnsupportedEllipticCurve(_)
                | E::UnsupportedHashAlgorithm(_)
                | E::UnsupportedPublicKeyAlgorithm(_)
                | E::UnsupportedSignatureType(_)
                | E::UnsupportedSymmetricAlgorithm(_)
        )
    )
}
