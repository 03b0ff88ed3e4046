//! Documents: previewing, handing over, signing, exporting, verifying.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais_core::api::view::{CardView, DocumentView, Exported, VerdictView};
use relais_core::api::{ApiError, Code, Result};
use relais_core::domain::case::Audience;
use tauri::ipc::Response;
use tauri::{AppHandle, Manager, State};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::desk::Desk;

#[tauri::command(async)]
pub fn summary_preview(desk: State<'_, Desk>, id: Uuid, audience: Audience) -> Result<Response> {
    let language = desk.workstation.preferences().language;
    desk.with(|session| {
        Ok(Response::new(
            session.preview_summary(id, audience, language)?.bytes,
        ))
    })
}

#[tauri::command(async)]
pub fn summary_submit(desk: State<'_, Desk>, id: Uuid, audience: Audience) -> Result<DocumentView> {
    let language = desk.workstation.preferences().language;
    desk.with(|session| session.submit_summary(id, audience, language))
}

#[tauri::command(async)]
pub fn documents_to_sign(desk: State<'_, Desk>) -> Result<Vec<DocumentView>> {
    desk.with(|session| session.documents_to_sign())
}

#[tauri::command(async)]
pub fn document_sign(desk: State<'_, Desk>, id: Uuid) -> Result<DocumentView> {
    desk.with(|session| session.sign_document(id))
}

#[tauri::command(async)]
pub fn card_status(desk: State<'_, Desk>) -> Result<CardView> {
    Ok(desk.with(|session| session.card_key())?.status())
}

#[tauri::command(async)]
pub fn document_sign_with_card(
    desk: State<'_, Desk>,
    id: Uuid,
    pin: String,
) -> Result<DocumentView> {
    let pin = Zeroizing::new(pin);
    let (key, bytes) =
        desk.with(|session| Ok((session.card_key()?, session.bytes_to_sign(id)?)))?;
    let signature = key.sign(&bytes, &pin)?;
    desk.with(|session| session.keep_card_signature(id, signature))
}

#[tauri::command(async)]
pub fn document_return(desk: State<'_, Desk>, id: Uuid, reason: String) -> Result<DocumentView> {
    desk.with(|session| session.return_document(id, &reason))
}

#[tauri::command(async)]
pub fn document_bytes(desk: State<'_, Desk>, id: Uuid) -> Result<Response> {
    desk.with(|session| Ok(Response::new(session.document_bytes(id)?)))
}

#[tauri::command(async)]
pub fn document_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: Uuid,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?;
    desk.with(|session| session.export_document(id, &folder))
}

#[tauri::command(async)]
pub fn verify(
    desk: State<'_, Desk>,
    file: String,
    signature: Option<String>,
) -> Result<VerdictView> {
    let file = decode("file", &file)?;
    let signature = signature
        .map(|signature| decode("signature", &signature))
        .transpose()?;
    desk.with(|session| session.verify_file(&file, signature.as_deref()))
}

/// Where an export goes: a folder that was chosen, or the user's downloads.
pub(super) fn export_folder(app: &AppHandle, chosen: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = chosen {
        return Ok(folder);
    }
    let path = app.path();
    path.download_dir()
        .or_else(|_| path.home_dir())
        .map_err(|error| ApiError::new(Code::Io, error.to_string()))
}

pub(super) fn decode(field: &str, text: &str) -> Result<Vec<u8>> {
    STANDARD
        .decode(text)
        .map_err(|_| ApiError::field(Code::Invalid, field, "not base64"))
}
