//! The page of a case: everything that is known of it, at once.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::commit::instant;
use super::commit::word;
use super::documents::DocumentState as StoredDocument;
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::{
    CaseRef, CaseView, ConsentView, ContactPart, ContactView, FactKind, FactView, NoteView,
    OrganisationView, ReorientationView,
};
use crate::db::case::{self, CaseState};
use crate::db::{member, organisation};
use crate::domain::case::{Category, ConsentPurpose, Status};
use crate::domain::entity::EntityKind;
use crate::domain::intake::{Person, completeness};
use crate::domain::people::Ability;
use crate::domain::triage;
use crate::reference::rsit;

#[derive(Deserialize)]
pub(super) struct FactState {
    pub at: i64,
    #[serde(default)]
    pub estimated: bool,
    #[serde(default)]
    pub kind: FactKind,
    pub title: String,
    #[serde(default)]
    pub detail: String,
    #[serde(default)]
    pub author: Option<Uuid>,
}

#[derive(Deserialize)]
struct NoteState {
    at: i64,
    #[serde(default)]
    author: Option<Uuid>,
    text: String,
}

#[derive(Deserialize)]
struct ContactState {
    #[serde(default)]
    part: ContactPart,
    person: Person,
}

impl Session {
    /// The case that bears a reference.
    ///
    /// # Errors
    /// An unknown reference.
    pub fn case_by_reference(&self, reference: &str) -> Result<Uuid> {
        self.require(Ability::ReadCases)?;
        case::by_reference(self.conn(), reference)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such case"))
    }

    /// Everything that is known of a case.
    ///
    /// # Errors
    /// An unknown case.
    pub fn case(&self, id: Uuid) -> Result<CaseView> {
        self.require(Ability::ReadCases)?;
        let state = self.case_state(id)?;
        let severity = triage::assess(&state.axes)
            .map_err(|error| ApiError::new(Code::Internal, error.to_string()))?;
        let organisation = match state.organisation {
            Some(id) => {
                organisation::get(self.conn(), id)?.map(|known| OrganisationView::of(id, known))
            }
            None => None,
        };
        let deduced = deduced_types(&state.categories);
        Ok(CaseView {
            id,
            grade: state.grade(),
            rsit_chosen: !state.rsit.is_empty(),
            rsit: if state.rsit.is_empty() {
                deduced
            } else {
                state.rsit.clone()
            },
            reached: state
                .reached
                .iter()
                .map(|(status, at)| (status.clone(), instant(*at)))
                .collect(),
            received_at: instant(state.received_at),
            changed_at: instant(state.changed_at),
            completeness: completeness(&state.report),
            contacts: self.contacts(id)?,
            consents: consents(&state),
            facts: self.facts(id, &state)?,
            notes: self.notes(id)?,
            documents: self.documents_of(id)?,
            evidence: self.evidence_of(id)?,
            siblings: self.siblings(id, state.organisation)?,
            reorientation: state.reorientation.map(|to| ReorientationView {
                target: to.target,
                name: to.name,
                reason: to.reason,
            }),
            reference: state.reference,
            title: state.title,
            kind: state.kind,
            categories: state.categories,
            confirmation: state.confirmation,
            status: state.status,
            axes: state.axes,
            severity,
            severity_override: state.severity_override,
            perimeter: state.perimeter,
            tlp: state.tlp,
            pap: state.pap,
            urgent: state.urgent,
            assignee: state.assignee,
            tags: state.tags,
            next_step: state.next_step,
            report: state.report,
            organisation,
        })
    }

    pub(super) fn case_ref(&self, id: Uuid) -> Result<CaseRef> {
        let state = self.case_state(id)?;
        Ok(CaseRef {
            id,
            reference: state.reference,
            title: state.title,
        })
    }

    fn contacts(&self, case: Uuid) -> Result<Vec<ContactView>> {
        let contacts = member::of_case::<ContactState>(self.conn(), case, EntityKind::Contact)?;
        Ok(contacts
            .into_iter()
            .map(|(id, contact)| ContactView {
                id,
                part: contact.part,
                person: contact.person,
            })
            .collect())
    }

    /// The chronology, oldest first: what people wrote, and what Relais knows by itself.
    fn facts(&self, case: Uuid, state: &CaseState) -> Result<Vec<FactView>> {
        let mut facts: Vec<FactView> =
            member::of_case::<FactState>(self.conn(), case, EntityKind::Fact)?
                .into_iter()
                .map(|(id, fact)| FactView {
                    id,
                    at: instant(fact.at),
                    estimated: fact.estimated,
                    kind: fact.kind,
                    title: fact.title,
                    detail: fact.detail,
                    author: fact.author,
                    automatic: false,
                })
                .collect();
        let mut automatic = |at, estimated, kind, title: &str| {
            facts.push(FactView {
                id: own_fact(case, title, at),
                at,
                estimated,
                kind,
                title: title.to_owned(),
                detail: String::new(),
                author: None,
                automatic: true,
            });
        };
        for (moment, title) in [
            (&state.report.started, "started"),
            (&state.report.detected, "detected"),
        ] {
            if let Some(moment) = moment.known() {
                automatic(moment.at, moment.estimated, FactKind::Attack, title);
            }
        }
        for status in Status::ALL {
            if let Some(at) = state.reached.get(&word(&status)) {
                automatic(instant(*at), false, FactKind::Action, &word(&status));
            }
        }
        for (_, document) in
            member::of_case::<StoredDocument>(self.conn(), case, EntityKind::Document)?
        {
            if let (Some(at), "signed") = (document.settled_at, document.state.as_str()) {
                automatic(instant(at), false, FactKind::Exchange, "document_signed");
            }
        }
        facts.sort_by_key(|fact| (fact.at, fact.id));
        Ok(facts)
    }

    fn notes(&self, case: Uuid) -> Result<Vec<NoteView>> {
        let notes = member::of_case::<NoteState>(self.conn(), case, EntityKind::Note)?;
        Ok(notes
            .into_iter()
            .rev()
            .map(|(id, note)| NoteView {
                id,
                at: instant(note.at),
                author: note.author,
                text: note.text,
            })
            .collect())
    }

    fn siblings(&self, id: Uuid, organisation: Option<Uuid>) -> Result<Vec<CaseRef>> {
        let Some(organisation) = organisation else {
            return Ok(Vec::new());
        };
        Ok(case::open_of_organisation(self.conn(), organisation)?
            .into_iter()
            .filter(|row| row.id != id)
            .map(|row| CaseRef {
                id: row.id,
                reference: row.reference,
                title: row.title,
            })
            .collect())
    }
}

/// The identifier of a fact that Relais knows by itself: always the same for the same fact.
fn own_fact(case: Uuid, title: &str, at: DateTime<Utc>) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update(case.as_bytes());
    hasher.update(at.timestamp_millis().to_be_bytes());
    hasher.update(title);
    let hash: [u8; 32] = hasher.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The first RSIT type of each category: one case counts once for each of its categories.
fn deduced_types(categories: &[Category]) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    for id in categories
        .iter()
        .filter_map(|category| rsit::types_of(*category).first())
    {
        if !types.iter().any(|known| known == id) {
            types.push((*id).to_owned());
        }
    }
    types
}

fn consents(state: &CaseState) -> Vec<ConsentView> {
    ConsentPurpose::ALL
        .into_iter()
        .map(|purpose| match state.consents.get(&word(&purpose)) {
            Some(consent) => ConsentView {
                purpose,
                given: Some(consent.given),
                by: consent.by.clone(),
                at: Some(instant(consent.at)),
                recorded_by: consent.recorded_by,
            },
            None => ConsentView {
                purpose,
                given: None,
                by: String::new(),
                at: None,
                recorded_by: None,
            },
        })
        .collect()
}

/// A value of the journal as the interface reads it.
pub(super) fn json_text(value: &Value) -> String {
    value.to_string()
}
