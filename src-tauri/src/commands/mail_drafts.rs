//! Mails being written, and told to leave.

use std::path::PathBuf;

use relais_core::api::Result;
use relais_core::api::view::{
    Exported, FilledField, Following, Language, MailDraft, MailDraftView, SentView,
};
use relais_core::domain::mail::Address;
use relais_core::domain::mail::template::TemplateLang;
use tauri::{AppHandle, State};
use uuid::Uuid;

use super::documents::{decode, export_folder};
use crate::desk::Desk;

#[tauri::command(async)]
pub fn mail_drafts(desk: State<'_, Desk>) -> Result<Vec<MailDraftView>> {
    desk.with(|session| session.mail_drafts())
}

#[tauri::command(async)]
pub fn mail_draft_new(
    desk: State<'_, Desk>,
    case: Option<Uuid>,
    template: Option<String>,
    follows: Option<Following>,
) -> Result<MailDraftView> {
    let lang = spoken(&desk);
    desk.with(|session| session.new_mail_draft(case, template.as_deref(), lang, follows))
}

#[tauri::command(async)]
pub fn mail_draft_get(desk: State<'_, Desk>, id: Uuid) -> Result<MailDraftView> {
    desk.with(|session| session.mail_draft(id))
}

#[tauri::command(async)]
pub fn mail_draft_fields(desk: State<'_, Desk>, id: Uuid) -> Result<Vec<FilledField>> {
    desk.with(|session| session.mail_draft_fields(id))
}

#[tauri::command(async)]
pub fn mail_draft_save(desk: State<'_, Desk>, id: Uuid, draft: MailDraft) -> Result<MailDraftView> {
    desk.with(|session| session.save_mail_draft(id, draft))
}

#[tauri::command(async)]
pub fn mail_draft_discard(desk: State<'_, Desk>, id: Uuid) -> Result<()> {
    desk.with(|session| session.discard_mail_draft(id))
}

#[tauri::command(async)]
pub fn mail_draft_restore(desk: State<'_, Desk>, id: Uuid) -> Result<MailDraftView> {
    desk.with(|session| session.restore_mail_draft(id))
}

#[tauri::command(async)]
pub fn mail_draft_attach(
    desk: State<'_, Desk>,
    id: Uuid,
    name: String,
    bytes: String,
) -> Result<MailDraftView> {
    let bytes = decode("bytes", &bytes)?;
    desk.with(|session| session.attach_to_mail(id, &name, &bytes))
}

#[tauri::command(async)]
pub fn mail_draft_attach_document(
    desk: State<'_, Desk>,
    id: Uuid,
    document: Uuid,
) -> Result<MailDraftView> {
    desk.with(|session| session.attach_document(id, document))
}

#[tauri::command(async)]
pub fn mail_recipients(
    desk: State<'_, Desk>,
    text: String,
    case: Option<Uuid>,
) -> Result<Vec<Address>> {
    desk.with(|session| session.mail_recipients(&text, case))
}

#[tauri::command(async)]
pub fn mail_send(desk: State<'_, Desk>, id: Uuid) -> Result<SentView> {
    desk.with(|session| session.send_mail(id))
}

#[tauri::command(async)]
pub fn mail_hold(desk: State<'_, Desk>, id: Uuid) -> Result<MailDraftView> {
    desk.with(|session| session.hold_mail(id))
}

#[tauri::command(async)]
pub fn mail_approve(desk: State<'_, Desk>, id: Uuid) -> Result<()> {
    desk.with(|session| session.approve_mail(id))
}

#[tauri::command(async)]
pub fn mail_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: Uuid,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    desk.with(|session| session.export_mail(id, &folder))
}

/// The language that mail is begun in: the one that the window speaks.
fn spoken(desk: &Desk) -> TemplateLang {
    match desk.workstation.preferences().language {
        Language::Fr => TemplateLang::Fr,
        Language::En => TemplateLang::En,
    }
}
