//! A team, its key and a document for the tests of this folder.

use chrono::{NaiveDate, TimeZone, Utc};

use super::document::{Place, Rfc2350};
use super::key::TeamKeyFacts;
use super::lang::Lang;
use super::section::Section;
use crate::domain::calendar::OpeningRule;
use crate::domain::marking::Tlp;
use crate::domain::team::{Opening, TeamProfile};

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

pub(super) fn profile() -> TeamProfile {
    TeamProfile {
        short_name: "Essai".into(),
        full_name: "CSIRT d’essai".into(),
        host: "Région d’essai".into(),
        address: vec!["1, rue de l’Essai".into(), "44000 Nantes".into()],
        region: "52".into(),
        reference_prefix: "ESS".into(),
        phone: "02 61 91 10 10".into(),
        mail: "equipe@csirt.example".into(),
        website: "https://csirt.example".into(),
        opening: Opening {
            rule: OpeningRule::ExceptHolidays,
            text_fr: "24\u{202f}h/24, hors jours fériés".into(),
            text_en: "24/7 except on public holidays".into(),
        },
        authorities: Vec::new(),
        disclaimer_fr: "Sans garantie.".into(),
        disclaimer_en: "Without warranty.".into(),
        sectors: Vec::new(),
    }
}

pub(super) fn key() -> TeamKeyFacts {
    TeamKeyFacts {
        user_id: "equipe@csirt.example".into(),
        fingerprint: "0123456789abcdef0123456789abcdef01234567".into(),
        created: Utc.with_ymd_and_hms(2026, 3, 1, 9, 0, 0).single(),
        expires: Utc.with_ymd_and_hms(2028, 3, 1, 9, 0, 0).single(),
        others: Vec::new(),
    }
}

fn place(url: &str) -> Place {
    Place {
        name: String::new(),
        url: url.into(),
    }
}

/// A document in which nothing is to be found wrong on 3 November 2026.
pub(super) fn document() -> Rfc2350 {
    let mut document = Rfc2350 {
        tlp: Some(Tlp::Clear),
        version: "1.2".into(),
        dated: Some(date("2026-11-03")),
        found_at: place("https://www.region.example/csirt"),
        announced_at: place("https://www.region.example/actualites"),
        key_at: place("https://www.region.example/csirt/cle.asc"),
        key_servers: vec![place("https://keys.example/")],
        security_txt_url: "https://www.region.example/.well-known/security.txt".into(),
        ..Rfc2350::default()
    };
    for section in Section::ALL
        .into_iter()
        .filter(|section| section.has_text())
    {
        for lang in Lang::ALL {
            let text = match (section, lang) {
                (Section::Constituency, Lang::Fr) => {
                    "- Les TPE, PME et ETI\n- Les communes".to_owned()
                }
                (_, Lang::Fr) => format!("Texte {}.", section.number()),
                (_, Lang::En) => format!("Text {}.", section.number()),
            };
            let _ = document.set_text(section, lang, &text);
        }
    }
    document
}
