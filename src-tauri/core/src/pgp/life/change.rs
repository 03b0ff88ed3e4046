//! What can change in the life of the team's key, in the journal's words.

use chrono::{DateTime, Utc};
use openpgp::types::ReasonForRevocation;
use sequoia_openpgp as openpgp;

use crate::pgp::{Fingerprint, KeyRole, TeamKey};

/// A key after a change, and the change in the journal's words.
#[derive(Debug)]
pub struct Changed {
    /// The new key; the old one is unchanged.
    pub key: TeamKey,
    /// What is different.
    pub change: KeyChange,
}

/// One change of the team's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChange {
    /// The certificate lives longer.
    Extended {
        /// Until when.
        expires: DateTime<Utc>,
        /// The keys that were renewed, primary first. Subkeys that are revoked, replaced,
        /// weakly bound, or were left to expire before their certificate are not among them.
        keys: Vec<Fingerprint>,
    },
    /// A subkey took over.
    Rotated {
        /// What it does.
        rotation: Rotation,
        /// The new subkey.
        added: Fingerprint,
        /// Until when it lives, by itself.
        expires: DateTime<Utc>,
        /// Those that are revoked because they did the same before it; none for documents.
        superseded: Vec<Fingerprint>,
    },
    /// A name more.
    UserIdAdded {
        /// `NAME <mail>`.
        user_id: String,
    },
    /// A name that the team no longer uses.
    UserIdRetired {
        /// As it stood in the certificate.
        user_id: String,
    },
    /// The certificate is at its end.
    Revoked {
        /// Why, in the certificate itself.
        reason: RevocationReason,
    },
}

/// Which subkey is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rotation {
    /// Decrypts: the old secret is kept for old mail, by the lead and the analysts.
    Encryption,
    /// Signs mail.
    Mail,
    /// Signs documents: the lead's alone, before and after.
    Documents,
}

impl Rotation {
    /// What the replaced and the new subkey are for.
    pub fn role(self) -> KeyRole {
        match self {
            Self::Encryption => KeyRole::Encryption,
            Self::Mail => KeyRole::Mail,
            Self::Documents => KeyRole::Documents,
        }
    }
}

/// Why a certificate ends (RFC 9580 §5.2.3.31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RevocationReason {
    /// Not said, as in a certificate prepared in advance: hard.
    Unspecified,
    /// Somebody else has or may have the secret: hard, no signature of it is good any more.
    Compromised,
    /// Another certificate takes over: soft, older signatures stay good.
    Superseded,
    /// The team no longer uses it: soft, older signatures stay good.
    Retired,
}

impl RevocationReason {
    /// Whether it also spoils what was signed before, since an attacker can choose the date.
    pub fn is_hard(self) -> bool {
        matches!(self, Self::Unspecified | Self::Compromised)
    }

    pub(super) fn code(self) -> ReasonForRevocation {
        match self {
            Self::Unspecified => ReasonForRevocation::Unspecified,
            Self::Compromised => ReasonForRevocation::KeyCompromised,
            Self::Superseded => ReasonForRevocation::KeySuperseded,
            Self::Retired => ReasonForRevocation::KeyRetired,
        }
    }
}
