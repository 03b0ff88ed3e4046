//! Passphrases: what is typed, and the generator of French words.

use std::fmt;
use std::sync::LazyLock;

use rand::{CryptoRng, Rng};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::VaultError;

/// A longer text is a paste by mistake; as UTF-8, before normalisation.
pub const PASSPHRASE_LIMIT_BYTES: usize = 1024;

/// Words of a generated passphrase: 7 × 12 = 84 bits, past CNIL's 80.
pub const GENERATED_WORDS: usize = 7;

/// A passphrase fit to be tried: not empty, not too long, in Unicode's composed form (NFC), so that
/// an accent typed on another keyboard gives the same bytes. Wiped when dropped.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed. Its strength is [`super::strength()`]'s matter.
    pub fn new(typed: &str) -> Result<Self, VaultError> {
        match typed.len() {
            0 => Err(VaultError::EmptyPassphrase),
            1..=PASSPHRASE_LIMIT_BYTES => {
                // Room for the longest composed form at once: growing would leave unwiped pieces.
                let mut composed = Zeroizing::new(String::with_capacity(3 * typed.len()));
                composed.extend(typed.nfc());
                Ok(Self(composed))
            }
            _ => Err(VaultError::PassphraseTooLong),
        }
    }

    pub(super) fn secret(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// The shipped words, sorted. Source and licence in `mots.md`.
pub(super) static WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("mots.txt").lines().collect());

/// The bits that one word drawn from the list is worth.
#[must_use]
pub fn bits_per_word() -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a few thousand words")]
    let words = WORDS.len() as f64;
    words.log2()
}

/// Draws `words` different words, joined by dashes. Without repetition costs less than a hundredth
/// of a bit for seven words and spares the reader a word that looks like an error.
pub fn generate(words: usize, rng: &mut (impl CryptoRng + ?Sized)) -> Zeroizing<String> {
    let mut drawn: Vec<usize> = Vec::with_capacity(words);
    while drawn.len() < words.min(WORDS.len()) {
        let index = rng.random_range(0..WORDS.len());
        if !drawn.contains(&index) {
            drawn.push(index);
        }
    }
    let mut text = Zeroizing::new(String::with_capacity(9 * words));
    for index in drawn {
        if !text.is_empty() {
            text.push('-');
        }
        text.push_str(WORDS[index]);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    use super::*;

    #[test]
    fn the_list_has_4096_plain_french_words_in_order() {
        assert_eq!(WORDS.len(), 4096);
        assert!(WORDS.is_sorted_by(|a, b| a < b));
        for word in WORDS.iter() {
            assert!((4..=8).contains(&word.len()), "{word}");
            assert!(
                word.bytes().all(|letter| letter.is_ascii_lowercase()),
                "{word}"
            );
        }
    }

    #[test]
    fn a_generated_passphrase_is_made_of_different_words_of_the_list() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        for _ in 0..200 {
            let text = generate(GENERATED_WORDS, &mut rng);
            let mut words: Vec<&str> = text.split('-').collect();
            assert!(words.iter().all(|word| WORDS.binary_search(word).is_ok()));
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), GENERATED_WORDS);
        }
    }

    #[test]
    fn every_word_can_be_drawn() {
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        let mut seen = std::collections::HashSet::new();
        for _ in 0..10_000 {
            seen.extend(generate(7, &mut rng).split('-').map(str::to_owned));
        }
        assert_eq!(seen.len(), WORDS.len());
    }

    #[test]
    fn the_same_accent_typed_in_two_ways_is_the_same_passphrase() {
        let composed = Passphrase::new("été à l’océan").unwrap();
        let decomposed = Passphrase::new("e\u{301}te\u{301} a\u{300} l’oce\u{301}an").unwrap();
        assert_eq!(composed.secret(), decomposed.secret());
    }

    #[test]
    fn an_empty_or_a_pasted_megabyte_is_no_passphrase() {
        assert!(matches!(
            Passphrase::new(""),
            Err(VaultError::EmptyPassphrase)
        ));
        assert!(Passphrase::new(&"x".repeat(1024)).is_ok());
        let paste = "x".repeat(10_000_000);
        assert!(matches!(
            Passphrase::new(&paste),
            Err(VaultError::PassphraseTooLong)
        ));
    }
}
