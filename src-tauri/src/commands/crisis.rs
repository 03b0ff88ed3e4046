//! One event, many beneficiaries.

use std::path::PathBuf;

use relais_core::api::Result;
use relais_core::api::view::{CrisisFace, CrisisView, Exported, FirmFace};
use relais_core::domain::provider::crisis::Pin;
use tauri::ipc::Response;
use tauri::{AppHandle, State};
use uuid::Uuid;

use super::documents::export_folder;
use crate::desk::Desk;

#[tauri::command(async)]
pub fn crisis_plan(desk: State<'_, Desk>, cases: Vec<Uuid>, pins: Vec<Pin>) -> Result<CrisisView> {
    desk.with(|session| session.plan_crisis(&cases, &pins))
}

#[tauri::command(async)]
pub fn crisis_keep(
    desk: State<'_, Desk>,
    name: String,
    cases: Vec<Uuid>,
    pins: Vec<Pin>,
) -> Result<CrisisView> {
    desk.with(|session| session.keep_crisis(&name, &cases, &pins))
}

#[tauri::command(async)]
pub fn crisis_list(desk: State<'_, Desk>) -> Result<Vec<CrisisFace>> {
    desk.with(|session| session.crises())
}

#[tauri::command(async)]
pub fn crisis_get(desk: State<'_, Desk>, id: Uuid) -> Result<CrisisView> {
    desk.with(|session| session.crisis(id))
}

#[tauri::command(async)]
pub fn crisis_choices(desk: State<'_, Desk>, case: Uuid) -> Result<Vec<FirmFace>> {
    desk.with(|session| session.crisis_choices(case))
}

#[tauri::command(async)]
pub fn crisis_replay(desk: State<'_, Desk>, id: Uuid) -> Result<bool> {
    desk.with(|session| session.replay_crisis(id))
}

#[tauri::command(async)]
pub fn crisis_preview(desk: State<'_, Desk>, id: Uuid) -> Result<Response> {
    let language = desk.workstation.preferences().language;
    desk.with(|session| Ok(Response::new(session.crisis_pdf(id, None, language)?.bytes)))
}

#[tauri::command(async)]
pub fn crisis_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: Uuid,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    let language = desk.workstation.preferences().language;
    desk.with(|session| session.export_crisis(id, language, &folder))
}
