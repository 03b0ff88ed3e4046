//! The document as a reader gets it, in one language: typed texts and the facts of the product, section by section.

use serde::Serialize;
use ts_rs::TS;

use super::document::{Rfc2350, digest};
use super::key::TeamKeyFacts;
use super::lang::{Lang, Pair, day};
use super::para::{Para, Span, linked, parse, shown};
use super::placeholder::{Placeholder, Values};
use super::section::Section;
use crate::domain::marking::Tlp;
use crate::domain::team::TeamProfile;

mod facts;

/// One section, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Rfc2350Part")]
pub struct Part {
    /// Which.
    pub section: Section,
    /// Its number.
    pub number: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its blocks; empty when the document says nothing here.
    pub body: Vec<Para>,
}

/// The document in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Rfc2350Composed")]
pub struct Composed {
    /// Its language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// Its marking; none while nobody chose.
    pub tlp: Option<Tlp>,
    /// The identification block: label, value.
    pub identification: Vec<(String, String)>,
    /// Every section, in order.
    pub parts: Vec<Part>,
}

impl Composed {
    /// The digest (SHA-256, hexadecimal) of all that a reader gets: words, links, marking.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut all = format!("{}\0{:?}\0{}\0", self.lang.tag(), self.tlp, self.title);
        for (label, value) in &self.identification {
            all.push_str(&format!("{label}\0{value}\0"));
        }
        for part in &self.parts {
            all.push_str(&format!("\0{} {}\0", part.number, part.title));
            for para in &part.body {
                for line in para.lines_as(shown) {
                    all.push_str(&format!("{line}\0"));
                }
            }
        }
        digest(&all)
    }
}

/// The words of a section that was left out on purpose.
pub(super) const NOT_APPLICABLE: Pair = Pair {
    fr: "Non applicable",
    en: "Not applicable",
};

/// The document as a reader gets it.
#[must_use]
pub fn compose(
    document: &Rfc2350,
    profile: &TeamProfile,
    key: &TeamKeyFacts,
    lang: Lang,
) -> Composed {
    let values = Values {
        document,
        profile,
        key,
        lang,
    };
    let title = match lang {
        Lang::Fr => format!("RFC 2350 {}", of_team(&profile.full_name)),
        Lang::En => format!("RFC 2350 of {}", profile.full_name),
    };
    Composed {
        lang,
        identification: identification(&values, &title),
        title,
        tlp: document.tlp,
        parts: Section::ALL
            .into_iter()
            .map(|section| Part {
                section,
                number: section.number(),
                title: section.title().of(lang),
                body: body(section, &values),
            })
            .collect(),
    }
}

/// « du CSIRT X », « de l’équipe X ».
fn of_team(name: &str) -> String {
    let kind = name.split(' ').next().unwrap_or_default();
    if ["CSIRT", "CERT", "SOC", "Centre"].contains(&kind) {
        format!("du {name}")
    } else {
        format!("de l’équipe {name}")
    }
}

fn identification(values: &Values<'_>, title: &str) -> Vec<(String, String)> {
    let document = values.document;
    let dated = document
        .dated
        .map_or_else(String::new, |dated| day(dated, values.lang));
    let rows = match values.lang {
        Lang::Fr => [
            ("Titre", title),
            ("Version", &document.version),
            ("Date de mise à jour", &dated),
            (
                "Durée de validité",
                "ce document est valide tant qu’il n’existe pas de version ultérieure.",
            ),
        ],
        Lang::En => [
            ("Title", title),
            ("Version", &document.version),
            ("Date of update", &dated),
            (
                "Period of validity",
                "this document is valid as long as no later version exists.",
            ),
        ],
    };
    rows.map(|(label, value)| (label.to_owned(), value.to_owned()))
        .into()
}

/// What a section says, by where it comes from: the typed text stands between the facts that nobody types.
struct Said {
    before: Vec<Para>,
    text: Vec<Para>,
    after: Vec<Para>,
}

/// The blocks of a section.
fn body(section: Section, values: &Values<'_>) -> Vec<Para> {
    if values.document.not_applicable.contains(&section) && section.may_be_left_out() {
        return vec![Para::words(NOT_APPLICABLE.of(values.lang))];
    }
    let said = said(section, values);
    [said.before, said.text, said.after].concat()
}

/// What a section says that nobody types: of the profile, the key, the edition. Nothing of a section left out.
#[must_use]
pub fn facts(
    document: &Rfc2350,
    profile: &TeamProfile,
    key: &TeamKeyFacts,
    section: Section,
    lang: Lang,
) -> Vec<Para> {
    if document.not_applicable.contains(&section) && section.may_be_left_out() {
        return Vec::new();
    }
    let values = Values {
        document,
        profile,
        key,
        lang,
    };
    let said = said(section, &values);
    [said.before, said.after].concat()
}

fn said(section: Section, values: &Values<'_>) -> Said {
    let Values {
        document,
        profile,
        lang,
        ..
    } = *values;
    let typed = document.text(section, lang);
    let text = parse(typed, |line| values.line(line));
    let lines = |spans: Vec<Span>| match spans.is_empty() {
        true => Vec::new(),
        false => vec![Para::Lines(vec![spans])],
    };
    // What the text leads to by its placeholder is not said twice.
    let unless_said = |placeholder: Placeholder| {
        if typed.contains(&format!("{{{}}}", placeholder.name())) {
            Vec::new()
        } else {
            lines(values.of(placeholder))
        }
    };
    let (before, after) = match section {
        Section::LastUpdate => (facts::edition(values), Vec::new()),
        Section::Distribution => (Vec::new(), unless_said(Placeholder::Announcements)),
        Section::Location => (Vec::new(), unless_said(Placeholder::Document)),
        Section::Authentication => (Vec::new(), unless_said(Placeholder::Key)),
        Section::TeamName => (facts::names(values), Vec::new()),
        Section::Address => (facts::address(&profile.address), Vec::new()),
        Section::TimeZone => {
            let zone = facts::time_zone(&profile.region).of(lang);
            (vec![Para::words(zone)], Vec::new())
        }
        Section::Telephone => (lines(values.of(Placeholder::Phone)), Vec::new()),
        Section::Mail => (lines(values.of(Placeholder::Mail)), Vec::new()),
        Section::Keys => (facts::keys(values), unless_said(Placeholder::Key)),
        Section::Members => (Vec::new(), facts::leader(values).into_iter().collect()),
        Section::Contact => (facts::contact(values, typed, &text), Vec::new()),
        Section::Disclaimer => {
            let disclaimer = match lang {
                Lang::Fr => &profile.disclaimer_fr,
                Lang::En => &profile.disclaimer_en,
            };
            (parse(disclaimer, linked), Vec::new())
        }
        _ => (Vec::new(), Vec::new()),
    };
    Said {
        before,
        text,
        after,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::super::testing::{document, key, profile};
    use super::*;

    fn said(document: &Rfc2350, section: Section, lang: Lang) -> Vec<String> {
        let composed = compose(document, &profile(), &key(), lang);
        let part = composed
            .parts
            .into_iter()
            .find(|part| part.section == section);
        part.unwrap().body.iter().flat_map(Para::lines).collect()
    }

    #[test]
    fn what_the_profile_knows_is_never_typed() {
        let document = Rfc2350::default();
        assert_eq!(
            said(&document, Section::Telephone, Lang::Fr),
            ["02 61 91 10 10"]
        );
        assert_eq!(
            said(&document, Section::Mail, Lang::En),
            ["equipe@csirt.example"]
        );
        assert_eq!(
            said(&document, Section::Address, Lang::Fr),
            profile().address
        );
        assert_eq!(
            said(&document, Section::TeamName, Lang::En),
            ["Short name", "Essai", "Full name", "CSIRT d’essai"]
        );
    }

    #[test]
    fn the_key_is_named_by_its_whole_fingerprint_in_groups_of_four() {
        let lines = said(&Rfc2350::default(), Section::Keys, Lang::Fr);
        assert_eq!(
            lines,
            [
                "Identifiant utilisateur",
                "equipe@csirt.example",
                "Empreinte",
                "0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567",
                "Créée le",
                "01/03/2026",
                "Expire le",
                "01/03/2028",
            ]
        );
    }

    #[test]
    fn placeholders_of_a_text_are_filled_from_the_profile() {
        let mut document = document();
        let text = "Appeler {team} au {phone} ({opening}), {inconnu}.";
        document.set_text(Section::Contact, Lang::Fr, text).unwrap();
        assert_eq!(
            said(&document, Section::Contact, Lang::Fr),
            [
                "Courriel",
                "equipe@csirt.example",
                "Appeler CSIRT d’essai au 02 61 91 10 10 (24\u{202f}h/24, hors jours fériés), {inconnu}."
            ]
        );
    }

    #[test]
    fn a_place_is_added_where_the_text_does_not_lead_to_it() {
        let mut document = document();
        document
            .set_text(Section::Location, Lang::Fr, "Sur le site de la Région.")
            .unwrap();
        let page = "https://www.region.example/csirt";
        assert_eq!(
            said(&document, Section::Location, Lang::Fr),
            ["Sur le site de la Région.", page]
        );
        document
            .set_text(Section::Location, Lang::Fr, "Ici : {document}")
            .unwrap();
        assert_eq!(
            said(&document, Section::Location, Lang::Fr),
            [format!("Ici\u{a0}: {page}")]
        );
    }

    #[test]
    fn a_section_left_out_on_purpose_says_so() {
        let mut document = document();
        document.not_applicable.insert(Section::Fax);
        assert_eq!(said(&document, Section::Fax, Lang::Fr), ["Non applicable"]);
        assert_eq!(said(&document, Section::Fax, Lang::En), ["Not applicable"]);
        document.not_applicable.insert(Section::Mission);
        assert_ne!(
            said(&document, Section::Mission, Lang::Fr),
            ["Non applicable"]
        );
    }

    #[test]
    fn the_edition_is_said_once_it_is_whole() {
        let mut document = document();
        assert_eq!(
            said(&document, Section::LastUpdate, Lang::En),
            ["This is version 1.2 of this document, dated 3 November 2026."]
        );
        document.dated = None;
        assert!(said(&document, Section::LastUpdate, Lang::En).is_empty());
    }

    #[test]
    fn facts_are_told_apart_from_what_is_typed() {
        let mut document = document();
        let text = "La clé est ici : {key}, merci.\n- Une clé";
        document.set_text(Section::Keys, Lang::Fr, text).unwrap();
        let of =
            |document: &Rfc2350, section| facts(document, &profile(), &key(), section, Lang::Fr);
        let keys: Vec<String> = of(&document, Section::Keys)
            .iter()
            .flat_map(Para::lines)
            .collect();
        assert_eq!(
            keys[..2],
            ["Identifiant utilisateur", "equipe@csirt.example"]
        );
        assert!(
            !keys
                .iter()
                .any(|line| line.contains("merci") || line == "Une clé")
        );
        assert!(of(&document, Section::Mission).is_empty());
        document.not_applicable.insert(Section::Members);
        assert!(of(&document, Section::Members).is_empty());
    }

    #[test]
    fn another_region_keeps_its_own_time() {
        let mut profile = profile();
        profile.region = "04".into();
        let composed = compose(&document(), &profile, &key(), Lang::Fr);
        let part = &composed.parts[Section::TimeZone as usize];
        assert_eq!(part.body[0].lines(), ["RET (GMT+04:00, toute l’année)"]);
    }

    #[test]
    fn the_digest_sees_a_changed_link_as_well_as_a_changed_word() {
        let digest = |document: &Rfc2350| compose(document, &profile(), &key(), Lang::Fr).digest();
        let mut moved = document();
        moved.found_at.name = "RFC 2350".into();
        let named = digest(&moved);
        moved.found_at.url = "https://www.region.example/ailleurs".into();
        assert_ne!(digest(&moved), named);
        assert_eq!(digest(&document()), digest(&document()));
    }
}
