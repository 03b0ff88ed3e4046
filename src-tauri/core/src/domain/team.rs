//! All that identifies a team: with another profile the product serves another region.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::calendar::OpeningRule;

/// An authority or partner whom the team calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AuthorityContact {
    /// Its name.
    pub name: String,
    /// Telephone, as shown.
    pub phone: String,
    /// Mail address.
    pub mail: String,
    /// Web address.
    pub url: String,
    /// When to turn to it, and what else to know.
    pub note: String,
    /// Where the contact was read.
    pub source: String,
    /// When it was last checked; none if never.
    pub checked_on: Option<NaiveDate>,
}

/// When the line answers: the rule that the product applies, and the words that documents carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Opening {
    /// The rule.
    pub rule: OpeningRule,
    /// In French.
    pub text_fr: String,
    /// In English.
    pub text_en: String,
}

/// The team's profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TeamProfile {
    /// Short name, used in sentences.
    pub short_name: String,
    /// Full name, used on documents.
    pub full_name: String,
    /// The organisation that carries the team.
    pub host: String,
    /// Postal address, one line each.
    pub address: Vec<String>,
    /// INSEE code of the region.
    pub region: String,
    /// Opens every reference: `PDL` in `PDL-2026-0042`.
    pub reference_prefix: String,
    /// Telephone of the line.
    pub phone: String,
    /// Mail address of the team.
    pub mail: String,
    /// Website; may be empty.
    pub website: String,
    /// When the line answers.
    pub opening: Opening,
    /// Authorities and partners.
    pub authorities: Vec<AuthorityContact>,
    /// Disclaimer at the end of documents, in French.
    pub disclaimer_fr: String,
    /// The same in English.
    pub disclaimer_en: String,
    /// Sectors that the team counts its beneficiaries by.
    pub sectors: Vec<String>,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProfileProblem {
    /// Needed, and empty.
    Missing,
    /// Longer than it may be.
    TooLong,
    /// Not of the shape that such a value has.
    BadShape,
    /// The same as another.
    Repeated,
}

/// A field of the profile that cannot be kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{field}: {problem:?}")]
pub struct ProfileError {
    /// Path of the field (`mail`, `authorities.2.phone`).
    pub field: String,
    /// What is wrong.
    pub problem: ProfileProblem,
}

/// A one-line field, in characters.
const MAX_LINE_CHARS: usize = 200;
/// A disclaimer or note, in characters.
const MAX_TEXT_CHARS: usize = 5_000;
/// Entries of a list.
const MAX_ENTRIES: usize = 100;

/// Whether a text has the shape of a mail address: one `@`, a name before it, a domain with a point after it, ASCII
/// without spaces. Whether it exists, only a message tells.
#[must_use]
pub fn is_mail_shape(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let allowed = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '@' | '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\\')
    };
    let labels: Vec<&str> = domain.split('.').collect();
    text.len() <= 254
        && !name.is_empty()
        && name.chars().all(allowed)
        && labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
}

/// Whether a text has the shape of a web address that may be shown and printed.
fn is_web_shape(text: &str) -> bool {
    text.strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .is_some_and(|rest| {
            rest.split('/')
                .next()
                .is_some_and(|host| host.contains('.'))
                && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
        })
}

/// What a field of one line must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Mail,
    Web,
    Phone,
}

/// Gathers what is wrong, so that the form shows it all at once.
#[derive(Default)]
struct Findings(Vec<ProfileError>);

impl Findings {
    fn add(&mut self, field: impl Into<String>, problem: ProfileProblem) {
        self.0.push(ProfileError {
            field: field.into(),
            problem,
        });
    }

    fn required(&mut self, field: &str, text: &str, shape: Shape) {
        if text.trim().is_empty() {
            self.add(field, ProfileProblem::Missing);
        } else {
            self.optional(field, text, shape);
        }
    }

    fn optional(&mut self, field: &str, text: &str, shape: Shape) {
        if text.trim().is_empty() {
            return;
        }
        if text.chars().count() > MAX_LINE_CHARS {
            self.add(field, ProfileProblem::TooLong);
            return;
        }
        let holds = !text.chars().any(char::is_control)
            && match shape {
                Shape::Text => true,
                Shape::Mail => is_mail_shape(text.trim()),
                Shape::Web => is_web_shape(text.trim()),
                Shape::Phone => text.chars().any(|c| c.is_ascii_digit()),
            };
        if !holds {
            self.add(field, ProfileProblem::BadShape);
        }
    }

    fn text(&mut self, field: &str, text: &str) {
        if text.chars().count() > MAX_TEXT_CHARS {
            self.add(field, ProfileProblem::TooLong);
        }
    }

    fn entries(&mut self, field: &str, count: usize) {
        if count > MAX_ENTRIES {
            self.add(field, ProfileProblem::TooLong);
        }
    }
}

/// Whether a text may open a reference: two to five capitals without accent.
#[must_use]
pub fn is_reference_prefix(text: &str) -> bool {
    (2..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl TeamProfile {
    /// Everything that keeps the profile from being used, in the order of the form; empty when it may be.
    #[must_use]
    pub fn check(&self) -> Vec<ProfileError> {
        let mut findings = Findings::default();
        findings.required("short_name", &self.short_name, Shape::Text);
        findings.required("full_name", &self.full_name, Shape::Text);
        findings.required("host", &self.host, Shape::Text);
        if self.address.iter().all(|line| line.trim().is_empty()) {
            findings.add("address", ProfileProblem::Missing);
        }
        findings.entries("address", self.address.len());
        for (place, line) in self.address.iter().enumerate() {
            findings.optional(&format!("address.{place}"), line, Shape::Text);
        }
        if self.region.is_empty() {
            findings.add("region", ProfileProblem::Missing);
        } else if self.region.len() != 2 || !self.region.bytes().all(|byte| byte.is_ascii_digit()) {
            findings.add("region", ProfileProblem::BadShape);
        }
        if self.reference_prefix.is_empty() {
            findings.add("reference_prefix", ProfileProblem::Missing);
        } else if !is_reference_prefix(&self.reference_prefix) {
            findings.add("reference_prefix", ProfileProblem::BadShape);
        }
        findings.required("phone", &self.phone, Shape::Phone);
        findings.required("mail", &self.mail, Shape::Mail);
        findings.optional("website", &self.website, Shape::Web);
        if let OpeningRule::WorkingDays {
            from_minute,
            until_minute,
        } = self.opening.rule
            && (from_minute >= until_minute || until_minute > 24 * 60)
        {
            findings.add("opening.rule", ProfileProblem::BadShape);
        }
        findings.text("opening.text_fr", &self.opening.text_fr);
        findings.text("opening.text_en", &self.opening.text_en);
        findings.entries("authorities", self.authorities.len());
        for (place, authority) in self.authorities.iter().enumerate() {
            let field = |name: &str| format!("authorities.{place}.{name}");
            findings.required(&field("name"), &authority.name, Shape::Text);
            findings.optional(&field("phone"), &authority.phone, Shape::Phone);
            findings.optional(&field("mail"), &authority.mail, Shape::Mail);
            findings.optional(&field("url"), &authority.url, Shape::Web);
            findings.text(&field("note"), &authority.note);
            findings.optional(&field("source"), &authority.source, Shape::Text);
        }
        findings.text("disclaimer_fr", &self.disclaimer_fr);
        findings.text("disclaimer_en", &self.disclaimer_en);
        findings.entries("sectors", self.sectors.len());
        for (place, sector) in self.sectors.iter().enumerate() {
            let field = format!("sectors.{place}");
            findings.required(&field, sector, Shape::Text);
            if self.sectors[..place].contains(sector) {
                findings.add(field, ProfileProblem::Repeated);
            }
        }
        findings.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn usable() -> TeamProfile {
        TeamProfile {
            short_name: "Équipe d’essai".into(),
            full_name: "CSIRT d’essai".into(),
            host: "Région d’essai".into(),
            address: vec!["1, rue de l’Essai".into(), "44000 Nantes".into()],
            region: "52".into(),
            reference_prefix: "ESS".into(),
            phone: "02 61 91 00 00".into(),
            mail: "equipe@csirt.example".into(),
            website: String::new(),
            opening: Opening {
                rule: OpeningRule::Always,
                text_fr: String::new(),
                text_en: String::new(),
            },
            authorities: vec![],
            disclaimer_fr: String::new(),
            disclaimer_en: String::new(),
            sectors: vec!["Santé".into()],
        }
    }

    fn problems(change: impl FnOnce(&mut TeamProfile)) -> Vec<(String, ProfileProblem)> {
        let mut profile = usable();
        change(&mut profile);
        profile
            .check()
            .into_iter()
            .map(|error| (error.field, error.problem))
            .collect()
    }

    #[test]
    fn a_usable_profile_has_no_problem() {
        assert_eq!(usable().check(), []);
    }

    #[test]
    fn a_prefix_is_two_to_five_capitals() {
        for good in ["PL", "PDL", "ABCDE"] {
            assert_eq!(problems(|p| p.reference_prefix = good.into()), []);
        }
        for bad in ["P", "ABCDEF", "pdl", "P1", "ÉT", "P-L"] {
            let expected = [("reference_prefix".to_owned(), ProfileProblem::BadShape)];
            assert_eq!(
                problems(|p| p.reference_prefix = bad.into()),
                expected,
                "{bad}"
            );
        }
    }

    #[test]
    fn a_mail_address_has_one_at_and_a_domain() {
        for good in [
            "a@b.example",
            "cyber.assistance+x@sous-domaine.region.example",
        ] {
            assert!(is_mail_shape(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b.example",
            "a@b",
            "a@b@c.example",
            "a b@c.example",
            "a@b..example",
            "a@-b.example",
            "<a@b.example>",
            "a@b.example\nBcc: c@d.example",
            "é@b.example",
        ] {
            assert!(!is_mail_shape(bad), "{bad}");
        }
    }

    #[test]
    fn every_missing_field_is_named_at_once() {
        let fields: Vec<String> = problems(|p| {
            p.short_name = " ".into();
            p.address = vec![String::new()];
            p.region = String::new();
            p.mail = String::new();
        })
        .into_iter()
        .map(|(field, problem)| {
            assert_eq!(problem, ProfileProblem::Missing);
            field
        })
        .collect();
        assert_eq!(fields, ["short_name", "address", "region", "mail"]);
    }

    #[test]
    fn an_authority_s_field_is_named_by_its_place() {
        let authority = AuthorityContact {
            name: "CERT-FR".into(),
            mail: "pas une adresse".into(),
            ..Default::default()
        };
        assert_eq!(
            problems(|p| p.authorities = vec![authority]),
            [("authorities.0.mail".to_owned(), ProfileProblem::BadShape)]
        );
    }

    #[test]
    fn hours_that_end_before_they_begin_are_refused() {
        let rule = |from_minute, until_minute| OpeningRule::WorkingDays {
            from_minute,
            until_minute,
        };
        assert_eq!(problems(|p| p.opening.rule = rule(540, 1_080)), []);
        assert_eq!(problems(|p| p.opening.rule = rule(540, 540)).len(), 1);
        assert_eq!(problems(|p| p.opening.rule = rule(540, 1_441)).len(), 1);
    }

    #[test]
    fn a_sector_named_twice_is_seen() {
        assert_eq!(
            problems(|p| p.sectors.push("Santé".into())),
            [("sectors.1".to_owned(), ProfileProblem::Repeated)]
        );
    }
}
