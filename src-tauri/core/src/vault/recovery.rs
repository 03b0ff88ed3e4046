//! The printed recovery key: opens the vault when every passphrase is forgotten.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use super::VaultError;
use super::key::fill_random;

/// Crockford's Base32: no I, L, O, U, so that paper and hand do not confuse it.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Groups of four: three random characters and one that checks them, so that a typo is named by
/// its group while it is typed. 9 × 3 × 5 = 135 random bits; eight groups would leave 120.
pub const RECOVERY_GROUPS: usize = 9;
const RANDOM_PER_GROUP: usize = 3;
const GROUP_CHARS: usize = RANDOM_PER_GROUP + 1;

/// How a recovery key is not well copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// This group (from 1) holds an error.
    #[error("group {0}")]
    Group(usize),
    /// Every whole group is right, but there are too few or too many characters.
    #[error("{found} characters instead of {}", RECOVERY_GROUPS * GROUP_CHARS)]
    Length {
        /// Characters found, separators left out.
        found: usize,
    },
}

/// A recovery key, as symbols from 0 to 31; wiped when dropped.
pub struct RecoveryKey([u8; RECOVERY_GROUPS * RANDOM_PER_GROUP]);

impl RecoveryKey {
    /// A new key from the system's randomness.
    pub fn random() -> Result<Self, VaultError> {
        let mut key = Self([0; RECOVERY_GROUPS * RANDOM_PER_GROUP]);
        fill_random(&mut key.0)?;
        // 256 is a multiple of 32: no value is favoured.
        key.0.iter_mut().for_each(|symbol| *symbol %= 32);
        Ok(key)
    }

    /// Reads what somebody typed: case, spaces and dashes do not count, O is 0, I and L are 1.
    pub fn parse(typed: &str) -> Result<Self, Mistyped> {
        let mut key = Self([0; RECOVERY_GROUPS * RANDOM_PER_GROUP]);
        let symbols: Zeroizing<Vec<Option<u8>>> = Zeroizing::new(
            // One group more than a key has is enough to see that it is too long.
            significant(typed)
                .take((RECOVERY_GROUPS + 1) * GROUP_CHARS)
                .map(symbol)
                .collect(),
        );
        for (index, group) in symbols
            .chunks_exact(GROUP_CHARS)
            .take(RECOVERY_GROUPS)
            .enumerate()
        {
            let wrong = Mistyped::Group(index + 1);
            let [Some(a), Some(b), Some(c), Some(check)] = *group else {
                return Err(wrong);
            };
            if check != check_symbol(index, [a, b, c]) {
                return Err(wrong);
            }
            let at = index * RANDOM_PER_GROUP;
            key.0[at..at + RANDOM_PER_GROUP].copy_from_slice(&[a, b, c]);
        }
        if symbols.len() == RECOVERY_GROUPS * GROUP_CHARS {
            Ok(key)
        } else {
            Err(Mistyped::Length {
                found: significant(typed).count(),
            })
        }
    }

    /// The groups to print, in order, of four characters each.
    #[must_use]
    pub fn groups(&self) -> Vec<Zeroizing<String>> {
        let groups = self.0.chunks_exact(RANDOM_PER_GROUP).enumerate();
        groups
            .map(|(index, group)| {
                let check = check_symbol(index, [group[0], group[1], group[2]]);
                let symbols = group.iter().chain([&check]);
                Zeroizing::new(
                    symbols
                        .map(|symbol| char::from(ALPHABET[usize::from(*symbol)]))
                        .collect(),
                )
            })
            .collect()
    }

    /// The groups with a dash between them, as who types them into another program writes it.
    #[must_use]
    pub fn printed(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(RECOVERY_GROUPS * (GROUP_CHARS + 1)));
        for group in self.groups() {
            if !text.is_empty() {
                text.push('-');
            }
            text.push_str(&group);
        }
        text
    }

    /// Whether `typed` is group `number` (from 1): the proof that the key was printed or noted.
    #[must_use]
    pub fn is_group(&self, number: usize, typed: &str) -> bool {
        let expected = number
            .checked_sub(1)
            .and_then(|index| self.groups().into_iter().nth(index));
        expected.is_some_and(|expected| {
            significant(typed)
                .map(symbol)
                .eq(expected.chars().map(symbol))
        })
    }

    /// What the wrapping key is derived from.
    pub(super) fn secret(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for RecoveryKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

fn significant(typed: &str) -> impl Iterator<Item = char> {
    let separates =
        |c: &char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '.' | '·');
    typed.chars().filter(move |c| !separates(c))
}

fn symbol(c: char) -> Option<u8> {
    let upper = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let position = ALPHABET
        .iter()
        .position(|letter| char::from(*letter) == upper)?;
    u8::try_from(position).ok()
}

/// A weighted sum in GF(32) that also counts the group's place: one wrong character, two
/// neighbours swapped, or two groups swapped never go unseen.
fn check_symbol(group: usize, symbols: [u8; RANDOM_PER_GROUP]) -> u8 {
    let place = u8::try_from(group % 31).unwrap_or_default() + 1;
    symbols
        .iter()
        .fold(place, |sum, symbol| times_x(sum ^ symbol))
}

/// Multiplies by x modulo x⁵ + x² + 1.
fn times_x(symbol: u8) -> u8 {
    let shifted = symbol << 1;
    if shifted & 0b10_0000 == 0 {
        shifted
    } else {
        shifted ^ 0b10_0101
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn key() -> RecoveryKey {
        RecoveryKey(std::array::from_fn(|i| {
            u8::try_from((i * 7 + 3) % 32).unwrap()
        }))
    }

    fn printed(key: &RecoveryKey) -> String {
        key.groups()
            .iter()
            .map(|group| group.as_str())
            .collect::<Vec<_>>()
            .join("-")
    }

    #[test]
    fn a_printed_key_reads_back() {
        let key = RecoveryKey::random().unwrap();
        assert_eq!(printed(&key).len(), 9 * 4 + 8);
        assert_eq!(RecoveryKey::parse(&printed(&key)).unwrap().0, key.0);
    }

    #[test]
    fn case_spaces_and_lookalikes_do_not_matter() {
        let key = key();
        let typed = printed(&key)
            .to_lowercase()
            .replace('-', " \u{a0}")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(RecoveryKey::parse(&typed).unwrap().0, key.0);
    }

    #[test]
    fn every_single_typo_is_named_by_its_group() {
        let right: Vec<char> = printed(&key()).chars().filter(|c| *c != '-').collect();
        for at in 0..right.len() {
            for other in ALPHABET
                .iter()
                .map(|letter| char::from(*letter))
                .filter(|c| *c != right[at])
            {
                let mut wrong = right.clone();
                wrong[at] = other;
                let typed: String = wrong.into_iter().collect();
                assert_eq!(
                    RecoveryKey::parse(&typed).unwrap_err(),
                    Mistyped::Group(at / 4 + 1)
                );
            }
        }
    }

    #[test]
    fn swapped_neighbours_and_swapped_groups_are_seen() {
        let right: Vec<char> = printed(&key()).chars().filter(|c| *c != '-').collect();
        for at in (0..right.len() - 1).filter(|at| at % 4 != 3 && right[*at] != right[at + 1]) {
            let mut wrong = right.clone();
            wrong.swap(at, at + 1);
            let typed: String = wrong.into_iter().collect();
            assert_eq!(
                RecoveryKey::parse(&typed).unwrap_err(),
                Mistyped::Group(at / 4 + 1)
            );
        }
        let text = printed(&key());
        let mut groups: Vec<&str> = text.split('-').collect();
        groups.swap(2, 5);
        assert_eq!(
            RecoveryKey::parse(&groups.concat()).unwrap_err(),
            Mistyped::Group(3)
        );
    }

    #[test]
    fn a_key_cut_short_or_too_long_is_told_from_a_wrong_one() {
        let text = printed(&key());
        let short = &text[..text.len() - 5];
        assert_eq!(
            RecoveryKey::parse(short).unwrap_err(),
            Mistyped::Length { found: 32 }
        );
        let long = format!("{text}-0000");
        assert_eq!(
            RecoveryKey::parse(&long).unwrap_err(),
            Mistyped::Length { found: 40 }
        );
        assert_eq!(
            RecoveryKey::parse("").unwrap_err(),
            Mistyped::Length { found: 0 }
        );
        assert_eq!(RecoveryKey::parse("clé!").unwrap_err(), Mistyped::Group(1));
    }

    #[test]
    fn a_group_typed_back_proves_that_the_key_was_noted() {
        let key = key();
        let third = key.groups()[2].to_lowercase();
        assert!(key.is_group(3, &third));
        assert!(!key.is_group(4, &third) && !key.is_group(0, &third) && !key.is_group(10, &third));
        assert!(!key.is_group(3, "") && !key.is_group(3, "é???"));
    }
}
