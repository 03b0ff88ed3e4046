//! The cases, and what happens to them.

use chrono::{DateTime, Utc};
use relais_core::api::Result;
use relais_core::api::chronology::NewFact;
use relais_core::api::view::{
    CaseCounts, CasePage, CaseQuery, CaseView, ContactPart, Done, JournalCheck, JournalPage,
    Progress, TriagePatch,
};
use relais_core::domain::case::{ConsentPurpose, Status};
use relais_core::domain::intake::{Person, Report};
use tauri::State;
use tauri::ipc::Channel;
use uuid::Uuid;

use crate::desk::Desk;

#[tauri::command(async)]
pub fn cases(desk: State<'_, Desk>, query: CaseQuery) -> Result<CasePage> {
    desk.with(|session| session.cases(&query))
}

#[tauri::command(async)]
pub fn case_counts(desk: State<'_, Desk>) -> Result<CaseCounts> {
    desk.with(|session| session.case_counts())
}

#[tauri::command(async)]
pub fn case_get(desk: State<'_, Desk>, id: Uuid) -> Result<CaseView> {
    desk.with(|session| session.case(id))
}

#[tauri::command(async)]
pub fn case_triage(desk: State<'_, Desk>, id: Uuid, patch: TriagePatch) -> Result<Done> {
    desk.with(|session| session.triage(id, &patch))
}

#[tauri::command(async)]
pub fn case_status(
    desk: State<'_, Desk>,
    id: Uuid,
    status: Status,
    reason: String,
) -> Result<Done> {
    desk.with(|session| session.set_status(id, status, &reason))
}

#[tauri::command(async)]
pub fn case_assign(desk: State<'_, Desk>, id: Uuid, person: Option<Uuid>) -> Result<Done> {
    desk.with(|session| session.assign(id, person))
}

#[tauri::command(async)]
pub fn case_organisation(desk: State<'_, Desk>, id: Uuid, organisation: Uuid) -> Result<Done> {
    desk.with(|session| session.set_case_organisation(id, organisation))
}

#[tauri::command(async)]
pub fn report_amend(desk: State<'_, Desk>, id: Uuid, report: Report) -> Result<Done> {
    desk.with(|session| session.amend_report(id, report))
}

#[tauri::command(async)]
pub fn consent_record(
    desk: State<'_, Desk>,
    id: Uuid,
    purpose: ConsentPurpose,
    given: bool,
    by: String,
    at: DateTime<Utc>,
) -> Result<Done> {
    desk.with(|session| session.record_consent(id, purpose, given, &by, at))
}

#[tauri::command(async)]
pub fn note_add(desk: State<'_, Desk>, id: Uuid, text: String) -> Result<Done> {
    desk.with(|session| session.add_note(id, &text))
}

#[tauri::command(async)]
pub fn fact_add(desk: State<'_, Desk>, id: Uuid, fact: NewFact) -> Result<Done> {
    desk.with(|session| session.add_fact(id, &fact))
}

#[tauri::command(async)]
pub fn fact_withdraw(desk: State<'_, Desk>, id: Uuid, fact: Uuid, reason: String) -> Result<Done> {
    desk.with(|session| session.withdraw_fact(id, fact, &reason))
}

#[tauri::command(async)]
pub fn contact_set(
    desk: State<'_, Desk>,
    id: Uuid,
    contact: Option<Uuid>,
    part: ContactPart,
    person: Person,
) -> Result<Done> {
    desk.with(|session| session.set_contact(id, contact, part, &person))
}

#[tauri::command(async)]
pub fn contact_remove(desk: State<'_, Desk>, id: Uuid, contact: Uuid) -> Result<Done> {
    desk.with(|session| session.remove_contact(id, contact))
}

#[tauri::command(async)]
pub fn journal(desk: State<'_, Desk>, id: Uuid, offset: u32) -> Result<JournalPage> {
    desk.with(|session| session.journal(id, offset))
}

#[tauri::command(async)]
pub fn journal_verify(desk: State<'_, Desk>, progress: Channel<Progress>) -> Result<JournalCheck> {
    let teller = desk.teller(progress);
    desk.with(|session| session.verify_journal(teller))
}

#[tauri::command(async)]
pub fn undo(desk: State<'_, Desk>, entry: String) -> Result<Done> {
    desk.with(|session| session.undo(&entry))
}
