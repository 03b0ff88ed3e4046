//! One signature by the chip, in the form that the library of signatures asks for.

use openpgp::{
    crypto::{self, mpi},
    packet::{
        Key,
        key::{PublicParts, UnspecifiedRole},
    },
    types::{Curve, HashAlgorithm},
};
use openpgp_card::ocard::{
    self, StatusBytes,
    crypto::{HashAlgo, SigningAlgo},
};
use sequoia_openpgp as openpgp;

use super::CardError;

/// A card in a transaction, its PIN shown, as a signer of the library.
pub(super) struct OnCard<'a, 'card> {
    pub card: &'a mut ocard::Transaction<'card>,
    pub public: Key<PublicParts, UnspecifiedRole>,
    pub touch: bool,
    /// What the card's failures mean: only the owner of the connection can tell.
    pub failed: &'a (dyn Fn(openpgp_card::Error) -> CardError + Send + Sync),
}

impl crypto::Signer for OnCard<'_, '_> {
    fn public(&self) -> &Key<PublicParts, UnspecifiedRole> {
        &self.public
    }

    /// PSO: COMPUTE DIGITAL SIGNATURE (§7.2.10).
    fn sign(&mut self, hash: HashAlgorithm, digest: &[u8]) -> openpgp::Result<mpi::Signature> {
        let (algorithm, digest) = asked(&self.public, hash, digest)?;
        let answer = self
            .card
            .signature_for_hash(algorithm, digest)
            .map_err(|error| self.refusal(error))?;
        let signature = answered(&self.public, &answer)?;
        // The fingerprint on the card is no more than a note: the key may be another.
        self.public
            .verify(&signature, hash, digest)
            .map_err(|_| CardError::FalseKey)?;
        Ok(signature)
    }
}

impl OnCard<'_, '_> {
    fn refusal(&self, error: openpgp_card::Error) -> CardError {
        use StatusBytes as S;
        match error {
            // The PIN was accepted just before: what is not satisfied is the touch. Cards differ in the word.
            openpgp_card::Error::CardStatus(
                S::SecurityStatusNotSatisfied
                | S::SecurityRelatedIssues
                | S::ConditionOfUseNotSatisfied
                | S::ExecutionErrorNonVolatileMemoryUnchanged,
            ) if self.touch => CardError::NotTouched,
            other => (self.failed)(other),
        }
    }
}

/// What the chip is to be asked for, and the part of the digest that it takes.
fn asked<'d>(
    key: &Key<PublicParts, UnspecifiedRole>,
    hash: HashAlgorithm,
    digest: &'d [u8],
) -> Result<(SigningAlgo, &'d [u8]), CardError> {
    match key.mpis() {
        mpi::PublicKey::RSA { .. } => {
            let hash = match hash {
                HashAlgorithm::SHA256 => HashAlgo::SHA256,
                HashAlgorithm::SHA384 => HashAlgo::SHA384,
                HashAlgorithm::SHA512 => HashAlgo::SHA512,
                other => return Err(CardError::Algorithm(other.to_string())),
            };
            Ok((SigningAlgo::RSA(hash), digest))
        }
        mpi::PublicKey::EdDSA { .. } | mpi::PublicKey::Ed25519 { .. } => {
            Ok((SigningAlgo::ECC, digest))
        }
        // ECDSA itself cuts a digest that is longer than the curve's numbers (FIPS 186-5 §6.4.1).
        mpi::PublicKey::ECDSA { curve, .. } => {
            let taken = digest.len().min(field_bytes(curve)?);
            Ok((SigningAlgo::ECC, &digest[..taken]))
        }
        _ => Err(CardError::Algorithm(key.pk_algo().to_string())),
    }
}

fn field_bytes(curve: &Curve) -> Result<usize, CardError> {
    match curve.bits() {
        Ok(bits) => Ok(bits.div_ceil(8)),
        Err(_) => Err(CardError::Algorithm(curve.to_string())),
    }
}

/// The numbers in the chip's answer: one for RSA, two halves of the same length otherwise.
fn answered(
    key: &Key<PublicParts, UnspecifiedRole>,
    answer: &[u8],
) -> Result<mpi::Signature, CardError> {
    let halves = || {
        let (r, s) = answer.split_at(answer.len() / 2);
        (mpi::MPI::new(r), mpi::MPI::new(s))
    };
    match key.mpis() {
        mpi::PublicKey::RSA { .. } => Ok(mpi::Signature::RSA {
            s: mpi::MPI::new(answer),
        }),
        mpi::PublicKey::EdDSA { .. } => {
            let (r, s) = halves();
            Ok(mpi::Signature::EdDSA { r, s })
        }
        mpi::PublicKey::ECDSA { .. } => {
            let (r, s) = halves();
            Ok(mpi::Signature::ECDSA { r, s })
        }
        mpi::PublicKey::Ed25519 { .. } => match answer.try_into() {
            Ok(whole) => Ok(mpi::Signature::Ed25519 { s: Box::new(whole) }),
            Err(_) => Err(CardError::FalseKey),
        },
        _ => Err(CardError::Algorithm(key.pk_algo().to_string())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openpgp::{
        crypto::Signer,
        packet::key::{Key4, PrimaryRole, SecretParts},
    };

    use super::*;

    /// A chip that signs what it is handed and answers as §7.2.10 says: the numbers, one after the other.
    fn chip(key: &Key<SecretParts, UnspecifiedRole>, digest: &[u8], half: usize) -> Vec<u8> {
        let mut pair = key.clone().into_keypair().unwrap();
        match pair.sign(HashAlgorithm::SHA512, digest).unwrap() {
            mpi::Signature::RSA { s } => s.value().to_vec(),
            mpi::Signature::ECDSA { r, s } | mpi::Signature::EdDSA { r, s } => {
                let numbers = [r, s].map(|number| number.value_padded(half).unwrap().into_owned());
                numbers.concat()
            }
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn what_a_chip_takes_of_a_digest_makes_a_signature_of_all_of_it() {
        type Made = openpgp::Result<Key4<SecretParts, PrimaryRole>>;
        let kinds: [(Made, usize, usize); 5] = [
            (Key4::generate_ecc(true, Curve::Ed25519), 64, 32),
            (Key4::generate_ecc(true, Curve::NistP256), 32, 32),
            (Key4::generate_ecc(true, Curve::NistP384), 48, 48),
            (Key4::generate_ecc(true, Curve::NistP521), 64, 66),
            (Key4::generate_rsa(2048), 64, 0),
        ];
        let digest: Vec<u8> = (0..64).collect();
        for (key, taken, half) in kinds {
            let key: Key<SecretParts, UnspecifiedRole> =
                Key::from(key.unwrap()).role_into_unspecified();
            let public = key.clone().take_secret().0;
            let (_, part) = asked(&public, HashAlgorithm::SHA512, &digest).unwrap();
            assert_eq!(part.len(), taken, "{}", public.pk_algo());
            // A chip is handed the digest of RSA inside a frame of ours: here the library makes it.
            let signature = answered(&public, &chip(&key, part, half)).unwrap();
            let verified = public.verify(&signature, HashAlgorithm::SHA512, &digest);
            assert!(verified.is_ok(), "{}: {verified:?}", public.pk_algo());
        }
    }
}
