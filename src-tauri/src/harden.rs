//! What the process refuses before it opens a window.

use std::error::Error;

/// The switch by which a web view lets itself be driven from outside.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Whether a test drives the window; never in a release build.
pub fn is_driven() -> bool {
    cfg!(debug_assertions) && std::env::var_os(AUTOMATION).is_some()
}

/// Forbids core dumps, which would hold the keys; and in a release build refuses to be driven.
///
/// # Errors
/// When a release build is told to let itself be driven, or the limit cannot be set.
pub fn apply() -> Result<(), Box<dyn Error>> {
    if !cfg!(debug_assertions) && std::env::var_os(AUTOMATION).is_some() {
        return Err(format!("{AUTOMATION} is refused: nobody drives this window").into());
    }
    #[cfg(unix)]
    rustix::process::setrlimit(
        rustix::process::Resource::Core,
        rustix::process::Rlimit {
            current: Some(0),
            maximum: Some(0),
        },
    )?;
    Ok(())
}
