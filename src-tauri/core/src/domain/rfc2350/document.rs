//! What the team keeps of its RFC 2350 document.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use super::lang::Lang;
use super::section::Section;
use super::text::{TextError, clean};
use crate::domain::marking::Tlp;

/// Something on the web, and the words that lead to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "Rfc2350Place")]
pub struct Place {
    /// What a reader sees; the address itself when empty.
    pub name: String,
    /// Its address; empty when there is none.
    pub url: String,
}

/// The text of a section in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "Rfc2350Text")]
pub struct Text {
    /// French, cleaned.
    pub fr: String,
    /// English, cleaned.
    pub en: String,
    /// SHA-256 (hexadecimal) of the French that the English translates. A digest and not the French itself: it does not
    /// double what is stored, and what changed since is told by comparing with the last publication.
    pub en_of: String,
}

/// Whether the English says what the French says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350Translation")]
pub enum Translation {
    /// There is no French to translate.
    NotNeeded,
    /// French without English.
    Missing,
    /// The French changed after the English was written.
    Behind,
    /// The English was written, or confirmed, for this French.
    Current,
}

impl Text {
    /// The text in one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }

    pub(super) fn of_mut(&mut self, lang: Lang) -> &mut String {
        match lang {
            Lang::Fr => &mut self.fr,
            Lang::En => &mut self.en,
        }
    }

    /// Whether the English says what the French says.
    #[must_use]
    pub fn translation(&self) -> Translation {
        match (self.fr.is_empty(), self.en.is_empty()) {
            (true, _) => Translation::NotNeeded,
            (false, true) => Translation::Missing,
            (false, false) if self.en_of == digest(&self.fr) => Translation::Current,
            (false, false) => Translation::Behind,
        }
    }

    /// Says that the English translates the French as it now is.
    pub fn confirm_english(&mut self) {
        self.en_of = if self.en.is_empty() {
            String::new()
        } else {
            digest(&self.fr)
        };
    }
}

/// The digest by which a French text is known: SHA-256, hexadecimal.
#[must_use]
pub fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// The document: what is typed, and nothing that the profile or the key already say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Rfc2350 {
    /// Its marking; none while nobody chose.
    pub tlp: Option<Tlp>,
    /// Its version, numbers parted by points: `1.5`.
    pub version: String,
    /// The day of this version.
    pub dated: Option<NaiveDate>,
    /// Where the current version is always found (1.3).
    pub found_at: Place,
    /// Where changes are announced (1.2).
    pub announced_at: Place,
    /// Where the public key is found (1.4, 2.8).
    pub key_at: Place,
    /// Key servers that hold it (2.8).
    pub key_servers: Vec<Place>,
    /// The one address of the team's security.txt: its `Canonical` field (RFC 9116).
    pub security_txt_url: String,
    /// Who leads the team, where the document names them (2.9).
    pub leader: Option<String>,
    /// The typed texts.
    pub texts: BTreeMap<Section, Text>,
    /// Sections left out on purpose: « Non applicable ».
    pub not_applicable: BTreeSet<Section>,
}

impl Rfc2350 {
    /// The text of a section in one language; empty when nothing is typed or can be.
    #[must_use]
    pub fn text(&self, section: Section, lang: Lang) -> &str {
        match self.texts.get(&section) {
            Some(text) if section.has_text() => text.of(lang),
            _ => "",
        }
    }

    /// Types the text of a section. English is taken for a translation of the French as it stands.
    ///
    /// # Errors
    /// When the section has no text of its own, or the text is too long; what stood there then stays.
    pub fn set_text(&mut self, section: Section, lang: Lang, typed: &str) -> Result<(), TextError> {
        if !section.has_text() {
            return Err(TextError::NothingToType);
        }
        let cleaned = clean(typed, lang)?;
        let text = self.texts.entry(section).or_default();
        *text.of_mut(lang) = cleaned;
        if lang == Lang::En {
            text.confirm_english();
        }
        if *text == Text::default() {
            self.texts.remove(&section);
        }
        Ok(())
    }

    /// Texts that are printed: section, language, words.
    pub(super) fn printed_texts(&self) -> impl Iterator<Item = (Section, Lang, &str)> {
        self.texts
            .iter()
            .filter(|(section, _)| section.has_text() && !self.not_applicable.contains(section))
            .flat_map(|(section, text)| Lang::ALL.map(|lang| (*section, lang, text.of(lang))))
            .filter(|(_, _, text)| !text.is_empty())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn with(fr: &str, en: &str) -> Rfc2350 {
        let mut document = Rfc2350::default();
        document.set_text(Section::Mission, Lang::Fr, fr).unwrap();
        document.set_text(Section::Mission, Lang::En, en).unwrap();
        document
    }

    #[test]
    fn english_falls_behind_when_the_french_changes_and_not_before() {
        let mut document = with("Assister.", "Assist.");
        let state = |document: &Rfc2350| document.texts[&Section::Mission].translation();
        assert_eq!(state(&document), Translation::Current);
        document
            .set_text(Section::Mission, Lang::Fr, "Assister toujours.")
            .unwrap();
        assert_eq!(state(&document), Translation::Behind);
        document
            .set_text(Section::Mission, Lang::Fr, "Assister.")
            .unwrap();
        assert_eq!(state(&document), Translation::Current);
        document.set_text(Section::Mission, Lang::En, "").unwrap();
        assert_eq!(state(&document), Translation::Missing);
    }

    #[test]
    fn a_text_too_long_leaves_what_stood_there() {
        let mut document = with("Assister.", "Assist.");
        let before = document.clone();
        assert!(
            document
                .set_text(Section::Mission, Lang::Fr, &"a".repeat(20_001))
                .is_err()
        );
        assert_eq!(document, before);
    }

    #[test]
    fn what_the_profile_says_cannot_be_typed() {
        let error = Rfc2350::default().set_text(Section::Telephone, Lang::Fr, "02 61 91 10 10");
        assert_eq!(error, Err(TextError::NothingToType));
    }

    #[test]
    fn a_document_stored_before_a_field_existed_can_be_read() {
        let document: Rfc2350 = serde_json::from_str("{\"version\":\"1.0\"}").unwrap();
        assert_eq!((document.version.as_str(), document.tlp), ("1.0", None));
        let kept = with("Assister.", "Assist.");
        let stored = serde_json::to_string(&kept).unwrap();
        assert!(
            stored.contains("\"mission\":{\"fr\":\"Assister.\""),
            "{stored}"
        );
        assert_eq!(serde_json::from_str::<Rfc2350>(&stored).unwrap(), kept);
    }
}
