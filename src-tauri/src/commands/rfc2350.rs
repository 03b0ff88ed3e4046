//! The RFC 2350 document.

use std::path::PathBuf;

use relais_core::api::Result;
use relais_core::api::view::{Done, EditionView, Exported, Rfc2350Comparison, Rfc2350View};
use relais_core::domain::rfc2350::{Fix, Lang, Rfc2350, Section};
use tauri::ipc::Response;
use tauri::{AppHandle, State};
use uuid::Uuid;

use super::documents::export_folder;
use crate::desk::Desk;

#[tauri::command(async)]
pub fn rfc2350(desk: State<'_, Desk>) -> Result<Rfc2350View> {
    desk.with(|session| session.rfc2350())
}

#[tauri::command(async)]
pub fn rfc2350_text_set(
    desk: State<'_, Desk>,
    section: Section,
    lang: Lang,
    text: String,
) -> Result<Done> {
    desk.with(|session| session.set_rfc2350_text(section, lang, &text))
}

#[tauri::command(async)]
pub fn rfc2350_english_confirm(desk: State<'_, Desk>, section: Section) -> Result<Done> {
    desk.with(|session| session.confirm_rfc2350_english(section))
}

#[tauri::command(async)]
pub fn rfc2350_leave_out(desk: State<'_, Desk>, section: Section, left_out: bool) -> Result<Done> {
    desk.with(|session| session.leave_out_rfc2350(section, left_out))
}

#[tauri::command(async)]
pub fn rfc2350_head_set(desk: State<'_, Desk>, document: Rfc2350) -> Result<Done> {
    desk.with(|session| session.set_rfc2350_head(&document))
}

#[tauri::command(async)]
pub fn rfc2350_fix(desk: State<'_, Desk>, fix: Fix) -> Result<Done> {
    desk.with(|session| session.fix_rfc2350(&fix))
}

#[tauri::command(async)]
pub fn rfc2350_preview(desk: State<'_, Desk>, lang: Lang) -> Result<Response> {
    let pdf = desk.with(|session| session.preview_rfc2350(lang))?;
    Ok(Response::new(pdf.bytes))
}

#[tauri::command(async)]
pub fn rfc2350_plain(desk: State<'_, Desk>, lang: Lang) -> Result<String> {
    desk.with(|session| session.rfc2350_plain(lang))
}

#[tauri::command(async)]
pub fn rfc2350_publish(desk: State<'_, Desk>) -> Result<EditionView> {
    desk.with(|session| session.publish_rfc2350())
}

#[tauri::command(async)]
pub fn rfc2350_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    edition: Option<Uuid>,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?.join("rfc2350");
    desk.with(|session| session.export_rfc2350(edition, None, &folder))
}

#[tauri::command(async)]
pub fn rfc2350_compare(
    desk: State<'_, Desk>,
    old: Option<Uuid>,
    new: Option<Uuid>,
    lang: Lang,
) -> Result<Rfc2350Comparison> {
    desk.with(|session| session.compare_rfc2350(old, new, lang))
}
