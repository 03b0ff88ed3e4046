//! Each rule finds what it is there to find.

use std::collections::{BTreeMap, BTreeSet};

use super::commands::*;
use super::interface::*;
use super::*;

fn finds(rule: fn(&Source) -> Vec<String>, path: &str, text: &str) -> usize {
    rule(&Source {
        path: path.to_owned(),
        text: text.to_owned(),
    })
    .len()
}

#[test]
fn imports_between_core_modules() {
    let file = "src-tauri/core/src/vault/slot.rs";
    assert_eq!(finds(core_directions, file, "use crate::domain::Role;"), 0);
    assert_eq!(finds(core_directions, file, "use crate::db::open;"), 1);
    assert_eq!(
        finds(
            core_directions,
            file,
            "use crate::{domain::case::{Case, pgp}, db};"
        ),
        1
    );
    assert_eq!(
        finds(core_directions, file, "let x = super::super::pgp::sign();"),
        1
    );
    assert_eq!(finds(core_directions, file, "// crate::db explains it"), 0);
    assert_eq!(
        finds(
            core_directions,
            file,
            "#[cfg(test)]\nmod tests {\nuse crate::db;"
        ),
        0
    );
    assert_eq!(
        finds(
            core_directions,
            "src-tauri/core/src/domain/case.rs",
            "crate::db::row()"
        ),
        1
    );
    assert_eq!(
        finds(
            core_directions,
            "src-tauri/core/src/api/cases.rs",
            "use crate::db;"
        ),
        0
    );
}

#[test]
fn rust_rules() {
    assert_eq!(
        finds(
            domain_is_pure,
            "src-tauri/core/src/domain/duty.rs",
            "let n = Utc::now();"
        ),
        1
    );
    assert_eq!(
        finds(
            domain_is_pure,
            "src-tauri/core/src/api/duty.rs",
            "let n = Utc::now();"
        ),
        0
    );
    assert_eq!(
        finds(
            only_pgp_knows_sequoia,
            "src-tauri/core/src/mail/mime.rs",
            "use sequoia_openpgp as openpgp;"
        ),
        1
    );
    assert_eq!(
        finds(
            only_pgp_knows_sequoia,
            "src-tauri/core/src/pgp/sign.rs",
            "use sequoia_openpgp as openpgp;"
        ),
        0
    );
    assert_eq!(
        finds(
            core_knows_no_window,
            "src-tauri/cli/Cargo.toml",
            "tauri.workspace = true"
        ),
        1
    );
}

#[test]
fn interface_rules() {
    let card = "ui/src/features/cases/Card.svelte";
    assert_eq!(
        finds(
            one_door_to_the_host,
            card,
            "import { invoke } from '@tauri-apps/api/core';"
        ),
        1
    );
    assert_eq!(
        finds(
            features_stay_apart,
            card,
            "import X from '../mail/X.svelte';"
        ),
        1
    );
    assert_eq!(
        finds(
            features_stay_apart,
            card,
            "import X from './parts/X.svelte';"
        ),
        0
    );
    assert_eq!(
        finds(
            features_stay_apart,
            "ui/src/shared/Table.svelte",
            "import X from '../features/mail/X';"
        ),
        1
    );
    assert_eq!(
        finds(
            features_stay_apart,
            "ui/src/App.svelte",
            "import X from './features/mail/X.svelte';"
        ),
        0
    );
    assert_eq!(
        finds(
            no_markup_that_the_policy_forbids,
            card,
            "<p style=\"color: red\">"
        ),
        1
    );
    assert_eq!(
        finds(no_markup_that_the_policy_forbids, card, "{@html note}"),
        1
    );
    assert_eq!(
        finds(
            no_markup_that_the_policy_forbids,
            card,
            "localStorage.draft = text"
        ),
        1
    );
    assert_eq!(
        finds(
            no_markup_that_the_policy_forbids,
            card,
            "<p data-style={x} style:color={y}>"
        ),
        0
    );
    assert_eq!(
        finds(
            no_remote_resource,
            card,
            "<img src=\"https://cdn.example/a.png\">"
        ),
        1
    );
    assert_eq!(
        finds(no_remote_resource, card, "<input placeholder=\"https://\">"),
        0
    );
    assert_eq!(
        finds(no_remote_resource, card, "fetch(`https://{host}/`)"),
        1
    );
    assert_eq!(
        finds(
            no_remote_resource,
            card,
            "<svg xmlns=\"http://www.w3.org/2000/svg\">"
        ),
        0
    );
}

#[test]
fn rules_for_every_file() {
    assert_eq!(
        finds(files_stay_short, "ui/src/App.svelte", &"x\n".repeat(601)),
        1
    );
    assert_eq!(
        finds(files_stay_short, "ui/src/App.svelte", &"x\n".repeat(600)),
        0
    );
    assert_eq!(
        finds(
            no_foreign_place,
            "README.md",
            concat!("https://www.first.org.OSZ", "AR.com/tlp")
        ),
        1
    );
    assert_eq!(
        finds(
            packages_come_from_public_registries,
            "ui/package-lock.json",
            "\"resolved\": \"https://npm.example/a.tgz\""
        ),
        1
    );
    assert_eq!(
        finds(
            packages_come_from_public_registries,
            "Cargo.lock",
            "source = \"git+https://git.example/a\""
        ),
        1
    );
}

#[test]
fn commands_are_read_in_each_place() {
    let one = BTreeSet::from(["case_list".to_owned()]);
    assert_eq!(
        declared_commands("#[tauri::command(async)]\npub fn case_list(state: State<'_>) {}"),
        one
    );
    assert_eq!(
        handled_commands("generate_handler![\n // cases\n commands::cases::case_list,\n]"),
        one
    );
    assert_eq!(
        allowed_commands(r#"{"permissions": ["core:event:allow-listen", "allow-case-list"]}"#),
        one
    );
    assert_eq!(
        invoked_commands(
            "import { invoke } from 'x';\n list: () => invoke<A<B>>(\n 'case_list', {})"
        ),
        one
    );
    let places = BTreeMap::from([("here", one), ("there", BTreeSet::new())]);
    assert_eq!(
        disagreements(&places),
        ["there: these commands exist elsewhere, not here: {\"case_list\"}"]
    );
}

#[test]
fn verbs_are_read_from_the_command_line() {
    let text = "#[derive(Debug, Subcommand)]\nenum Verb {\n /// New.\n New {\n #[arg(long)]\n from: PathBuf,\n },\n JournalVerify(Place),\n}\n#[derive(Args)]\nstruct Other { A: u8 }";
    assert_eq!(verbs(text), ["new", "journal-verify"]);
}
