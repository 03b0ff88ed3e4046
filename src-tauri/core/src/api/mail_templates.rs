//! The templates of mails: those that ship with the product, as the team changed them, and the team's own.
//!
//! A shipped template keeps its name in both languages; what the team makes of it is an entity of the registry, so that
//! the journal holds every version. A template that is put back stays an entity without words of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::commit::{fields_of, sets};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::TemplateView;
use crate::db::registry;
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::intake::{Answer, clean_line, clean_text};
use crate::domain::mail::template::{
    self, Field, MAX_LINE_CHARS, MAX_TEXT_CHARS, TemplateError, TemplateLang,
};
use crate::domain::people::Ability;
use crate::journal::{Change, Scope};
use crate::reference::mail_templates::{ShippedTemplate, shipped};

/// The most templates that a team makes of its own.
const MAX_OWN: usize = 200;

/// A template as the registry knows it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// The shipped one that it changes; empty for the team's own.
    name: String,
    lang: TemplateLang,
    title: String,
    subject: String,
    text: String,
    version: u32,
    /// Put back, or taken away.
    #[serde(default)]
    removed: bool,
}

impl Kept {
    fn view(&self, id: String) -> TemplateView {
        TemplateView {
            id,
            title: self.title.clone(),
            lang: self.lang.tag().to_owned(),
            subject: self.subject.clone(),
            text: self.text.clone(),
            changed: true,
            version: self.version,
        }
    }
}

impl Session {
    /// The templates of a language: the shipped ones, then the team's own, oldest first.
    ///
    /// # Errors
    /// An unknown language; a registry that cannot be read.
    pub fn mail_templates(&self, lang: &str) -> Result<Vec<TemplateView>> {
        self.require(Ability::ReadCases)?;
        let lang = language(lang)?;
        let mut views = Vec::new();
        for template in shipped(lang) {
            let kept = self.kept_template(place_of(template.name, lang))?;
            views.push(shipped_view(&template, kept.as_ref()));
        }
        for (id, kept) in registry::all::<Kept>(self.conn(), EntityKind::MailTemplate)? {
            if kept.name.is_empty() && kept.lang == lang && !kept.removed {
                views.push(kept.view(id.to_string()));
            }
        }
        Ok(views)
    }

    /// Changes a template, or makes one of the team's own when the identifier is empty.
    ///
    /// # Errors
    /// Not the lead; an unknown template; nothing in a field, or too much; a field in double braces that does not exist:
    /// `field` is then "text." or "subject." and its name.
    pub fn set_mail_template(&mut self, wanted: &TemplateView) -> Result<TemplateView> {
        self.require(Ability::ManageTeam)?;
        let lang = language(&wanted.lang)?;
        let (id, name) = self.template_place(&wanted.id, lang)?;
        let before = self.kept_template(id)?;
        if before.is_none() && name.is_empty() {
            let all = registry::all::<Kept>(self.conn(), EntityKind::MailTemplate)?;
            if all.iter().filter(|(_, kept)| !kept.removed).count() >= MAX_OWN {
                return Err(ApiError::field(Code::TooLong, "id", MAX_OWN.to_string()));
            }
        }
        let kept = Kept {
            lang,
            title: one_line("title", &wanted.title)?,
            subject: one_line("subject", &wanted.subject)?,
            text: whole_text(&wanted.text)?,
            version: before.as_ref().map_or(1, |before| before.version)
                + u32::from(before.is_some() || !name.is_empty()),
            removed: false,
            name,
        };
        let changes = written(id, before.is_some(), &kept)?;
        self.commit(Scope::Registry, changes)?;
        Ok(kept.view(view_id(&kept, id)))
    }

    /// Puts a shipped template back as it was, or takes one of the team's own away; gives what was put back, or what was
    /// taken away. Without a language a shipped one is put back in both, and the French one is given.
    ///
    /// # Errors
    /// Not the lead; an unknown template or language.
    pub fn reset_mail_template(&mut self, id: &str, lang: Option<&str>) -> Result<TemplateView> {
        self.require(Ability::ManageTeam)?;
        let langs = match lang {
            Some(tag) => vec![language(tag)?],
            None => TemplateLang::ALL.to_vec(),
        };
        let mut changes = Vec::new();
        let mut given = None;
        for lang in langs {
            let (place, name) = self.template_place(id, lang)?;
            let kept = self.kept_template(place)?;
            let origin = shipped(lang).find(|template| template.name == name);
            let version = kept.as_ref().map_or(1, |kept| kept.version);
            if let Some(kept) = kept.as_ref().filter(|kept| !kept.removed) {
                let set = |field: &str, value: serde_json::Value| {
                    Change::set(EntityKind::MailTemplate, place, field, value)
                };
                changes.push(set("removed", true.into()));
                changes.push(set("version", (kept.version + 1).into()));
            }
            let view = match (origin, kept) {
                (Some(template), _) => TemplateView {
                    version: version + u32::from(!changes.is_empty()),
                    ..shipped_view(&template, None)
                },
                (None, Some(kept)) => kept.view(place.to_string()),
                (None, None) => return Err(unknown()),
            };
            given.get_or_insert(view);
            if name.is_empty() {
                break;
            }
        }
        if !changes.is_empty() {
            self.commit(Scope::Registry, changes)?;
        }
        given.ok_or_else(unknown)
    }

    /// What Relais knows of the fields of a template: of the team and of who writes, and of the case when there is one. What
    /// only the writer knows is not among them, and stays to be filled in.
    ///
    /// # Errors
    /// An unknown case.
    pub fn template_values(
        &self,
        case: Option<Uuid>,
        lang: TemplateLang,
    ) -> Result<BTreeMap<Field, String>> {
        self.require(Ability::ReadCases)?;
        let profile = self.team()?.profile;
        let (opening, disclaimer) = match lang {
            TemplateLang::Fr => (profile.opening.text_fr, profile.disclaimer_fr),
            TemplateLang::En => (profile.opening.text_en, profile.disclaimer_en),
        };
        let fingerprint = self.team_key()?.certificate.fingerprint().grouped();
        let mut values = BTreeMap::from([
            (
                Field::Signature,
                format!("{}\n{}", self.person().name, profile.full_name),
            ),
            (Field::Team, profile.full_name),
            (Field::Phone, profile.phone),
            (Field::Mail, profile.mail),
            (Field::Opening, opening),
            (Field::Disclaimer, disclaimer),
            (Field::Fingerprint, fingerprint),
        ]);
        if let Some(case) = case {
            let case = self.case(case)?;
            let organisation = match (&case.organisation, &case.report.organisation) {
                (Some(known), _) => known.name.clone(),
                (None, Answer::Known(told)) => told.name.clone(),
                (None, _) => String::new(),
            };
            let requester = match &case.report.requester {
                Answer::Known(person) => person.name.as_str(),
                _ => "",
            };
            values.insert(Field::Salutation, salutation(requester, lang));
            values.insert(Field::Contact, requester.trim().to_owned());
            values.insert(Field::Organisation, organisation);
            values.insert(Field::Reference, case.reference);
            values.insert(Field::NextStep, case.next_step);
        }
        values.retain(|_, value| !value.trim().is_empty());
        Ok(values)
    }

    /// Where a template is kept, and the shipped one that it changes; empty for the team's own.
    fn template_place(&self, id: &str, lang: TemplateLang) -> Result<(Uuid, String)> {
        if id.is_empty() {
            return Ok((Uuid::now_v7(), String::new()));
        }
        if shipped(lang).any(|template| template.name == id) {
            return Ok((place_of(id, lang), id.to_owned()));
        }
        let own = Uuid::parse_str(id).map_err(|_| unknown())?;
        // Nothing else of the registry may be written over by its identifier.
        let all = registry::all::<Kept>(self.conn(), EntityKind::MailTemplate)?;
        let is_own = |kept: &Kept| kept.name.is_empty() && !kept.removed;
        if all.iter().any(|(id, kept)| *id == own && is_own(kept)) {
            Ok((own, String::new()))
        } else {
            Err(unknown())
        }
    }

    fn kept_template(&self, id: Uuid) -> Result<Option<Kept>> {
        Ok(registry::get(self.conn(), id)?)
    }
}

/// « Bonjour Gaëtan Morvault, »: a title before the name would be guessed.
fn salutation(name: &str, lang: TemplateLang) -> String {
    let greeting = match lang {
        TemplateLang::Fr => "Bonjour",
        TemplateLang::En => "Dear",
    };
    match (name.trim(), lang) {
        ("", TemplateLang::Fr) => "Bonjour,".to_owned(),
        ("", TemplateLang::En) => "Hello,".to_owned(),
        (name, _) => format!("{greeting} {name},"),
    }
}

fn unknown() -> ApiError {
    ApiError::new(Code::NotFound, "no such template")
}

fn language(tag: &str) -> Result<TemplateLang> {
    TemplateLang::parse(tag)
        .ok_or_else(|| ApiError::field(Code::Invalid, "lang", "the language is fr or en"))
}

/// The entity of a shipped template: the same on every workstation, so that two who change it change the same.
fn place_of(name: &str, lang: TemplateLang) -> Uuid {
    let hash = Sha256::digest(format!("relais mail template {name} {}", lang.tag()));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn view_id(kept: &Kept, id: Uuid) -> String {
    if kept.name.is_empty() {
        id.to_string()
    } else {
        kept.name.clone()
    }
}

fn shipped_view(template: &ShippedTemplate, kept: Option<&Kept>) -> TemplateView {
    match kept {
        Some(kept) if !kept.removed => kept.view(template.name.to_owned()),
        _ => TemplateView {
            id: template.name.to_owned(),
            title: template.title.to_owned(),
            lang: template.lang.tag().to_owned(),
            subject: template.subject.to_owned(),
            text: template.text.to_owned(),
            changed: false,
            version: kept.map_or(1, |kept| kept.version),
        },
    }
}

fn written(id: Uuid, is_there: bool, kept: &Kept) -> Result<Vec<Change>> {
    let kind = EntityKind::MailTemplate;
    let fields = fields_of("", kept, 1)?;
    Ok(if is_there {
        sets(Entity { kind, id }, fields)
    } else {
        vec![Change::new(kind, id, fields)]
    })
}

fn one_line(field: &str, text: &str) -> Result<String> {
    checked(field, clean_line(text).trim().to_owned(), MAX_LINE_CHARS)
}

fn whole_text(text: &str) -> Result<String> {
    checked("text", clean_text(text).trim().to_owned(), MAX_TEXT_CHARS)
}

fn checked(field: &str, text: String, limit: usize) -> Result<String> {
    if text.is_empty() {
        return Err(ApiError::field(Code::Invalid, field, "missing"));
    }
    if text.chars().nth(limit).is_some() {
        return Err(ApiError::field(Code::TooLong, field, limit.to_string()));
    }
    template::fields(&text).map_err(|error| {
        let place = match &error {
            TemplateError::UnknownField(name) => format!("{field}.{name}"),
            TemplateError::Unclosed => field.to_owned(),
        };
        ApiError::field(Code::Invalid, place, error.to_string())
    })?;
    Ok(text)
}
