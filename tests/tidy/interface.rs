//! The interface: who may import whom, and what a page may hold.

use super::Source;

pub fn in_interface(source: &Source) -> bool {
    source.is_under("ui/src/") && source.has_extension(&["ts", "svelte", "css", "html"])
}

pub fn one_door_to_the_host(source: &Source) -> Vec<String> {
    if !in_interface(source) || source.path == "ui/src/lib/api/client.ts" {
        return Vec::new();
    }
    source.lines_with(
        &["@tauri-apps", "__TAURI"],
        "only lib/api/client.ts speaks to the host",
    )
}

/// The feature that a path lies in.
pub fn feature(path: &str) -> Option<&str> {
    path.split_once("features/")?.1.split('/').next()
}

/// What a line of TypeScript imports, resolved against its file where it is relative.
pub fn imports(path: &str, line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in [
        "from '",
        "from \"",
        "import '",
        "import \"",
        "import('",
        "import(\"",
        "@import '",
        "@import \"",
    ] {
        for (at, _) in line.match_indices(start) {
            let rest = &line[at + start.len()..];
            let import = rest.split(['\'', '"']).next().unwrap_or_default();
            if !import.starts_with('.') {
                found.push(import.to_owned());
                continue;
            }
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for part in import.split('/') {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            found.push(parts.join("/"));
        }
    }
    found
}

pub fn features_stay_apart(source: &Source) -> Vec<String> {
    if !in_interface(source) {
        return Vec::new();
    }
    let own = feature(&source.path);
    let low = source.is_under("ui/src/shared/") || source.is_under("ui/src/lib/");
    source
        .code()
        .flat_map(|(number, line)| {
            imports(&source.path, line)
                .into_iter()
                .map(move |import| (number, import))
        })
        .filter_map(|(number, import)| {
            let other = feature(&import)?;
            let reason = match own {
                Some(own) if own != other => {
                    format!("feature {own} must not import feature {other}")
                }
                None if low => format!("shared and lib know no feature, here {other}"),
                _ => return None,
            };
            Some(format!("{}:{number}: {reason}", source.path))
        })
        .collect()
}

pub fn no_markup_that_the_policy_forbids(source: &Source) -> Vec<String> {
    if !in_interface(source) {
        return Vec::new();
    }
    let mut findings = source.lines_with(
        &["{@html", "innerHTML", "insertAdjacentHTML"],
        "text is shown as text, never parsed as HTML",
    );
    if source.has_extension(&["svelte", "html"]) {
        findings.extend(source.lines_with(
            &[" style=", "\tstyle="],
            "the content policy allows no style attribute",
        ));
    }
    findings.extend(source.lines_with(
        &[
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "document.cookie",
        ],
        "the web view would write it in clear; keep it in the vault or the preferences",
    ));
    findings
}

pub fn no_remote_resource(source: &Source) -> Vec<String> {
    // Sentences may name an address that a person types elsewhere.
    let sentences = source.is_under("ui/src/lib/messages/") || source.path.ends_with(".test.ts");
    let pages = in_interface(source) && !sentences;
    if !pages && !["ui/index.html", "src-tauri/tauri.conf.json"].contains(&source.path.as_str()) {
        return Vec::new();
    }
    source
        .code()
        .filter(|(_, line)| {
            // A name space and the bridge to the host are no addresses on a network.
            let line = line
                .replace("http://www.w3.org/", "")
                .replace("http://ipc.localhost", "");
            let mut addresses = line.split("http").skip(1);
            addresses.any(|rest| {
                let after = rest.trim_start_matches('s').strip_prefix("://");
                after
                    .is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '{'))
            })
        })
        .map(|(number, _)| {
            format!(
                "{}:{number}: no remote resource: the window works offline",
                source.path
            )
        })
        .collect()
}
