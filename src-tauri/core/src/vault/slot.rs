//! One access: what a passphrase, or the recovery key, opens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use crypto_box::aead::OsRng;
use crypto_box::{PublicKey, SecretKey};
use hkdf::hmac::Mac;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::key::fill_random;
use super::{KdfCost, Key, Keyring, VaultError};
use crate::domain::people::Role;

/// Bytes that JSON shows in Base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64
            .decode(text)
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

/// Whose access it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Holder {
    /// Somebody of the team.
    User {
        user: Uuid,
        name: String,
        role: Role,
    },
    /// Whoever has the printed recovery key.
    Recovery,
}

impl Holder {
    /// The recovery key opens what the lead opens.
    pub fn role(&self) -> Role {
        match self {
            Self::User { role, .. } => *role,
            Self::Recovery => Role::Lead,
        }
    }

    /// The user, unless it is the recovery key.
    pub fn user(&self) -> Option<Uuid> {
        match self {
            Self::User { user, .. } => Some(*user),
            Self::Recovery => None,
        }
    }

    /// One byte that says kind and role inside a sealed keyring.
    fn tag(&self) -> u8 {
        match self {
            Self::User {
                role: Role::Operator,
                ..
            } => b'o',
            Self::User {
                role: Role::Analyst,
                ..
            } => b'a',
            Self::User {
                role: Role::Lead, ..
            } => b'l',
            Self::Recovery => b'r',
        }
    }
}

/// One access as it stands in the vault file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slot {
    pub id: Uuid,
    pub holder: Holder,
    /// The passphrase was chosen by somebody else and must be changed.
    pub must_change: bool,
    pub cost: KdfCost,
    pub salt: Bytes,
    pub public_key: Bytes,
    /// Nonce and box of the secret key, under the key that the passphrase gives.
    pub wrapped: Bytes,
    /// The keyring, sealed to the public key.
    pub sealed: Bytes,
    /// The keyring that a rotation under way will leave.
    pub sealed_next: Option<Bytes>,
    /// A lead's word that this public key belongs to this holder.
    pub vouched: Bytes,
}

const NONCE_BYTES: usize = 24;
const SALT_BYTES: usize = 16;
/// Purpose, vault, slot, holder's tag, then three keys with a flag each for the last two.
const SEALED_BYTES: usize = PURPOSE.len() + 16 + 16 + 1 + 32 + 33 + 33;
const PURPOSE: &[u8] = b"relais keyring 1";

impl Slot {
    /// A new access with a key pair of its own. `keyring` must hold the lead's key, which vouches.
    pub fn new(
        vault_id: Uuid,
        holder: Holder,
        secret: &[u8],
        cost: KdfCost,
        keyring: &Keyring,
    ) -> Result<Self, VaultError> {
        let secret_key = SecretKey::generate(&mut OsRng);
        let mut slot = Self {
            id: Uuid::now_v7(),
            holder,
            must_change: false,
            cost,
            salt: Bytes(Vec::new()),
            public_key: Bytes(secret_key.public_key().to_bytes().to_vec()),
            wrapped: Bytes(Vec::new()),
            sealed: Bytes(Vec::new()),
            sealed_next: None,
            vouched: Bytes(Vec::new()),
        };
        slot.wrap(vault_id, &secret_key, secret, cost)?;
        slot.sealed = slot.seal(vault_id, keyring)?;
        slot.vouch(vault_id, keyring)?;
        Ok(slot)
    }

    /// Puts the secret key under another passphrase. Touches neither keyring nor public key.
    pub fn wrap(
        &mut self,
        vault_id: Uuid,
        secret_key: &SecretKey,
        secret: &[u8],
        cost: KdfCost,
    ) -> Result<(), VaultError> {
        let mut random = [0; SALT_BYTES + NONCE_BYTES];
        fill_random(&mut random)?;
        let (salt, nonce) = random.split_at(SALT_BYTES);
        let wrapping_key = cost.derive(secret, salt)?;
        let plain = Zeroizing::new(secret_key.to_bytes());
        let boxed = XChaCha20Poly1305::new(wrapping_key.bytes().into())
            .encrypt(
                XNonce::from_slice(nonce),
                Payload {
                    msg: plain.as_slice(),
                    aad: &self.binding(vault_id),
                },
            )
            .map_err(|_| VaultError::Cryptography("XChaCha20-Poly1305"))?;
        self.cost = cost;
        self.salt = Bytes(salt.to_vec());
        self.wrapped = Bytes([nonce, &boxed].concat());
        Ok(())
    }

    /// The secret key, if `secret` is the right one; `None` if it is not.
    pub fn unwrap(&self, vault_id: Uuid, secret: &[u8]) -> Result<Option<SecretKey>, VaultError> {
        let wrapping_key = self.cost.derive(secret, &self.salt.0)?;
        let Some((nonce, boxed)) = self.wrapped.0.split_at_checked(NONCE_BYTES) else {
            return Err(VaultError::Tampered);
        };
        let opened = XChaCha20Poly1305::new(wrapping_key.bytes().into()).decrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: boxed,
                aad: &self.binding(vault_id),
            },
        );
        let Ok(plain) = opened.map(Zeroizing::new) else {
            return Ok(None);
        };
        SecretKey::from_slice(&plain)
            .map(Some)
            .map_err(|_| VaultError::Tampered)
    }

    /// What the wrapped secret key is bound to. Not the role, which a lead changes without the
    /// passphrase: the role is inside the sealed keyring.
    fn binding(&self, vault_id: Uuid) -> Vec<u8> {
        [
            b"relais slot 1".as_slice(),
            vault_id.as_bytes(),
            self.id.as_bytes(),
            &self.public_key.0,
        ]
        .concat()
    }

    /// Seals the holder's part of `keyring`, and to whom it was given, to the public key.
    pub fn seal(&self, vault_id: Uuid, keyring: &Keyring) -> Result<Bytes, VaultError> {
        let held = keyring.for_role(self.holder.role());
        let mut plain = Zeroizing::new(Vec::with_capacity(SEALED_BYTES));
        plain.extend_from_slice(&self.heading(vault_id));
        plain.extend_from_slice(held.database.bytes());
        for key in [&held.mail, &held.lead] {
            // Always as long, so that the size does not tell.
            plain.push(u8::from(key.is_some()));
            plain.extend_from_slice(key.as_ref().map_or(&[0; 32], Key::bytes).as_slice());
        }
        let public_key =
            PublicKey::from_slice(&self.public_key.0).map_err(|_| VaultError::Tampered)?;
        let sealed = public_key.seal(&mut OsRng, &plain);
        sealed
            .map(Bytes)
            .map_err(|_| VaultError::Cryptography("sealed box"))
    }

    /// Opens what [`Self::seal`] sealed; anything sealed for another vault, access or role is tampering.
    pub fn unseal(
        &self,
        vault_id: Uuid,
        secret_key: &SecretKey,
        sealed: &Bytes,
    ) -> Result<Keyring, VaultError> {
        let plain = secret_key
            .unseal(&sealed.0)
            .map(Zeroizing::new)
            .map_err(|_| VaultError::Tampered)?;
        let keyring = plain
            .strip_prefix(self.heading(vault_id).as_slice())
            .and_then(parse_keys)
            .ok_or(VaultError::Tampered)?;
        if keyring.fits(self.holder.role()) {
            Ok(keyring)
        } else {
            Err(VaultError::Tampered)
        }
    }

    fn heading(&self, vault_id: Uuid) -> Vec<u8> {
        [
            PURPOSE,
            vault_id.as_bytes(),
            self.id.as_bytes(),
            &[self.holder.tag()],
        ]
        .concat()
    }

    /// Vouches for the public key with the lead's key.
    pub fn vouch(&mut self, vault_id: Uuid, keyring: &Keyring) -> Result<(), VaultError> {
        let lead = keyring.lead.as_ref().ok_or(VaultError::NotLead)?;
        let mac = lead.authenticate(vault_id, VOUCH_PURPOSE, &self.vouch_text()?)?;
        self.vouched = Bytes(mac.finalize().into_bytes().to_vec());
        Ok(())
    }

    /// Whether a lead vouched for this holder and public key.
    pub fn is_vouched(&self, vault_id: Uuid, lead: &Key) -> Result<bool, VaultError> {
        let mac = lead.authenticate(vault_id, VOUCH_PURPOSE, &self.vouch_text()?)?;
        Ok(mac.verify_slice(&self.vouched.0).is_ok())
    }

    fn vouch_text(&self) -> Result<Vec<u8>, VaultError> {
        serde_json::to_vec(&(self.id, &self.holder, &self.public_key))
            .map_err(|_| VaultError::Cryptography("canonical text"))
    }
}

const VOUCH_PURPOSE: &str = "relais vault slot";

fn parse_keys(bytes: &[u8]) -> Option<Keyring> {
    let (database, rest) = bytes.split_at_checked(32)?;
    let (mail, lead) = rest.split_at_checked(33)?;
    let optional = |part: &[u8]| match part.split_first()? {
        (0, _) => Some(None),
        (1, key) => Key::from_slice(key).map(Some),
        _ => None,
    };
    Some(Keyring {
        database: Key::from_slice(database)?,
        mail: optional(mail)?,
        lead: optional(lead)?,
    })
}
