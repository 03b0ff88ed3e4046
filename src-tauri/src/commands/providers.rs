//! The registry of firms, and the lists that are drawn from it.

use std::path::PathBuf;

use chrono::NaiveDate;
use relais_core::api::Result;
use relais_core::api::view::{
    DelegationView, DocumentView, Done, EqualityView, Exported, FirmFace, FollowUpDue,
    MailDraftView, MatchView, ProviderQuery, ProviderView, ProvidersImported, ReplayView,
    ShortlistView,
};
use relais_core::domain::case::Channel;
use relais_core::domain::geo::Place;
use relais_core::domain::provider::matching::{Filter, Remedy, Replacement, Rules};
use relais_core::domain::provider::referral::FollowUp;
use relais_core::domain::provider::{DeducedNeeds, Location, Needs, PaperKind, Provider};
use relais_core::table::providers::Column;
use tauri::ipc::Response;
use tauri::{AppHandle, State};
use uuid::Uuid;

use super::documents::{decode, export_folder};
use crate::desk::Desk;

#[tauri::command(async)]
pub fn provider_list(desk: State<'_, Desk>, query: ProviderQuery) -> Result<Vec<FirmFace>> {
    desk.with(|session| session.providers(&query))
}

#[tauri::command(async)]
pub fn provider_get(desk: State<'_, Desk>, id: Uuid) -> Result<ProviderView> {
    desk.with(|session| session.provider(id))
}

#[tauri::command(async)]
pub fn provider_set(
    desk: State<'_, Desk>,
    id: Option<Uuid>,
    provider: Provider,
) -> Result<ProviderView> {
    desk.with(|session| session.set_provider(id, &provider))
}

#[tauri::command(async)]
pub fn provider_import(
    desk: State<'_, Desk>,
    bytes: String,
    columns: Option<Vec<Option<Column>>>,
    dry_run: bool,
) -> Result<ProvidersImported> {
    let bytes = decode("bytes", &bytes)?;
    desk.with(|session| session.import_providers(&bytes, columns.as_deref(), dry_run))
}

#[tauri::command(async)]
pub fn provider_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    desk.with(|session| session.write_providers(&folder))
}

#[tauri::command(async)]
pub fn provider_equality(
    desk: State<'_, Desk>,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<EqualityView> {
    desk.with(|session| session.provider_equality(from, until))
}

#[tauri::command(async)]
pub fn region_places(desk: State<'_, Desk>) -> Result<Vec<Place>> {
    desk.with(|session| session.region_places())
}

#[tauri::command(async)]
pub fn match_rules(desk: State<'_, Desk>) -> Result<Rules> {
    desk.with(|session| session.match_rules())
}

#[tauri::command(async)]
pub fn match_rules_set(desk: State<'_, Desk>, rules: Rules) -> Result<Rules> {
    desk.with(|session| session.set_match_rules(&rules))
}

#[tauri::command(async)]
pub fn case_needs(desk: State<'_, Desk>, case: Uuid) -> Result<DeducedNeeds> {
    desk.with(|session| session.case_needs(case))
}

#[tauri::command(async)]
pub fn case_match(desk: State<'_, Desk>, case: Uuid, needs: Option<Needs>) -> Result<MatchView> {
    desk.with(|session| session.match_case(case, needs, None))
}

#[tauri::command(async)]
pub fn shortlists(desk: State<'_, Desk>, case: Uuid) -> Result<Vec<ShortlistView>> {
    desk.with(|session| session.shortlists(case))
}

#[tauri::command(async)]
pub fn shortlist_keep(
    desk: State<'_, Desk>,
    case: Uuid,
    needs: Option<Needs>,
    replacements: Vec<Replacement>,
) -> Result<ShortlistView> {
    desk.with(|session| session.keep_shortlist(case, needs, &replacements))
}

#[tauri::command(async)]
pub fn shortlist_choose(desk: State<'_, Desk>, id: Uuid, firm: Option<Uuid>) -> Result<Done> {
    desk.with(|session| session.choose_provider(id, firm))
}

#[tauri::command(async)]
pub fn shortlist_replay(desk: State<'_, Desk>, id: Uuid) -> Result<ReplayView> {
    desk.with(|session| session.replay_shortlist(id))
}

#[tauri::command(async)]
pub fn needs_concede(
    desk: State<'_, Desk>,
    needs: Needs,
    remedies: Vec<Remedy>,
    filters: Vec<Filter>,
) -> Result<Needs> {
    desk.with(|session| session.concede_needs(needs, &remedies, &filters))
}

#[tauri::command(async)]
pub fn needs_place(desk: State<'_, Desk>, commune: String) -> Result<Option<Location>> {
    desk.with(|session| session.needs_place(&commune))
}

#[tauri::command(async)]
pub fn shortlist_tell(desk: State<'_, Desk>, id: Uuid, by: Channel) -> Result<Done> {
    desk.with(|session| session.tell_shortlist(id, by))
}

#[tauri::command(async)]
pub fn shortlist_preview(desk: State<'_, Desk>, id: Uuid) -> Result<Response> {
    let language = desk.workstation.preferences().language;
    desk.with(|session| {
        Ok(Response::new(
            session.preview_shortlist(id, language)?.bytes,
        ))
    })
}

#[tauri::command(async)]
pub fn shortlist_submit(desk: State<'_, Desk>, id: Uuid) -> Result<DocumentView> {
    let language = desk.workstation.preferences().language;
    desk.with(|session| session.submit_shortlist(id, language))
}

#[tauri::command(async)]
pub fn delegation(desk: State<'_, Desk>) -> Result<Option<DelegationView>> {
    desk.with(|session| session.delegation())
}

#[tauri::command(async)]
pub fn delegation_set(desk: State<'_, Desk>, given: bool) -> Result<Option<DelegationView>> {
    desk.with(|session| match given {
        true => session.delegate_lists(),
        false => session.withdraw_delegation().map(|()| None),
    })
}

#[tauri::command(async)]
pub fn follow_ups(desk: State<'_, Desk>) -> Result<Vec<FollowUpDue>> {
    desk.with(|session| session.follow_ups())
}

#[tauri::command(async)]
pub fn referral_follow(desk: State<'_, Desk>, id: Uuid, after: FollowUp) -> Result<Done> {
    desk.with(|session| session.follow_up(id, &after))
}

#[tauri::command(async)]
pub fn referral_decline(desk: State<'_, Desk>, id: Uuid, reason: String) -> Result<Done> {
    desk.with(|session| session.decline_referral(id, &reason))
}

#[tauri::command(async)]
pub fn equality_preview(
    desk: State<'_, Desk>,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Response> {
    let language = desk.workstation.preferences().language;
    desk.with(|session| {
        let pdf = session.equality_pdf(from, until, language)?;
        Ok(Response::new(pdf.bytes))
    })
}

#[tauri::command(async)]
pub fn equality_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    from: NaiveDate,
    until: NaiveDate,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    let language = desk.workstation.preferences().language;
    desk.with(|session| session.export_equality(from, until, language, &folder))
}

#[tauri::command(async)]
pub fn provider_paper_add(
    desk: State<'_, Desk>,
    id: Uuid,
    kind: PaperKind,
    name: String,
    bytes: String,
) -> Result<ProviderView> {
    let bytes = decode("bytes", &bytes)?;
    desk.with(|session| session.add_firm_paper(id, kind, &name, &bytes))
}

#[tauri::command(async)]
pub fn provider_paper_remove(
    desk: State<'_, Desk>,
    id: Uuid,
    sha256: String,
) -> Result<ProviderView> {
    desk.with(|session| session.remove_firm_paper(id, &sha256))
}

#[tauri::command(async)]
pub fn provider_paper_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: Uuid,
    sha256: String,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    desk.with(|session| session.export_firm_paper(id, &sha256, &folder))
}

#[tauri::command(async)]
pub fn provider_review(desk: State<'_, Desk>, id: Uuid) -> Result<MailDraftView> {
    desk.with(|session| session.firm_review_draft(id))
}
