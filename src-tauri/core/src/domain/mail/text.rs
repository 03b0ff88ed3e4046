//! The text of a mail: what was written and what it quotes; and the text that an answer begins with.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Deeper quotes are told as this deep.
const MAX_DEPTH: u32 = 9;

/// A run of lines of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextRun {
    /// 0 for what was written, 1 for what it quotes, 2 for what that quotes…
    pub depth: u32,
    /// The lines, without their marks.
    pub text: String,
}

/// The runs of a text, in its order: quoted lines begin with `>` (RFC 3676 §4.5). Blank lines around a run are left out.
#[must_use]
pub fn runs(text: &str) -> Vec<TextRun> {
    let mut runs: Vec<(u32, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        let (depth, line) = depth(line);
        match runs.last_mut() {
            Some((last, lines)) if *last == depth || line.is_empty() && *last > 0 && depth == 0 => {
                lines.push(line)
            }
            _ => runs.push((depth, vec![line])),
        }
    }
    let joined = runs.into_iter().map(|(depth, lines)| TextRun {
        depth,
        text: lines.join("\n").trim_matches('\n').trim_end().to_owned(),
    });
    let mut told: Vec<TextRun> = Vec::new();
    for run in joined.filter(|run| !run.text.is_empty()) {
        match told.last_mut() {
            Some(last) if last.depth == run.depth => {
                last.text.push_str("\n\n");
                last.text.push_str(&run.text);
            }
            _ => told.push(run),
        }
    }
    told
}

fn depth(line: &str) -> (u32, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(inner) = rest.strip_prefix('>') {
        depth = (depth + 1).min(MAX_DEPTH);
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    (depth, if depth == 0 { line } else { rest })
}

/// A text as an answer quotes it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() || line.starts_with('>') {
            format!(">{line}")
        } else {
            format!("> {line}")
        }
    };
    text.trim_end()
        .lines()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The line over a text that is handed on.
pub const HANDED_ON: &str = "----------";

/// The shortest line that is taken for another's when it stands in both texts, in characters: a greeting is shorter.
const TELLING_CHARS: usize = 16;

/// Whether a text gives away what another says: it quotes, hands on, or repeats a whole line of it.
#[must_use]
pub fn gives_away(text: &str, other: &str) -> bool {
    let bare = |line: &str| {
        let (_, line) = depth(line.trim_start());
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let told: std::collections::HashSet<String> = other
        .lines()
        .map(bare)
        .filter(|line| line.chars().count() >= TELLING_CHARS)
        .collect();
    text.lines().any(|line| {
        let (depth, rest) = depth(line.trim_start());
        depth > 0 && !rest.trim().is_empty()
            || rest.trim_start().starts_with(HANDED_ON)
            || told.contains(&bare(line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(u32, String)> {
        runs(text)
            .into_iter()
            .map(|run| (run.depth, run.text))
            .collect()
    }

    #[test]
    fn what_is_quoted_stands_apart_from_what_was_written() {
        let text = "Bonjour,\n\nle serveur est coupé.\n\n> Avez-vous coupé le serveur ?\n>\n> Merci.\n>> Il est 9 h.\n\nCordialement";
        assert_eq!(
            told(text),
            [
                (0, "Bonjour,\n\nle serveur est coupé.".to_owned()),
                (1, "Avez-vous coupé le serveur ?\n\nMerci.".to_owned()),
                (2, "Il est 9 h.".to_owned()),
                (0, "Cordialement".to_owned()),
            ]
        );
    }

    #[test]
    fn an_answer_quotes_each_line_and_deepens_what_was_quoted() {
        assert_eq!(quoted("Bonjour,\n\n> déjà\n"), "> Bonjour,\n>\n>> déjà");
        assert_eq!(told(&quoted("a\n> b"))[1], (2, "b".to_owned()));
    }

    #[test]
    fn a_quote_a_text_handed_on_and_a_line_that_is_repeated_give_it_away() {
        let other = "Bonjour,\nLe compte de secours est  chef-atelier.\nMerci";
        for text in [
            "Bien reçu.\n\n> Merci",
            "Voir plus bas.\n---------- Message transféré ----------",
            "Vous dites :\nLe compte de secours est chef-atelier.",
            ">>  Le compte de secours est chef-atelier.",
        ] {
            assert!(gives_away(text, other), "{text}");
        }
        for text in ["Bonjour,\nBien reçu.\nMerci", "Rappelez-moi.\n>\n> \n", ""] {
            assert!(!gives_away(text, other), "{text}");
        }
    }

    #[test]
    fn an_empty_text_has_no_run() {
        assert_eq!(told("\n \n"), []);
        assert!(
            told(&">".repeat(200))
                .iter()
                .all(|(depth, _)| *depth <= MAX_DEPTH)
        );
    }
}
