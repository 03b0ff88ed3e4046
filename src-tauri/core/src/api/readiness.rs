//! Whether the team has what InterCERT France, Trusted Introducer and ANSSI ask for: what the vault knows by itself, what the
//! lead states, what is attached; and the file that goes to the programme.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::commit::instant;
use super::documents::unhex;
use super::error::{ApiError, Code, Result};
use super::export::write_together;
use super::session::Session;
use super::view::{CriterionView, Done, EditionFile, Exported, StatementView};
use crate::db::{blob, registry};
use crate::domain::calendar::in_paris;
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::domain::rfc2350::check::names_the_smallest;
use crate::domain::rfc2350::readiness::{
    Assessed, Criterion, Declaration, Evidence, Facts, Programme, assess,
};
use crate::domain::rfc2350::{Lang, Level, Section, compose};
use crate::journal::history::hex;
use crate::journal::{Change, Scope, commit};
use crate::reference::rfc2350::criteria::{self, criteria};
use crate::report::{self, Pdf};

/// The one entity that keeps what is said and attached.
const READINESS: Uuid = Uuid::from_u128(0x5133);
/// The longest remark, in characters.
const MOST_CHARS: usize = 2_000;
/// The largest attachment: a scanned form of some pages.
const MOST_BYTES: usize = 20_000_000;

/// A statement as the journal keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Statement {
    met: bool,
    note: String,
    by: Uuid,
    at: i64,
}

/// What is said and attached, by criterion; null once it is taken back.
#[derive(Clone, Debug, Default, Deserialize)]
struct Kept {
    #[serde(default)]
    said: BTreeMap<String, Option<Statement>>,
    #[serde(default)]
    attached: BTreeMap<String, Option<EditionFile>>,
}

impl Session {
    /// Each criterion with its evidence and its state, programme by programme.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn readiness(&self) -> Result<Vec<CriterionView>> {
        self.require(Ability::ReadCases)?;
        let kept = self.readiness_kept()?;
        let facts = self.readiness_facts(&kept)?;
        let names = self.names()?;
        let views = assess(criteria(), &facts).into_iter().map(|assessed| {
            let id = &assessed.criterion.id;
            let statement = kept.said.get(id).cloned().flatten();
            CriterionView {
                statement: statement.map(|said| StatementView {
                    met: said.met,
                    note: said.note,
                    by: names.get(&said.by).cloned().unwrap_or_default(),
                    at: instant(said.at),
                }),
                attachment: kept.attached.get(id).cloned().flatten(),
                criterion: assessed.criterion,
                state: assessed.state,
            }
        });
        Ok(views.collect())
    }

    /// States whether a criterion is met, with a remark; `None` takes the statement back.
    ///
    /// # Errors
    /// Not the lead; an unknown criterion, or one that the vault answers by itself; a remark that is too long.
    pub fn state_readiness(
        &mut self,
        criterion: &str,
        met: Option<bool>,
        note: &str,
    ) -> Result<Done> {
        expects(criterion, Evidence::Declaration)?;
        let note = note.trim();
        if note.chars().count() > MOST_CHARS {
            return Err(ApiError::field(
                Code::TooLong,
                "note",
                "the remark is too long",
            ));
        }
        let statement = met.map(|met| Statement {
            met,
            note: note.to_owned(),
            by: self.person().id,
            at: self.now().timestamp_millis(),
        });
        self.keep_readiness("said", criterion, serde_json::to_value(statement)?, None)
    }

    /// Attaches the document that a criterion asks for, in the place of the one before.
    ///
    /// # Errors
    /// Not the lead; a criterion that asks for none; an empty file, or one of more than 20 MB.
    pub fn attach_readiness(&mut self, criterion: &str, name: &str, bytes: &[u8]) -> Result<Done> {
        expects(criterion, Evidence::Document)?;
        if bytes.is_empty() {
            return Err(ApiError::field(Code::Invalid, "file", "the file is empty"));
        }
        if bytes.len() > MOST_BYTES {
            return Err(ApiError::field(
                Code::TooLong,
                "file",
                "the file is too large",
            ));
        }
        let file = EditionFile {
            name: file_name(name),
            sha256: hex(&Sha256::digest(bytes)),
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        };
        self.keep_readiness(
            "attached",
            criterion,
            serde_json::to_value(file)?,
            Some(bytes),
        )
    }

    /// Takes an attached document away.
    ///
    /// # Errors
    /// Not the lead; a criterion that asks for none.
    pub fn detach_readiness(&mut self, criterion: &str) -> Result<Done> {
        expects(criterion, Evidence::Document)?;
        self.keep_readiness("attached", criterion, Value::Null, None)
    }

    /// The pages for one programme.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn preview_readiness(&self, programme: Programme, lang: Lang) -> Result<Pdf> {
        self.require(Ability::ReadCases)?;
        let kept = self.readiness_kept()?;
        let assessed: Vec<Assessed> = assess(criteria(), &self.readiness_facts(&kept)?)
            .into_iter()
            .filter(|assessed| assessed.criterion.programme == programme)
            .collect();
        let notes = kept
            .said
            .into_iter()
            .filter_map(|(id, said)| Some((id, said?.note)));
        let sheet = report::readiness::Sheet {
            programme: criteria::programme(programme).of(lang),
            lang,
            profile: &self.team()?.profile,
            on: in_paris(self.now()).date_naive(),
            made_at: self.now(),
            notes: notes.collect(),
        };
        Ok(report::render(&report::readiness::document(
            &sheet, &assessed,
        ))?)
    }

    /// Writes the pages for one programme and what is attached to it, in clear, into a folder.
    ///
    /// # Errors
    /// A folder that cannot be written; a full disk.
    pub fn export_readiness(
        &self,
        programme: Programme,
        lang: Lang,
        folder: &Path,
    ) -> Result<Exported> {
        let pdf = self.preview_readiness(programme, lang)?;
        let mut files = vec![(format!("dossier-{}.pdf", lang.tag()), pdf.bytes)];
        let kept = self.readiness_kept()?;
        let own = criteria().iter().filter(|c| c.programme == programme);
        for (place, criterion) in own.enumerate() {
            let Some(file) = kept.attached.get(&criterion.id).cloned().flatten() else {
                continue;
            };
            // The number keeps two files of one name apart, and says which criterion it is for.
            let name = format!("{}-{}", place + 1, file.name);
            files.push((name, self.kept_bytes(&file)?));
        }
        let written: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        let place = write_together(folder, &written)?;
        Ok(Exported {
            folder: place.display().to_string(),
            files: files.into_iter().map(|(name, _)| name).collect(),
        })
    }

    fn kept_bytes(&self, file: &EditionFile) -> Result<Vec<u8>> {
        let damaged = || ApiError::new(Code::DatabaseDamaged, "an attached file is damaged");
        let hash = unhex(&file.sha256).ok_or_else(damaged)?;
        blob::get(self.conn(), &hash)?
            .filter(|bytes| hex(&Sha256::digest(bytes)) == file.sha256)
            .ok_or_else(damaged)
    }

    fn readiness_kept(&self) -> Result<Kept> {
        Ok(registry::get(self.conn(), READINESS)?.unwrap_or_default())
    }

    fn readiness_facts(&self, kept: &Kept) -> Result<Facts> {
        let sources = self.rfc2350_sources()?;
        let composed = compose(&sources.document, &sources.profile, &sources.key, Lang::Fr);
        let left_out = &sources.document.not_applicable;
        let sections = composed
            .parts
            .iter()
            .filter(|part| !part.body.is_empty() && !left_out.contains(&part.section))
            .map(|part| part.section)
            .collect();
        let findings = self.findings_of(&sources)?;
        let certificate = self.team_key()?.certificate;
        let now = self.now();
        let in_force =
            !certificate.is_revoked(now) && certificate.expires_at(now).is_none_or(|end| end > now);
        let names = self.names()?;
        let said = kept.said.iter().filter_map(|(id, said)| {
            let said = said.as_ref()?;
            let declaration = Declaration {
                met: said.met,
                note: said.note.clone(),
                by: names.get(&said.by).cloned().unwrap_or_default(),
                on: in_paris(instant(said.at)).date_naive(),
            };
            Some((id.clone(), declaration))
        });
        let attached = kept
            .attached
            .iter()
            .filter_map(|(id, file)| Some((id.clone(), file.as_ref()?.name.clone())));
        Ok(Facts {
            sections,
            blocked: findings.iter().any(|f| f.level == Level::Blocks),
            tpe_named: names_the_smallest(sources.document.text(Section::Constituency, Lang::Fr)),
            published: self
                .last_published()?
                .map(|last| (last.version, last.dated)),
            key: in_force.then(|| certificate.fingerprint().grouped()),
            people: u32::try_from(self.opened().people().len()).unwrap_or(u32::MAX),
            attached: attached.collect(),
            declared: said.collect(),
        })
    }

    fn keep_readiness(
        &mut self,
        what: &str,
        criterion: &str,
        value: Value,
        bytes: Option<&[u8]>,
    ) -> Result<Done> {
        self.require(Ability::ManageTeam)?;
        let field = format!("{what}.{criterion}");
        let change = Change::set(EntityKind::Readiness, READINESS, &field, value);
        let entry = self.write(|tx, author| {
            if let Some(bytes) = bytes {
                blob::keep(tx, &Sha256::digest(bytes).into(), bytes)?;
            }
            Ok(commit(tx, author, Scope::Registry, vec![change])?)
        })?;
        Ok(Done::of(entry))
    }
}

/// The criterion of a name, if it is settled by this kind of evidence.
fn expects(id: &str, evidence: Evidence) -> Result<&'static Criterion> {
    criteria()
        .iter()
        .find(|criterion| criterion.id == id && criterion.evidence == evidence)
        .ok_or_else(|| ApiError::new(Code::NotFound, "no such criterion"))
}

/// The last part of a path, without what a file system refuses.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !r#"<>:"|?*"#.contains(*c))
        .take(120)
        .collect();
    let kept = kept.trim().trim_start_matches('.');
    if kept.is_empty() {
        "piece".to_owned()
    } else {
        kept.to_owned()
    }
}
