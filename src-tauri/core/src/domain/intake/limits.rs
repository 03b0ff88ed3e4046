//! What a report may hold: generous limits, and no control characters.
//!
//! A text beyond its limit is refused, never cut: the caller's words are evidence. What was kept before stays.

use super::{Answer, Item, Person, Report, ReportedOrganisation};

/// A told text (narrative, architecture…), in characters: about ten printed pages.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// A name, function, phone, mail, number or code, in characters.
pub const MAX_LINE_CHARS: usize = 300;
/// Reflex measures kept with one report.
pub const MAX_MEASURES: usize = 200;

/// A field that holds more than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} holds more than {limit}")]
pub struct TooLong {
    /// The item of the form; none for the list of measures.
    pub item: Option<Item>,
    /// Path of the field inside the report (`narrative`, `organisation.name`).
    pub field: &'static str,
    /// What it may hold: characters, or entries for a list.
    pub limit: usize,
}

/// One text of the report, for a visit of all of them.
struct Field<'a> {
    item: Item,
    name: &'static str,
    lines: Lines,
    text: &'a mut String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

fn known_mut<T>(answer: &mut Answer<T>) -> Option<&mut T> {
    match answer {
        Answer::Known(value) => Some(value),
        Answer::Unasked | Answer::Unknown => None,
    }
}

impl Report {
    /// Every text of the report. Only this list says what `check` and `normalise` see.
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = Vec::new();
        let mut one = |item, name, text| {
            fields.push(Field {
                item,
                name,
                lines: Lines::One,
                text,
            });
        };
        if let Some(organisation) = known_mut(&mut self.organisation) {
            let ReportedOrganisation {
                name,
                identifier,
                naf,
                commune,
                management,
                technical,
                known_as: _,
                kind: _,
                headcount: _,
                turnover_euros: _,
                balance_euros: _,
            } = organisation;
            let item = Item::Organisation;
            one(item, "organisation.name", name);
            one(item, "organisation.identifier", identifier);
            one(item, "organisation.naf", naf);
            one(item, "organisation.commune", commune);
            one(item, "organisation.management.name", &mut management.name);
            one(
                item,
                "organisation.management.function",
                &mut management.function,
            );
            one(item, "organisation.management.phone", &mut management.phone);
            one(item, "organisation.management.mail", &mut management.mail);
            one(item, "organisation.technical.name", &mut technical.name);
            one(
                item,
                "organisation.technical.function",
                &mut technical.function,
            );
            one(item, "organisation.technical.phone", &mut technical.phone);
            one(item, "organisation.technical.mail", &mut technical.mail);
        }
        if let Some(Person {
            name,
            function,
            phone,
            mail,
        }) = known_mut(&mut self.requester)
        {
            let item = Item::Requester;
            one(item, "requester.name", name);
            one(item, "requester.function", function);
            one(item, "requester.phone", phone);
            one(item, "requester.mail", mail);
        }
        for measure in &mut self.measures {
            one(Item::Actions, "measures.measure", &mut measure.measure);
        }
        for (item, name, answer) in [
            (Item::Description, "narrative", &mut self.narrative),
            (Item::Description, "impact", &mut self.impact),
            (Item::Description, "machine_kinds", &mut self.machine_kinds),
            (Item::Actions, "actions", &mut self.actions),
            (Item::Findings, "findings", &mut self.findings),
            (Item::Architecture, "architecture", &mut self.architecture),
            (Item::Defences, "defences", &mut self.defences),
            (Item::Provider, "provider", &mut self.provider),
            (Item::Expected, "expected", &mut self.expected),
        ] {
            if let Some(text) = known_mut(answer) {
                fields.push(Field {
                    item,
                    name,
                    lines: Lines::Many,
                    text,
                });
            }
        }
        fields
    }
}

/// Characters that no typed text holds, and that would deceive a reader or a printer: controls, and the marks that
/// turn the reading direction.
fn is_stray(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text of several lines without stray characters; line ends of other systems become `\n`.
#[must_use]
pub fn clean_text(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| !is_stray(*c))
        .collect()
}

/// A text of one line: like [`clean_text`], line ends and tabs becoming spaces.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean_text(text).replace(['\n', '\t'], " ")
}

impl Report {
    /// Refuses a report with a text or list beyond its limit.
    pub fn check(&self) -> Result<(), TooLong> {
        if self.measures.len() > MAX_MEASURES {
            return Err(TooLong {
                item: None,
                field: "measures",
                limit: MAX_MEASURES,
            });
        }
        // A copy, so that one list of fields serves reading and cleaning.
        for field in self.clone().fields() {
            let limit = match field.lines {
                Lines::One => MAX_LINE_CHARS,
                Lines::Many => MAX_TEXT_CHARS,
            };
            // A character has at most four bytes: a huge paste is refused without counting it.
            if field.text.len() > 4 * limit || field.text.chars().count() > limit {
                return Err(TooLong {
                    item: Some(field.item),
                    field: field.name,
                    limit,
                });
            }
        }
        Ok(())
    }

    /// Removes control characters from every text and repeated categories. Blanks at the ends stay: somebody may be
    /// typing there.
    pub fn normalise(&mut self) {
        for field in self.fields() {
            *field.text = match field.lines {
                Lines::One => clean_line(field.text),
                Lines::Many => clean_text(field.text),
            };
        }
        if let Answer::Known(categories) = &mut self.categories {
            let mut seen = Vec::new();
            categories.retain(|category| {
                let new = !seen.contains(category);
                seen.push(*category);
                new
            });
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::domain::case::Category;
    use crate::domain::intake::MeasureState;

    fn told(text: impl Into<String>) -> Report {
        Report {
            narrative: Answer::Known(text.into()),
            ..Default::default()
        }
    }

    #[test]
    fn a_text_at_its_limit_is_kept_and_one_character_more_is_refused() {
        assert_eq!(told("é".repeat(MAX_TEXT_CHARS)).check(), Ok(()));
        let refused = told("é".repeat(MAX_TEXT_CHARS + 1)).check().unwrap_err();
        assert_eq!(refused.item, Some(Item::Description));
        assert_eq!(
            (refused.field, refused.limit),
            ("narrative", MAX_TEXT_CHARS)
        );
    }

    #[test]
    fn a_paste_of_ten_megabytes_is_refused() {
        assert!(told("x".repeat(10_000_000)).check().is_err());
    }

    #[test]
    fn a_name_has_the_limit_of_a_line() {
        let named = |length| Report {
            requester: Answer::Known(Person {
                name: "n".repeat(length),
                ..Default::default()
            }),
            ..Default::default()
        };
        assert_eq!(named(MAX_LINE_CHARS).check(), Ok(()));
        assert_eq!(
            named(MAX_LINE_CHARS + 1).check().unwrap_err().field,
            "requester.name"
        );
    }

    #[test]
    fn every_text_of_a_report_is_visited() {
        // Whatever text the serialised form shows, the visit must have reached.
        let person = || Person {
            name: "\u{7}".into(),
            function: "\u{7}".into(),
            phone: "\u{7}".into(),
            mail: "\u{7}".into(),
        };
        let text = || Answer::Known("\u{7}".to_owned());
        let mut report = Report {
            organisation: Answer::Known(ReportedOrganisation {
                name: "\u{7}".into(),
                identifier: "\u{7}".into(),
                naf: "\u{7}".into(),
                commune: "\u{7}".into(),
                management: person(),
                technical: person(),
                ..Default::default()
            }),
            requester: Answer::Known(person()),
            narrative: text(),
            impact: text(),
            machine_kinds: text(),
            actions: text(),
            findings: text(),
            architecture: text(),
            defences: text(),
            provider: text(),
            expected: text(),
            measures: vec![MeasureState {
                measure: "\u{7}".into(),
                said_at: None,
                done_at: None,
            }],
            ..Default::default()
        };
        assert!(serde_json::to_string(&report).unwrap().contains("\\u0007"));
        report.normalise();
        assert!(!serde_json::to_string(&report).unwrap().contains("\\u0007"));
    }

    #[test]
    fn control_characters_go_and_paragraphs_stay() {
        assert_eq!(clean_text("a\0b\u{1b}[31m\r\nc\rd\te"), "ab[31m\nc\nd\te");
        assert_eq!(clean_line("a\r\nb\tc"), "a b c");
    }

    #[test]
    fn marks_that_turn_the_text_around_go() {
        assert_eq!(clean_text("facture\u{202e}fdp.exe"), "facturefdp.exe");
    }

    #[test]
    fn a_category_named_twice_is_kept_once() {
        let mut report = Report {
            categories: Answer::Known(vec![
                Category::Phishing,
                Category::Ransomware,
                Category::Phishing,
            ]),
            ..Default::default()
        };
        report.normalise();
        assert_eq!(
            report.categories.known().unwrap(),
            &[Category::Phishing, Category::Ransomware]
        );
    }

    #[test]
    fn too_many_measures_are_refused() {
        let measure = MeasureState {
            measure: "isolate".into(),
            said_at: None,
            done_at: None,
        };
        let report = Report {
            measures: vec![measure; MAX_MEASURES + 1],
            ..Default::default()
        };
        assert_eq!(report.check().unwrap_err().item, None);
    }
}
