//! The short French words that the passphrase of a case is made of. Choice and licence stand in the head of the file.

use std::sync::LazyLock;

use crate::domain::mail::passphrase::Words;

static WORDS: LazyLock<Words<'static>> = LazyLock::new(|| {
    let lines = include_str!("data/case-words.txt").lines();
    Words::new(lines.filter(|line| !line.starts_with('#')))
});

/// The shipped words.
#[must_use]
pub fn case_words() -> &'static Words<'static> {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail::passphrase::{MAX_BYTES, MIN_BITS, generate};

    #[test]
    fn the_words_are_short_plain_sorted_and_each_there_once() {
        let text = include_str!("data/case-words.txt");
        let words: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(words.is_sorted_by(|a, b| a < b));
        for word in words {
            assert!((3..=5).contains(&word.len()), "{word}");
            assert!(word.bytes().all(|c| c.is_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn what_they_give_is_worth_seventy_seven_bits_in_thirty_two_bytes() {
        assert!(case_words().bits() >= MIN_BITS, "{}", case_words().bits());
        for seed in 0..2_000_u128 {
            let random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
            let passphrase = generate(case_words(), &random.to_le_bytes());
            assert!(passphrase.len() <= MAX_BYTES, "{}", *passphrase);
        }
    }

    #[test]
    fn no_number_is_among_them_as_figures_stand_between() {
        let text = include_str!("data/case-words.txt");
        for number in [
            "un", "une", "deux", "trois", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
            "douze", "cent", "mille", "zero",
        ] {
            assert!(!text.lines().any(|line| line == number), "{number}");
        }
    }
}
