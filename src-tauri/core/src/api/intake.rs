//! Taking a report: drafts saved by themselves, and the case that one becomes.

use chrono::{DateTime, Datelike, Duration, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::commit::{fields_of, instant};
use super::error::{ApiError, Code, Result};
use super::organisations::state_of;
use super::session::Session;
use super::view::{CaseRef, ContactPart, DraftSaved, DraftView, FinishRequest, ReorientationView};
use crate::db::case::{self, CaseState};
use crate::db::draft::{self, DraftRow};
use crate::db::organisation;
use crate::domain::calendar::in_paris;
use crate::domain::case::Status;
use crate::domain::entity::{EntityKind, Fields};
use crate::domain::intake::{Person, Report, completeness};
use crate::domain::people::Ability;
use crate::domain::triage::SeverityAxes;
use crate::journal::{Change, Scope, commit};

/// A draft that was put aside can be taken up again for so long.
const DISCARDED_FOR: Duration = Duration::days(30);

impl Session {
    /// The reports being taken, last saved first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn drafts(&self) -> Result<Vec<DraftView>> {
        self.require(Ability::TakeReport)?;
        draft::list(self.conn())?
            .into_iter()
            .map(draft_view)
            .collect()
    }

    /// Saves a report being taken; makes its draft at the first save.
    ///
    /// # Errors
    /// A text over its limit: the draft stays as it was saved last.
    pub fn save_draft(&mut self, id: Option<Uuid>, mut report: Report) -> Result<DraftSaved> {
        self.require(Ability::TakeReport)?;
        check(&mut report)?;
        let now = self.now();
        let id = id.unwrap_or_else(Uuid::now_v7);
        let row = DraftRow {
            id,
            author: self.person().id,
            created_at: report.received_at.unwrap_or(now).timestamp_millis(),
            saved_at: now.timestamp_millis(),
            discarded_at: None,
            body: serde_json::to_string(&report)?,
        };
        draft::save(self.conn(), &row)?;
        Ok(DraftSaved {
            id,
            saved_at: now,
            completeness: completeness(&report),
        })
    }

    /// Puts a draft aside; it can be taken up again for thirty days.
    ///
    /// # Errors
    /// An unknown draft.
    pub fn discard_draft(&mut self, id: Uuid) -> Result<()> {
        self.require(Ability::TakeReport)?;
        let now = self.now();
        draft::forget_discarded_before(self.conn(), (now - DISCARDED_FOR).timestamp_millis())?;
        if draft::set_discarded(self.conn(), id, Some(now.timestamp_millis()))? {
            Ok(())
        } else {
            Err(ApiError::new(Code::NotFound, "no such draft"))
        }
    }

    /// Takes up again a draft that was put aside.
    ///
    /// # Errors
    /// An unknown draft.
    pub fn restore_draft(&mut self, id: Uuid) -> Result<DraftView> {
        self.require(Ability::TakeReport)?;
        draft::set_discarded(self.conn(), id, None)?;
        let row = draft::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such draft"))?;
        draft_view(row)
    }

    /// Ends the call: the draft becomes a case, waiting to be qualified; or closed at once with the trace of where the
    /// caller was sent.
    ///
    /// # Errors
    /// An unknown draft, a reorientation without a reason.
    pub fn finish_report(&mut self, request: &FinishRequest) -> Result<CaseRef> {
        self.require(Ability::TakeReport)?;
        let row = draft::get(self.conn(), request.draft)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such draft"))?;
        let report: Report = serde_json::from_str(&row.body)?;
        let made = self.open_case(report, request.reorientation.as_ref(), Some(row.id))?;
        Ok(made)
    }

    /// Opens a case from a report. `draft` is forgotten in the same transaction.
    ///
    /// # Errors
    /// A text over its limit, a reorientation without a reason.
    pub fn open_case(
        &mut self,
        mut report: Report,
        reorientation: Option<&ReorientationView>,
        draft: Option<Uuid>,
    ) -> Result<CaseRef> {
        self.require(Ability::TakeReport)?;
        check(&mut report)?;
        if reorientation.is_some_and(|to| to.reason.trim().is_empty()) {
            return Err(ApiError::field(
                Code::ReasonMissing,
                "reason",
                "why the caller is sent elsewhere",
            ));
        }
        let now = self.now();
        let received_at = report.received_at.unwrap_or(now);
        report.received_at = Some(received_at);
        let (organisation, organisation_changes) = self.organisation_of(&report)?;
        let id = Uuid::now_v7();
        let reference = self.next_reference(received_at)?;
        let title = title_of(&report, self.organisation_name(organisation, &report)?);
        let status = if reorientation.is_some() {
            Status::Closed
        } else {
            Status::Reported
        };
        let fields = case_fields(
            &report,
            &reference,
            &title,
            organisation,
            status,
            reorientation,
            now,
        )?;
        let mut changes = vec![Change::new(EntityKind::Case, id, fields)];
        changes.extend(contacts_of(id, &report)?);
        if let Some(mail) = report.mail {
            changes.extend(self.mail_of_report(mail, id)?);
        }
        let made = CaseRef {
            id,
            reference,
            title,
        };
        self.write(|tx, author| {
            if let (Some(organisation), Some(changes)) = (organisation, organisation_changes) {
                commit(tx, author, Scope::Organisation(organisation), changes)?;
            }
            commit(tx, author, Scope::Case(id), changes)?;
            if let Some(draft) = draft {
                draft::forget(tx, draft)?;
            }
            Ok(())
        })?;
        Ok(made)
    }

    /// The organisation that a report names: the one recognised, or a new one with the changes that make it.
    fn organisation_of(&self, report: &Report) -> Result<(Option<Uuid>, Option<Vec<Change>>)> {
        let Some(told) = report.organisation.known() else {
            return Ok((None, None));
        };
        if let Some(known) = told.known_as
            && organisation::get(self.conn(), known)?.is_some()
        {
            return Ok((Some(known), None));
        }
        let state = state_of(told);
        if state.name.is_empty() && state.siren.is_empty() {
            return Ok((None, None));
        }
        let id = Uuid::now_v7();
        let change = Change::new(EntityKind::Organisation, id, fields_of("", &state, 1)?);
        Ok((Some(id), Some(vec![change])))
    }

    fn organisation_name(&self, id: Option<Uuid>, report: &Report) -> Result<String> {
        let known = match id {
            Some(id) => organisation::get(self.conn(), id)?.map(|state| state.name),
            None => None,
        };
        let told = || report.organisation.known().map(|told| told.name.clone());
        Ok(known.or_else(told).unwrap_or_default())
    }

    /// The next human reference of the year, in this device's block.
    pub(super) fn next_reference(&self, at: DateTime<Utc>) -> Result<String> {
        let prefix = self.team()?.profile.reference_prefix;
        let block = self.device_state()?.block;
        let head = format!("{prefix}-{}-{block}", in_paris(at).year());
        let number = case::last_number(self.conn(), &head)? + 1;
        Ok(format!("{head}{number:04}"))
    }
}

fn check(report: &mut Report) -> Result<()> {
    report.normalise();
    report.check().map_err(|too_long| {
        ApiError::field(Code::TooLong, too_long.field, too_long.limit.to_string())
    })
}

fn draft_view(row: DraftRow) -> Result<DraftView> {
    let report: Report = serde_json::from_str(&row.body)?;
    Ok(DraftView {
        id: row.id,
        author: row.author,
        created_at: instant(row.created_at),
        saved_at: instant(row.saved_at),
        completeness: completeness(&report),
        report,
    })
}

/// A case's title until somebody writes one: its organisation; the interface puts the category before it.
fn title_of(report: &Report, organisation: String) -> String {
    if !organisation.is_empty() {
        return organisation;
    }
    report
        .requester
        .known()
        .map(|person| person.name.clone())
        .unwrap_or_default()
}

pub(super) fn case_fields(
    report: &Report,
    reference: &str,
    title: &str,
    organisation: Option<Uuid>,
    status: Status,
    reorientation: Option<&ReorientationView>,
    now: DateTime<Utc>,
) -> Result<Fields> {
    let empty = CaseState::default();
    let axes = SeverityAxes {
        machines: report.machines.known().copied(),
        estate: report.estate.known().copied(),
        ..SeverityAxes::default()
    };
    let received = report.received_at.unwrap_or(now).timestamp_millis();
    let mut fields = fields_of("report", report, 1)?;
    fields.extend(fields_of("axes", &axes, 1)?);
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("reference", reference.into());
    put("title", title.into());
    put("kind", serde_json::to_value(empty.kind)?);
    put(
        "categories",
        serde_json::to_value(report.categories.known().cloned().unwrap_or_default())?,
    );
    put("rsit", Value::Array(Vec::new()));
    put("confirmation", serde_json::to_value(empty.confirmation)?);
    put("status", serde_json::to_value(status)?);
    put("reached.reported", received.into());
    put("perimeter", "".into());
    put("tlp", serde_json::to_value(empty.tlp)?);
    put("pap", serde_json::to_value(empty.pap)?);
    put("urgent", report.urgent.into());
    put("next_step", "".into());
    put("received_at", received.into());
    if let Some(organisation) = organisation {
        put("organisation", organisation.to_string().into());
    }
    if let Some(to) = reorientation {
        put("reorientation", serde_json::to_value(to)?);
        put("reached.closed", now.timestamp_millis().into());
    }
    Ok(fields)
}

pub(super) fn contacts_of(case: Uuid, report: &Report) -> Result<Vec<Change>> {
    let organisation = report.organisation.known();
    let people: [(ContactPart, Option<&Person>); 3] = [
        (ContactPart::Requester, report.requester.known()),
        (
            ContactPart::Management,
            organisation.map(|told| &told.management),
        ),
        (
            ContactPart::Technical,
            organisation.map(|told| &told.technical),
        ),
    ];
    let mut changes = Vec::new();
    for (part, person) in people {
        if let Some(person) = person.filter(|person| **person != Person::default()) {
            changes.push(Change::new(
                EntityKind::Contact,
                Uuid::now_v7(),
                contact_fields(case, part, person)?,
            ));
        }
    }
    Ok(changes)
}

pub(super) fn contact_fields(case: Uuid, part: ContactPart, person: &Person) -> Result<Fields> {
    let mut fields = Fields::new();
    fields.insert("case".to_owned(), case.to_string().into());
    fields.insert("part".to_owned(), serde_json::to_value(part)?);
    fields.insert("person".to_owned(), serde_json::to_value(person)?);
    Ok(fields)
}
