//! What a key of the team is for, written into the certificate itself.

use openpgp::{
    Result,
    cert::prelude::ValidErasedKeyAmalgamation,
    packet::{
        key::PublicParts,
        signature::{SignatureBuilder, subpacket::NotationDataFlags},
    },
    types::SignatureType,
};
use sequoia_openpgp as openpgp;

/// Local part of the notation (RFC 9580 §5.2.3.24) that tells the two signing subkeys apart.
///
/// The part after the `@` is the team's own mail domain, the only name space that a team
/// may use without asking. Not critical, so that software that does not know it goes on.
const NOTATION: &str = "key-role@";

/// What one key of a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyRole {
    /// Binds the other keys and names; signs no text.
    Certification,
    /// Signs what leaves under the lead's responsibility.
    Documents,
    /// Signs mail.
    Mail,
    /// Signs, and the certificate does not say what: a key not made by Relais.
    Signing,
    /// Decrypts.
    Encryption,
    /// None of these, such as a login key.
    Other,
}

impl KeyRole {
    fn word(self) -> Option<&'static str> {
        match self {
            Self::Documents => Some("documents"),
            Self::Mail => Some("mail"),
            _ => None,
        }
    }

    /// A subkey binding that carries the role, in the name space of `domain`.
    pub(super) fn binding(self, domain: &str) -> Result<SignatureBuilder> {
        let binding = SignatureBuilder::new(SignatureType::SubkeyBinding);
        match self.word() {
            Some(word) => binding.set_notation(
                format!("{NOTATION}{domain}"),
                word,
                NotationDataFlags::empty().set_human_readable(),
                false,
            ),
            None => Ok(binding),
        }
    }
}

/// The role of one key, by its flags and its binding signature.
pub(super) fn of(key: &ValidErasedKeyAmalgamation<'_, PublicParts>) -> KeyRole {
    if key.for_signing() {
        let stated = key
            .binding_signature()
            .notation_data()
            .filter(|n| n.name().starts_with(NOTATION))
            .find_map(|n| {
                [KeyRole::Documents, KeyRole::Mail]
                    .into_iter()
                    .find(|r| r.word().map(str::as_bytes) == Some(n.value()))
            });
        stated.unwrap_or(KeyRole::Signing)
    } else if key.for_storage_encryption() || key.for_transport_encryption() {
        KeyRole::Encryption
    } else if key.for_certification() {
        KeyRole::Certification
    } else {
        KeyRole::Other
    }
}
