//! The secrets that a vault keeps, and who holds which.

use std::fmt;

use hkdf::Hkdf;
use hkdf::hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use super::VaultError;
use crate::domain::people::Role;

/// 32 random bytes, wiped when dropped. On the heap, so that a move leaves no copy on the stack.
#[derive(Clone)]
pub struct Key(Box<[u8; 32]>);

impl Key {
    /// A new key. From the system and not from an argument: a repeatable key is never wanted.
    pub fn random() -> Result<Self, VaultError> {
        let mut key = Self(Box::new([0; 32]));
        fill_random(key.0.as_mut_slice())?;
        Ok(key)
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Self(Box::new([0; 32]));
        (bytes.len() == 32).then(|| key.0.copy_from_slice(bytes))?;
        Some(key)
    }

    /// The bytes themselves, for the cipher that uses them.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA-256 of `message` under a key derived for one purpose (HKDF, RFC 5869).
    pub(super) fn authenticate(
        &self,
        vault_id: Uuid,
        purpose: &'static str,
        message: &[u8],
    ) -> Result<Hmac<Sha256>, VaultError> {
        let mut derived = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(Some(vault_id.as_bytes()), self.bytes())
            .expand(purpose.as_bytes(), derived.as_mut_slice())
            .map_err(|_| VaultError::Cryptography("HKDF"))?;
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(derived.as_slice())
            .map_err(|_| VaultError::Cryptography("HMAC"))?;
        mac.update(message);
        Ok(mac)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl PartialEq for Key {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        let difference = self
            .0
            .iter()
            .zip(other.0.iter())
            .fold(0, |all, (a, b)| all | (a ^ b));
        std::hint::black_box(difference) == 0
    }
}

impl Eq for Key {}

/// What an access opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyring {
    /// Opens the database; everybody holds it.
    pub database: Key,
    /// Wraps the mail-signing and the encryption subkeys: analyst and lead.
    pub mail: Option<Key>,
    /// Wraps the primary and the document-signing subkey: lead only.
    pub lead: Option<Key>,
}

impl Keyring {
    /// Every key, new.
    pub(super) fn random() -> Result<Self, VaultError> {
        Ok(Self {
            database: Key::random()?,
            mail: Some(Key::random()?),
            lead: Some(Key::random()?),
        })
    }

    /// The part that a role holds: the one place where this is decided.
    #[must_use]
    pub fn for_role(&self, role: Role) -> Self {
        let (mail, lead) = match role {
            Role::Operator => (None, None),
            Role::Analyst => (self.mail.clone(), None),
            Role::Lead => (self.mail.clone(), self.lead.clone()),
        };
        Self {
            database: self.database.clone(),
            mail,
            lead,
        }
    }

    /// Whether it holds exactly what the role holds.
    pub(super) fn fits(&self, role: Role) -> bool {
        self.mail.is_some() == (role >= Role::Analyst)
            && self.lead.is_some() == (role == Role::Lead)
    }
}

/// Fills with the system's randomness.
pub(super) fn fill_random(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::Cryptography("no randomness"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_role_holds_its_keys_and_no_other() {
        let all = Keyring::random().unwrap();
        for role in Role::ALL {
            let held = all.for_role(role);
            assert!(held.fits(role));
            assert_eq!(held.database, all.database);
            assert_eq!(held.mail.is_some(), role != Role::Operator);
            assert_eq!(held.lead.is_some(), role == Role::Lead);
        }
        assert!(!all.fits(Role::Operator) && !all.fits(Role::Analyst));
    }

    #[test]
    fn a_printed_keyring_shows_no_key() {
        let text = format!("{:?}", Keyring::random().unwrap());
        assert_eq!(
            text,
            "Keyring { database: Key(…), mail: Some(Key(…)), lead: Some(Key(…)) }"
        );
    }

    #[test]
    fn two_keys_are_never_the_same() {
        assert_ne!(Key::random().unwrap(), Key::random().unwrap());
    }
}
