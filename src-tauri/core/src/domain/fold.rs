//! Names as people type them: without accents, capitals or punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words in small letters without accents, parted by one space each; everything but letters and digits parts words.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        // Nothing to decompose in the most of what is typed.
        for c in text.chars() {
            push(&mut folded, c.to_ascii_lowercase());
        }
    } else {
        let base_letters = text.nfd().filter(|c| !is_combining_mark(*c));
        for c in base_letters.flat_map(char::to_lowercase) {
            push(&mut folded, c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push(folded: &mut String, c: char) {
    match c {
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        'a'..='z' | '0'..='9' => folded.push(c),
        _ if folded.is_empty() || folded.ends_with(' ') => {}
        _ => folded.push(' '),
    }
}

/// Like [`fold`], with *st* and *ste* written out: the form in which names of places are compared.
#[must_use]
pub fn fold_place(text: &str) -> String {
    fold(text)
        .split(' ')
        .map(|word| match word {
            "st" => "saint",
            "ste" => "sainte",
            word => word,
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_punctuation_do_not_count() {
        assert_eq!(fold("  L’Île-d’Yeu "), "l ile d yeu");
        assert_eq!(fold("Œuilly, ÇA & là"), "oeuilly ca la");
        assert_eq!(fold("—"), "");
    }

    #[test]
    fn an_abbreviated_saint_is_a_saint_and_stains_is_not() {
        assert_eq!(fold_place("St-Nazaire"), "saint nazaire");
        assert_eq!(fold_place("Ste Luce"), "sainte luce");
        assert_eq!(fold_place("Stains"), "stains");
    }
}
