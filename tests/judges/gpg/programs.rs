//! Running the judges, each in a home of its own.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// What a judge answered.
#[derive(Debug)]
pub struct Answer {
    pub ok: bool,
    pub out: Vec<u8>,
    pub err: String,
}

impl Answer {
    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// gpg's lines for programs, which do not change with the language.
    pub fn status(&self) -> &str {
        &self.err
    }
}

/// gpg with an empty key ring. The directory has a short name, since the agent's socket may lie
/// in it and a socket's path has at most 108 bytes.
pub struct Gpg {
    home: TempDir,
}

impl Gpg {
    pub fn new() -> Self {
        Self {
            home: tempfile::Builder::new()
                .prefix("rg")
                .rand_bytes(8)
                .tempdir()
                .unwrap(),
        }
    }

    /// Where it is at home.
    pub fn folder(&self) -> &Path {
        self.home.path()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// A file that a judge wrote.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder().join(name)).unwrap()
    }

    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Answer {
        judge(
            "gpg",
            &[
                &["--batch", "--yes", "--no-tty", "--status-fd", "2"],
                arguments,
            ]
            .concat(),
            input,
            self,
        )
    }

    pub fn import(&self, key: &[u8]) {
        let imported = self.run(&["--import"], key);
        assert!(imported.ok, "{imported:?}");
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        // The agent that gpg started in this home ends with it.
        let _ = Command::new("gpgconf")
            .env("GNUPGHOME", self.folder())
            .args(["--kill", "all"])
            .status();
    }
}

/// Runs a judge in the home's directory.
pub fn judge(program: &str, arguments: &[&str], input: &[u8], home: &Gpg) -> Answer {
    let package = match program {
        "gpg" => "gnupg",
        "rnpkeys" => "rnp",
        other => other,
    };
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(home.folder())
        .env("GNUPGHOME", home.folder())
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| {
            panic!("the judge {program} does not start ({e}): install the Debian package {package}")
        });
    // All inputs here are smaller than a pipe's buffer; a judge that reads none closes it.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Answer {
        ok: output.status.success(),
        out: output.stdout,
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
