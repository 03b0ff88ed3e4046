//! The draw inside a band of equal fit: without replacement, weighted to the firms that were referred least, and such
//! that anybody can do it again from its seed.
//!
//! - The stream of random words is ChaCha20's own (RFC 8439), its key the SHA-256 of the rule's number and the seed. No
//!   algorithm of a library of chance has a say in it: such algorithms change between versions, the cipher does not.
//! - A firm with *r* referrals in 90 days has the weight 1/(1 + r), as a whole number: a common multiple of 1…40,
//!   divided by 1 + r. So weights are exact up to 39 referrals, and rounded by less than 10⁻¹³ beyond.
//! - A number below the sum of the weights is taken by rejection: the fewest bits that hold the sum, again until the
//!   number is below it. Every number has exactly the same chance.

use std::collections::BTreeMap;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A firm in a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[ts(rename = "DrawCandidate")]
pub struct Candidate {
    /// Which.
    pub firm: Uuid,
    /// How often it stood on a list in the last 90 days.
    pub referrals: u32,
}

/// The least common multiple of the numbers from 1 to 40.
const COMMON_MULTIPLE: u64 = 5_342_931_457_063_200;

/// The weight of a firm by its referrals; never nought, so that everybody may be drawn.
const fn weight(referrals: u32) -> u64 {
    // At least 5 342 931 457 063 200 / 2³² = 1 243 993.
    COMMON_MULTIPLE / (referrals as u64 + 1)
}

/// The seed of a case's list: the same for the same reference and turn, so that nobody draws again until a name comes
/// that they like. Below 2⁵³, which every reader of JSON keeps exactly.
#[must_use]
pub fn seed_of(reference: &str, turn: u32) -> u64 {
    let mut hash = Sha256::new();
    hash.update(b"relais short list seed\0");
    hash.update(turn.to_be_bytes());
    hash.update(reference.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let first = digest.iter().take(8);
    first.fold(0u64, |number, byte| number << 8 | u64::from(*byte)) >> 11
}

/// The stream of random words of one list.
pub struct Stream(ChaCha20Rng);

impl Stream {
    /// The stream of a seed under a rule.
    #[must_use]
    pub fn new(algorithm: u16, seed: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"relais short list draw\0");
        hash.update(algorithm.to_be_bytes());
        hash.update(seed.to_be_bytes());
        Self(ChaCha20Rng::from_seed(hash.finalize().into()))
    }

    /// A number from 0 to `limit` − 1, each with the same chance; 0 for a limit of 0.
    fn below(&mut self, limit: u128) -> u128 {
        let mask = match limit {
            0 | 1 => return 0,
            _ => u128::MAX >> (limit - 1).leading_zeros(),
        };
        // One try in two succeeds at worst.
        loop {
            let high = u128::from(self.0.next_u64());
            let number = (high << 64 | u128::from(self.0.next_u64())) & mask;
            if number < limit {
                return number;
            }
        }
    }
}

/// Draws `names` of the candidates, or all of them: their indices, in their turn.
#[must_use]
pub fn draw(candidates: &[Candidate], names: usize, stream: &mut Stream) -> Vec<usize> {
    let mut left: Vec<(usize, u64)> = candidates
        .iter()
        .map(|one| weight(one.referrals))
        .enumerate()
        .collect();
    let mut drawn = Vec::with_capacity(names.min(left.len()));
    while drawn.len() < names && !left.is_empty() {
        let sum: u128 = left.iter().map(|(_, weight)| u128::from(*weight)).sum();
        let mut mark = stream.below(sum);
        let at = left.iter().position(|(_, weight)| {
            let weight = u128::from(*weight);
            let hit = mark < weight;
            if !hit {
                mark -= weight;
            }
            hit
        });
        // The mark is below the sum of the weights: it always hits.
        let Some(at) = at else { break };
        drawn.push(left.remove(at).0);
    }
    drawn
}

/// The chance of each candidate to be among `names` drawn ones, in their order; they add up to `names`, or to the
/// number of candidates where that is smaller.
///
/// Firms with the same referrals have the same chance, so it is enough to follow how many of each number of referrals
/// have been drawn. With *c* different numbers that makes (c + names)! / (c! names!) states: 53 130 for 20 and five
/// names.
#[must_use]
pub fn chances(candidates: &[Candidate], names: usize) -> Vec<f64> {
    let mut classes: BTreeMap<u32, usize> = BTreeMap::new();
    for one in candidates {
        *classes.entry(one.referrals).or_default() += 1;
    }
    let sizes: Vec<usize> = classes.values().copied().collect();
    let weights: Vec<f64> = classes.keys().map(|one| weight(*one) as f64).collect();
    let mut expected = vec![0.0; sizes.len()];
    let mut states = BTreeMap::from([(vec![0usize; sizes.len()], 1.0)]);
    for _ in 0..names.min(candidates.len()) {
        let mut next: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
        for (taken, chance) in states {
            let left = |class: usize| (sizes[class] - taken[class]) as f64 * weights[class];
            let sum: f64 = (0..sizes.len()).map(left).sum();
            for class in (0..sizes.len()).filter(|class| taken[*class] < sizes[*class]) {
                let chance = chance * left(class) / sum;
                expected[class] += chance;
                let mut taken = taken.clone();
                taken[class] += 1;
                *next.entry(taken).or_default() += chance;
            }
        }
        states = next;
    }
    let of_class: BTreeMap<u32, f64> = classes
        .into_iter()
        .zip(expected)
        .map(|((referrals, size), expected)| (referrals, expected / size as f64))
        .collect();
    let chance = |one: &Candidate| of_class.get(&one.referrals).copied();
    candidates
        .iter()
        .map(|one| chance(one).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests;
