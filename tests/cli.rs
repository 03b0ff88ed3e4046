//! The command line on a real vault: verbs, exit codes, JSON.

#[path = "cli/demo.rs"]
mod demo;
#[path = "cli/mail.rs"]
mod mail;
#[path = "cli/providers.rs"]
mod providers;

use std::path::Path;
use std::process::{Command, Output};

use demo::{Demo, program};
use serde_json::Value;

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_demonstration_has_three_people_and_the_same_cases_for_the_same_seed() {
    let (first, second) = (Demo::of(12), Demo::of(12));
    let names: Vec<&str> = first
        .users
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["lead", "analyste", "operateur"]);
    assert_eq!(first.users, second.users);
    let titles = |demo: &Demo| -> Vec<String> {
        let rows = demo.json("operateur", &["case", "list"]);
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["title"].to_string())
            .collect()
    };
    assert_eq!(titles(&first).len(), 12);
    assert_eq!(titles(&first), titles(&second));
}

#[test]
fn a_case_goes_from_a_file_to_a_signed_summary() {
    let demo = Demo::of(3);
    let report = demo.folder.path().join("report.json");
    std::fs::write(
        &report,
        r#"{"urgent": true, "categories": ["phishing"], "narrative": "Courriel au nom de la banque.",
            "organisation": {"name": "Garage Tessonneau", "headcount": 8}, "defences": null}"#,
    )
    .unwrap();
    let made = demo.json("operateur", &["case", "new", "--from", text(&report)]);
    let reference = made["reference"].as_str().unwrap();
    let case = demo.json("analyste", &["case", "show", reference]);
    assert_eq!(case["reference"], reference);
    assert_eq!(case["report"]["defences"]["state"], "unknown");
    assert_eq!(case["report"]["actions"]["state"], "unasked");
    let found = demo.json("analyste", &["case", "list", "--query", "tessonneau"]);
    assert_eq!(found[0]["reference"], reference);

    let out = demo.folder.path().join("out");
    let arguments = [
        "case",
        "pdf",
        reference,
        "--audience",
        "beneficiaire",
        "--out",
        text(&out),
        "--sign",
    ];
    assert_eq!(
        code(&demo.run("analyste", &arguments)),
        1,
        "only the lead signs"
    );
    assert!(demo.run("lead", &arguments).status.success());
    let pdf = out.join(format!("{reference}-synthese.pdf"));
    let signature = out.join(format!("{reference}-synthese.pdf.asc"));
    assert!(
        demo.run("operateur", &["verify", text(&pdf), text(&signature)])
            .status
            .success()
    );
    assert!(
        demo.run("operateur", &["verify", text(&pdf)])
            .status
            .success()
    );

    let mut bytes = std::fs::read(&pdf).unwrap();
    let last = bytes.len() - 10;
    bytes[last] ^= 1;
    std::fs::write(&pdf, bytes).unwrap();
    let bad = demo.run("operateur", &["verify", text(&pdf), text(&signature)]);
    assert_eq!(code(&bad), 1);
    let verdict: Value = serde_json::from_slice(&bad.stdout).unwrap();
    assert_eq!(verdict["kind"], "bad");

    let key = demo.json("operateur", &["key", "export"]);
    assert!(
        key["armoured"]
            .as_str()
            .unwrap()
            .contains("BEGIN PGP PUBLIC KEY BLOCK")
    );
    assert_eq!(demo.json("lead", &["journal", "verify"])["good"], true);
}

#[test]
fn each_refusal_has_its_exit_code() {
    let demo = Demo::of(1);
    assert_eq!(code(&demo.run("lead", &["no-such-verb"])), 2);
    assert_eq!(
        code(&demo.run("lead", &["case", "show", "PDL-1999-0001"])),
        2
    );
    assert_eq!(
        code(&demo.run("lead", &["case", "new", "--from", "/nowhere.json"])),
        2
    );
    let wrong = demo.folder.path().join("wrong.json");
    std::fs::write(&wrong, r#"{"naratif": "x"}"#).unwrap();
    assert_eq!(
        code(&demo.run("lead", &["case", "new", "--from", text(&wrong)])),
        2
    );
    assert_eq!(
        code(&demo.run_with("lead", "pas la bonne", &["case", "list"])),
        3
    );
    assert_eq!(code(&demo.run_with("personne", "x", &["case", "list"])), 2);
    for name in ["vault", "vault.copy"] {
        std::fs::write(demo.vault().join(name), "x").unwrap();
    }
    assert_eq!(code(&demo.run_with("lead", "x", &["case", "list"])), 4);
}

#[test]
fn the_passphrase_may_come_from_a_file() {
    let demo = Demo::of(1);
    let file = demo.folder.path().join("passphrase");
    let passphrase = demo.users[0]["passphrase"].as_str().unwrap();
    std::fs::write(&file, format!("{passphrase}\n")).unwrap();
    let output = Command::new(program())
        .args(["case", "list", "--user", "lead", "--vault"])
        .arg(demo.vault())
        .arg("--passphrase-file")
        .arg(&file)
        .env_remove("RELAIS_PASSPHRASE")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn an_edited_journal_is_a_negative_answer() {
    let demo = Demo::of(2);
    assert_eq!(code(&demo.run("lead", &["journal", "verify"])), 0);
    let passphrase = demo.users[0]["passphrase"].as_str().unwrap();
    let workstation = relais_core::api::Workstation::of_one_vault(&demo.vault());
    let vault = workstation.status("", None).unwrap().vaults.remove(0);
    let lead = vault
        .people
        .iter()
        .find(|face| face.name == "lead")
        .unwrap();
    let session = workstation.unlock(vault.kind, lead.id, passphrase).unwrap();
    session
        .conn()
        .execute_batch("UPDATE entry SET at = at + 1 WHERE id = 3")
        .unwrap();
    drop(session);
    assert_eq!(code(&demo.run("lead", &["journal", "verify"])), 1);
}

#[test]
fn the_rfc_2350_document_is_checked_exported_and_compared() {
    let vault = Demo::of(1);
    let out = vault.folder.path().join("rfc");
    let out = text(&out);
    let checked = vault.run("operateur", &["rfc2350", "check"]);
    let findings: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let blocks = findings
        .as_array()
        .unwrap()
        .iter()
        .any(|found| found["finding"]["level"] == "blocks");
    // The template asks for what only the team knows.
    assert!(blocks, "{findings}");
    assert_eq!(code(&checked), 1);
    let export = ["rfc2350", "export", "--lang", "fr", "--out", out];
    let first = vault.run("analyste", &export);
    assert_eq!(
        code(&first),
        0,
        "{}",
        String::from_utf8_lossy(&first.stderr)
    );
    let pdf = std::fs::read(Path::new(out).join("rfc2350-fr.pdf")).unwrap();
    assert!(!Path::new(out).join("rfc2350-en.pdf").exists());
    // The same draft gives the same bytes: nothing is written beside.
    assert_eq!(code(&vault.run("analyste", &export)), 0);
    assert!(!Path::new(out).join("rfc2350-fr (2).pdf").exists());
    assert_eq!(
        std::fs::read(Path::new(out).join("rfc2350-fr.pdf")).unwrap(),
        pdf
    );
    let signed = ["rfc2350", "export", "--out", out, "--sign"];
    assert_eq!(code(&vault.run("analyste", &signed)), 1);
    assert_eq!(
        code(&vault.run("lead", &["rfc2350", "diff", "draft", "draft"])),
        1
    );
    assert_eq!(
        code(&vault.run("lead", &["rfc2350", "diff", "9.9", "draft"])),
        2
    );
}

#[test]
fn an_export_that_finds_no_room_or_no_right_says_so_and_leaves_nothing() {
    let demo = Demo::of(1);
    let place = demo.folder.path().join("place");
    std::fs::create_dir(&place).unwrap();
    let out = place.join("rfc");
    // A small or a read-only file system, seen by this one process; then what is left on it.
    let on = |options: &str| {
        const ALONE: &str = r#"place=$1; mount -t tmpfs -o "$2" tmpfs "$place" || exit 99; shift 2
            "$@"; code=$?; ls -A "$place"; exit $code"#;
        let passphrase = demo.users[0]["passphrase"].as_str().unwrap();
        Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", ALONE, "sh"])
            .args([text(&place), options])
            .arg(program())
            .args(["--vault", text(&demo.vault()), "--user", "lead", "--json"])
            .args(["rfc2350", "export", "--out", text(&out)])
            .env("RELAIS_PASSPHRASE", passphrase)
            .output()
            .unwrap()
    };
    let large = on("size=1m");
    assert_eq!(code(&large), 0, "{large:?}");
    for (options, why) in [("size=100k", "disk_full"), ("ro", "not_writable")] {
        let refused = on(options);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(code(&refused), 1, "{refused:?}");
        assert!(said.contains(&format!("\"code\":\"{why}\"")), "{said}");
        assert_eq!(refused.stdout, b"", "{options}");
    }
    std::fs::write(&out, b"").unwrap();
    let within = out.join("rfc");
    let arguments = ["rfc2350", "export", "--out", text(&within)];
    let refused = demo.run("lead", &arguments);
    assert_eq!(code(&refused), 1, "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("not_writable"));
}

#[test]
fn the_life_of_the_key_is_the_lead_s() {
    let vault = Demo::of(1);
    let shown = |output: &Output| -> Value { serde_json::from_slice(&output.stdout).unwrap() };
    let before = vault.run("operateur", &["key", "show"]);
    assert_eq!(code(&before), 0);
    assert_eq!(shown(&before)["keys"].as_array().unwrap().len(), 4);
    assert_eq!(code(&vault.run("analyste", &["key", "rotate", "mail"])), 1);
    let rotated = vault.run("lead", &["key", "rotate", "mail"]);
    assert_eq!(
        code(&rotated),
        0,
        "{}",
        String::from_utf8_lossy(&rotated.stderr)
    );
    assert_eq!(shown(&rotated)["keys"].as_array().unwrap().len(), 5);
    let web = vault.folder.path().join("web");
    let written = vault.run("operateur", &["key", "wkd", "--out", text(&web)]);
    assert_eq!(code(&written), 0);
    assert!(web.join(".well-known/openpgpkey").is_dir());
    let paper = vault.run("lead", &["key", "revoke", "--prepare"]);
    assert!(
        shown(&paper)["armoured"]
            .as_str()
            .unwrap()
            .contains("BEGIN PGP")
    );
    assert_eq!(
        shown(&vault.run("lead", &["key", "show"]))["revoked"],
        false
    );
}
