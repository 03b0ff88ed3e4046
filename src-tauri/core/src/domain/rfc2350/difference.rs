//! What changed between two versions, word by word, section by section.

use serde::Serialize;
use similar::{Algorithm, ChangeTag, TextDiff};
use ts_rs::TS;

use super::compose::Composed;
use super::lang::{Lang, Pair};
use super::para::shown;
use super::section::Section;

/// What happened to a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350RunKind")]
pub enum RunKind {
    /// In both.
    Unchanged,
    /// Only in the older.
    Removed,
    /// Only in the newer.
    Added,
}

/// Words that share one fate, with their spaces and line ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Rfc2350Run")]
pub struct Run {
    /// What happened to them.
    pub kind: RunKind,
    /// The words.
    pub text: String,
}

/// What happened to a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350Change")]
pub enum Change {
    /// Nothing.
    Unchanged,
    /// It said nothing before.
    Added,
    /// It says nothing any more.
    Removed,
    /// It says something else.
    Modified,
}

/// The difference of one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Rfc2350Difference")]
pub struct Difference {
    /// Which; none for the head of the document: title, marking, identification.
    pub section: Option<Section>,
    /// What happened to it.
    pub change: Change,
    /// Its words. Unchanged and removed ones, put together, are the older text; unchanged and added ones the newer.
    pub runs: Vec<Run>,
}

/// What changed from `old` to `new`: the head, then every section in order, changed or not.
#[must_use]
pub fn difference(old: &Composed, new: &Composed) -> Vec<Difference> {
    let head = compared(None, &head(old), &head(new));
    let sections = Section::ALL
        .into_iter()
        .map(|section| compared(Some(section), &words(old, section), &words(new, section)));
    std::iter::once(head).chain(sections).collect()
}

/// Title, marking and identification, one thing a line.
fn head(composed: &Composed) -> String {
    let tlp = composed.tlp.map_or("", |tlp| tlp.label());
    let rows = composed.identification.iter().skip(1);
    rows.fold(
        format!("{}\n{tlp}", composed.title),
        |head, (label, value)| format!("{head}\n{label}\u{a0}: {value}"),
    )
}

fn words(composed: &Composed, section: Section) -> String {
    let parts = composed.parts.iter().filter(|part| part.section == section);
    let lines = parts.flat_map(|part| part.body.iter().flat_map(|para| para.lines_as(shown)));
    lines.collect::<Vec<_>>().join("\n")
}

fn compared(section: Option<Section>, old: &str, new: &str) -> Difference {
    let change = match (old.is_empty(), new.is_empty()) {
        _ if old == new => Change::Unchanged,
        (true, _) => Change::Added,
        (_, true) => Change::Removed,
        _ => Change::Modified,
    };
    Difference {
        section,
        change,
        runs: runs(old, new),
    }
}

/// Words kept, then words given for others.
#[derive(Default)]
struct Step {
    kept: String,
    removed: String,
    added: String,
}

fn runs(old: &str, new: &str) -> Vec<Run> {
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .diff_unicode_words(old, new);
    let mut steps = vec![Step::default()];
    for change in diff.iter_all_changes() {
        let mut step = steps.pop().unwrap_or_default();
        match change.tag() {
            ChangeTag::Delete => step.removed.push_str(change.value()),
            ChangeTag::Insert => step.added.push_str(change.value()),
            ChangeTag::Equal if step.removed.is_empty() && step.added.is_empty() => {
                step.kept.push_str(change.value());
            }
            ChangeTag::Equal => {
                let next = Step {
                    kept: change.value().to_owned(),
                    ..Step::default()
                };
                steps.push(step);
                step = next;
            }
        }
        steps.push(step);
    }
    let runs = joined(steps).into_iter().flat_map(|step| {
        [
            (RunKind::Unchanged, step.kept),
            (RunKind::Removed, step.removed),
            (RunKind::Added, step.added),
        ]
    });
    runs.filter(|(_, text)| !text.is_empty())
        .map(|(kind, text)| Run { kind, text })
        .collect()
}

/// A lone space between two changed words does not part them: three words given for three others are one change.
fn joined(steps: Vec<Step>) -> Vec<Step> {
    let mut joined: Vec<Step> = Vec::new();
    for step in steps {
        let is_space =
            !step.kept.is_empty() && step.kept.chars().all(|c| c.is_whitespace() && c != '\n');
        let is_change = !step.removed.is_empty() || !step.added.is_empty();
        match joined.last_mut() {
            Some(last) if is_space && is_change => {
                for (text, more) in [
                    (&mut last.removed, &step.removed),
                    (&mut last.added, &step.added),
                ] {
                    text.push_str(&step.kept);
                    text.push_str(more);
                }
            }
            _ => joined.push(step),
        }
    }
    joined
}

/// One line for each thing that changed: « 2.4 Numéro de téléphone : modifié ».
#[must_use]
pub fn change_log(differences: &[Difference], lang: Lang) -> Vec<String> {
    const HEAD: Pair = Pair {
        fr: "Identification du document",
        en: "Document identification",
    };
    let colon = match lang {
        Lang::Fr => "\u{a0}: ",
        Lang::En => ": ",
    };
    let changed = differences.iter().filter_map(|difference| {
        let word = match difference.change {
            Change::Unchanged => return None,
            Change::Added => Pair {
                fr: "ajouté",
                en: "added",
            },
            Change::Removed => Pair {
                fr: "retiré",
                en: "removed",
            },
            Change::Modified => Pair {
                fr: "modifié",
                en: "changed",
            },
        };
        let name = difference.section.map_or_else(
            || HEAD.of(lang).to_owned(),
            |section| format!("{} {}", section.number(), section.title().of(lang)),
        );
        Some(format!("{name}{colon}{}", word.of(lang)))
    });
    changed.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::super::compose::compose;
    use super::super::document::Rfc2350;
    use super::super::testing::{document, key, profile};
    use super::*;

    fn composed(document: &Rfc2350) -> Composed {
        compose(document, &profile(), &key(), Lang::Fr)
    }

    fn run(kind: RunKind, text: &str) -> Run {
        Run {
            kind,
            text: text.into(),
        }
    }

    #[test]
    fn two_equal_documents_differ_in_nothing() {
        let differences = difference(&composed(&document()), &composed(&document()));
        assert_eq!(differences.len(), Section::ALL.len() + 1);
        assert!(
            differences
                .iter()
                .all(|difference| difference.change == Change::Unchanged)
        );
        assert!(change_log(&differences, Lang::Fr).is_empty());
    }

    #[test]
    fn only_the_words_that_changed_are_shown() {
        assert_eq!(
            runs(
                "L’équipe répond à toute heure.",
                "L’équipe répond le matin."
            ),
            [
                run(RunKind::Unchanged, "L’équipe répond "),
                run(RunKind::Removed, "à toute heure"),
                run(RunKind::Added, "le matin"),
                run(RunKind::Unchanged, "."),
            ]
        );
    }

    #[test]
    fn the_change_log_has_one_line_for_each_changed_section() {
        let (before, mut profile) = (composed(&document()), profile());
        profile.phone = "02 61 91 20 20".into();
        let mut after = document();
        after.version = "1.3".into();
        after.set_text(Section::Fax, Lang::Fr, "").unwrap();
        let after = compose(&after, &profile, &key(), Lang::Fr);
        assert_eq!(
            change_log(&difference(&before, &after), Lang::Fr),
            [
                "Identification du document\u{a0}: modifié",
                "1.1 Date de dernière mise à jour\u{a0}: modifié",
                "2.4 Numéro de téléphone\u{a0}: modifié",
                "2.5 Numéro de fax\u{a0}: retiré",
                "2.11 Contact\u{a0}: modifié",
            ]
        );
        assert_eq!(
            change_log(&difference(&after, &before), Lang::En)[3],
            "2.5 Facsimile Number: added"
        );
    }

    #[test]
    fn a_link_that_leads_elsewhere_is_a_change() {
        let mut moved = document();
        moved.found_at.name = "RFC 2350".into();
        let before = composed(&moved);
        moved.found_at.url = "https://www.region.example/ailleurs".into();
        let log = change_log(&difference(&before, &composed(&moved)), Lang::Fr);
        assert_eq!(log, ["1.3 Où trouver ce document\u{a0}: modifié"]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_runs(old in "[a-d ’.,\n]{0,60}", new in "[a-d ’.,\n]{0,60}") {
            let runs = runs(&old, &new);
            let without = |kind| runs.iter().filter(|run| run.kind != kind).map(|run| run.text.as_str()).collect::<String>();
            prop_assert_eq!(without(RunKind::Added), old);
            prop_assert_eq!(without(RunKind::Removed), new);
        }
    }
}
