//! The passphrase of a case: told by telephone, typed into a PDF reader or an archive program that we do not know.
//!
//! Three things are wanted of it, and short French words alone do not give them together: 77 bits; at most 32 bytes, as
//! programs that know the older PDF ciphers cut there (AES-256 itself takes 127, ISO 32000-2 §7.6.4.3.3); and words that
//! a listener writes as they were said. Seven words of at most 26 letters in all are worth 59 bits when those that sound
//! like another are left out: joined by dashes they fall 18 bits short. So a figure stands in the place of each dash. It
//! takes no more room, is never misheard, is worth three bits (2 to 9: neither 0 nor 1, which look like letters) and
//! cannot be forgotten as a dash can: `loup4dune7sac2abri9moto3sel5val`.

use zeroize::Zeroizing;

/// Words of a passphrase.
pub const WORDS: usize = 7;
/// Longest passphrase.
pub const MAX_BYTES: usize = 32;
/// What it is worth at least.
pub const MIN_BITS: f64 = 77.0;

/// The letters that are left once the figures stand.
const MAX_LETTERS: usize = MAX_BYTES - GAPS;
const GAPS: usize = WORDS - 1;
const FIGURES: u128 = 8;
const FIRST_FIGURE: u8 = b'2';

/// Words to draw from, and in how many ways they make a passphrase.
#[derive(Debug)]
pub struct Words<'w> {
    by_length: Vec<Vec<&'w str>>,
    /// `ways[words][letters]`: how many rows of so many words have at most so many letters.
    ways: Vec<Vec<u128>>,
}

impl<'w> Words<'w> {
    /// Takes the words; those that are longer than a whole passphrase are never drawn.
    pub fn new(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut by_length: Vec<Vec<&str>> = vec![Vec::new(); MAX_LETTERS + 1];
        for word in words {
            if let Some(same) = by_length.get_mut(word.len()) {
                same.push(word);
            }
        }
        let mut ways = vec![vec![1; MAX_LETTERS + 1]];
        for row in 0..WORDS {
            let next = (0..=MAX_LETTERS).map(|letters| {
                (1..=letters)
                    .map(|length| by_length[length].len() as u128 * ways[row][letters - length])
                    .sum()
            });
            ways.push(next.collect());
        }
        Self { by_length, ways }
    }

    /// How many different passphrases there are.
    fn passphrases(&self) -> u128 {
        self.ways[WORDS][MAX_LETTERS] * figures(GAPS)
    }

    /// What a passphrase is worth, in bits: each is drawn as likely as any other.
    #[must_use]
    pub fn bits(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a hundredth of a bit is enough")]
        let count = self.passphrases() as f64;
        count.log2()
    }
}

/// In how many ways so many figures fall.
fn figures(count: usize) -> u128 {
    (0..count).map(|_| FIGURES).product()
}

/// Makes a passphrase of sixteen random bytes. None is likelier than another by more than one part in 2⁵⁰. Empty when the
/// words make none.
#[must_use]
pub fn generate(words: &Words<'_>, random: &[u8; 16]) -> Zeroizing<String> {
    // Reserved at once: growing would leave pieces behind in freed memory.
    let mut text = Zeroizing::new(String::with_capacity(MAX_BYTES));
    let Some(mut place) = u128::from_le_bytes(*random).checked_rem(words.passphrases()) else {
        return text;
    };
    let mut letters = MAX_LETTERS;
    for left in (0..WORDS).rev() {
        if left < GAPS {
            let figure = u8::try_from(place % FIGURES).unwrap_or_default();
            place /= FIGURES;
            text.push(char::from(FIRST_FIGURE + figure));
        }
        for length in 1..=letters {
            let after = words.ways[left][letters - length] * figures(left);
            let block = words.by_length[length].len() as u128 * after;
            if place < block {
                let index = usize::try_from(place / after).unwrap_or_default();
                text.push_str(words.by_length[length][index]);
                place %= after;
                letters -= length;
                break;
            }
            place -= block;
        }
    }
    text
}

/// What is left of a passphrase however it was typed: letters and figures, in small letters. For our own opening alone:
/// the programs of the recipients compare byte by byte.
#[must_use]
pub fn folded(typed: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(typed.len()));
    let kept = typed.chars().filter(char::is_ascii_alphanumeric);
    text.extend(kept.map(|c| c.to_ascii_lowercase()));
    text
}

/// Whether a text gives the passphrase away, however it is parted or capitalised.
#[must_use]
pub fn is_inside(text: &str, passphrase: &str) -> bool {
    let passphrase = folded(passphrase);
    !passphrase.is_empty() && folded(text).contains(passphrase.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn few() -> Words<'static> {
        Words::new(["sac", "val", "dune", "loup", "globe"])
    }

    #[test]
    fn words_and_figures_take_turns() {
        let words = few();
        for random in 0..500_u128 {
            let random = random.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
            let text = generate(&words, &random.to_le_bytes());
            let parts: Vec<&str> = text.split(|c: char| c.is_ascii_digit()).collect();
            assert_eq!(parts.len(), WORDS, "{}", *text);
            for part in parts {
                assert!(["sac", "val", "dune", "loup", "globe"].contains(&part));
            }
            assert!(text.len() <= MAX_BYTES && !text.contains(['0', '1']));
        }
    }

    #[test]
    fn each_place_gives_another_passphrase() {
        let words = Words::new(["sac", "dune"]);
        let all = words.passphrases();
        // Every combination of two words fits but those with more than five of the long one.
        assert_eq!(all, (128 - 7 - 1) * 8_u128.pow(6));
        let step = 10_007;
        let drawn: BTreeSet<String> = (0..all / step)
            .map(|place| generate(&words, &(place * step).to_le_bytes()).to_string())
            .collect();
        assert_eq!(drawn.len() as u128, all / step);
    }

    #[test]
    fn no_words_make_no_passphrase() {
        assert!(generate(&Words::new([]), &[7; 16]).is_empty());
    }

    #[test]
    fn spaces_and_capitals_are_forgiven() {
        assert_eq!(*folded("Loup 4 Dune-7 SAC"), "loup4dune7sac");
        assert!(is_inside("Voici : loup 4 dune 7 sac.", "loup4dune7sac"));
        assert!(!is_inside("Voici : loup 4 dune.", "loup4dune7sac"));
        assert!(!is_inside("rien", ""));
    }
}
