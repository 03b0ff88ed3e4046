//! The templates of mails that ship with the product: own texts. Each file is a title, a subject, an empty line, a text.

use crate::domain::mail::template::TemplateLang;

/// A shipped template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippedTemplate {
    /// Its name: `first_contact`.
    pub name: &'static str,
    /// Its language.
    pub lang: TemplateLang,
    /// Its title.
    pub title: &'static str,
    /// The subject that it begins with.
    pub subject: &'static str,
    /// The text, with fields in double braces.
    pub text: &'static str,
}

macro_rules! template {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("fr/", $name, ".txt")),
            include_str!(concat!("en/", $name, ".txt")),
        )
    };
}

/// Name, French, English; in the order in which a case meets them.
const FILES: [(&str, &str, &str); 12] = [
    template!("first_contact"),
    template!("questions"),
    template!("reflex_sheet"),
    template!("short_list"),
    template!("notification"),
    template!("follow_up"),
    template!("closing"),
    template!("press"),
    template!("ask_key"),
    template!("key_exchange"),
    template!("cover"),
    template!("firm_review"),
];

/// The templates of one language, in the order in which a case meets them.
pub fn shipped(lang: TemplateLang) -> impl Iterator<Item = ShippedTemplate> {
    FILES.into_iter().map(move |(name, fr, en)| {
        let file = match lang {
            TemplateLang::Fr => fr,
            TemplateLang::En => en,
        };
        let (title, rest) = file.split_once('\n').unwrap_or((file, ""));
        let (subject, text) = rest.split_once('\n').unwrap_or((rest, ""));
        ShippedTemplate {
            name,
            lang,
            title,
            subject,
            text: text.trim(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail::template::{Field, fields};

    fn all() -> impl Iterator<Item = ShippedTemplate> {
        TemplateLang::ALL.into_iter().flat_map(shipped)
    }

    #[test]
    fn both_languages_leave_the_same_to_be_filled_in() {
        for (fr, en) in shipped(TemplateLang::Fr).zip(shipped(TemplateLang::En)) {
            assert_eq!(fields(fr.text), fields(en.text), "{}", fr.name);
            assert!(fields(fr.text).is_ok_and(|fields| fields.contains(&Field::Signature)));
        }
    }

    #[test]
    fn french_has_its_spaces_and_nobody_shouts() {
        for template in all() {
            let text = [template.title, template.subject, template.text].join("\n");
            assert!(
                !text.contains('!') && !text.contains('\''),
                "{}",
                template.name
            );
            if template.lang == TemplateLang::Fr {
                for wrong in [" :", " ;", " ?", "« ", " »"] {
                    assert!(!text.contains(wrong), "{}: {wrong:?}", template.name);
                }
            }
        }
    }

    #[test]
    fn advice_bears_the_disclaimer_and_the_cover_tells_nothing_of_the_case() {
        for template in all() {
            let fields = fields(template.text).unwrap_or_default();
            let advises = ["first_contact", "reflex_sheet", "short_list", "closing"];
            assert_eq!(
                fields.contains(&Field::Disclaimer),
                advises.contains(&template.name),
                "{}",
                template.name
            );
            if ["cover", "ask_key", "key_exchange", "press"].contains(&template.name) {
                for told in [
                    Field::Reference,
                    Field::Organisation,
                    Field::Event,
                    Field::Facts,
                ] {
                    assert!(!fields.contains(&told), "{}", template.name);
                }
            }
        }
    }

    #[test]
    fn each_has_a_title_a_subject_and_a_text() {
        for template in all() {
            for part in [template.title, template.subject, template.text] {
                assert!(!part.trim().is_empty(), "{}", template.name);
            }
            assert!(!template.subject.contains("{{"), "{}", template.name);
        }
    }
}
