//! From a passphrase to a wrapping key: Argon2id (RFC 9106).

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};

use super::{Key, VaultError};

/// What one guess costs. Written in each access, so that it can be raised later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl KdfCost {
    /// RFC 9106 section 4, second recommended option, on one lane: 64 MiB, 3 passes.
    pub const PRODUCT: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    /// A file that asks for more would hang the unlock screen: it is refused.
    const LIMIT: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 16,
        lanes: 16,
    };

    fn params(self) -> Result<Params, VaultError> {
        let within = self.memory_kib <= Self::LIMIT.memory_kib
            && self.passes <= Self::LIMIT.passes
            && self.lanes <= Self::LIMIT.lanes;
        within
            .then(|| Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok())
            .flatten()
            .ok_or(VaultError::UnreasonableCost)
    }

    /// The key that `secret` gives with this salt.
    pub(super) fn derive(self, secret: &[u8], salt: &[u8]) -> Result<Key, VaultError> {
        let params = self.params()?;
        let mut blocks = vec![Block::default(); params.block_count()];
        let mut key = zeroize::Zeroizing::new([0; 32]);
        let derived = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(secret, salt, key.as_mut_slice(), &mut blocks);
        // The last block alone gives the key back; `black_box` keeps the wipe from being optimised out.
        blocks.fill(Block::default());
        std::hint::black_box(&blocks);
        derived.map_err(|_| VaultError::Cryptography("Argon2id"))?;
        Key::from_slice(key.as_slice()).ok_or(VaultError::Cryptography("Argon2id"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_derivation_is_the_one_of_the_rfc() {
        // Made with the reference implementation: argon2 -id -t 2 -k 256 -p 1 -l 32, salt "somesalt".
        let cost = KdfCost {
            memory_kib: 256,
            passes: 2,
            lanes: 1,
        };
        let key = cost.derive(b"password", b"somesalt").unwrap();
        let hex: String = key
            .bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hex,
            "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
        );
    }

    #[test]
    fn a_cost_that_would_hang_the_machine_is_refused() {
        for cost in [
            KdfCost {
                memory_kib: u32::MAX,
                ..KdfCost::PRODUCT
            },
            KdfCost {
                passes: 1000,
                ..KdfCost::PRODUCT
            },
            KdfCost {
                lanes: 0,
                ..KdfCost::PRODUCT
            },
        ] {
            assert!(matches!(
                cost.derive(b"x", b"saltsaltsalt"),
                Err(VaultError::UnreasonableCost)
            ));
        }
    }
}
