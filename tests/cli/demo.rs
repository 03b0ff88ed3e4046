//! A demonstration vault, and the program on it.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The program, built beside this test.
pub fn program() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    if path.ends_with("deps") {
        path.pop();
    }
    let program = path.join("relais-cli");
    assert!(
        program.exists(),
        "{} is missing: build the whole workspace",
        program.display()
    );
    program
}

/// A demonstration vault with its people.
pub struct Demo {
    pub folder: TempDir,
    pub users: Value,
}

impl Demo {
    pub fn of(cases: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("vault");
        let output = Command::new(program())
            .args([
                "demo",
                "--json",
                "--cases",
                &cases.to_string(),
                "--seed",
                "7",
                "--vault",
            ])
            .arg(&vault)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let made: Value = serde_json::from_slice(&output.stdout).unwrap();
        Self {
            folder,
            users: made["users"].clone(),
        }
    }

    pub fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    pub fn passphrase(&self, user: &str) -> &str {
        let users = self.users.as_array().unwrap();
        let known = users.iter().find(|known| known["name"] == user).unwrap();
        known["passphrase"].as_str().unwrap()
    }

    pub fn run(&self, user: &str, arguments: &[&str]) -> Output {
        self.run_with(user, self.passphrase(user), arguments)
    }

    pub fn run_with(&self, user: &str, passphrase: &str, arguments: &[&str]) -> Output {
        Command::new(program())
            .arg("--vault")
            .arg(self.vault())
            .args(["--user", user, "--json"])
            .args(arguments)
            .env("RELAIS_PASSPHRASE", passphrase)
            .output()
            .unwrap()
    }

    pub fn json(&self, user: &str, arguments: &[&str]) -> Value {
        let output = self.run(user, arguments);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }
}
