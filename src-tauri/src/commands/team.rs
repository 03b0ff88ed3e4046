//! The session, the people, the team.

use relais_core::api::Result;
use relais_core::api::view::{PersonView, SessionView, Settings, TemporaryAccess};
use relais_core::domain::people::Role;
use relais_core::domain::team::TeamProfile;
use tauri::State;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::desk::Desk;

#[tauri::command(async)]
pub fn session_view(desk: State<'_, Desk>) -> Result<SessionView> {
    desk.with(|session| session.view())
}

#[tauri::command(async)]
pub fn passphrase_change(desk: State<'_, Desk>, current: String, next: String) -> Result<()> {
    let (current, next) = (Zeroizing::new(current), Zeroizing::new(next));
    desk.with(|session| session.change_passphrase(&current, &next))
}

#[tauri::command(async)]
pub fn people(desk: State<'_, Desk>) -> Result<Vec<PersonView>> {
    desk.with(|session| session.people())
}

#[tauri::command(async)]
pub fn person_add(desk: State<'_, Desk>, name: String, role: Role) -> Result<TemporaryAccess> {
    desk.with(|session| session.add_person(&name, role))
}

#[tauri::command(async)]
pub fn person_change(desk: State<'_, Desk>, id: Uuid, name: String, role: Role) -> Result<()> {
    desk.with(|session| session.change_person(id, &name, role))
}

#[tauri::command(async)]
pub fn person_reset(desk: State<'_, Desk>, id: Uuid) -> Result<TemporaryAccess> {
    desk.with(|session| session.reset_person(id))
}

#[tauri::command(async)]
pub fn person_remove(desk: State<'_, Desk>, id: Uuid) -> Result<()> {
    desk.with(|session| session.remove_person(id))
}

#[tauri::command(async)]
pub fn profile_set(desk: State<'_, Desk>, profile: TeamProfile) -> Result<()> {
    desk.with(|session| session.set_profile(&profile))
}

#[tauri::command(async)]
pub fn settings_set(desk: State<'_, Desk>, settings: Settings) -> Result<()> {
    desk.with_settings(|session| session.set_settings(&settings))
}
