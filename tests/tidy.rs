//! The invariants of the house, held by reading the sources: what may import what,
//! what the window may call, what must appear nowhere. Each finding names a file, a
//! line and the reason. The README's "What is deliberately absent" lists them.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "tidy/commands.rs"]
mod commands;
#[path = "tidy/proofs.rs"]
mod each_rule_can_fail;
#[path = "tidy/interface.rs"]
mod interface;

/// A file of the repository: its path from the root, with slashes, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// Numbered lines without whole-line comments and without the test module at the end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let comment = ["//", "/*", "* ", "<!--"];
        let tests = self
            .text
            .find("#[cfg(test)]\nmod ")
            .unwrap_or(self.text.len());
        self.text[..tests]
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(move |(_, line)| {
                !comment
                    .iter()
                    .any(|mark| line.trim_start().starts_with(mark))
            })
    }

    /// A finding for each line of code that holds one of `words`.
    fn lines_with(&self, words: &[&str], reason: &str) -> Vec<String> {
        self.code()
            .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
            .map(|(number, _)| format!("{}:{number}: {reason}", self.path))
            .collect()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every text file of the repository but what is built, downloaded or ignored.
fn sources() -> Vec<Source> {
    const SKIPPED: [&str; 6] = [
        ".git",
        "target",
        "node_modules",
        "dist",
        "gen",
        ".svelte-kit",
    ];
    let root = root();
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            // In a work tree of its own `.git` is a file.
            if SKIPPED.contains(&name.as_str()) {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if let Ok(text) = fs::read_to_string(entry.path()) {
                let path = entry
                    .path()
                    .strip_prefix(&root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 20, "the repository was not found");
    sources
}

/// Runs `rule` on each source and fails with all that it finds.
fn hold(rule: impl Fn(&Source) -> Vec<String>) {
    fail_on(sources().iter().flat_map(rule).collect());
}

fn fail_on(findings: Vec<String>) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

// Rust: who may import whom.

const CORE: &str = "src-tauri/core/src/";
const MODULES: [&str; 10] = [
    "api",
    "db",
    "domain",
    "journal",
    "mail",
    "net",
    "pgp",
    "reference",
    "report",
    "vault",
];

/// The modules of the core that a module may name.
fn may_import(module: &str) -> &'static [&'static str] {
    match module {
        "domain" => &[],
        "journal" => &["db", "domain"],
        "mail" => &["domain", "pgp"],
        "api" => &MODULES,
        _ => &["domain"],
    }
}

/// Modules that a line of Rust names from the crate's root.
fn named_modules(line: &str) -> impl Iterator<Item = &'static str> {
    let line = line.replace("super::super::", "crate::");
    MODULES.into_iter().filter(move |module| {
        line.match_indices("crate::").any(|(at, start)| {
            let rest = &line[at + start.len()..];
            let first_of =
                |path: &str| path.trim().split([':', ',', ';', ' ', '}']).next() == Some(module);
            match rest.strip_prefix('{') {
                Some(group) => top_level_parts(group).iter().any(|part| first_of(part)),
                None => first_of(rest),
            }
        })
    })
}

/// `a::{b, c}, d}` gives `a::{b, c}` and `d`.
fn top_level_parts(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    parts
}

fn core_directions(source: &Source) -> Vec<String> {
    let Some(inside) = source.path.strip_prefix(CORE) else {
        return Vec::new();
    };
    let Some(module) = inside
        .split(['/', '.'])
        .next()
        .filter(|module| MODULES.contains(module))
    else {
        return Vec::new();
    };
    source
        .code()
        .flat_map(|(number, line)| named_modules(line).map(move |named| (number, named)))
        .filter(|(_, named)| *named != module && !may_import(module).contains(named))
        .map(|(number, named)| {
            format!(
                "{}:{number}: {module} must not know {named}; api composes them",
                source.path
            )
        })
        .collect()
}

fn domain_is_pure(source: &Source) -> Vec<String> {
    const IMPURE: [&str; 14] = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant",
        "Utc::now",
        "Local::now",
        "now_v7",
        "new_v4",
        "getrandom",
        "thread_rng",
        "rand::rng",
    ];
    if !source.is_under("src-tauri/core/src/domain") {
        return Vec::new();
    }
    source.lines_with(
        &IMPURE,
        "domain does no I/O and reads no clock: pass time and randomness in",
    )
}

fn only_pgp_knows_sequoia(source: &Source) -> Vec<String> {
    if !source.has_extension(&["rs"])
        || source.is_under("src-tauri/core/src/pgp/")
        || source.is_under("tests/tidy")
    {
        return Vec::new();
    }
    source.lines_with(
        &["sequoia_openpgp", "sequoia::"],
        "only core/src/pgp imports sequoia",
    )
}

fn core_knows_no_window(source: &Source) -> Vec<String> {
    if !source.is_under("src-tauri/core/") && !source.is_under("src-tauri/cli/") {
        return Vec::new();
    }
    source.lines_with(
        &["tauri::", "tauri.workspace", "tauri ="],
        "only the shell knows Tauri",
    )
}

// Everywhere.

fn files_stay_short(source: &Source) -> Vec<String> {
    // Made from Rust, or one list of sentences.
    let listed = source.path.ends_with("generated.ts");
    let lines = source.text.lines().count();
    if listed || lines <= 600 || !source.has_extension(&["rs", "ts", "svelte", "css", "sql"]) {
        return Vec::new();
    }
    vec![format!(
        "{}:{lines}: more than 600 lines: one idea per file",
        source.path
    )]
}

fn no_foreign_place(source: &Source) -> Vec<String> {
    // Written in two halves so that this file does not hold what it looks for.
    let forbidden = [
        (
            concat!("osz", "ar"),
            "a link through the proxy of the captured documents",
        ),
        (concat!("/wo", "rk/"), "a path of one machine"),
        (concat!("/ro", "ot/"), "a path of one machine"),
        (concat!("/home", "/runner"), "a path of one machine"),
        (concat!("art", "ifactory"), "a private registry"),
    ];
    let lower = source.text.to_lowercase();
    let lines = lower.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            forbidden
                .iter()
                .map(move |(word, reason)| (index, line, word, reason))
        })
        .filter(|(_, line, word, _)| line.contains(*word))
        .map(|(index, _, _, reason)| format!("{}:{}: {reason}", source.path, index + 1))
        .collect()
}

fn packages_come_from_public_registries(source: &Source) -> Vec<String> {
    let (key, registry) = match source.path.rsplit('/').next() {
        // npm finds packages by name: an address in the lock file is one of somebody's machine.
        Some("package-lock.json") => ("\"resolved\": \"", "\"resolved\": \"file:"),
        Some("Cargo.lock") => (
            "source = ",
            "source = \"registry+https://github.com/rust-lang/crates.io-index\"",
        ),
        _ => return Vec::new(),
    };
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| line.contains(key) && !line.contains(registry))
        .map(|(index, _)| {
            format!(
                "{}:{}: not from the public registry",
                source.path,
                index + 1
            )
        })
        .collect()
}

mod the_repository {
    use std::collections::{BTreeMap, BTreeSet};

    use super::commands::*;
    use super::interface::*;
    use super::*;

    #[test]
    fn the_modules_of_the_core_know_only_those_beneath_them() {
        hold(core_directions);
    }

    #[test]
    fn the_domain_does_no_input_or_output_and_reads_no_clock() {
        hold(domain_is_pure);
    }

    #[test]
    fn only_one_module_knows_sequoia() {
        hold(only_pgp_knows_sequoia);
    }

    #[test]
    fn the_core_and_the_command_line_know_no_window() {
        hold(core_knows_no_window);
    }

    #[test]
    fn the_interface_has_one_door_to_the_host() {
        hold(one_door_to_the_host);
    }

    #[test]
    fn features_of_the_interface_do_not_know_each_other() {
        hold(features_stay_apart);
    }

    #[test]
    fn no_markup_or_store_breaks_the_content_policy() {
        hold(no_markup_that_the_policy_forbids);
    }

    #[test]
    fn nothing_is_loaded_from_a_network() {
        hold(no_remote_resource);
    }

    #[test]
    fn no_file_grows_past_six_hundred_lines() {
        hold(files_stay_short);
    }

    #[test]
    fn no_proxy_and_no_machine_is_named() {
        hold(no_foreign_place);
    }

    #[test]
    fn packages_are_the_public_ones() {
        hold(packages_come_from_public_registries);
    }

    #[test]
    fn the_window_calls_exactly_the_commands_that_exist() {
        let sources = sources();
        let shell = |folder: &str| -> String {
            let files = sources.iter().filter(|source| source.is_under(folder));
            files
                .map(|source| source.text.as_str())
                .collect::<Vec<_>>()
                .join("\n")
        };
        let places = BTreeMap::from([
            (
                "src-tauri/src/commands",
                declared_commands(&shell("src-tauri/src/commands")),
            ),
            (
                "generate_handler! in src-tauri/src",
                handled_commands(&shell("src-tauri/src/")),
            ),
            (
                "src-tauri/capabilities/main.json",
                allowed_commands(&read("src-tauri/capabilities/main.json")),
            ),
            (
                "ui/src/lib/api/client.ts",
                invoked_commands(&read("ui/src/lib/api/client.ts")),
            ),
        ]);
        fail_on(disagreements(&places));
    }

    #[test]
    fn the_window_is_shut_to_the_world() {
        let capability: serde_json::Value =
            serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
        assert_eq!(capability["windows"], serde_json::json!(["main"]));
        assert_eq!(
            fs::read_dir(root().join("src-tauri/capabilities"))
                .unwrap()
                .count(),
            1
        );

        let shell: serde_json::Value =
            serde_json::from_str(&read("src-tauri/tauri.conf.json")).unwrap();
        assert_eq!(shell["app"]["withGlobalTauri"], false);
        assert_eq!(shell["app"]["security"]["freezePrototype"], true);
        assert!(shell["build"]["devUrl"].is_null() && shell["plugins"].is_null());
        let policy = shell["app"]["security"]["csp"].as_str().unwrap();
        assert!(
            policy.starts_with("default-src 'self';") && !policy.contains("unsafe"),
            "{policy}"
        );
        for closed in ["object-src", "frame-src", "base-uri", "form-action"] {
            assert!(
                policy.contains(&format!("{closed} 'none'")),
                "{closed} is open"
            );
        }
    }

    #[test]
    fn each_verb_of_the_command_line_is_in_the_readme() {
        let readme = read("README.md");
        let table: Vec<&str> = readme
            .lines()
            .filter(|line| line.starts_with("| `"))
            .collect();
        let sources = sources();
        let verbs: Vec<String> = sources
            .iter()
            .filter(|source| source.is_under("src-tauri/cli/src/"))
            .flat_map(|source| verbs(&source.text))
            .collect();
        assert!(!verbs.is_empty(), "relais-cli has no verb");
        let missing = |verb: &&String| !table.iter().any(|row| row.contains(verb.as_str()));
        fail_on(
            verbs
                .iter()
                .filter(missing)
                .map(|verb| format!("README.md: no row for `{verb}`"))
                .collect(),
        );
    }

    #[test]
    fn the_readme_shows_only_what_is_there() {
        let readme = read("README.md");
        let targets = readme
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let local = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
        let missing = local.filter(|target| !root().join(target).exists());
        fail_on(
            missing
                .map(|target| format!("README.md: {target} does not exist"))
                .collect(),
        );
    }

    #[test]
    fn the_top_folder_holds_only_what_the_readme_explains() {
        const KEPT: [&str; 15] = [
            ".ci",
            ".gitignore",
            "CHANGELOG.md",
            "Cargo.lock",
            "Cargo.toml",
            "LICENSE",
            "README.md",
            "clippy.toml",
            "deny.toml",
            "dev",
            "icons",
            "rustfmt.toml",
            "src-tauri",
            "tests",
            "ui",
        ];
        let entries = fs::read_dir(root())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let found: BTreeSet<String> = entries
            .filter(|name| name != ".git" && name != "target")
            .collect();
        assert_eq!(found, KEPT.map(str::to_owned).into());
    }

    #[test]
    fn continuous_integration_runs_what_a_person_runs() {
        assert!(read(".ci/run").ends_with("exec ./dev test\n"));
    }
}
