//! Reads the names of the window's commands in the four places that must agree, and the
//! verbs of the command line.

use std::collections::{BTreeMap, BTreeSet};

/// Functions marked as commands in the shell.
pub fn declared_commands(text: &str) -> BTreeSet<String> {
    let after_mark = text.split("#[tauri::command").skip(1);
    after_mark
        .filter_map(|rest| Some(identifier(rest.split_once("fn ")?.1)))
        .collect()
}

/// Functions given to `generate_handler!`.
pub fn handled_commands(text: &str) -> BTreeSet<String> {
    let Some((_, rest)) = text.split_once("generate_handler![") else {
        return BTreeSet::new();
    };
    let list = rest.split(']').next().unwrap_or_default();
    let lines = list
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    let names = lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names
        .filter_map(|path| path.rsplit("::").next())
        .map(str::to_owned)
        .collect()
}

/// Commands that the capability file allows.
pub fn allowed_commands(text: &str) -> BTreeSet<String> {
    let capability: serde_json::Value = serde_json::from_str(text).unwrap();
    let permissions = capability["permissions"].as_array().unwrap().iter();
    permissions
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

/// Commands that the interface calls: `invoke<Type>('name'`.
pub fn invoked_commands(text: &str) -> BTreeSet<String> {
    let calls = text.split("invoke").skip(1);
    calls
        .filter_map(|rest| {
            let (generics, argument) = rest.split_once('(')?;
            let generics = generics.trim();
            let call =
                generics.is_empty() || (generics.starts_with('<') && generics.ends_with('>'));
            let name = argument.trim_start().strip_prefix(['\'', '"'])?;
            call.then(|| identifier(name))
        })
        .collect()
}

pub fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect()
}

/// What is in one of the places and missing in another.
pub fn disagreements(places: &BTreeMap<&str, BTreeSet<String>>) -> Vec<String> {
    let all: BTreeSet<String> = places.values().flatten().cloned().collect();
    let missing = places
        .iter()
        .map(|(place, commands)| (place, &all - commands))
        .filter(|(_, missing)| !missing.is_empty());
    missing
        .map(|(place, names)| {
            format!("{place}: these commands exist elsewhere, not here: {names:?}")
        })
        .collect()
}

/// Names of the variants of each enum that derives clap's `Subcommand`, as typed on a command line.
pub fn verbs(text: &str) -> Vec<String> {
    let mut verbs = Vec::new();
    for declaration in text.split("#[derive(").skip(1) {
        let Some((derives, rest)) = declaration.split_once(")]") else {
            continue;
        };
        if !derives.contains("Subcommand") {
            continue;
        }
        let mut depth = 0;
        for line in rest.lines() {
            let line = line.trim();
            if depth == 1 && line.starts_with(|c: char| c.is_ascii_uppercase()) {
                let mut verb = String::new();
                for character in identifier(line).chars() {
                    if character.is_ascii_uppercase() && !verb.is_empty() {
                        verb.push('-');
                    }
                    verb.push(character.to_ascii_lowercase());
                }
                verbs.push(verb);
            }
            depth +=
                line.matches(['{', '(']).count() as i32 - line.matches(['}', ')']).count() as i32;
            if depth <= 0 && line.contains('}') {
                break;
            }
        }
    }
    verbs
}
