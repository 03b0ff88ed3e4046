//! What puts a finding right: done by the product where it can, named where only a person can.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::document::{Rfc2350, Text, Translation};
use super::lang::Lang;
use super::section::Section;
use super::traces::{KeyName, keys, tlp_one};
use crate::domain::marking::Tlp;

/// A fix. Those after `LeaveOut` need a person; see [`Fix::is_automatic`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "fix", rename_all = "snake_case")]
#[ts(rename = "Rfc2350Fix")]
pub enum Fix {
    /// Marks the document.
    SetTlp {
        /// With this label.
        tlp: Tlp,
    },
    /// Puts TLP 2.0 in place of the words of TLP 1.0.
    ReplaceTlpWords {
        /// In this section.
        section: Section,
    },
    /// Takes short key identifiers out; the fingerprint stands in 2.8.
    RemoveKeyId {
        /// Of this section.
        section: Section,
    },
    /// Puts a placeholder in place of what was typed, so that it follows the profile or the key.
    UsePlaceholder {
        /// In this section.
        section: Section,
        /// What was typed.
        found: String,
        /// Name of the placeholder.
        placeholder: String,
    },
    /// Puts the real address in place of one through a proxy, wherever it stands.
    UseRealAddress {
        /// The address through the proxy.
        proxied: String,
        /// The real one.
        real: String,
    },
    /// Names the TPE among the beneficiaries.
    AddTpe,
    /// Raises the version.
    SetVersion {
        /// To this.
        version: String,
    },
    /// Dates the document.
    SetDate {
        /// With this day.
        date: NaiveDate,
    },
    /// Says that the English translates the French as it now is.
    ConfirmEnglish {
        /// In this section.
        section: Section,
    },
    /// Says « Non applicable ».
    LeaveOut {
        /// In this section.
        section: Section,
    },
    /// By hand: write the text, or write it anew.
    Write {
        /// Of this section.
        section: Section,
    },
    /// By hand: write the English.
    Translate {
        /// Of this section.
        section: Section,
    },
    /// By hand: give another address.
    ChangePlace {
        /// In this section.
        section: Section,
    },
    /// By hand: fill in a field of the profile.
    FillProfile {
        /// Path of the field.
        field: String,
    },
    /// By hand: make or choose the team's key.
    ChooseKey,
    /// By hand: extend the key's life.
    ExtendKey,
}

impl Fix {
    /// Whether [`apply`] can do it.
    #[must_use]
    pub const fn is_automatic(&self) -> bool {
        !matches!(
            self,
            Self::Write { .. }
                | Self::Translate { .. }
                | Self::ChangePlace { .. }
                | Self::FillProfile { .. }
                | Self::ChooseKey
                | Self::ExtendKey
        )
    }
}

/// Does what a fix says. Whether the document changed: a fix for a person changes nothing.
pub fn apply(fix: &Fix, document: &mut Rfc2350) -> bool {
    let before = document.clone();
    match fix {
        Fix::SetTlp { tlp } => document.tlp = Some(*tlp),
        Fix::ReplaceTlpWords { section } => edit(document, *section, |text| {
            let found = tlp_one(text).into_iter().rev();
            found.fold(text.to_owned(), |mut text, (range, instead)| {
                text.replace_range(range, instead);
                text
            })
        }),
        Fix::RemoveKeyId { section } => edit(document, *section, without_key_ids),
        Fix::UsePlaceholder {
            section,
            found,
            placeholder,
        } => edit(document, *section, |text| {
            text.replace(found.as_str(), &format!("{{{placeholder}}}"))
        }),
        Fix::UseRealAddress { proxied, real } => use_real_address(document, proxied, real),
        Fix::AddTpe => edit(document, Section::Constituency, with_tpe),
        Fix::SetVersion { version } => document.version.clone_from(version),
        Fix::SetDate { date } => document.dated = Some(*date),
        Fix::ConfirmEnglish { section } => {
            if let Some(text) = document.texts.get_mut(section) {
                text.confirm_english();
            }
        }
        Fix::LeaveOut { section } => {
            if section.may_be_left_out() {
                document.not_applicable.insert(*section);
            }
        }
        Fix::Write { .. }
        | Fix::Translate { .. }
        | Fix::ChangePlace { .. }
        | Fix::FillProfile { .. }
        | Fix::ChooseKey
        | Fix::ExtendKey => {}
    }
    *document != before
}

/// Changes both languages of a section alike. English that was up to date stays so, unless only the French changed.
fn edit(document: &mut Rfc2350, section: Section, change: impl Fn(&str) -> String) {
    let Some(text) = document.texts.get_mut(&section) else {
        return;
    };
    let was = text.translation();
    let before = text.clone();
    for lang in Lang::ALL {
        *text.of_mut(lang) = change(text.of(lang));
    }
    if was == Translation::Current && both_changed(&before, text) {
        text.confirm_english();
    }
}

fn both_changed(before: &Text, after: &Text) -> bool {
    before.fr != after.fr && before.en != after.en
}

/// The text without short key identifiers and the labels before them; a line that held nothing else goes.
fn without_key_ids(text: &str) -> String {
    let lines = text.lines().filter_map(|line| {
        let mut left = line.to_owned();
        let found = keys(line).into_iter().rev();
        for key in found.filter(|key| key.name == KeyName::Short) {
            left.replace_range(key.with_label, "");
        }
        let said_something = line.chars().any(char::is_alphanumeric);
        let says_something = left.chars().any(char::is_alphanumeric);
        if left == line {
            Some(left)
        } else {
            let left = left
                .split(' ')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>();
            (says_something || !said_something).then(|| left.join(" "))
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn use_real_address(document: &mut Rfc2350, proxied: &str, real: &str) {
    let sections: Vec<Section> = document.texts.keys().copied().collect();
    for section in sections {
        edit(document, section, |text| text.replace(proxied, real));
    }
    let places = [
        &mut document.found_at,
        &mut document.announced_at,
        &mut document.key_at,
    ];
    for place in places.into_iter().chain(&mut document.key_servers) {
        if place.url == proxied {
            real.clone_into(&mut place.url);
        }
    }
    if document.security_txt_url == proxied {
        real.clone_into(&mut document.security_txt_url);
    }
}

/// The beneficiaries with the TPE before the PME: in an item of their own where the PME have one.
fn with_tpe(text: &str) -> String {
    const SMALL: [&str; 4] = ["Small and medium", "small and medium", "SMEs", "PME"];
    let mut added = text.contains("TPE");
    let lines = text.lines().flat_map(|line| {
        let named = SMALL
            .iter()
            .find(|name| line.contains(**name))
            .filter(|_| !added);
        let Some(named) = named else {
            return vec![line.to_owned()];
        };
        added = true;
        let micro = match *named {
            "PME" => "TPE",
            "Small and medium" => "Microenterprises (TPE), small and medium",
            "small and medium" => "micro (TPE), small and medium",
            _ => "microenterprises (TPE), SMEs",
        };
        let own_item =
            line.trim_start().starts_with("- ") && *named == "PME" && !line.contains("ETI");
        match (*named, own_item) {
            ("PME", true) => vec![line.replace("PME", micro), line.to_owned()],
            ("PME", false) => vec![line.replacen("PME", "TPE, PME", 1)],
            (named, _) => vec![line.replacen(named, micro, 1)],
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::super::testing::{date, document};
    use super::*;

    fn typed(section: Section, fr: &str, en: &str) -> Rfc2350 {
        let mut document = document();
        document.set_text(section, Lang::Fr, fr).unwrap();
        document.set_text(section, Lang::En, en).unwrap();
        document
    }

    fn fixed(mut document: Rfc2350, section: Section, fix: &Fix) -> Text {
        assert!(fix.is_automatic() && apply(fix, &mut document));
        assert!(!apply(fix, &mut document), "a fix is done once");
        document.texts.remove(&section).unwrap()
    }

    #[test]
    fn the_words_of_tlp_1_become_those_of_tlp_2_in_both_languages() {
        let section = Section::Cooperation;
        let document = typed(
            section,
            "Selon TLP 1.0 : TLP:WHITE.",
            "TLP:WHITE under TLP v1.0.",
        );
        let text = fixed(document, section, &Fix::ReplaceTlpWords { section });
        assert_eq!(text.fr, "Selon TLP 2.0\u{a0}: TLP:CLEAR.");
        assert_eq!(text.en, "TLP:CLEAR under TLP 2.0.");
        assert_eq!(text.translation(), Translation::Current);
    }

    #[test]
    fn a_short_key_identifier_goes_with_its_line_or_out_of_its_sentence() {
        let section = Section::Keys;
        let document = typed(
            section,
            "Avant.\nIdentifiant de la clé : 0x89ABCDEF\nLa clé 0x89ABCDEF sert à chiffrer.",
            "Before.\nKey ID: 0x89ABCDEF\nKey 0x89ABCDEF encrypts.",
        );
        let text = fixed(document, section, &Fix::RemoveKeyId { section });
        assert_eq!(text.fr, "Avant.\nLa clé sert à chiffrer.");
        assert_eq!(text.en, "Before.\nKey encrypts.");
        assert_eq!(text.translation(), Translation::Current);
    }

    #[test]
    fn the_tpe_get_an_item_where_the_pme_have_one() {
        let section = Section::Constituency;
        let document = typed(
            section,
            "- Les PME ;\n- Les ETI",
            "- Small and medium enterprises (PME);",
        );
        let text = fixed(document.clone(), section, &Fix::AddTpe);
        assert_eq!(text.fr, "- Les TPE\u{202f};\n- Les PME\u{202f};\n- Les ETI");
        assert!(text.en.contains("TPE"), "{}", text.en);
    }

    #[test]
    fn the_tpe_join_the_pme_in_a_sentence() {
        let section = Section::Constituency;
        let document = typed(
            section,
            "Les PME, ETI et communes.",
            "SMEs and municipalities.",
        );
        let mut document = document;
        assert!(apply(&Fix::AddTpe, &mut document));
        let text = &document.texts[&section];
        assert_eq!(text.fr, "Les TPE, PME, ETI et communes.");
        assert_eq!(text.en, "microenterprises (TPE), SMEs and municipalities.");
    }

    #[test]
    fn what_was_typed_gives_way_to_the_profile() {
        let section = Section::Contact;
        let document = typed(section, "Au 02 61 91 20 20.", "Call 02 61 91 20 20.");
        let fix = Fix::UsePlaceholder {
            section,
            found: "02 61 91 20 20".into(),
            placeholder: "phone".into(),
        };
        let text = fixed(document, section, &fix);
        assert_eq!(
            (text.fr.as_str(), text.en.as_str()),
            ("Au {phone}.", "Call {phone}.")
        );
        assert_eq!(text.translation(), Translation::Current);
    }

    #[test]
    fn english_falls_behind_when_only_the_french_could_be_fixed() {
        let section = Section::Contact;
        let mut document = typed(section, "Au 02 61 91 20 20.", "Call us.");
        let fix = Fix::UsePlaceholder {
            section,
            found: "02 61 91 20 20".into(),
            placeholder: "phone".into(),
        };
        assert!(apply(&fix, &mut document));
        assert_eq!(document.texts[&section].translation(), Translation::Behind);
    }

    #[test]
    fn the_real_address_replaces_the_proxy_s_everywhere() {
        let (proxied, real) = ("https://relay.example/x", "https://www.region.example/x");
        let mut document = typed(Section::Keys, &format!("Voir {proxied}"), "See");
        document.key_at.url = proxied.into();
        let fix = Fix::UseRealAddress {
            proxied: proxied.into(),
            real: real.into(),
        };
        assert!(apply(&fix, &mut document));
        assert_eq!(document.key_at.url, real);
        assert_eq!(
            document.text(Section::Keys, Lang::Fr),
            format!("Voir {real}")
        );
    }

    #[test]
    fn a_fix_for_a_person_changes_nothing() {
        let mut document = document();
        for fix in [
            Fix::ExtendKey,
            Fix::ChooseKey,
            Fix::Write {
                section: Section::Mission,
            },
        ] {
            assert!(!fix.is_automatic() && !apply(&fix, &mut document));
        }
    }

    #[test]
    fn edition_marking_and_omission_are_set() {
        let mut document = document();
        assert!(apply(
            &Fix::SetVersion {
                version: "2.0".into()
            },
            &mut document
        ));
        assert!(apply(
            &Fix::SetDate {
                date: date("2027-01-04")
            },
            &mut document
        ));
        assert!(apply(&Fix::SetTlp { tlp: Tlp::Green }, &mut document));
        assert!(apply(
            &Fix::LeaveOut {
                section: Section::Fax
            },
            &mut document
        ));
        assert!(!apply(
            &Fix::LeaveOut {
                section: Section::Mission
            },
            &mut document
        ));
        assert_eq!(
            (document.version.as_str(), document.tlp),
            ("2.0", Some(Tlp::Green))
        );
    }
}
