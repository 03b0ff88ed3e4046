//! Gives each command of the capability file its own permission, so that a
//! command that is not listed there does not exist for the window.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(listed_commands()?));
    tauri_build::try_build(attributes)?;
    Ok(())
}

/// The commands that `capabilities/main.json` allows: `allow-case-list` is `case_list`.
fn listed_commands() -> Result<&'static [&'static str], Box<dyn Error>> {
    let capability: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("capabilities/main.json")?)?;
    let permissions = capability["permissions"]
        .as_array()
        .ok_or("capabilities/main.json has no list of permissions")?;
    let commands: Vec<&'static str> = permissions
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| &*name.replace('-', "_").leak())
        .collect();
    Ok(commands.leak())
}
