//! What programmes ask of the team.

use std::path::PathBuf;

use relais_core::api::Result;
use relais_core::api::view::{CriterionView, Done, Exported};
use relais_core::domain::rfc2350::Lang;
use relais_core::domain::rfc2350::readiness::Programme;
use tauri::ipc::Response;
use tauri::{AppHandle, State};

use super::documents::{decode, export_folder};
use crate::desk::Desk;

#[tauri::command(async)]
pub fn readiness(desk: State<'_, Desk>) -> Result<Vec<CriterionView>> {
    desk.with(|session| session.readiness())
}

#[tauri::command(async)]
pub fn readiness_state(
    desk: State<'_, Desk>,
    criterion: String,
    met: Option<bool>,
    note: String,
) -> Result<Done> {
    desk.with(|session| session.state_readiness(&criterion, met, &note))
}

#[tauri::command(async)]
pub fn readiness_attach(
    desk: State<'_, Desk>,
    criterion: String,
    name: String,
    file: String,
) -> Result<Done> {
    let bytes = decode("file", &file)?;
    desk.with(|session| session.attach_readiness(&criterion, &name, &bytes))
}

#[tauri::command(async)]
pub fn readiness_detach(desk: State<'_, Desk>, criterion: String) -> Result<Done> {
    desk.with(|session| session.detach_readiness(&criterion))
}

#[tauri::command(async)]
pub fn readiness_preview(
    desk: State<'_, Desk>,
    programme: Programme,
    lang: Lang,
) -> Result<Response> {
    let pdf = desk.with(|session| session.preview_readiness(programme, lang))?;
    Ok(Response::new(pdf.bytes))
}

#[tauri::command(async)]
pub fn readiness_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    programme: Programme,
    lang: Lang,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?.join("candidature");
    desk.with(|session| session.export_readiness(programme, lang, &folder))
}
