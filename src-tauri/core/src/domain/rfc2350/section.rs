//! The sections of the document, as teams number them (RFC 2350, appendix D, with the practice of its appendix E).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::lang::{Lang, Pair};

mod words;

/// A section of the document, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350Section")]
pub enum Section {
    /// 1 Document Information.
    About,
    /// 1.1 Date of Last Update.
    LastUpdate,
    /// 1.2 Distribution List for Notifications.
    Distribution,
    /// 1.3 Locations where this Document May Be Found.
    Location,
    /// 1.4 Authenticating this Document.
    Authentication,
    /// 2.1 Name of the Team.
    TeamName,
    /// 2.2 Address.
    Address,
    /// 2.3 Time Zone.
    TimeZone,
    /// 2.4 Telephone Number.
    Telephone,
    /// 2.5 Facsimile Number.
    Fax,
    /// 2.6 Other Telecommunication.
    OtherTelecommunication,
    /// 2.7 Electronic Mail Address.
    Mail,
    /// 2.8 Public Keys and Encryption Information.
    Keys,
    /// 2.9 Team Members.
    Members,
    /// 2.10 Other Information.
    OtherInformation,
    /// 2.11 Points of Customer Contact.
    Contact,
    /// 3.1 Mission Statement.
    Mission,
    /// 3.2 Constituency.
    Constituency,
    /// 3.3 Sponsorship and/or Affiliation.
    Sponsorship,
    /// 3.4 Authority.
    Authority,
    /// 4.1 Types of Incidents and Level of Support.
    IncidentTypes,
    /// 4.2 Co-operation, Interaction and Disclosure of Information.
    Cooperation,
    /// 4.3 Communication and Authentication.
    Communication,
    /// 5.1 Incident Response.
    IncidentResponse,
    /// 5.1.1 Incident Triage.
    Triage,
    /// 5.1.2 Incident Coordination.
    Coordination,
    /// 5.1.3 Incident Resolution.
    Resolution,
    /// 5.2 Proactive Activities.
    Proactive,
    /// 6 Incident Reporting Forms.
    ReportingForms,
    /// 7 Disclaimers.
    Disclaimer,
}

/// Where the content of a section comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350SectionKind")]
pub enum SectionKind {
    /// Typed by the team.
    Text,
    /// Wholly from the profile, the key or the edition: there is nothing to type.
    Derived,
    /// Facts of the product beside typed text.
    Mixed,
}

/// A chapter of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350Chapter")]
pub enum Chapter {
    /// 1: the document itself.
    Document,
    /// 2: how to reach the team.
    Contact,
    /// 3: what the team is for.
    Charter,
    /// 4: how it acts.
    Policies,
    /// 5: what it does.
    Services,
    /// 6: how to report to it.
    Forms,
    /// 7: the limits of its liability.
    Disclaimers,
}

impl Chapter {
    /// Every chapter, in order.
    pub const ALL: [Self; 7] = [
        Self::Document,
        Self::Contact,
        Self::Charter,
        Self::Policies,
        Self::Services,
        Self::Forms,
        Self::Disclaimers,
    ];

    /// Its number, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> Pair {
        match self {
            Self::Document => Section::About.title(),
            Self::Contact => Pair {
                fr: "Informations de contact",
                en: "Contact Information",
            },
            Self::Charter => Pair {
                fr: "Charte",
                en: "Charter",
            },
            Self::Policies => Pair {
                fr: "Politiques",
                en: "Policies",
            },
            Self::Services => Pair {
                fr: "Services",
                en: "Services",
            },
            Self::Forms => Section::ReportingForms.title(),
            Self::Disclaimers => Section::Disclaimer.title(),
        }
    }
}

impl Section {
    /// Every section, in the order of the document.
    pub const ALL: [Self; 30] = [
        Self::About,
        Self::LastUpdate,
        Self::Distribution,
        Self::Location,
        Self::Authentication,
        Self::TeamName,
        Self::Address,
        Self::TimeZone,
        Self::Telephone,
        Self::Fax,
        Self::OtherTelecommunication,
        Self::Mail,
        Self::Keys,
        Self::Members,
        Self::OtherInformation,
        Self::Contact,
        Self::Mission,
        Self::Constituency,
        Self::Sponsorship,
        Self::Authority,
        Self::IncidentTypes,
        Self::Cooperation,
        Self::Communication,
        Self::IncidentResponse,
        Self::Triage,
        Self::Coordination,
        Self::Resolution,
        Self::Proactive,
        Self::ReportingForms,
        Self::Disclaimer,
    ];

    /// Its number: « 2.8 ».
    #[must_use]
    pub const fn number(self) -> &'static str {
        words::row(self).number
    }

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> Pair {
        words::row(self).title
    }

    /// What the RFC asks for, in one sentence.
    #[must_use]
    pub const fn asks(self) -> Pair {
        words::row(self).asks
    }

    /// Where the RFC asks for it: « RFC 2350, section 3.2 ».
    #[must_use]
    pub fn source(self, lang: Lang) -> String {
        let appendix = Pair {
            fr: "annexe D",
            en: "appendix D",
        };
        format!(
            "RFC 2350, section {}, {}",
            words::row(self).rfc,
            appendix.of(lang)
        )
    }

    /// Where its content comes from.
    #[must_use]
    pub const fn kind(self) -> SectionKind {
        words::row(self).kind
    }

    /// Whether the team types a text for it.
    #[must_use]
    pub const fn has_text(self) -> bool {
        !matches!(self.kind(), SectionKind::Derived)
    }

    /// The chapter that it belongs to.
    #[must_use]
    pub const fn chapter(self) -> Chapter {
        match self.number().as_bytes() {
            [b'1', ..] => Chapter::Document,
            [b'2', ..] => Chapter::Contact,
            [b'3', ..] => Chapter::Charter,
            [b'4', ..] => Chapter::Policies,
            [b'5', ..] => Chapter::Services,
            [b'6', ..] => Chapter::Forms,
            _ => Chapter::Disclaimers,
        }
    }

    /// Depth of its heading: 1 for a section that is a whole chapter (« 6 »), 2 for « 2.8 », 3 for « 5.1.1 ».
    #[must_use]
    pub fn depth(self) -> usize {
        self.number().split('.').count()
    }

    /// Whether a team may say « Non applicable » here; elsewhere the reader needs an answer.
    #[must_use]
    pub const fn may_be_left_out(self) -> bool {
        matches!(
            self,
            Self::Distribution
                | Self::Fax
                | Self::OtherTelecommunication
                | Self::Members
                | Self::OtherInformation
                | Self::Proactive
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn the_sections_are_numbered_as_in_the_skeleton_that_teams_use() {
        let numbers: Vec<&str> = Section::ALL
            .iter()
            .map(|section| section.number())
            .collect();
        assert_eq!(
            numbers.join(" "),
            "1 1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 3.1 3.2 3.3 3.4 \
             4.1 4.2 4.3 5.1 5.1.1 5.1.2 5.1.3 5.2 6 7"
        );
    }

    #[test]
    fn the_declared_order_is_that_of_the_document() {
        assert!(Section::ALL.is_sorted());
        for (place, section) in Section::ALL.into_iter().enumerate() {
            assert_eq!(section as usize, place);
        }
    }

    #[test]
    fn each_section_belongs_to_the_chapter_of_its_number() {
        for section in Section::ALL {
            let chapter = section.chapter().number().to_string();
            assert_eq!(section.number().split('.').next(), Some(chapter.as_str()));
        }
        for (place, chapter) in Chapter::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(chapter.number()), place + 1);
        }
    }

    #[test]
    fn every_section_has_its_words_in_both_languages_and_its_source() {
        for section in Section::ALL {
            for lang in Lang::ALL {
                assert!(!section.title().of(lang).is_empty());
                assert!(section.asks().of(lang).ends_with('.'));
                assert!(section.source(lang).starts_with("RFC 2350, section 3."));
            }
        }
    }

    #[test]
    fn the_stable_names_are_those_of_the_stored_document() {
        let name = |section| serde_json::to_string(&section).unwrap();
        assert_eq!(
            name(Section::OtherTelecommunication),
            "\"other_telecommunication\""
        );
        assert_eq!(name(Section::Keys), "\"keys\"");
        assert_eq!(name(Section::ReportingForms), "\"reporting_forms\"");
    }
}
