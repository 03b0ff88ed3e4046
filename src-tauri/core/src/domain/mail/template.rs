//! Templates of mails: texts with fields in double braces, from a closed list.
//!
//! A field without a value stays visible in the text as words that nobody sends by mistake, and that the composer finds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Longest title and subject, characters.
pub const MAX_LINE_CHARS: usize = 150;
/// Longest text, characters.
pub const MAX_TEXT_CHARS: usize = 10_000;

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// What a template may leave to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TemplateField")]
pub enum Field {
    /// « Bonjour Madame Vasselin, », whole.
    Salutation,
    /// Name of the person whom the mail goes to, or who called.
    Contact,
    /// Name of the organisation concerned.
    Organisation,
    /// Reference of the case.
    Reference,
    /// What kind of event it is, in a few words.
    Event,
    /// What happened so far, for somebody who does not know the case.
    Facts,
    /// What the team does next, and when.
    NextStep,
    /// The questions, one a line.
    Questions,
    /// The measures proposed, one a line.
    Measures,
    /// The providers proposed, one a line.
    Providers,
    /// Until when a complaint is to be lodged for the insurance to pay.
    DeadlineComplaint,
    /// Until when a breach of personal data is to be notified to the CNIL.
    DeadlineCnil,
    /// The files that go along, one a line.
    Files,
    /// Name of the team.
    Team,
    /// Its telephone number.
    Phone,
    /// Its mail address.
    Mail,
    /// When its line answers.
    Opening,
    /// Fingerprint of its key in groups of four.
    Fingerprint,
    /// The day, in words.
    Date,
    /// Who signs, with function and team.
    Signature,
    /// The disclaimer of the team's profile.
    Disclaimer,
}

impl Field {
    /// Every field, in the order in which a help lists them.
    pub const ALL: [Self; 21] = [
        Self::Salutation,
        Self::Contact,
        Self::Organisation,
        Self::Reference,
        Self::Event,
        Self::Facts,
        Self::NextStep,
        Self::Questions,
        Self::Measures,
        Self::Providers,
        Self::DeadlineComplaint,
        Self::DeadlineCnil,
        Self::Files,
        Self::Team,
        Self::Phone,
        Self::Mail,
        Self::Opening,
        Self::Fingerprint,
        Self::Date,
        Self::Signature,
        Self::Disclaimer,
    ];

    /// As it stands between the braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Salutation => "salutation",
            Self::Contact => "contact",
            Self::Organisation => "organisation",
            Self::Reference => "reference",
            Self::Event => "event",
            Self::Facts => "facts",
            Self::NextStep => "next_step",
            Self::Questions => "questions",
            Self::Measures => "measures",
            Self::Providers => "providers",
            Self::DeadlineComplaint => "deadline_complaint",
            Self::DeadlineCnil => "deadline_cnil",
            Self::Files => "files",
            Self::Team => "team",
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Opening => "opening",
            Self::Fingerprint => "fingerprint",
            Self::Date => "date",
            Self::Signature => "signature",
            Self::Disclaimer => "disclaimer",
        }
    }

    /// What is to be filled in, in the words of the language.
    #[must_use]
    pub const fn label(self, lang: TemplateLang) -> &'static str {
        let (fr, en) = match self {
            Self::Salutation => ("formule d’appel", "salutation"),
            Self::Contact => ("nom du contact", "name of the contact"),
            Self::Organisation => ("organisation", "organisation"),
            Self::Reference => ("référence", "reference"),
            Self::Event => ("nature de l’événement", "kind of event"),
            Self::Facts => ("faits", "facts"),
            Self::NextStep => ("prochaine étape", "next step"),
            Self::Questions => ("questions", "questions"),
            Self::Measures => ("mesures", "measures"),
            Self::Providers => ("prestataires", "providers"),
            Self::DeadlineComplaint => ("échéance de la plainte", "deadline of the complaint"),
            Self::DeadlineCnil => ("échéance de la CNIL", "deadline of the CNIL"),
            Self::Files => ("fichiers joints", "attached files"),
            Self::Team => ("nom de l’équipe", "name of the team"),
            Self::Phone => ("téléphone de l’équipe", "telephone of the team"),
            Self::Mail => ("adresse de l’équipe", "address of the team"),
            Self::Opening => ("horaires", "hours"),
            Self::Fingerprint => ("empreinte de la clé", "fingerprint of the key"),
            Self::Date => ("date du jour", "today’s date"),
            Self::Signature => ("signature", "signature"),
            Self::Disclaimer => ("avertissement", "disclaimer"),
        };
        match lang {
            TemplateLang::Fr => fr,
            TemplateLang::En => en,
        }
    }

    /// The field of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// The language of a template.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum TemplateLang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl TemplateLang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// "fr" or "en".
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language of a tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// What stands before and after the name of a field that nobody filled in.
    const fn marks(self) -> (&'static str, &'static str) {
        match self {
            Self::Fr => ("«\u{202f}… à compléter\u{a0}: ", " …\u{202f}»"),
            Self::En => ("“… to be completed: ", " …”"),
        }
    }
}

/// What is wrong with the braces of a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A field that does not exist; its name, cut short.
    #[error("unknown field {0}")]
    UnknownField(String),
    /// Braces that do not close.
    #[error("braces that do not close")]
    Unclosed,
}

/// A filled template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// The fields without a value, each once, in the order of their places.
    pub missing: Vec<Field>,
}

/// A piece of a template.
enum Piece<'t> {
    Text(&'t str),
    Field(Field),
}

/// The longest name of a field that is told back.
const MAX_NAME_CHARS: usize = 40;

fn pieces(template: &str) -> Result<Vec<Piece<'_>>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once(OPEN) {
        let (name, after) = after.split_once(CLOSE).ok_or(TemplateError::Unclosed)?;
        let name = name.trim();
        let field = Field::parse(name).ok_or_else(|| {
            TemplateError::UnknownField(name.chars().take(MAX_NAME_CHARS).collect())
        })?;
        pieces.push(Piece::Text(text));
        pieces.push(Piece::Field(field));
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

/// The fields of a template, each once, in the order of their places.
///
/// # Errors
/// [`TemplateError`].
pub fn fields(template: &str) -> Result<Vec<Field>, TemplateError> {
    let mut fields = Vec::new();
    for piece in pieces(template)? {
        if let Piece::Field(field) = piece
            && !fields.contains(&field)
        {
            fields.push(field);
        }
    }
    Ok(fields)
}

/// Fills a template in. A value is text: braces in it stay what they are. An empty value is none.
///
/// # Errors
/// [`TemplateError`].
pub fn fill(
    template: &str,
    values: &BTreeMap<Field, String>,
    lang: TemplateLang,
) -> Result<Filled, TemplateError> {
    let mut filled = Filled::default();
    for piece in pieces(template)? {
        match piece {
            Piece::Text(text) => filled.text.push_str(text),
            Piece::Field(field) => {
                match values.get(&field).filter(|value| !value.trim().is_empty()) {
                    Some(value) => filled.text.push_str(value),
                    None => {
                        let (before, after) = lang.marks();
                        filled.text.push_str(before);
                        filled.text.push_str(field.label(lang));
                        filled.text.push_str(after);
                        if !filled.missing.contains(&field) {
                            filled.missing.push(field);
                        }
                    }
                }
            }
        }
    }
    Ok(filled)
}

/// What is still to be filled in in a text, each in the words that stand there, in order: fields that had no value, and
/// fields that somebody typed. Any kind of space is forgiven.
#[must_use]
pub fn placeholders_left(text: &str) -> Vec<String> {
    let text: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let marks = TemplateLang::ALL
        .map(TemplateLang::marks)
        .map(|(before, after)| {
            let plain = |mark: &str| mark.replace(['\u{a0}', '\u{202f}'], " ");
            (
                plain(before).trim().to_owned(),
                plain(after).trim().to_owned(),
            )
        });
    let mut found: Vec<(usize, String)> = Vec::new();
    let typed = (OPEN.to_owned(), CLOSE.to_owned());
    for (before, after) in marks.into_iter().chain([typed]) {
        for (at, mark) in text.match_indices(before.as_str()) {
            let rest = &text[at + mark.len()..];
            // Whoever broke the end of it still left a beginning.
            let name = rest.split(after.as_str()).next().unwrap_or_default();
            found.push((at, name.trim().chars().take(MAX_NAME_CHARS).collect()));
        }
    }
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn values() -> BTreeMap<Field, String> {
        BTreeMap::from([
            (Field::Salutation, "Bonjour Madame,".to_owned()),
            (Field::Phone, "02 99 00 12 34".to_owned()),
            (Field::Team, "  ".to_owned()),
        ])
    }

    #[test]
    fn what_is_known_is_filled_in_and_the_rest_stays_visible() {
        let filled = fill(
            "{{salutation}}\n{{ next_step }} {{team}}, {{next_step}}",
            &values(),
            TemplateLang::Fr,
        )
        .unwrap();
        let todo = "«\u{202f}… à compléter\u{a0}: prochaine étape …\u{202f}»";
        let team = "«\u{202f}… à compléter\u{a0}: nom de l’équipe …\u{202f}»";
        assert_eq!(
            filled.text,
            format!("Bonjour Madame,\n{todo} {team}, {todo}")
        );
        assert_eq!(filled.missing, [Field::NextStep, Field::Team]);
        let left = placeholders_left(&filled.text);
        assert_eq!(
            left,
            ["prochaine étape", "nom de l’équipe", "prochaine étape"]
        );
        let english = fill("{{next_step}}", &values(), TemplateLang::En).unwrap();
        assert_eq!(placeholders_left(&english.text), ["next step"]);
    }

    #[test]
    fn a_field_that_does_not_exist_is_named() {
        let error = fill("{{salutations}}", &values(), TemplateLang::Fr).unwrap_err();
        assert_eq!(error, TemplateError::UnknownField("salutations".to_owned()));
        assert_eq!(fields("a {{phone"), Err(TemplateError::Unclosed));
        assert_eq!(
            fields("{{phone}} {{team}} {{phone}}").unwrap(),
            [Field::Phone, Field::Team]
        );
    }

    #[test]
    fn a_value_is_never_read_as_a_template() {
        let values = BTreeMap::from([(Field::Organisation, "{{team}}".to_owned())]);
        assert_eq!(
            fill("{{organisation}}", &values, TemplateLang::Fr)
                .unwrap()
                .text,
            "{{team}}"
        );
        assert_eq!(placeholders_left("Pour {{team}} {{"), ["team", ""]);
    }

    #[test]
    fn a_text_without_fields_and_one_typed_with_other_spaces_are_read_right() {
        assert!(placeholders_left("« Bonjour », rien à compléter.").is_empty());
        assert_eq!(
            placeholders_left("« … à compléter : prochaine étape … »"),
            ["prochaine étape"]
        );
        assert!(
            Field::ALL
                .into_iter()
                .all(|field| Field::parse(field.name()) == Some(field))
        );
    }
}
