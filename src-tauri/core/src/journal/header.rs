//! The header of an entry: its exact bytes, their hash and signature.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What distinguishes these bytes from any other signed by the same key.
const LABEL: &[u8] = b"relais journal entry 1\0";

/// All that a header binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The device that writes the chain.
    pub device: Uuid,
    /// What the chain speaks of (see `Scope::number`).
    pub scope: u8,
    /// The case or organisation; nil for the registry.
    pub subject: Uuid,
    /// Place in the chain, from 1.
    pub seq: u64,
    /// Header hash of the entry before; zeros for the first.
    pub prev: [u8; 32],
    /// Hybrid logical clock.
    pub hlc: u64,
    /// Wall clock, milliseconds since 1970.
    pub at: i64,
    /// The person who made the change.
    pub author: Uuid,
    /// Version of the body's shape.
    pub schema: u32,
    /// Hash of salt and body.
    pub body_hash: [u8; 32],
}

impl Header {
    /// The bytes that are hashed and signed. Every field has a fixed length, so no two headers share them.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(192);
        out.extend_from_slice(LABEL);
        out.extend_from_slice(self.device.as_bytes());
        out.push(self.scope);
        out.extend_from_slice(self.subject.as_bytes());
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.prev);
        out.extend_from_slice(&self.hlc.to_be_bytes());
        out.extend_from_slice(&self.at.to_be_bytes());
        out.extend_from_slice(self.author.as_bytes());
        out.extend_from_slice(&self.schema.to_be_bytes());
        out.extend_from_slice(&self.body_hash);
        out
    }

    /// SHA-256 of the header: what the next entry chains to.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.bytes()).into()
    }

    /// Signs the header.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> [u8; 64] {
        key.sign(&self.bytes()).to_bytes()
    }

    /// Whether the signature is this device's on this header.
    #[must_use]
    pub fn is_signed(&self, key: &VerifyingKey, signature: &[u8; 64]) -> bool {
        key.verify(&self.bytes(), &Signature::from_bytes(signature))
            .is_ok()
    }
}

/// Hash of a body under its salt: without the salt, a guess at an erased body cannot be confirmed.
#[must_use]
pub fn body_hash(salt: &[u8; 16], body: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

/// The next hybrid clock: the wall clock where it runs ahead of all that was seen, else one more than the highest.
#[must_use]
pub fn next_clock(highest: u64, at: i64) -> u64 {
    let wall = u64::try_from(at).unwrap_or(0) << 16;
    wall.max(highest.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_back_never_reverses_the_order() {
        let first = next_clock(0, 1_000);
        let second = next_clock(first, 10);
        assert!(second > first);
        assert!(next_clock(second, 2_000) > second);
        assert!(next_clock(second, -5) > second);
    }

    #[test]
    fn each_field_changes_the_hash() {
        let header = Header {
            device: Uuid::nil(),
            scope: 1,
            subject: Uuid::nil(),
            seq: 1,
            prev: [0; 32],
            hlc: 1,
            at: 1,
            author: Uuid::nil(),
            schema: 1,
            body_hash: [0; 32],
        };
        let other = Uuid::from_u128(1);
        let changed = [
            Header {
                device: other,
                ..header.clone()
            },
            Header {
                scope: 2,
                ..header.clone()
            },
            Header {
                subject: other,
                ..header.clone()
            },
            Header {
                seq: 2,
                ..header.clone()
            },
            Header {
                prev: [1; 32],
                ..header.clone()
            },
            Header {
                hlc: 2,
                ..header.clone()
            },
            Header {
                at: 2,
                ..header.clone()
            },
            Header {
                author: other,
                ..header.clone()
            },
            Header {
                schema: 2,
                ..header.clone()
            },
            Header {
                body_hash: [1; 32],
                ..header.clone()
            },
        ];
        for one in changed {
            assert_ne!(one.hash(), header.hash());
        }
    }
}
