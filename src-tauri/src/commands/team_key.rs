//! The team's key.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use relais_core::api::Result;
use relais_core::api::view::{
    Exported, RevocationCause, RevocationPaper, RotatedKey, TeamKeySource, TeamKeyView,
};
use tauri::{AppHandle, State};
use zeroize::Zeroizing;

use super::documents::export_folder;
use crate::desk::Desk;

#[tauri::command(async)]
pub fn key_export(desk: State<'_, Desk>) -> Result<String> {
    desk.with(|session| session.export_key())
}

#[tauri::command(async)]
pub fn team_key(desk: State<'_, Desk>) -> Result<TeamKeyView> {
    desk.with(|session| session.team_key_view())
}

#[tauri::command(async)]
pub fn team_key_extend(
    desk: State<'_, Desk>,
    expires: Option<DateTime<Utc>>,
) -> Result<TeamKeyView> {
    desk.with(|session| session.extend_team_key(expires))
}

#[tauri::command(async)]
pub fn team_key_rotate(desk: State<'_, Desk>, which: RotatedKey) -> Result<TeamKeyView> {
    desk.with(|session| session.rotate_team_key(which))
}

#[tauri::command(async)]
pub fn team_key_name_add(desk: State<'_, Desk>, name: String, mail: String) -> Result<TeamKeyView> {
    desk.with(|session| session.add_key_name(&name, &mail))
}

#[tauri::command(async)]
pub fn team_key_name_retire(desk: State<'_, Desk>, user_id: String) -> Result<TeamKeyView> {
    desk.with(|session| session.retire_key_name(&user_id))
}

#[tauri::command(async)]
pub fn team_key_revoke(
    desk: State<'_, Desk>,
    cause: RevocationCause,
    message: String,
) -> Result<TeamKeyView> {
    desk.with(|session| session.revoke_team_key(cause, &message))
}

#[tauri::command(async)]
pub fn team_key_revocation(desk: State<'_, Desk>, message: String) -> Result<RevocationPaper> {
    desk.with(|session| session.prepare_revocation(&message))
}

#[tauri::command(async)]
pub fn team_key_revocation_apply(desk: State<'_, Desk>, armoured: String) -> Result<TeamKeyView> {
    let armoured = Zeroizing::new(armoured);
    desk.with(|session| session.apply_revocation(&armoured))
}

#[tauri::command(async)]
pub fn team_key_back_up(
    app: AppHandle,
    desk: State<'_, Desk>,
    recovery_key: String,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let recovery_key = Zeroizing::new(recovery_key);
    let folder = export_folder(&app, folder)?.join("cle-sauvegarde");
    desk.with(|session| session.back_up_team_key(&recovery_key, &folder))
}

#[tauri::command(async)]
pub fn team_key_replace(desk: State<'_, Desk>, source: TeamKeySource) -> Result<TeamKeyView> {
    desk.with(|session| session.replace_team_key(&source))
}

#[tauri::command(async)]
pub fn wkd_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    folder: Option<PathBuf>,
) -> Result<Exported> {
    let folder = export_folder(&app, folder)?.join("wkd");
    desk.with(|session| session.export_wkd(&folder))
}

#[tauri::command(async)]
pub fn key_server_queue(desk: State<'_, Desk>, server: String) -> Result<TeamKeyView> {
    desk.with(|session| session.queue_key_upload(&server))
}

#[tauri::command(async)]
pub fn key_server_forget(desk: State<'_, Desk>, server: String) -> Result<TeamKeyView> {
    desk.with(|session| session.forget_key_server(&server))
}

#[tauri::command(async)]
pub fn key_servers_send(desk: State<'_, Desk>) -> Result<TeamKeyView> {
    send_keys(&desk)?;
    desk.with(|session| session.team_key_view())
}

/// Sends what waits, without the lock of the session while the network is slow.
pub fn send_keys(desk: &Desk) -> Result<()> {
    for sending in desk.with(|session| session.key_sendings())? {
        let outcome = sending.send();
        desk.with(|session| session.key_was_sent(&sending, outcome))?;
    }
    Ok(())
}
