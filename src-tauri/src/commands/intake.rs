//! Taking a report.

use relais_core::api::Result;
use relais_core::api::organisations::search_naf;
use relais_core::api::view::{
    CaseRef, CommuneView, Done, DraftSaved, DraftView, EpciView, FinishRequest, NafView,
    OrganisationCheck, OrganisationMatch, OrganisationView,
};
use relais_core::domain::intake::{Report, ReportedOrganisation};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

#[tauri::command(async)]
pub fn drafts(desk: State<'_, Desk>) -> Result<Vec<DraftView>> {
    desk.with(|session| session.drafts())
}

#[tauri::command(async)]
pub fn draft_save(desk: State<'_, Desk>, id: Option<Uuid>, report: Report) -> Result<DraftSaved> {
    desk.with(|session| session.save_draft(id, report))
}

#[tauri::command(async)]
pub fn draft_discard(desk: State<'_, Desk>, id: Uuid) -> Result<()> {
    desk.with(|session| session.discard_draft(id))
}

#[tauri::command(async)]
pub fn draft_restore(desk: State<'_, Desk>, id: Uuid) -> Result<DraftView> {
    desk.with(|session| session.restore_draft(id))
}

#[tauri::command(async)]
pub fn report_finish(desk: State<'_, Desk>, request: FinishRequest) -> Result<CaseRef> {
    desk.with(|session| session.finish_report(&request))
}

#[tauri::command(async)]
pub fn organisations(desk: State<'_, Desk>, text: String) -> Result<Vec<OrganisationMatch>> {
    desk.with(|session| session.organisations(&text))
}

#[tauri::command(async)]
pub fn organisation_check(
    desk: State<'_, Desk>,
    organisation: ReportedOrganisation,
) -> Result<OrganisationCheck> {
    desk.with(|session| session.check_organisation(&organisation))
}

#[tauri::command(async)]
pub fn organisation_set(desk: State<'_, Desk>, organisation: OrganisationView) -> Result<Done> {
    desk.with(|session| session.set_organisation(&organisation))
}

#[tauri::command(async)]
pub fn communes(desk: State<'_, Desk>, text: String) -> Result<Vec<CommuneView>> {
    desk.with(|session| session.communes(&text))
}

#[tauri::command(async)]
pub fn epcis(desk: State<'_, Desk>, text: String) -> Result<Vec<EpciView>> {
    desk.with(|session| session.epcis(&text))
}

#[tauri::command(async)]
pub fn naf(text: String) -> Vec<NafView> {
    search_naf(&text)
}
