//! Editions of the RFC 2350 document: signed by the lead, kept byte for byte, exported as one folder.

use std::path::Path;
use std::thread;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::super::commit::fields_of;
use super::super::commit::instant;
use super::super::error::{ApiError, Code, Result};
use super::super::export::write_together;
use super::super::session::Session;
use super::super::view::{Bilingual, EditionFile, EditionView, Exported, Rfc2350Comparison};
use super::{Sources, day_of, pages};
use crate::db::{blob, registry};
use crate::domain::calendar::in_paris;
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::domain::rfc2350::difference::{Change as Changed, change_log, difference};
use crate::domain::rfc2350::security_txt::security_txt;
use crate::domain::rfc2350::{
    Composed, Fingerprint, Lang, Level, Published, Rfc2350, TeamKeyFacts, compose, html, plain,
};
use crate::domain::team::TeamProfile;
use crate::journal::history::hex;
use crate::journal::{Change, Scope, commit};
use crate::pgp::SigningMaterial;

/// A published edition as the journal keeps it: what it was made from, and its files under their hashes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct EditionState {
    /// Its version.
    pub version: String,
    /// The day that it bears.
    pub dated: NaiveDate,
    /// When it was signed, milliseconds.
    pub published_at: i64,
    /// Who signed it.
    pub approved_by: Uuid,
    /// Digest of all that a reader gets.
    pub digest: String,
    /// What was typed.
    pub document: Rfc2350,
    /// The profile at the time.
    pub profile: TeamProfile,
    /// The key at the time.
    pub key: TeamKeyFacts,
    /// What changed since the edition before.
    pub changes: Vec<Bilingual>,
    /// The files.
    pub files: Vec<EditionFile>,
}

/// A file to be kept or written.
struct Made {
    name: String,
    bytes: Vec<u8>,
}

impl Session {
    /// Editions with their identifiers, newest first.
    pub(super) fn editions(&self) -> Result<Vec<(Uuid, EditionState)>> {
        let mut editions: Vec<(Uuid, EditionState)> =
            registry::all(self.conn(), EntityKind::Edition)?;
        editions.sort_by_key(|(id, edition)| std::cmp::Reverse((edition.published_at, *id)));
        Ok(editions)
    }

    pub(in super::super) fn last_published(&self) -> Result<Option<Published>> {
        Ok(self
            .editions()?
            .into_iter()
            .next()
            .map(|(_, edition)| Published {
                version: edition.version,
                dated: edition.dated,
                digest: edition.digest,
            }))
    }

    pub(super) fn edition_views(
        &self,
        editions: Vec<(Uuid, EditionState)>,
    ) -> Result<Vec<EditionView>> {
        let names = self.names()?;
        let views = editions.into_iter().map(|(id, edition)| EditionView {
            id,
            version: edition.version,
            dated: edition.dated,
            published_at: instant(edition.published_at),
            approved_by: names.get(&edition.approved_by).cloned().unwrap_or_default(),
            changes: edition.changes,
            files: edition.files,
        });
        Ok(views.collect())
    }

    /// Signs the document as it stands, in both languages and every form, and keeps the bytes for ever.
    ///
    /// # Errors
    /// Not the lead; a finding that blocks ([`Code::Rfc2350Blocked`]); nothing new since the last edition
    /// ([`Code::NothingNew`]).
    pub fn publish_rfc2350(&mut self) -> Result<EditionView> {
        self.require(Ability::SignDocument)?;
        let sources = self.rfc2350_sources()?;
        let blocking = self.findings_of(&sources)?;
        if let Some(finding) = blocking
            .iter()
            .find(|finding| finding.level == Level::Blocks)
        {
            return Err(ApiError::new(
                Code::Rfc2350Blocked,
                format!("{:?}", finding.code),
            ));
        }
        let digest = sources.digest();
        let before = self.editions()?.into_iter().next();
        if before
            .as_ref()
            .is_some_and(|(_, edition)| edition.digest == digest)
        {
            return Err(ApiError::new(Code::NothingNew, "published already"));
        }
        let now = self.now();
        let signing = self.signing_material()?;
        let files = self.files_of(&sources, now, Some(&signing))?;
        let kept: Vec<([u8; 32], &Made)> = files
            .iter()
            .map(|file| (Sha256::digest(&file.bytes).into(), file))
            .collect();
        let edition = EditionState {
            version: sources.document.version.clone(),
            dated: day_of(sources.document.dated, now),
            published_at: now.timestamp_millis(),
            approved_by: self.person().id,
            digest,
            changes: changes_since(before.as_ref().map(|(_, edition)| edition), &sources),
            files: kept
                .iter()
                .map(|(hash, file)| EditionFile {
                    name: file.name.clone(),
                    sha256: hex(hash),
                    size: u32::try_from(file.bytes.len()).unwrap_or(u32::MAX),
                })
                .collect(),
            document: sources.document,
            profile: sources.profile,
            key: sources.key,
        };
        let id = Uuid::now_v7();
        let change = Change::new(EntityKind::Edition, id, fields_of("", &edition, 1)?);
        self.write(|tx, author| {
            for (hash, file) in &kept {
                blob::keep(tx, hash, &file.bytes)?;
            }
            Ok(commit(tx, author, Scope::Registry, vec![change])?)
        })?;
        let views = self.edition_views(vec![(id, edition)])?;
        views
            .into_iter()
            .next()
            .ok_or_else(|| ApiError::new(Code::Internal, "the edition was not kept"))
    }

    /// Writes the files of an edition, or of the draft when none is named, in clear into a folder. `lang` leaves the other
    /// language out.
    ///
    /// # Errors
    /// An unknown edition; a folder that cannot be written; a full disk.
    pub fn export_rfc2350(
        &self,
        edition: Option<Uuid>,
        lang: Option<Lang>,
        folder: &Path,
    ) -> Result<Exported> {
        self.require(Ability::ReadCases)?;
        let files = match edition {
            Some(id) => self.kept_files(id)?,
            None => {
                let sources = self.rfc2350_sources()?;
                let made_at = sources.changed_at;
                self.files_of(&sources, made_at, None)?
            }
        };
        let other = lang.map(|lang| match lang {
            Lang::Fr => "-en.",
            Lang::En => "-fr.",
        });
        let wanted: Vec<(&str, &[u8])> = files
            .iter()
            .filter(|file| other.is_none_or(|other| !file.name.contains(other)))
            .map(|file| (file.name.as_str(), file.bytes.as_slice()))
            .collect();
        let place = write_together(folder, &wanted)?;
        Ok(Exported {
            folder: place.display().to_string(),
            files: wanted.iter().map(|(name, _)| (*name).to_owned()).collect(),
        })
    }

    fn kept_files(&self, id: Uuid) -> Result<Vec<Made>> {
        let edition: EditionState = registry::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such edition"))?;
        let damaged = || ApiError::new(Code::DatabaseDamaged, "a file of the edition is damaged");
        let mut files = Vec::with_capacity(edition.files.len());
        for file in edition.files {
            let hash = super::super::documents::unhex(&file.sha256).ok_or_else(damaged)?;
            let bytes = blob::get(self.conn(), &hash)?.ok_or_else(damaged)?;
            if hex(&Sha256::digest(&bytes)) != file.sha256 {
                return Err(damaged());
            }
            files.push(Made {
                name: file.name,
                bytes,
            });
        }
        Ok(files)
    }

    /// Every file of the document: pages, plain text and HTML in both languages, security.txt where its address is known,
    /// the public key, a manifest and how to verify; with a key also their signatures.
    fn files_of(
        &self,
        sources: &Sources,
        at: DateTime<Utc>,
        signing: Option<&SigningMaterial>,
    ) -> Result<Vec<Made>> {
        let mut files = Vec::new();
        let both = pages_in_both_languages(sources, signing.is_none(), at)?;
        for (lang, pdf) in Lang::ALL.into_iter().zip(both) {
            let composed = sources.compose(lang);
            let name = |extension: &str| format!("rfc2350-{}.{extension}", lang.tag());
            let text = plain::plain(&composed);
            if let Some(signing) = signing {
                let signed = signing.clear_sign(&text, at)?;
                files.push(made(name("signed.txt"), signed));
                files.push(made(name("txt.asc"), signing.sign(text.as_bytes(), at)?));
                files.push(made(name("pdf.asc"), signing.sign(&pdf, at)?));
            }
            files.push(made(name("txt"), text));
            files.push(made(name("pdf"), pdf));
            files.push(made(name("html"), html::html(&composed)));
        }
        // It expires from the day on which it is given away, whenever the text was written.
        let today = in_paris(self.now()).date_naive();
        // Without its addresses there is none: the checks and the editor ask for them.
        if let Ok(text) = security_txt(&sources.document, &sources.profile, &sources.key, today) {
            let text = match signing {
                Some(signing) => signing.clear_sign(&text, at)?,
                None => text,
            };
            files.push(made("security.txt", text));
        }
        let certificate = self.team_key()?.certificate;
        files.push(made("cle-publique.asc", certificate.armoured()?));
        if signing.is_some() {
            files.push(made("VERIFIER.txt", how_to_verify(&sources.key)));
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let manifest: String = files
            .iter()
            .map(|file| format!("{}  {}\n", hex(&Sha256::digest(&file.bytes)), file.name))
            .collect();
        if let Some(signing) = signing {
            files.push(made(
                "SHA256SUMS.asc",
                signing.sign(manifest.as_bytes(), at)?,
            ));
        }
        files.push(made("SHA256SUMS", manifest));
        Ok(files)
    }

    /// What changed from one version to another; `None` is the draft.
    ///
    /// # Errors
    /// An unknown edition.
    pub fn compare_rfc2350(
        &self,
        old: Option<Uuid>,
        new: Option<Uuid>,
        lang: Lang,
    ) -> Result<Rfc2350Comparison> {
        self.require(Ability::ReadCases)?;
        let composed = |id: Option<Uuid>| -> Result<Composed> {
            match id {
                None => Ok(self.rfc2350_sources()?.compose(lang)),
                Some(id) => {
                    let edition: EditionState = registry::get(self.conn(), id)?
                        .ok_or_else(|| ApiError::new(Code::NotFound, "no such edition"))?;
                    Ok(compose(
                        &edition.document,
                        &edition.profile,
                        &edition.key,
                        lang,
                    ))
                }
            }
        };
        let (old, new) = (composed(old)?, composed(new)?);
        let differences = difference(&old, &new)
            .into_iter()
            .filter(|difference| difference.change != Changed::Unchanged)
            .collect();
        Ok(Rfc2350Comparison { lang, differences })
    }
}

/// The pages in each of [`Lang::ALL`], made side by side: no other part of an edition takes so long.
fn pages_in_both_languages(
    sources: &Sources,
    draft: bool,
    at: DateTime<Utc>,
) -> Result<Vec<Vec<u8>>> {
    thread::scope(|scope| {
        let begun = Lang::ALL.map(|lang| scope.spawn(move || pages(sources, lang, draft, at)));
        let ended = begun.into_iter().map(|made| {
            let made = made.join();
            let made =
                made.map_err(|_| ApiError::new(Code::Internal, "the pages were not made"))?;
            Ok(made?.bytes)
        });
        ended.collect()
    })
}

fn made(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Made {
    Made {
        name: name.into(),
        bytes: bytes.into(),
    }
}

/// One line for each section that changed, in both languages; nothing for a first edition.
fn changes_since(before: Option<&EditionState>, sources: &Sources) -> Vec<Bilingual> {
    let Some(before) = before else {
        return Vec::new();
    };
    let [fr, en] = Lang::ALL.map(|lang| {
        let old = compose(&before.document, &before.profile, &before.key, lang);
        change_log(&difference(&old, &sources.compose(lang)), lang)
    });
    Bilingual::lines(fr, en)
}

/// The page that goes with every export: what to type, and what the answer means.
fn how_to_verify(key: &TeamKeyFacts) -> String {
    let fingerprint = Fingerprint(&key.fingerprint);
    format!(
        "Vérifier ces documents\n\
         ======================\n\n\
         1. Importer la clé publique :   gpg --import cle-publique.asc\n\
         2. Comparer son empreinte avec celle que l’équipe donne par téléphone :\n\
         \x20  {fingerprint}\n\
         3. Vérifier un document :       gpg --verify rfc2350-fr.pdf.asc rfc2350-fr.pdf\n\
         4. Vérifier le texte signé :    gpg --verify rfc2350-fr.signed.txt\n\
         5. Vérifier tous les fichiers : gpg --verify SHA256SUMS.asc SHA256SUMS\n\
         \x20                               sha256sum --check --ignore-missing SHA256SUMS\n\n\
         « Bonne signature » avec cette empreinte : le document vient de l’équipe et n’a pas changé.\n\n\n\
         How to verify these documents\n\
         =============================\n\n\
         1. Import the public key:       gpg --import cle-publique.asc\n\
         2. Compare its fingerprint with the one that the team gives by telephone:\n\
         \x20  {fingerprint}\n\
         3. Verify a document:           gpg --verify rfc2350-en.pdf.asc rfc2350-en.pdf\n\
         4. Verify the signed text:      gpg --verify rfc2350-en.signed.txt\n\
         5. Verify every file:           gpg --verify SHA256SUMS.asc SHA256SUMS\n\
         \x20                               sha256sum --check --ignore-missing SHA256SUMS\n\n\
         “Good signature” with this fingerprint: the document comes from the team and has not changed.\n"
    )
}
