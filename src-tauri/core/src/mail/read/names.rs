//! Names of files that come from somebody else.

use crate::domain::mail::is_bidi_control;

const MAX_CHARS: usize = 120;

/// What starts a program when it is opened.
const RUNS: [&str; 22] = [
    "exe", "scr", "com", "pif", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta",
    "msi", "lnk", "jar", "iso", "img", "one", "chm", "cpl", "reg",
];

/// A name that may be given to a file, or "piece-N" for one that is none; and whether it was made to deceive.
pub(super) fn safe(name: Option<&str>, number: usize) -> (String, bool) {
    let given = name.unwrap_or_default();
    let turned = given.chars().any(is_bidi_control);
    let kept: String = given
        .chars()
        .filter(|c| !is_bidi_control(*c))
        .map(|c| {
            if c.is_control() || "/\\:*?\"<>|".contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let edge = |c| c == '.' || c == ' ';
    // What is cut may end where a name must not, too.
    let short = shortened(kept.trim_matches(edge));
    let short = short.trim_end_matches(edge).to_owned();
    let parts: Vec<String> = short.to_lowercase().split('.').map(str::to_owned).collect();
    let hides = parts.len() > 2
        && parts
            .last()
            .is_some_and(|last| RUNS.contains(&last.as_str()));
    if short.is_empty() || is_reserved(&short) {
        (format!("piece-{number}"), turned)
    } else {
        (short, turned || hides)
    }
}

/// Cut in the middle, so that the ending stays.
fn shortened(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= MAX_CHARS {
        return name.to_owned();
    }
    let ending = chars
        .iter()
        .rposition(|c| *c == '.')
        .filter(|at| chars.len() - at <= 12)
        .unwrap_or(chars.len());
    let head = MAX_CHARS - (chars.len() - ending);
    chars[..head].iter().chain(&chars[ending..]).collect()
}

/// Names that Windows keeps for its devices.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_uppercase();
    let numbered = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || numbered.is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leaves_its_folder() {
        for (given, safe_name) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\Windows\\a.txt", "C__Windows_a.txt"),
            ("..", "piece-3"),
            ("", "piece-3"),
            ("nul.txt", "piece-3"),
            ("a\r\nb.txt", "a__b.txt"),
            ("devis  mars.pdf", "devis mars.pdf"),
        ] {
            assert_eq!(safe(Some(given), 3).0, safe_name, "{given:?}");
        }
        assert_eq!(safe(None, 1), ("piece-1".to_owned(), false));
    }

    #[test]
    fn a_name_that_hides_what_it_is_is_told() {
        assert_eq!(
            safe(Some("facture\u{202e}fdp.exe"), 1),
            ("facturefdp.exe".to_owned(), true)
        );
        assert!(safe(Some("facture.pdf.exe"), 1).1);
        assert!(!safe(Some("facture.v2.pdf"), 1).1);
        assert!(!safe(Some("outil.exe"), 1).1);
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let (name, _) = safe(Some(&format!("{}.pdf", "a".repeat(500))), 1);
        assert_eq!(name.chars().count(), MAX_CHARS);
        assert!(name.ends_with("a.pdf"));
        let cut = format!("{}. suite sans fin", "a".repeat(MAX_CHARS - 1));
        assert_eq!(safe(Some(&cut), 1).0, "a".repeat(MAX_CHARS - 1));
    }
}
