//! The keys of correspondents.

use relais_core::api::Result;
use relais_core::api::view::{CorrespondentKey, KeyLookup, KeyOrigin, KeysImported};
use tauri::State;
use uuid::Uuid;

use super::documents::decode;
use crate::desk::Desk;

#[tauri::command(async)]
pub fn keyring(desk: State<'_, Desk>, text: String) -> Result<Vec<CorrespondentKey>> {
    desk.with(|session| session.keyring(&text))
}

#[tauri::command(async)]
pub fn key_import(desk: State<'_, Desk>, name: String, bytes: String) -> Result<KeysImported> {
    let bytes = decode(&name, &bytes)?;
    desk.with(|session| session.import_keys(&bytes, KeyOrigin::File, None))
}

#[tauri::command(async)]
pub fn key_verify(desk: State<'_, Desk>, id: Uuid, with: String) -> Result<CorrespondentKey> {
    desk.with(|session| session.verify_key(id, &with))
}

#[tauri::command(async)]
pub fn key_accept(desk: State<'_, Desk>, id: Uuid) -> Result<CorrespondentKey> {
    desk.with(|session| session.accept_key(id))
}

#[tauri::command(async)]
pub fn key_refuse(desk: State<'_, Desk>, id: Uuid, why: String) -> Result<CorrespondentKey> {
    desk.with(|session| session.refuse_key(id, &why))
}

#[tauri::command(async)]
pub fn key_restore(desk: State<'_, Desk>, id: Uuid) -> Result<CorrespondentKey> {
    desk.with(|session| session.restore_key(id))
}

#[tauri::command(async)]
pub fn correspondent_key_export(desk: State<'_, Desk>, id: Uuid) -> Result<String> {
    desk.with(|session| session.export_correspondent_key(id))
}

#[tauri::command(async)]
pub fn key_lookup(desk: State<'_, Desk>, mail: String, place: String) -> Result<Vec<KeyLookup>> {
    desk.with(|session| session.queue_key_lookup(&mail, &place))
}

#[tauri::command(async)]
pub fn key_lookups(desk: State<'_, Desk>) -> Result<Vec<KeyLookup>> {
    desk.with(|session| session.key_lookups())
}

#[tauri::command(async)]
pub fn key_lookups_run(desk: State<'_, Desk>) -> Result<KeysImported> {
    look_up_keys(&desk)
}

/// Looks for what waits, without the lock of the session while the network is slow.
pub fn look_up_keys(desk: &Desk) -> Result<KeysImported> {
    let mut told = KeysImported::default();
    for looking in desk.with(|session| session.waiting_lookups())? {
        let outcome = looking.look();
        told.add(desk.with(|session| session.key_was_looked_up(&looking, outcome))?);
    }
    Ok(told)
}

#[tauri::command(async)]
pub fn key_lookup_forget(
    desk: State<'_, Desk>,
    mail: String,
    place: String,
) -> Result<Vec<KeyLookup>> {
    desk.with(|session| session.forget_key_lookup(&mail, &place))
}
