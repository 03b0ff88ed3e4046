//! The document to begin with: that of Pays de la Loire as published, and a template for any other region.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::marking::Tlp;
use crate::domain::rfc2350::{Lang, Place, Rfc2350, Section};

/// Lines of a text in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    fr: Vec<String>,
    en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tlp: Option<Tlp>,
    version: String,
    dated: Option<NaiveDate>,
    found_at: Place,
    announced_at: Place,
    key_at: Place,
    key_servers: Vec<Place>,
    not_applicable: BTreeSet<Section>,
    texts: BTreeMap<Section, Lines>,
}

/// A shipped file as a document, its texts set like typed ones. The files are proved by the tests below.
fn read(json: &str) -> Option<Rfc2350> {
    let file: File = serde_json::from_str(json).ok()?;
    let mut document = Rfc2350 {
        tlp: file.tlp,
        version: file.version,
        dated: file.dated,
        found_at: file.found_at,
        announced_at: file.announced_at,
        key_at: file.key_at,
        key_servers: file.key_servers,
        not_applicable: file.not_applicable,
        ..Rfc2350::default()
    };
    for (section, lines) in file.texts {
        for (lang, lines) in [(Lang::Fr, lines.fr), (Lang::En, lines.en)] {
            document.set_text(section, lang, &lines.join("\n")).ok()?;
        }
    }
    Some(document)
}

/// The document of CSIRT Pays de la Loire Cyber Assistance, version 1.0 of 23/10/2023, with its weak points: the team
/// begins where it stands, and the checks say what to settle. The English is a translation. The lead's name is left for
/// the team to fill in: who leads today is for them to say.
#[must_use]
pub fn pays_de_la_loire() -> Rfc2350 {
    read(include_str!("pays-de-la-loire.json")).unwrap_or_default()
}

/// A document for a team of any region: what only the team knows is a placeholder or is asked for by the checks.
#[must_use]
pub fn template() -> Rfc2350 {
    read(include_str!("template.json")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
