//! Qualifying a case, moving it on, giving it to somebody, recording what the beneficiary agreed to.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::commit::{fields_of, sets, word};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::{Done, TriagePatch};
use crate::db::case::{self, CaseState};
use crate::db::organisation;
use crate::domain::case::{Category, ConsentPurpose, Status};
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::intake::{MAX_TEXT_CHARS, Report, clean_line, clean_text};
use crate::domain::people::Ability;
use crate::domain::triage;
use crate::journal::commit::set_difference;
use crate::journal::{Change, Scope};
use crate::reference::rsit;

/// A reason, a title or a tag, characters.
const LINE_LIMIT_CHARS: usize = 300;

pub(super) const fn of_case(id: Uuid) -> Entity {
    Entity {
        kind: EntityKind::Case,
        id,
    }
}

/// A text on one line, not longer than it may be.
pub(super) fn line(field: &str, text: &str) -> Result<String> {
    limited(field, clean_line(text).trim().to_owned(), LINE_LIMIT_CHARS)
}

/// A text of several lines, not longer than it may be.
pub(super) fn text(field: &str, text: &str) -> Result<String> {
    limited(field, clean_text(text).trim().to_owned(), MAX_TEXT_CHARS)
}

fn limited(field: &str, text: String, limit: usize) -> Result<String> {
    if text.chars().nth(limit).is_some() {
        return Err(ApiError::field(Code::TooLong, field, limit.to_string()));
    }
    Ok(text)
}

pub(super) fn reason(given: &str) -> Result<String> {
    let given = line("reason", given)?;
    if given.is_empty() {
        Err(ApiError::field(
            Code::ReasonMissing,
            "reason",
            "a reason is needed",
        ))
    } else {
        Ok(given)
    }
}

impl Session {
    pub(super) fn case_state(&self, id: Uuid) -> Result<CaseState> {
        let row = case::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such case"))?;
        Ok(row.state)
    }

    /// Changes the qualification; what the patch leaves out stays.
    ///
    /// # Errors
    /// An unknown case, a level over 3, an unknown RSIT type, an override without a reason.
    pub fn triage(&mut self, id: Uuid, patch: &TriagePatch) -> Result<Done> {
        self.require(Ability::Triage)?;
        let state = self.case_state(id)?;
        let changes = triage_changes(id, &state, patch)?;
        self.commit(Scope::Case(id), changes)
    }

    /// Moves a case on, back by one, or opens it again.
    ///
    /// # Errors
    /// A status that cannot be reached from where it stands; closing and reopening without a reason.
    pub fn set_status(&mut self, id: Uuid, status: Status, why: &str) -> Result<Done> {
        self.require(Ability::Triage)?;
        let state = self.case_state(id)?;
        if !state.status.may_become(status) {
            return Err(ApiError::field(
                Code::StatusNotReachable,
                "status",
                word(&status),
            ));
        }
        let why = if status == Status::Closed
            || state.status == Status::Closed
            || status < state.status
        {
            reason(why)?
        } else {
            line("reason", why)?
        };
        let now = self.now().timestamp_millis();
        let mut changes = vec![
            Change::set(EntityKind::Case, id, "status", word(&status)),
            Change::set(
                EntityKind::Case,
                id,
                format!("reached.{}", word(&status)),
                now,
            ),
        ];
        if !why.is_empty() {
            changes.push(Change::set(EntityKind::Case, id, "status_reason", why));
        }
        self.commit(Scope::Case(id), changes)
    }

    /// Gives a case to somebody, or to nobody.
    ///
    /// # Errors
    /// An unknown case or person.
    pub fn assign(&mut self, id: Uuid, person: Option<Uuid>) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.case_state(id)?;
        if person.is_some_and(|person| {
            !self
                .opened()
                .people()
                .iter()
                .any(|access| access.user == person)
        }) {
            return Err(ApiError::field(Code::NotFound, "person", "no such person"));
        }
        let value = person.map_or(Value::Null, |person| person.to_string().into());
        self.commit(
            Scope::Case(id),
            vec![Change::set(EntityKind::Case, id, "assignee", value)],
        )
    }

    /// Gives a case another organisation.
    ///
    /// # Errors
    /// An unknown case or organisation.
    pub fn set_case_organisation(&mut self, id: Uuid, organisation: Uuid) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.case_state(id)?;
        if organisation::get(self.conn(), organisation)?.is_none() {
            return Err(ApiError::field(
                Code::NotFound,
                "organisation",
                "no such organisation",
            ));
        }
        let change = Change::set(
            EntityKind::Case,
            id,
            "organisation",
            organisation.to_string(),
        );
        self.commit(Scope::Case(id), vec![change])
    }

    /// Completes or corrects what was told.
    ///
    /// # Errors
    /// An unknown case, a text over its limit.
    pub fn amend_report(&mut self, id: Uuid, mut report: Report) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        let state = self.case_state(id)?;
        report.normalise();
        report.check().map_err(|too_long| {
            ApiError::field(Code::TooLong, too_long.field, too_long.limit.to_string())
        })?;
        // When the call came in is a fact of the case, not an answer.
        report.received_at = state.report.received_at;
        self.commit(
            Scope::Case(id),
            sets(of_case(id), fields_of("report", &report, 1)?),
        )
    }

    /// Records what the beneficiary agreed to: for what, who said so, and when. Whoever hears it notes it.
    ///
    /// # Errors
    /// An unknown case, nobody named.
    pub fn record_consent(
        &mut self,
        id: Uuid,
        purpose: ConsentPurpose,
        given: bool,
        by: &str,
        at: DateTime<Utc>,
    ) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.case_state(id)?;
        let by = line("by", by)?;
        if by.is_empty() {
            return Err(ApiError::field(Code::Invalid, "by", "who said so"));
        }
        let consent = json!({
            "given": given, "by": by, "at": at.timestamp_millis(), "recorded_by": self.person().id,
        });
        let field = format!("consents.{}", word(&purpose));
        self.commit(
            Scope::Case(id),
            vec![Change::set(EntityKind::Case, id, field, consent)],
        )
    }
}

fn triage_changes(id: Uuid, state: &CaseState, patch: &TriagePatch) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    let mut set =
        |field: &str, value: Value| changes.push(Change::set(EntityKind::Case, id, field, value));
    if let Some(title) = &patch.title {
        let title = line("title", title)?;
        if title.is_empty() {
            return Err(ApiError::field(Code::Invalid, "title", "missing"));
        }
        set("title", title.into());
    }
    if let Some(kind) = patch.kind {
        set("kind", serde_json::to_value(kind)?);
    }
    if let Some(types) = &patch.rsit {
        if let Some(unknown) = types.iter().find(|name| rsit::by_id(name).is_none()) {
            return Err(ApiError::field(Code::Invalid, "rsit", unknown.clone()));
        }
        set("rsit", serde_json::to_value(types)?);
    }
    if let Some(confirmation) = patch.confirmation {
        set("confirmation", serde_json::to_value(confirmation)?);
    }
    if let Some(overruled) = &patch.severity_override {
        let overruled = json!({ "grade": overruled.grade, "reason": reason(&overruled.reason)? });
        set("severity_override", overruled);
    } else if patch.clear_override {
        set("severity_override", Value::Null);
    }
    if let Some(perimeter) = &patch.perimeter {
        set("perimeter", text("perimeter", perimeter)?.into());
    }
    if let Some(tlp) = patch.tlp {
        set("tlp", serde_json::to_value(tlp)?);
    }
    if let Some(pap) = patch.pap {
        set("pap", serde_json::to_value(pap)?);
    }
    if let Some(urgent) = patch.urgent {
        set("urgent", urgent.into());
    }
    if let Some(next_step) = &patch.next_step {
        set("next_step", line("next_step", next_step)?.into());
    }
    if let Some(axes) = &patch.axes {
        triage::assess(axes)
            .map_err(|error| ApiError::field(Code::Invalid, "axes", error.to_string()))?;
        changes.extend(sets(of_case(id), fields_of("axes", axes, 1)?));
    }
    if let Some(categories) = &patch.categories {
        changes.extend(category_changes(id, &state.categories, categories)?);
    }
    if let Some(tags) = &patch.tags {
        let tags = tags
            .iter()
            .map(|tag| line("tags", tag))
            .collect::<Result<Vec<_>>>()?;
        let values = |words: &[String]| {
            words
                .iter()
                .map(|word| Value::from(word.as_str()))
                .collect::<Vec<_>>()
        };
        changes.extend(set_difference(
            of_case(id),
            "tags",
            &values(&state.tags),
            &values(&tags),
        ));
    }
    Ok(changes)
}

fn category_changes(id: Uuid, before: &[Category], after: &[Category]) -> Result<Vec<Change>> {
    let values = |all: &[Category]| {
        all.iter()
            .map(serde_json::to_value)
            .collect::<std::result::Result<Vec<_>, _>>()
    };
    Ok(set_difference(
        of_case(id),
        "categories",
        &values(before)?,
        &values(after)?,
    ))
}
