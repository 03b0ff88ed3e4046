//! What is added to a case as it goes: facts, notes, contacts.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use super::error::{ApiError, Code, Result};
use super::intake::contact_fields;
use super::session::Session;
use super::triage::{line, reason, text};
use super::view::{ContactPart, Done, FactKind};
use crate::db::member;
use crate::domain::entity::{EntityKind, Fields};
use crate::domain::intake::{Person, clean_line};
use crate::domain::people::Ability;
use crate::journal::{Change, Scope};

/// A fact to be added to the chronology.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewFact {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Whether the hour is an estimate.
    #[serde(default)]
    pub estimated: bool,
    /// Its kind.
    #[serde(default)]
    pub kind: FactKind,
    /// In a few words.
    pub title: String,
    /// In a sentence.
    #[serde(default)]
    pub detail: String,
}

impl Session {
    /// Adds a fact to the chronology.
    ///
    /// # Errors
    /// An unknown case, no title.
    pub fn add_fact(&mut self, case: Uuid, fact: &NewFact) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.case_state(case)?;
        let title = line("title", &fact.title)?;
        if title.is_empty() {
            return Err(ApiError::field(Code::Invalid, "title", "missing"));
        }
        let mut fields = Fields::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("case", case.to_string().into());
        put("at", fact.at.timestamp_millis().into());
        put("estimated", fact.estimated.into());
        put("kind", serde_json::to_value(fact.kind)?);
        put("title", title.into());
        put("detail", text("detail", &fact.detail)?.into());
        put("author", self.person().id.to_string().into());
        self.commit(
            Scope::Case(case),
            vec![Change::new(EntityKind::Fact, Uuid::now_v7(), fields)],
        )
    }

    /// Withdraws a fact, with a reason; the journal keeps it.
    ///
    /// # Errors
    /// An unknown fact, no reason.
    pub fn withdraw_fact(&mut self, case: Uuid, fact: Uuid, why: &str) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        let why = reason(why)?;
        self.belongs(case, fact)?;
        self.commit(
            Scope::Case(case),
            vec![
                Change::set(EntityKind::Fact, fact, "removed", true),
                Change::set(EntityKind::Fact, fact, "removed_reason", why),
            ],
        )
    }

    /// Adds a note.
    ///
    /// # Errors
    /// An unknown case, an empty or too long text.
    pub fn add_note(&mut self, case: Uuid, note: &str) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.case_state(case)?;
        let note = text("text", note)?;
        if note.is_empty() {
            return Err(ApiError::field(Code::Invalid, "text", "missing"));
        }
        let mut fields = Fields::new();
        fields.insert("case".to_owned(), case.to_string().into());
        fields.insert("at".to_owned(), self.now().timestamp_millis().into());
        fields.insert("author".to_owned(), self.person().id.to_string().into());
        fields.insert("text".to_owned(), note.into());
        self.commit(
            Scope::Case(case),
            vec![Change::new(EntityKind::Note, Uuid::now_v7(), fields)],
        )
    }

    /// Adds a contact, or changes one.
    ///
    /// # Errors
    /// An unknown case or contact, nobody named.
    pub fn set_contact(
        &mut self,
        case: Uuid,
        contact: Option<Uuid>,
        part: ContactPart,
        person: &Person,
    ) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.case_state(case)?;
        let person = Person {
            name: line("name", &person.name)?,
            function: line("function", &person.function)?,
            phone: line("phone", &person.phone)?,
            mail: clean_line(&person.mail).chars().take(254).collect(),
        };
        if person == Person::default() {
            return Err(ApiError::field(Code::Invalid, "name", "missing"));
        }
        let change = match contact {
            None => vec![Change::new(
                EntityKind::Contact,
                Uuid::now_v7(),
                contact_fields(case, part, &person)?,
            )],
            Some(id) => {
                self.belongs(case, id)?;
                vec![
                    Change::set(EntityKind::Contact, id, "part", serde_json::to_value(part)?),
                    Change::set(
                        EntityKind::Contact,
                        id,
                        "person",
                        serde_json::to_value(&person)?,
                    ),
                ]
            }
        };
        self.commit(Scope::Case(case), change)
    }

    /// Takes a contact away.
    ///
    /// # Errors
    /// An unknown contact.
    pub fn remove_contact(&mut self, case: Uuid, contact: Uuid) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.belongs(case, contact)?;
        self.commit(
            Scope::Case(case),
            vec![Change::set(EntityKind::Contact, contact, "removed", true)],
        )
    }

    pub(super) fn belongs(&self, case: Uuid, id: Uuid) -> Result<()> {
        if member::case_of(self.conn(), id)? == Some(case) {
            Ok(())
        } else {
            Err(ApiError::new(Code::NotFound, "not of this case"))
        }
    }
}
