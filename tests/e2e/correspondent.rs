//! Somebody who writes to the team with gpg, and reads what it writes; Python's reader of mail takes the messages apart.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::harness::Outcome;

/// Writes each leaf of a message into a folder, numbered, with its file name, and prints its headers.
const TAKE_APART: &str = r#"
import email, email.policy, os, sys
with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
leaves = [part for part in message.walk() if not part.is_multipart()]
for number, part in enumerate(leaves):
    name = os.path.basename(part.get_filename() or part.get_content_type().replace("/", "."))
    with open(os.path.join(sys.argv[2], f"{number} {name}"), "wb") as leaf:
        leaf.write(part.get_payload(decode=True) or b"")
for name, value in message.items():
    print(f"{name}: {value}")
"#;

/// A message as its reader's program sees it.
pub struct TakenApart {
    folder: TempDir,
    /// Its outermost headers, one a line.
    pub headers: String,
}

impl TakenApart {
    /// The leaf whose file name ends so.
    pub fn leaf(&self, end: &str) -> Outcome<PathBuf> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.folder.path())? {
            let path = entry?.path();
            let name = path.to_string_lossy().into_owned();
            if name.ends_with(end) {
                return Ok(path);
            }
            names.push(name);
        }
        Err(format!("no part is called …{end}; there are {names:?}").into())
    }

    /// The text of that leaf.
    pub fn text(&self, end: &str) -> Outcome<String> {
        Ok(fs::read_to_string(self.leaf(end)?)?)
    }
}

/// Takes a message apart.
pub fn take_apart(message: &Path) -> Outcome<TakenApart> {
    let folder = tempfile::tempdir()?;
    let answer = Command::new("/usr/bin/python3")
        .args(["-c", TAKE_APART])
        .args([message, folder.path()])
        .output()?;
    let headers = String::from_utf8(done("python3", answer)?.stdout)?;
    Ok(TakenApart { folder, headers })
}

/// A person with a key in a home of gpg.
pub struct Correspondent {
    home: TempDir,
    pub name: &'static str,
    pub mail: &'static str,
}

impl Correspondent {
    /// With a new key that is theirs.
    pub fn new(name: &'static str, mail: &'static str) -> Outcome<Self> {
        // A short name: the socket of gpg's agent lies in it.
        let home = tempfile::Builder::new().prefix("rc").tempdir()?;
        let somebody = Self { home, name, mail };
        let owner = format!("{name} <{mail}>");
        somebody.gpg(&["--quick-gen-key", &owner, "default", "default", "1y"])?;
        Ok(somebody)
    }

    fn gpg(&self, arguments: &[&str]) -> Outcome<Output> {
        let answer = Command::new("gpg")
            .args([
                "--batch",
                "--no-tty",
                "--status-fd",
                "2",
                "--passphrase",
                "",
            ])
            .args(["--pinentry-mode", "loopback", "--trust-model", "always"])
            .args(arguments)
            .current_dir(self.home.path())
            .env("GNUPGHOME", self.home.path())
            .output()?;
        done("gpg", answer)
    }

    /// Writes the public key into a file.
    pub fn export_key(&self, file: &Path) -> Outcome {
        let key = self.gpg(&["--armor", "--export", self.mail])?;
        Ok(fs::write(file, key.stdout)?)
    }

    /// Takes the key of another.
    pub fn import(&self, key: &Path) -> Outcome {
        let key = key.to_str().ok_or("a file name that is no text")?;
        self.gpg(&["--import", key]).map(drop)
    }

    /// Opens an encrypted message: what is inside, taken apart, once gpg has found it whole and its signature good.
    pub fn open(&self, message: &Path) -> Outcome<TakenApart> {
        let outside = take_apart(message)?;
        let sealed = outside
            .leaf("octet-stream")
            .or_else(|_| outside.leaf(".asc"))?;
        let sealed = sealed.to_str().ok_or("a file name that is no text")?;
        let answer = self.gpg(&["--decrypt", sealed])?;
        let status = String::from_utf8_lossy(&answer.stderr);
        for wanted in ["DECRYPTION_OKAY", "GOODMDC", "GOODSIG", "VALIDSIG"] {
            if !status.contains(&format!("[GNUPG:] {wanted}")) {
                return Err(format!("gpg does not say {wanted}: {status}").into());
            }
        }
        let inside = self.home.path().join("inside.eml");
        fs::write(&inside, answer.stdout)?;
        take_apart(&inside)
    }

    /// A message to the team, signed and encrypted, in answer to another.
    pub fn answer(&self, team: &str, to: &str, subject: &str, text: &str) -> Outcome<Vec<u8>> {
        let inside = format!(
            "Content-Type: multipart/mixed; boundary=dedans\r\n\r\n--dedans\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--dedans\r\n\
             Content-Type: text/csv; name=journal.csv\r\nContent-Disposition: attachment; filename=journal.csv\r\n\r\n\
             heure,poste\r\n03:12,ATELIER-4\r\n--dedans--\r\n"
        );
        fs::write(self.home.path().join("inside"), inside)?;
        let sealed = self.gpg(&[
            "--armor",
            "--output",
            "-",
            "--local-user",
            self.mail,
            "--recipient",
            team,
            "--sign",
            "--encrypt",
            "inside",
        ])?;
        let Self { name, mail, .. } = self;
        let date = chrono::Utc::now().to_rfc2822();
        Ok(format!(
            "From: {name} <{mail}>\r\nTo: {team}\r\nSubject: {subject}\r\nDate: {date}\r\n\
             Message-ID: <reponse-1@{mail}>\r\nIn-Reply-To: {to}\r\nReferences: {to}\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=dehors\r\n\r\n\
             --dehors\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--dehors\r\n\
             Content-Type: application/octet-stream\r\n\r\n{}\r\n--dehors--\r\n",
            String::from_utf8(sealed.stdout)?
        )
        .into_bytes())
    }
}

impl Drop for Correspondent {
    fn drop(&mut self) {
        // The agent that gpg started in this home ends with it.
        Command::new("gpgconf")
            .args(["--kill", "all"])
            .env("GNUPGHOME", self.home.path())
            .output()
            .ok();
    }
}

/// The text of a locked PDF, once qpdf has found it whole and encrypted by AES-256.
pub fn unlocked_text(document: &Path, passphrase: &str) -> Outcome<String> {
    let password = format!("--password={passphrase}");
    let qpdf = |what: &str| {
        let answer = Command::new("qpdf")
            .args([what, &password])
            .arg(document)
            .output()?;
        Ok::<_, Box<dyn std::error::Error>>(String::from_utf8(done("qpdf", answer)?.stdout)?)
    };
    qpdf("--check")?;
    let encryption = qpdf("--show-encryption")?;
    if !encryption.contains("R = 6") {
        return Err(format!("not the encryption of today: {encryption}").into());
    }
    let answer = Command::new("pdftotext")
        .args(["-upw", passphrase])
        .arg(document)
        .arg("-")
        .output()?;
    Ok(String::from_utf8(done("pdftotext", answer)?.stdout)?)
}

fn done(program: &str, answer: Output) -> Outcome<Output> {
    if answer.status.success() {
        return Ok(answer);
    }
    let told = [&answer.stdout[..], &answer.stderr].concat();
    Err(format!("{program}: {}", String::from_utf8_lossy(&told)).into())
}
