//! Before the vault is open, and opening it.

use relais_core::api::demo;
use relais_core::api::opening::{
    new_recovery_key, passphrase_strength as strength_of, suggest_passphrase,
};
use relais_core::api::reference::{self, profile_templates as templates};
use relais_core::api::view::{
    AppStatus, DemoCreated, KeyPreview, PassphraseStrength, Preferences, Progress, ReferenceView,
    SessionView, SuggestedPassphrase, VaultRequest,
};
use relais_core::api::{Result, Session};
use relais_core::domain::team::TeamProfile;
use relais_core::vault::VaultKind;
use tauri::State;
use tauri::ipc::Channel;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::desk::Desk;

#[tauri::command(async)]
pub fn app_status(desk: State<'_, Desk>) -> Result<AppStatus> {
    let session = desk.with(|session| session.view()).ok();
    desk.workstation.status(env!("CARGO_PKG_VERSION"), session)
}

#[tauri::command(async)]
pub fn preferences_set(desk: State<'_, Desk>, preferences: Preferences) -> Result<()> {
    desk.workstation.set_preferences(preferences)
}

#[tauri::command(async)]
pub fn passphrase_suggest() -> Result<SuggestedPassphrase> {
    suggest_passphrase()
}

#[tauri::command(async)]
pub fn passphrase_strength(passphrase: String) -> PassphraseStrength {
    strength_of(&Zeroizing::new(passphrase), &[])
}

#[tauri::command(async)]
pub fn recovery_key_new() -> Result<String> {
    new_recovery_key()
}

#[tauri::command(async)]
pub fn profile_templates() -> Vec<TeamProfile> {
    templates()
}

#[tauri::command(async)]
pub fn key_inspect(
    desk: State<'_, Desk>,
    armoured: String,
    passphrase: String,
) -> Result<KeyPreview> {
    desk.workstation
        .inspect_key(&Zeroizing::new(armoured), &Zeroizing::new(passphrase))
}

#[tauri::command(async)]
pub fn vault_create(desk: State<'_, Desk>, request: VaultRequest) -> Result<SessionView> {
    settle(&desk, desk.workstation.create_vault(request)?)
}

#[tauri::command(async)]
pub fn demo_create(
    desk: State<'_, Desk>,
    cases: u32,
    progress: Channel<Progress>,
) -> Result<DemoCreated> {
    desk.workstation
        .create_demo(cases, demo::SEED, desk.teller(progress))
}

#[tauri::command(async)]
pub fn work_stop(desk: State<'_, Desk>) {
    desk.stop_work();
}

#[tauri::command(async)]
pub fn demo_remove(desk: State<'_, Desk>) -> Result<()> {
    desk.workstation.remove_demo()
}

#[tauri::command(async)]
pub fn unlock(
    desk: State<'_, Desk>,
    kind: VaultKind,
    person: Uuid,
    passphrase: String,
) -> Result<SessionView> {
    settle(
        &desk,
        desk.workstation
            .unlock(kind, person, &Zeroizing::new(passphrase))?,
    )
}

#[tauri::command(async)]
pub fn recover(
    desk: State<'_, Desk>,
    kind: VaultKind,
    recovery_key: String,
    person: Option<Uuid>,
    name: String,
    passphrase: String,
) -> Result<SessionView> {
    let (key, passphrase) = (Zeroizing::new(recovery_key), Zeroizing::new(passphrase));
    settle(
        &desk,
        desk.workstation
            .recover(kind, &key, person, &name, &passphrase)?,
    )
}

#[tauri::command(async)]
pub fn lock(desk: State<'_, Desk>) {
    desk.lock();
}

#[tauri::command(async)]
pub fn touch(desk: State<'_, Desk>) {
    desk.touch();
}

#[tauri::command(async)]
pub fn reference_data() -> ReferenceView {
    reference::reference_data()
}

fn settle(desk: &Desk, session: Session) -> Result<SessionView> {
    let view = session.view()?;
    desk.open(session)?;
    Ok(view)
}
