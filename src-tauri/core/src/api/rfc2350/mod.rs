//! The RFC 2350 document: written, checked, looked at.

mod publish;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::commit::instant;
use super::commit::{fields_of, sets};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::{
    Bilingual, Done, Rfc2350FindingView, Rfc2350SectionView, Rfc2350View, SectionFact,
};
use crate::db::registry;
use crate::domain::calendar::in_paris;
use crate::domain::entity::Entity;
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::domain::rfc2350::check::content_digest;
use crate::domain::rfc2350::document::Text;
use crate::domain::rfc2350::text::{TextError, clean};
use crate::domain::rfc2350::{
    Composed, Finding, Fix, Lang, Para, Rfc2350, Section, TeamKeyFacts, apply, check, compose,
    facts, plain, text_of,
};
use crate::domain::team::TeamProfile;
use crate::journal::{Change, Scope, commit};
use crate::reference::profiles;
use crate::reference::rfc2350::{documents, sentences};
use crate::report::{self, Pdf};

/// The RFC is of June 1998.
const RFC_YEAR: i32 = 1998;

/// The team's one document.
const DOCUMENT: Uuid = Uuid::from_u128(0x2350);

/// When the kept document was last changed.
#[derive(Deserialize)]
struct ChangedAt {
    changed_at: i64,
}

/// All that the document is composed from.
pub(super) struct Sources {
    pub document: Rfc2350,
    pub profile: TeamProfile,
    pub key: TeamKeyFacts,
    /// When the newest of the three was changed: what a draft bears as its date, so that it has the same bytes each time.
    pub changed_at: DateTime<Utc>,
}

impl Sources {
    fn compose(&self, lang: Lang) -> Composed {
        compose(&self.document, &self.profile, &self.key, lang)
    }

    fn digest(&self) -> String {
        content_digest(&self.document, &self.profile, &self.key)
    }
}

impl Session {
    /// The document with everything that its editor shows.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn rfc2350(&self) -> Result<Rfc2350View> {
        self.require(Ability::ReadCases)?;
        let sources = self.rfc2350_sources()?;
        let editions = self.editions()?;
        let modified = editions
            .first()
            .is_none_or(|(_, edition)| edition.digest != sources.digest());
        let findings = self.findings_of(&sources)?;
        Ok(Rfc2350View {
            sections: sections(&sources),
            findings: findings.into_iter().map(finding_view).collect(),
            modified,
            editions: self.edition_views(editions)?,
            document: sources.document,
        })
    }

    /// What is to be settled before the document is published.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn rfc2350_findings(&self) -> Result<Vec<Rfc2350FindingView>> {
        self.require(Ability::ReadCases)?;
        let findings = self.findings_of(&self.rfc2350_sources()?)?;
        Ok(findings.into_iter().map(finding_view).collect())
    }

    pub(super) fn findings_of(&self, sources: &Sources) -> Result<Vec<Finding>> {
        let today = in_paris(self.now()).date_naive();
        let published = self.last_published()?;
        Ok(check(
            &sources.document,
            &sources.profile,
            &sources.key,
            published.as_ref(),
            today,
        ))
    }

    /// Types the text of a section. Pasted text is cleaned; English is taken for a translation of the French as it stands.
    ///
    /// # Errors
    /// Not the lead; a section that has no text of its own; a text that is too long, and then what stood there stays.
    pub fn set_rfc2350_text(&mut self, section: Section, lang: Lang, text: &str) -> Result<Done> {
        self.change_rfc2350(|document| document.set_text(section, lang, text).map_err(refused))
    }

    /// Says that the English of a section is right for the French as it stands.
    ///
    /// # Errors
    /// Not the lead.
    pub fn confirm_rfc2350_english(&mut self, section: Section) -> Result<Done> {
        self.change_rfc2350(|document| {
            if let Some(text) = document.texts.get_mut(&section) {
                text.confirm_english();
            }
            Ok(())
        })
    }

    /// Leaves a section out on purpose, or takes it in again.
    ///
    /// # Errors
    /// Not the lead; a section that every such document has.
    pub fn leave_out_rfc2350(&mut self, section: Section, left_out: bool) -> Result<Done> {
        if left_out && !section.may_be_left_out() {
            return Err(ApiError::field(
                Code::Invalid,
                section.number(),
                "every such document has this section",
            ));
        }
        self.change_rfc2350(|document| {
            if left_out {
                document.not_applicable.insert(section);
            } else {
                document.not_applicable.remove(&section);
            }
            Ok(())
        })
    }

    /// Sets what stands beside the texts: marking, version, date, places, the lead's name. The texts of `next` are not read.
    ///
    /// # Errors
    /// Not the lead.
    pub fn set_rfc2350_head(&mut self, next: &Rfc2350) -> Result<Done> {
        // No document of this kind is older than the RFC: such a date is a typing error.
        if next.dated.is_some_and(|dated| dated.year() < RFC_YEAR) {
            return Err(ApiError::field(
                Code::Invalid,
                "dated",
                "the year is not a whole one",
            ));
        }
        self.change_rfc2350(|document| {
            let (texts, left_out) = (document.texts.clone(), document.not_applicable.clone());
            *document = Rfc2350 {
                texts,
                not_applicable: left_out,
                ..next.clone()
            };
            for line in [&mut document.version, &mut document.security_txt_url] {
                *line = one_line(line)?;
            }
            for place in [
                &mut document.found_at,
                &mut document.announced_at,
                &mut document.key_at,
            ] {
                place.name = one_line(&place.name)?;
                place.url = one_line(&place.url)?;
            }
            Ok(())
        })
    }

    /// Applies the fix of a finding.
    ///
    /// # Errors
    /// Not the lead; a fix that no longer applies.
    pub fn fix_rfc2350(&mut self, fix: &Fix) -> Result<Done> {
        self.change_rfc2350(|document| {
            if apply(fix, document) {
                Ok(())
            } else {
                Err(ApiError::new(
                    Code::NotFound,
                    "there is nothing to fix any more",
                ))
            }
        })
    }

    fn change_rfc2350(&mut self, change: impl FnOnce(&mut Rfc2350) -> Result<()>) -> Result<Done> {
        self.require(Ability::ManageTeam)?;
        let mut document = self.rfc2350_sources()?.document;
        let before = document_fields(&document)?;
        change(&mut document)?;
        let entity = Entity {
            kind: EntityKind::Rfc2350,
            id: DOCUMENT,
        };
        let changes = sets(entity, document_fields(&document)?);
        let known: Option<Value> = registry::get(self.conn(), DOCUMENT)?;
        self.write(|tx, author| {
            if known.is_none() {
                // The document to begin with stands in the journal by itself, so that the first change can be taken back.
                let begun = Change::new(EntityKind::Rfc2350, DOCUMENT, before);
                commit(tx, author, Scope::Registry, vec![begun])?;
            }
            Ok(Done::of(commit(tx, author, Scope::Registry, changes)?))
        })
    }

    /// The document as it stands: kept, or the one to begin with.
    pub(super) fn rfc2350_sources(&self) -> Result<Sources> {
        let profile = self.team()?.profile;
        let kept: Option<Value> = registry::get(self.conn(), DOCUMENT)?;
        let (document, changed_at) = match kept {
            Some(state) => {
                let at: ChangedAt = serde_json::from_value(state.clone())?;
                let mut document: Rfc2350 = serde_json::from_value(state)?;
                // The journal names every text, the document only those that say something.
                document.texts.retain(|_, text| *text != Text::default());
                (document, instant(at.changed_at))
            }
            None => (first_document(&profile), DateTime::UNIX_EPOCH),
        };
        // The profile and the key speak in it, too.
        let others = [self.team_id(), self.team_key()?.id]
            .map(|id| registry::get::<ChangedAt>(self.conn(), id));
        let mut newest = changed_at;
        for other in others {
            newest = newest.max(other?.map_or(changed_at, |other| instant(other.changed_at)));
        }
        Ok(Sources {
            document,
            key: self.team_key_facts()?,
            profile,
            changed_at: newest,
        })
    }

    /// What the document says of the team's key.
    pub(super) fn team_key_facts(&self) -> Result<TeamKeyFacts> {
        let certificate = self.team_key()?.certificate;
        let now = self.now();
        let primary = certificate.fingerprint().to_string();
        let created = certificate
            .keys(now)
            .into_iter()
            .find(|key| key.fingerprint.to_string() == primary)
            .map(|key| key.created);
        Ok(TeamKeyFacts {
            user_id: certificate.user_id(now).unwrap_or_default(),
            fingerprint: primary,
            created,
            expires: certificate.expires_at(now),
            others: Vec::new(),
        })
    }

    /// The pages of the document as it stands, marked as a draft.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn preview_rfc2350(&self, lang: Lang) -> Result<Pdf> {
        self.require(Ability::ReadCases)?;
        let sources = self.rfc2350_sources()?;
        pages(&sources, lang, true, sources.changed_at)
    }

    /// The plain text of the document as it stands.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn rfc2350_plain(&self, lang: Lang) -> Result<String> {
        self.require(Ability::ReadCases)?;
        Ok(plain::plain(&self.rfc2350_sources()?.compose(lang)))
    }
}

/// The pages of a document.
fn pages(sources: &Sources, lang: Lang, draft: bool, made_at: DateTime<Utc>) -> Result<Pdf> {
    let edition = report::rfc2350::Edition {
        version: &sources.document.version,
        draft,
        made_at,
    };
    let composed = sources.compose(lang);
    Ok(report::render(&report::rfc2350::document(
        &composed,
        &sources.profile,
        &edition,
    ))?)
}

/// The document that a team begins with: its own where it is known, else a template.
fn first_document(profile: &TeamProfile) -> Rfc2350 {
    if profile.full_name == profiles::pays_de_la_loire().full_name {
        documents::pays_de_la_loire()
    } else {
        documents::template()
    }
}

/// The fields of the document as the journal names them: one for each text, present even when it is empty, so that a text
/// taken away is a change like another.
fn document_fields(document: &Rfc2350) -> Result<Map<String, Value>> {
    let mut fields = fields_of("", document, 1)?;
    fields.remove("texts");
    for section in Section::ALL
        .into_iter()
        .filter(|section| section.has_text())
    {
        let text = document.texts.get(&section).cloned().unwrap_or_default();
        let Value::String(name) = serde_json::to_value(section)? else {
            continue;
        };
        fields.insert(format!("texts.{name}"), serde_json::to_value::<Text>(text)?);
    }
    Ok(fields)
}

fn sections(sources: &Sources) -> Vec<Rfc2350SectionView> {
    Section::ALL
        .into_iter()
        .map(|section| {
            let [facts_fr, facts_en] = Lang::ALL.map(|lang| section_facts(sources, section, lang));
            Rfc2350SectionView {
                section,
                number: section.number().to_owned(),
                chapter: section.chapter(),
                title: section.title().into(),
                asks: section.asks().into(),
                kind: section.kind(),
                may_be_left_out: section.may_be_left_out(),
                facts_fr,
                facts_en,
            }
        })
        .collect()
}

fn section_facts(sources: &Sources, section: Section, lang: Lang) -> Vec<SectionFact> {
    let paras = facts(
        &sources.document,
        &sources.profile,
        &sources.key,
        section,
        lang,
    );
    let lines = paras.iter().flat_map(|para| match para {
        Para::Definition { label, value } => vec![SectionFact {
            label: Some(label.clone()),
            value: text_of(value),
        }],
        other => other
            .lines()
            .into_iter()
            .map(|value| SectionFact { label: None, value })
            .collect(),
    });
    lines.filter(|fact| !fact.value.is_empty()).collect()
}

fn finding_view(finding: Finding) -> Rfc2350FindingView {
    let words = sentences::finding(finding.code);
    let filled = |pair| {
        let [fr, en] = Lang::ALL.map(|lang| sentences::filled(pair, &finding.values, lang));
        Bilingual { fr, en }
    };
    Rfc2350FindingView {
        what: filled(words.what),
        why: filled(words.why),
        fix: finding.fix.as_ref().map(|fix| sentences::fix(fix).into()),
        finding,
    }
}

/// A text that the document refuses.
fn refused(error: TextError) -> ApiError {
    let code = match error {
        TextError::TooLong { .. } => Code::TooLong,
        TextError::NothingToType => Code::Invalid,
    };
    ApiError::field(code, "text", error.to_string())
}

fn one_line(text: &str) -> Result<String> {
    let cleaned = clean(text, Lang::Fr).map_err(refused)?;
    Ok(cleaned
        .split('\n')
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned())
}

/// A day as files and the command line write it.
pub(super) fn day_of(dated: Option<NaiveDate>, now: DateTime<Utc>) -> NaiveDate {
    dated.unwrap_or_else(|| in_paris(now).date_naive())
}
