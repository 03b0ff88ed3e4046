//! Running those who read what was published: poppler, sectxt, the W3C's validator, the core utilities.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn judges() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/judges")
}

fn ask(command: &mut Command, missing: &str) -> Output {
    command.output().unwrap_or_else(|problem| {
        panic!("{command:?} does not start ({problem}): {missing}");
    })
}

fn told(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8_lossy(&both).into_owned()
}

/// The words of a PDF, one space between them.
pub fn pdftotext(file: &Path) -> String {
    let output = ask(
        Command::new("pdftotext").arg(file).arg("-"),
        "install the Debian package poppler-utils",
    );
    assert!(output.status.success(), "{}", told(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the files of a folder are those of its manifest; what it names and the folder lacks is passed over.
pub fn manifest_holds(folder: &Path) -> bool {
    let mut command = Command::new("sha256sum");
    command
        .args(["--check", "--strict", "--ignore-missing", "SHA256SUMS"])
        .current_dir(folder);
    ask(&mut command, "install the Debian package coreutils")
        .status
        .success()
}

/// What sectxt found in a security.txt.
#[derive(Debug)]
pub struct SecurityTxt {
    /// Codes of what breaks RFC 9116.
    pub errors: Vec<String>,
    /// Codes of what could be better.
    pub advice: Vec<String>,
    pub mails: Vec<String>,
    pub telephones: Vec<String>,
    pub languages: Vec<String>,
}

/// Has a file read by sectxt.
pub fn sectxt(file: &Path) -> SecurityTxt {
    let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("judges/sectxt/judge.py");
    let python = judges().join("sectxt/bin/python");
    let output = ask(
        Command::new(python).arg(judge).arg(file),
        "run tests/judges/sectxt/install",
    );
    assert!(output.status.success(), "{}", told(&output));
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = |name: &str| -> Vec<String> {
        let values = said[name].as_array().cloned().unwrap_or_default();
        let texts = values
            .iter()
            .map(|value| value.as_str().unwrap().to_owned());
        texts.collect()
    };
    SecurityTxt {
        errors: list("errors"),
        advice: [list("recommendations"), list("notifications")].concat(),
        mails: list("mails"),
        telephones: list("telephones"),
        languages: list("languages"),
    }
}

/// What the W3C's validator objects to in pages, errors and warnings.
pub fn vnu(pages: &[&Path]) -> Vec<String> {
    let found = std::fs::read_dir(judges()).ok().into_iter().flatten();
    let jar = found
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("vnu-") && name.ends_with(".jar")
        })
        .unwrap_or_else(|| panic!("the judge vnu is missing: run tests/judges/vnu/install"));
    let output = ask(
        Command::new("java")
            .arg("-jar")
            .arg(jar)
            .args(["--format", "json", "--exit-zero-always"])
            .args(pages),
        "install the Debian package default-jre-headless",
    );
    // It speaks on the error stream.
    let said: Value = serde_json::from_slice(&output.stderr)
        .unwrap_or_else(|problem| panic!("vnu gave no verdict ({problem}): {}", told(&output)));
    let messages = said["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|message| format!("{}: {}", message["type"], message["message"]))
        .collect()
}
