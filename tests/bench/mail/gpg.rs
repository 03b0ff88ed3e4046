//! gpg on the command line, as programs that know no library call it: one process for each mail, the agent awake.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use relais_core::pgp::Certificate;
use tempfile::TempDir;

use crate::Outcome;

/// The same algorithms as Relais, nothing compressed, and no question about anybody's key.
const WRITING: [&str; 11] = [
    "--trust-model",
    "always",
    "--compress-algo",
    "none",
    "--cipher-algo",
    "AES256",
    "--digest-algo",
    "SHA512",
    "--armor",
    "--encrypt",
    "--sign",
];

/// gpg with a key ring of its own. Its folder has a short name: a socket's path has at most 108 bytes.
pub struct Gpg {
    home: TempDir,
}

impl Gpg {
    /// An empty key ring.
    pub fn new() -> Outcome<Self> {
        let home = tempfile::Builder::new().prefix("rg").tempdir_in("/tmp")?;
        Ok(Self { home })
    }

    /// A file of this name beside the key ring.
    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Makes an Ed25519 key with a Cv25519 subkey, without a passphrase; gives its public part.
    pub fn make_key(&self, mail: &str) -> Outcome<Certificate> {
        let parameters = format!(
            "%no-protection\nKey-Type: EDDSA\nKey-Curve: ed25519\nKey-Usage: sign,cert\nSubkey-Type: ECDH\n\
             Subkey-Curve: cv25519\nSubkey-Usage: encrypt\nName-Real: Contact\nName-Email: {mail}\n\
             Expire-Date: 1y\n%commit\n"
        );
        let (file, key) = (self.file("parameters"), self.file("key"));
        std::fs::write(&file, parameters)?;
        self.run(&["--full-generate-key"], &file, None)?;
        self.run(&["--export", mail], &file, Some(&key))?;
        Ok(Certificate::parse(&std::fs::read(key)?)?)
    }

    /// Takes somebody's public key.
    pub fn import(&self, certificate: &Certificate) -> Outcome {
        let file = self.file("import");
        std::fs::write(&file, certificate.armoured()?)?;
        self.run(&["--import"], &file, None)?;
        Ok(())
    }

    /// Signs and encrypts a file; gives what it took.
    pub fn write(
        &self,
        signer: &str,
        to: &[&str],
        file: &Path,
        out: Option<&Path>,
    ) -> Outcome<Duration> {
        let mut arguments = WRITING.to_vec();
        arguments.extend(["--local-user", signer]);
        arguments.extend(to.iter().flat_map(|one| ["--recipient", one]));
        self.run(&arguments, file, out)
    }

    /// Decrypts a file and checks its signature; gives what it took.
    pub fn read(&self, file: &Path, out: Option<&Path>) -> Outcome<Duration> {
        self.run(&["--decrypt"], file, out)
    }

    /// From a file, into a file or nowhere: no pipe slows it down.
    fn run(&self, arguments: &[&str], input: &Path, out: Option<&Path>) -> Outcome<Duration> {
        let mut command = Command::new("gpg");
        command
            .args(["--batch", "--yes", "--no-tty", "--quiet"])
            .args(arguments)
            .env("GNUPGHOME", self.home.path())
            .env("LC_ALL", "C.UTF-8")
            .stdin(File::open(input)?)
            .stderr(Stdio::piped());
        match out {
            Some(out) => command.stdout(File::create(out)?),
            None => command.stdout(Stdio::null()),
        };
        let begun = Instant::now();
        let output = command.output()?;
        let took = begun.elapsed();
        if output.status.success() {
            Ok(took)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into())
        }
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        // The agent that gpg started in this home ends with it.
        let _ = Command::new("gpgconf")
            .env("GNUPGHOME", self.home.path())
            .args(["--kill", "all"])
            .status();
    }
}
