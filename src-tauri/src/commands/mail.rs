//! Mail: lists, threads, filing, what hangs on a mail.

use std::path::PathBuf;

use relais_core::api::Result;
use relais_core::api::view::{
    Done, DraftSaved, Exported, FetchedView, KeysImported, MailCounts, MailPage, MailQuery,
    ThreadView,
};
use tauri::{AppHandle, State};
use uuid::Uuid;

use super::documents::{decode, export_folder};
use crate::desk::Desk;

#[tauri::command(async)]
pub fn mail_list(desk: State<'_, Desk>, query: MailQuery) -> Result<MailPage> {
    desk.with(|session| session.mails(&query))
}

#[tauri::command(async)]
pub fn mail_counts(desk: State<'_, Desk>) -> Result<MailCounts> {
    desk.with(|session| session.mail_counts())
}

#[tauri::command(async)]
pub fn mail_thread(desk: State<'_, Desk>, id: Uuid) -> Result<ThreadView> {
    desk.with(|session| session.mail_thread(id))
}

#[tauri::command(async)]
pub fn mail_html(desk: State<'_, Desk>, id: Uuid) -> Result<String> {
    desk.with(|session| session.mail_html(id))
}

#[tauri::command(async)]
pub fn mail_file(desk: State<'_, Desk>, id: Uuid, case: Uuid) -> Result<Done> {
    desk.with(|session| session.file_mail(id, case))
}

#[tauri::command(async)]
pub fn mail_mark(desk: State<'_, Desk>, id: Uuid, unread: bool) -> Result<()> {
    desk.with(|session| session.mark_mail(id, unread))
}

#[tauri::command(async)]
pub fn mail_attachment_keep(desk: State<'_, Desk>, id: Uuid, index: u32) -> Result<Done> {
    desk.with(|session| session.keep_attachment(id, index))
}

#[tauri::command(async)]
pub fn mail_attachment_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: Uuid,
    index: u32,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    desk.with(|session| session.export_attachment(id, index, &folder))
}

#[tauri::command(async)]
pub fn evidence_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: Uuid,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    desk.with(|session| session.export_evidence(id, &folder))
}

#[tauri::command(async)]
pub fn mail_to_report(desk: State<'_, Desk>, id: Uuid) -> Result<DraftSaved> {
    desk.with(|session| session.report_from_mail(id))
}

#[tauri::command(async)]
pub fn mail_import(desk: State<'_, Desk>, name: String, bytes: String) -> Result<FetchedView> {
    let bytes = decode("bytes", &bytes)?;
    desk.with(|session| session.import_mail(&name, &bytes))
}

#[tauri::command(async)]
pub fn mail_take_key(desk: State<'_, Desk>, id: Uuid) -> Result<KeysImported> {
    desk.with(|session| session.take_mail_keys(id))
}
