//! gpg, qpdf, poppler and the core utilities, which we did not write, in a folder of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::finding::plain;
use crate::harness::Outcome;

/// A home for gpg that holds only what it was given.
pub struct Judges {
    home: TempDir,
}

impl Judges {
    pub fn new() -> Outcome<Self> {
        // A short name: the socket of gpg's agent lies in it.
        let home = tempfile::Builder::new().prefix("rj").tempdir()?;
        Ok(Self { home })
    }

    fn run(&self, program: &str, arguments: &[&Path]) -> Outcome<Output> {
        Command::new(program)
            .args(arguments)
            .env("GNUPGHOME", self.home.path())
            .output()
            .map_err(|problem| format!("{program} is missing, run ./dev setup: {problem}").into())
    }

    fn gpg(&self, arguments: &[&Path]) -> Outcome<Output> {
        let always = ["--batch", "--no-tty", "--status-fd", "2"].map(Path::new);
        self.run("gpg", &[&always, arguments].concat())
    }

    pub fn gpg_imports(&self, armoured: &str) -> Outcome {
        let file = self.home.path().join("key.asc");
        fs::write(&file, armoured)?;
        let answer = self.gpg(&[Path::new("--import"), &file])?;
        done("gpg --import", &answer)
    }

    /// Imports a key, armoured or not.
    pub fn gpg_imports_file(&self, file: &Path) -> Outcome {
        done("gpg --import", &self.gpg(&[Path::new("--import"), file])?)
    }

    /// Opens a back-up with its password and imports the secret key inside.
    pub fn gpg_opens_and_imports(&self, sealed: &Path, password: &str) -> Outcome {
        let opened = self.home.path().join("opened.key");
        let answer = self.gpg(
            &[
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                password,
                "--output",
            ]
            .map(Path::new)
            .iter()
            .copied()
            .chain([opened.as_path(), Path::new("--decrypt"), sealed])
            .collect::<Vec<_>>(),
        )?;
        done("gpg --decrypt", &answer)?;
        self.gpg_imports_file(&opened)
    }

    /// The public keys, for programs to read.
    pub fn gpg_lists(&self) -> Outcome<String> {
        self.listing("--list-keys")
    }

    /// The secret keys.
    pub fn gpg_lists_secrets(&self) -> Outcome<String> {
        self.listing("--list-secret-keys")
    }

    fn listing(&self, what: &str) -> Outcome<String> {
        let answer = self.gpg(&["--with-colons", what].map(Path::new))?;
        done(what, &answer)?;
        Ok(String::from_utf8(answer.stdout)?)
    }

    /// Whether gpg finds the signature good; a broken run is an error, not a verdict.
    pub fn gpg_says_good(&self, signature: &Path, document: &Path) -> Outcome<bool> {
        self.gpg_verifies(&[signature, document])
    }

    fn gpg_verifies(&self, files: &[&Path]) -> Outcome<bool> {
        let answer = self.gpg(&[&[Path::new("--verify")], files].concat())?;
        let status = String::from_utf8_lossy(&answer.stderr);
        match (
            answer.status.success(),
            status.contains("[GNUPG:] GOODSIG "),
        ) {
            (true, true) => Ok(true),
            (false, false) if status.contains("[GNUPG:] BADSIG ") => Ok(false),
            _ => Err(format!("gpg --verify: {status}").into()),
        }
    }

    pub fn qpdf_finds_nothing_wrong(&self, document: &Path) -> Outcome {
        done(
            "qpdf --check",
            &self.run("qpdf", &[Path::new("--check"), document])?,
        )
    }

    /// Whether gpg finds a text that is signed in clear good.
    pub fn gpg_says_good_in_clear(&self, text: &Path) -> Outcome<bool> {
        self.gpg_verifies(&[text])
    }

    /// The files of a folder are those of its manifest; what the manifest names and the folder lacks is passed over.
    pub fn manifest_holds(folder: &Path) -> Outcome {
        let answer = Command::new("sha256sum")
            .args(["--check", "--strict", "--ignore-missing", "SHA256SUMS"])
            .current_dir(folder)
            .output()?;
        done("sha256sum --check", &answer)
    }

    /// The text of a document, one kind of white space.
    pub fn pdftotext(&self, document: &Path) -> Outcome<String> {
        let answer = self.run("pdftotext", &[document, Path::new("-")])?;
        done("pdftotext", &answer)?;
        Ok(plain(&String::from_utf8(answer.stdout)?))
    }

    /// A copy of the document with one byte changed.
    pub fn modified(&self, document: &Path) -> Outcome<PathBuf> {
        let mut bytes = fs::read(document)?;
        let middle = bytes.len() / 2;
        *bytes.get_mut(middle).ok_or("an empty document")? ^= 1;
        let copy = self.home.path().join("modified.pdf");
        fs::write(&copy, bytes)?;
        Ok(copy)
    }
}

impl Drop for Judges {
    fn drop(&mut self) {
        // The agent that gpg started in this home ends with it.
        Command::new("gpgconf")
            .args(["--kill", "all"])
            .env("GNUPGHOME", self.home.path())
            .output()
            .ok();
    }
}

fn done(what: &str, answer: &Output) -> Outcome {
    if answer.status.success() {
        return Ok(());
    }
    let told = [&answer.stdout[..], &answer.stderr].concat();
    Err(format!("{what}: {}", String::from_utf8_lossy(&told)).into())
}
