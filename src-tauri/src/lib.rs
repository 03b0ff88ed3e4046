//! The desktop shell: one window, its permissions, and commands of a few lines that call the use cases.
//!
//! Nothing is decided here. What the window may call is listed in `capabilities/main.json`; where it may go is decided
//! below: nowhere but its own pages.

mod commands;
mod desk;
mod harden;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use relais_core::api::Workstation;
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use desk::Desk;

/// Names the data folder, in the place of the user's own.
const DATA_FOLDER: &str = "RELAIS_DATA_DIR";
/// How often idleness is looked at.
const WATCH: Duration = Duration::from_secs(5);
/// How often what waits for the network is tried again.
const RETRY: Duration = Duration::from_secs(300);

/// Opens the window and serves it until it is closed.
///
/// # Errors
/// When the window cannot be opened, or when a release build is told to let itself be driven.
#[allow(
    clippy::disallowed_methods,
    reason = "the framework ends the process itself, inside its own macro"
)]
pub fn run() -> Result<(), Box<dyn Error>> {
    harden::apply()?;
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("RELAIS_LOG"))
        .with_writer(std::io::stderr)
        .init();
    tauri::Builder::default()
        .setup(|app| {
            let folder = data_folder(app.handle())?;
            app.manage(Desk::new(Workstation::at(&folder)));
            open_window(app.handle())?;
            watch_idleness(app.handle().clone());
            watch_queue(app.handle().clone());
            watch_outbox(app.handle().clone());
            watch_mailbox(app.handle().clone());
            Ok(())
        })
        .invoke_handler(commands::handler())
        .run(tauri::generate_context!())?;
    Ok(())
}

fn data_folder(app: &AppHandle) -> tauri::Result<PathBuf> {
    match std::env::var_os(DATA_FOLDER) {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => app.path().app_data_dir(),
    }
}

fn open_window(app: &AppHandle) -> tauri::Result<()> {
    let config = app
        .config()
        .app
        .windows
        .first()
        .cloned()
        .unwrap_or_default();
    let window = WebviewWindowBuilder::from_config(
        app,
        &tauri::utils::config::WindowConfig {
            url: WebviewUrl::default(),
            ..config
        },
    )?
    // Nothing of a page is kept on the disk. A window that is driven by a test cannot be private: the web view says no.
    .incognito(!harden::is_driven())
    .on_navigation(|url| {
        matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost")
    })
    .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
    .build()?;
    // A test that drives the window asks for pictures, and those wait for a frame that a still page never draws this way.
    if harden::is_driven() {
        Ok(())
    } else {
        draw_without_the_graphics_card(&window)
    }
}

/// The page is text: drawing it in the processor costs nothing that anybody sees, saves 90 MB and the loading of a graphics
/// driver at each start, and cannot meet the drivers on which the web view shows an empty window.
#[cfg(target_os = "linux")]
fn draw_without_the_graphics_card(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn draw_without_the_graphics_card(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Sends and looks for what somebody asked for while there was no network. A locked vault sends nothing.
fn watch_queue(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(RETRY).await;
            let app = app.clone();
            let sent = tauri::async_runtime::spawn_blocking(move || {
                let desk = app.state::<Desk>();
                commands::team_key::send_keys(&desk)?;
                commands::keyring::look_up_keys(&desk).map(drop)
            });
            if let Ok(Err(error)) = sent.await {
                tracing::debug!(code = ?error.code, "the queue waits");
            }
        }
    });
}

/// Sends what is due. A mail that was held back for some seconds leaves soon after them.
fn watch_outbox(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(WATCH).await;
            let desk = app.clone();
            let sent = tauri::async_runtime::spawn_blocking(move || {
                commands::mail_transport::send_due(&desk.state::<Desk>())
            });
            tell_of_mail(&app, &sent.await);
        }
    });
}

/// Fetches what comes: when the server tells of it, or from time to time where it cannot.
fn watch_mailbox(app: AppHandle) {
    use relais_core::api::mail::fetch::{LONGEST_WAIT, Woken};
    tauri::async_runtime::spawn(async move {
        loop {
            let desk = app.clone();
            let fetched = tauri::async_runtime::spawn_blocking(move || {
                commands::mail_transport::fetch_new(&desk.state::<Desk>())
            });
            tell_of_mail(&app, &fetched.await);
            let desk = app.clone();
            let woken = tauri::async_runtime::spawn_blocking(move || {
                commands::mail_transport::wait_for_mail(&desk.state::<Desk>(), LONGEST_WAIT)
            });
            tokio::time::sleep(match woken.await {
                Ok(Ok(Woken::CannotTell)) => RETRY,
                // Locked, without an account, or a server that tells of mail without end.
                _ => WATCH,
            })
            .await;
        }
    });
}

fn tell_of_mail(app: &AppHandle, done: &tauri::Result<relais_core::api::Result<bool>>) {
    match done {
        Ok(Ok(true)) => {
            let _ = app.emit("mail", ());
        }
        Ok(Err(error)) => tracing::debug!(code = ?error.code, "the mail waits"),
        _ => {}
    }
}

/// Locks the vault when nobody has touched anything for as long as the team says.
fn watch_idleness(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(WATCH).await;
            if app.state::<Desk>().lock_if_idle() {
                let _ = app.emit("locked", ());
            }
        }
    });
}
