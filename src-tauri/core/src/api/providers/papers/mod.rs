//! What leaves the house about firms: the list for the beneficiary, the report on equal treatment, the plan of a crisis.

mod crisis;
mod equality;
mod short_list;

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::api::error::Result;
use crate::api::export::write_new;
use crate::api::session::Session;
use crate::api::summary::team;
use crate::api::view::Language;
use crate::domain::people::Ability;
use crate::report::summary::{Signature, Team};
use crate::report::{Lang, Pdf};

/// What every document of the team says of itself.
struct Imprint {
    lang: Lang,
    team: Team,
    fingerprint: String,
    prepared_by: String,
    prepared_at: DateTime<Utc>,
    disclaimer: String,
}

impl Imprint {
    fn signature(&self, file: &str) -> Signature {
        Signature {
            file: format!("{file}.asc"),
            fingerprint: self.fingerprint.clone(),
        }
    }
}

impl Session {
    fn imprint(&self, language: Language) -> Result<Imprint> {
        let profile = self.team()?.profile;
        let fingerprint = self.team_key()?.certificate.fingerprint().grouped();
        let (lang, disclaimer) = match language {
            Language::Fr => (Lang::Fr, profile.disclaimer_fr.clone()),
            Language::En => (Lang::En, profile.disclaimer_en.clone()),
        };
        Ok(Imprint {
            lang,
            team: team(&profile, &fingerprint),
            fingerprint,
            prepared_by: self.person().name.clone(),
            prepared_at: self.now(),
            disclaimer,
        })
    }

    /// What a document says of its signature: nothing where it is not the lead who asks for it.
    fn signature_on(&self, imprint: &Imprint, file: &str) -> Option<Signature> {
        let is_signed = self.require(Ability::SignDocument).is_ok();
        is_signed.then(|| imprint.signature(file))
    }

    /// Writes a document, with the lead's signature beside it where the lead asks; gives the names of the files.
    fn write_signed(&self, folder: &Path, name: &str, pdf: &Pdf) -> Result<Vec<String>> {
        let signature = match self.require(Ability::SignDocument).is_ok() {
            true => Some(self.signing_material()?.sign(&pdf.bytes, self.now())?),
            false => None,
        };
        let file = write_new(folder, name, &pdf.bytes)?;
        let mut files = vec![file.clone()];
        if let Some(signature) = signature {
            files.push(write_new(
                folder,
                &format!("{file}.asc"),
                signature.as_bytes(),
            )?);
        }
        Ok(files)
    }
}
