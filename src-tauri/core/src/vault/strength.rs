//! How hard a passphrase is to guess, on the low side: a wrong « fort » costs the cases, a wrong
//! « faible » a few more letters.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::feedback::Warning;

use super::passphrase::{PASSPHRASE_LIMIT_BYTES, WORDS, bits_per_word};

/// CNIL 2022-100: a passphrase that stands alone.
const STRONG_BITS: u32 = 80;
/// CNIL 2022-100: enough where wrong attempts lock out. A copied folder knows no lock-out.
const LOCKOUT_BITS: u32 = 50;
/// A small word (le, de, son…): some thirty of them.
const SMALL_WORD_BITS: f64 = 5.0;
/// What zxcvbn counts for one character without a pattern: ten guesses.
const CHARACTER_BITS: f64 = std::f64::consts::LOG2_10;

/// 19 characters without a pattern are 10¹⁹ guesses, the most that 64 bits hold.
const PIECE_CHARS: usize = 19;

/// The estimate and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Strength {
    /// Bits, rounded down.
    pub bits: u32,
    /// What the bits are worth.
    pub verdict: Verdict,
    /// What weakens it, in the order of [`Hint`].
    pub hints: Vec<Hint>,
}

/// What a passphrase is worth by CNIL's deliberation 2022-100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Under 50 bits.
    TooWeak,
    /// 50 to 79 bits: only where wrong attempts lock out.
    LockoutOnly,
    /// 80 bits or more.
    Strong,
}

/// What weakens a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// Longer than the limit; it is not accepted at all.
    TooLong,
    /// It holds a name of the context: the person, the team, the product.
    ContainsName,
    /// It is, or resembles, a much-used password.
    CommonPassword,
    /// Names and first names are the first thing tried.
    CommonName,
    /// A row of keys.
    KeyboardPattern,
    /// abc, 1234.
    Sequence,
    /// The same word or character again.
    Repetition,
    /// A date or a year.
    Date,
    /// More words are needed: let the product draw them.
    AddWords,
}

/// Estimates `passphrase`; `context` holds the names that an attacker would try first.
#[must_use]
pub fn strength(passphrase: &str, context: &[&str]) -> Strength {
    if passphrase.len() > PASSPHRASE_LIMIT_BYTES {
        return Strength {
            bits: 0,
            verdict: Verdict::TooWeak,
            hints: vec![Hint::TooLong],
        };
    }
    let folded = Zeroizing::new(fold(passphrase));
    let names = name_words(context);
    let mut hints = BTreeSet::new();

    let by_words = word_bits(&folded, &names, &mut hints);
    // Passwords, keyboard rows and dates also span what looks like separators.
    let by_patterns = pattern_bits(passphrase, &mut hints);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to about 3 400"
    )]
    let bits = by_words.min(by_patterns).max(0.0).floor() as u32;

    let verdict = match bits {
        STRONG_BITS.. => Verdict::Strong,
        LOCKOUT_BITS.. => Verdict::LockoutOnly,
        _ => Verdict::TooWeak,
    };
    if verdict == Verdict::Strong {
        // What the interface shows as advice would be noise beside « fort ».
        hints.clear();
    } else {
        hints.insert(Hint::AddWords);
    }
    Strength {
        bits,
        verdict,
        hints: hints.into_iter().collect(),
    }
}

/// Lower case without accents: writing « été » or « ETE » adds next to nothing.
fn fold(text: &str) -> String {
    let is_accent = unicode_normalization::char::is_combining_mark;
    text.nfd()
        .filter(|c| !is_accent(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

fn name_words(context: &[&str]) -> Vec<String> {
    let folded = context.iter().flat_map(|name| {
        let words = fold(name);
        words
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    folded.filter(|word| word.chars().count() >= 3).collect()
}

/// The sum over the distinct parts between separators; a part said twice counts once.
fn word_bits(folded: &str, names: &[String], hints: &mut BTreeSet<Hint>) -> f64 {
    let all: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let parts: BTreeSet<&str> = all.iter().copied().collect();
    if parts.len() < all.len() {
        hints.insert(Hint::Repetition);
    }
    // Three words or more read like a sentence: each is then a word, however many letters it has.
    let sentence = parts
        .iter()
        .filter(|part| part.chars().all(char::is_alphabetic))
        .count()
        >= 3;
    let words: f64 = parts
        .iter()
        .map(|part| part_bits(part, names, sentence, hints))
        .sum();
    // The same separator throughout adds nothing; of several kinds, each is a choice among them.
    let separators: Vec<char> = folded.chars().filter(|c| !c.is_alphanumeric()).collect();
    let kinds = separators.iter().collect::<BTreeSet<_>>().len().max(1);
    #[allow(clippy::cast_precision_loss, reason = "at most 1 024")]
    let choices = separators.len() as f64 * (kinds as f64).log2();
    words + choices
}

fn part_bits(part: &str, names: &[String], sentence: bool, hints: &mut BTreeSet<Hint>) -> f64 {
    let is_name = names.iter().any(|name| name == part);
    if is_name {
        hints.insert(Hint::ContainsName);
    }
    // Before the names: a drawn « pierre » is worth its draw, even to somebody called Pierre.
    if WORDS.binary_search(&part).is_ok() {
        return bits_per_word();
    }
    if is_name {
        return 1.0;
    }
    let estimate = glued_bits(part).min(pattern_bits(part, hints));
    match (
        sentence && part.chars().all(char::is_alphabetic),
        part.chars().count(),
    ) {
        (true, ..=3) => estimate.min(SMALL_WORD_BITS),
        (true, ..=12) => estimate.min(bits_per_word()),
        _ => estimate,
    }
}

/// The cheapest way to write `part` with words of the list and single characters.
fn glued_bits(part: &str) -> f64 {
    let ends: Vec<usize> = part
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let mut best = vec![(0, 0.0)];
    for end in ends {
        let ways = best.iter().map(|&(start, bits): &(usize, f64)| {
            let is_word = WORDS.binary_search(&&part[start..end]).is_ok();
            bits + if is_word {
                bits_per_word()
            } else {
                CHARACTER_BITS * character_count(&part[start..end])
            }
        });
        let cheapest = ways.fold(f64::INFINITY, f64::min);
        // A word of the list has eight letters at most: earlier starts cannot matter any more.
        if best.len() > 8 {
            best.remove(0);
        }
        best.push((end, cheapest));
    }
    best.last().map_or(0.0, |(_, bits)| *bits)
}

#[allow(clippy::cast_precision_loss, reason = "at most 1 024")]
fn character_count(text: &str) -> f64 {
    text.chars().count() as f64
}

/// zxcvbn's estimate of passwords, keyboard rows, dates and the like. It counts in 64 bits, and
/// overflows on a long keyboard row (3.1.1), so it is given pieces that stay below.
fn pattern_bits(text: &str, hints: &mut BTreeSet<Hint>) -> f64 {
    let characters: Vec<char> = text.chars().collect();
    let unit = &characters[..period(&characters)];
    if unit.len() < characters.len() {
        hints.insert(Hint::Repetition);
    }
    let pieces = unit.chunks(PIECE_CHARS).map(|piece| {
        let piece = Zeroizing::new(piece.iter().collect::<String>());
        let entropy = zxcvbn::zxcvbn(&piece, &[]);
        hints.extend(
            entropy
                .feedback()
                .and_then(|feedback| feedback.warning())
                .and_then(hint_of),
        );
        entropy.guesses_log10() * CHARACTER_BITS
    });
    pieces.sum()
}

/// The length of the shortest start that, written again and again, gives all of `text`.
fn period(text: &[char]) -> usize {
    let repeats = |length: &usize| text.iter().zip(&text[*length..]).all(|(a, b)| a == b);
    (1..=text.len() / 2).find(repeats).unwrap_or(text.len())
}

fn hint_of(warning: Warning) -> Option<Hint> {
    Some(match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => Hint::KeyboardPattern,
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Hint::Repetition,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => Hint::CommonPassword,
        Warning::SequencesLikeAbcAreEasyToGuess => Hint::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Hint::Date,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => Hint::CommonName,
        Warning::AWordByItselfIsEasyToGuess => return None,
    })
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    use super::super::passphrase::{GENERATED_WORDS, generate};
    use super::*;

    fn bits(passphrase: &str) -> u32 {
        strength(passphrase, &[]).bits
    }

    #[test]
    fn a_generated_passphrase_is_always_strong_and_counted_by_its_words() {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        for _ in 0..300 {
            let strength = strength(&generate(GENERATED_WORDS, &mut rng), &[]);
            assert_eq!((strength.bits, strength.verdict), (84, Verdict::Strong));
            assert!(strength.hints.is_empty());
        }
    }

    #[test]
    fn fewer_words_are_not_enough_alone() {
        let mut rng = ChaCha20Rng::seed_from_u64(4);
        assert_eq!(
            strength(&generate(6, &mut rng), &[]).verdict,
            Verdict::LockoutOnly
        );
        let four = strength(&generate(4, &mut rng), &[]);
        assert_eq!(
            (four.bits, four.verdict, four.hints),
            (48, Verdict::TooWeak, vec![Hint::AddWords])
        );
    }

    #[test]
    fn what_everybody_chooses_is_too_weak() {
        for chosen in [
            "",
            "azerty",
            "Azerty2024!",
            "motdepasse",
            "MotDePasse123",
            "bonjour2025",
            "Nantes44000!",
            "qsdfghjklm",
            "0123456789",
            "19/07/1998",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "password password password password",
            "passwordpasswordpasswordpasswordpassword",
            "azertyuiopqsdfghjklmwxcvbn",
            "soleil soleil soleil soleil soleil soleil soleil",
        ] {
            assert_eq!(strength(chosen, &[]).verdict, Verdict::TooWeak, "{chosen}");
        }
    }

    #[test]
    fn a_sentence_is_counted_by_its_words_and_not_by_its_letters() {
        let sentence = "le chat mange la souris dans le jardin";
        assert!((30..=75).contains(&bits(sentence)), "{}", bits(sentence));
    }

    #[test]
    fn words_without_separators_are_still_words() {
        let dashed = "cheval-table-ciel-matin-jardin-lampe-pierre";
        let glued = dashed.replace('-', "");
        assert!(
            bits(&glued) <= bits(dashed),
            "{} {}",
            bits(&glued),
            bits(dashed)
        );
        assert!(bits(&glued) >= 60);
    }

    #[test]
    fn case_and_accents_add_nothing() {
        assert_eq!(bits("CHEVAL-Table-cièl"), bits("cheval-table-ciel"));
    }

    #[test]
    fn long_random_text_is_strong_although_zxcvbn_counts_in_64_bits() {
        let random = strength("v8Qz!pR2mKx7#Lw4Tn9bYc5HdGs3", &[]);
        assert_eq!(random.verdict, Verdict::Strong, "{random:?}");
    }

    #[test]
    fn ones_own_name_is_worth_nothing() {
        let named = strength("Camille Kervadec", &["Camille Kervadec"]);
        assert!(
            named.bits <= 2 && named.hints.contains(&Hint::ContainsName),
            "{named:?}"
        );
    }

    #[test]
    fn a_drawn_word_that_is_somebodys_name_keeps_its_worth() {
        let drawn = "cheval-rose-pierre-matin-jardin-lampe-colline";
        assert_eq!(strength(drawn, &["Pierre", "Rose"]), strength(drawn, &[]));
    }

    #[test]
    fn the_hint_says_what_weakens() {
        for (passphrase, hint) in [
            ("azertyuiop", Hint::CommonPassword),
            ("abcdefgh", Hint::Sequence),
            ("soleil-soleil", Hint::Repetition),
        ] {
            let found = strength(passphrase, &[]).hints;
            assert!(found.contains(&hint), "{passphrase}: {found:?}");
        }
    }

    proptest::proptest! {
        /// zxcvbn itself panics on some of these in one piece.
        #[test]
        fn no_text_is_too_strange_to_be_judged(text in "[qwsazxderfcv1234QWSA!@ é-]{0,300}|.{0,300}") {
            let judged = strength(&text, &["Alix"]);
            proptest::prop_assert!(judged.bits <= 3400);
        }
    }

    #[test]
    fn a_pasted_book_is_answered_at_once() {
        let start = std::time::Instant::now();
        assert_eq!(
            strength(&"livre ".repeat(2_000_000), &[]).hints,
            [Hint::TooLong]
        );
        for text in [
            "é4!".repeat(256),
            "a b".repeat(341),
            "aZ".repeat(512),
            "qwsaqwedsa".repeat(99) + "q!",
            "été".repeat(204),
        ] {
            assert!(!strength(&text, &[]).hints.contains(&Hint::TooLong));
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(2));
    }
}
