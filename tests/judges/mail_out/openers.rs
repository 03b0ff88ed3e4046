//! Programs that decrypt and verify, each asked the same.

use std::path::Path;

use relais_core::pgp::Certificate;

use crate::programs::{Answer, Gpg, judge};

/// What a program said of a message or of a signature.
#[derive(Debug)]
pub struct Opened {
    /// Decrypted, whole, and well signed by the team; or well signed.
    pub good: bool,
    pub content: Vec<u8>,
    pub said: String,
}

/// A program of somebody else's, with the secret of one recipient and the team's certificate.
pub struct Opener {
    pub name: &'static str,
    home: Gpg,
    team: String,
}

pub const OPENERS: [&str; 6] = ["gpg", "rnp", "sqop", "gosop", "pgpainless-cli", OPENPGP_JS];

/// The one that knows keys of version 6. It comes from npm and not from Debian.
pub const OPENPGP_JS: &str = "openpgpjs";

/// Runs OpenPGP.js.
pub fn openpgp_js(arguments: &[&str], input: &[u8], home: &Gpg) -> Answer {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = tests.join("judges/openpgpjs/judge.mjs");
    let module = tests.join("../target/judges/openpgp.min.mjs");
    assert!(
        module.exists(),
        "OpenPGP.js is missing: run tests/judges/openpgpjs/install"
    );
    let paths = [script.to_str().unwrap(), module.to_str().unwrap()];
    judge("node", &[&paths, arguments].concat(), input, home)
}

impl Opener {
    pub fn new(name: &'static str, secret: &[u8], team: &Certificate) -> Self {
        let home = Gpg::new();
        let armoured = team.armoured().unwrap();
        home.write("team.asc", armoured.as_bytes());
        home.write("secret.asc", secret);
        match name {
            "gpg" => {
                home.import(secret);
                home.import(armoured.as_bytes());
            }
            "rnp" => {
                for key in ["secret.asc", "team.asc"] {
                    let import = ["--homedir", ".", "--import-keys", key];
                    let imported = judge("rnpkeys", &import, b"", &home);
                    assert!(imported.ok, "{imported:?}");
                }
            }
            _ => {}
        }
        let team = team.fingerprint().to_string();
        Self { name, home, team }
    }

    /// Decrypts and verifies.
    pub fn open(&self, message: &[u8]) -> Opened {
        match self.name {
            "gpg" => {
                let answer = self.home.run(&["--decrypt"], message);
                let said = ["DECRYPTION_OKAY", "GOODMDC", "GOODSIG"];
                let good = said.iter().all(|word| answer.status().contains(word));
                self.judged(answer.ok && good && self.valid(&answer), answer)
            }
            "rnp" => {
                self.home.write("message.asc", message);
                let decrypt = [
                    "--homedir",
                    ".",
                    "--decrypt",
                    "message.asc",
                    "--output",
                    "-",
                ];
                let answer = judge("rnp", &decrypt, b"", &self.home);
                self.judged(answer.ok && answer.err.contains("Good signature"), answer)
            }
            OPENPGP_JS => {
                let decrypt = ["decrypt", "secret.asc", "team.asc"];
                let answer = openpgp_js(&decrypt, message, &self.home);
                self.judged(answer.ok && answer.err.contains("Good signature"), answer)
            }
            sop => {
                // A program of this kind writes no file twice.
                let _ = judge("rm", &["-f", "verified"], b"", &self.home);
                let options = ["--verify-out=verified", "--verify-with=team.asc"];
                let decrypt = ["decrypt", options[0], options[1], "secret.asc"];
                let answer = judge(sop, &decrypt, message, &self.home);
                let verified = judge("cat", &["verified"], b"", &self.home).stdout();
                let mut opened = self.judged(answer.ok && self.names_the_team(&verified), answer);
                if sop == "gosop" {
                    opened.content = with_crlf(&opened.content);
                }
                opened
            }
        }
    }

    /// Verifies a signature beside the exact bytes.
    pub fn verify(&self, bytes: &[u8], signature: &[u8]) -> Opened {
        self.home.write("signature.asc", signature);
        self.home.write("bytes", bytes);
        match self.name {
            "gpg" => {
                let answer = self.home.run(&["--verify", "signature.asc", "bytes"], b"");
                let good = answer.status().contains("GOODSIG") && self.valid(&answer);
                self.judged(answer.ok && good, answer)
            }
            "rnp" => {
                let verify = [
                    "--homedir",
                    ".",
                    "--verify",
                    "signature.asc",
                    "--source",
                    "bytes",
                ];
                let answer = judge("rnp", &verify, b"", &self.home);
                self.judged(answer.ok && answer.err.contains("Good signature"), answer)
            }
            OPENPGP_JS => {
                let verify = ["verify", "signature.asc", "team.asc"];
                let answer = openpgp_js(&verify, bytes, &self.home);
                self.judged(answer.ok && answer.err.contains("Good signature"), answer)
            }
            sop => {
                let verify = ["verify", "signature.asc", "team.asc"];
                let answer = judge(sop, &verify, bytes, &self.home);
                let good = self.names_the_team(&answer.stdout());
                self.judged(answer.ok && good, answer)
            }
        }
    }

    fn valid(&self, answer: &Answer) -> bool {
        let mut lines = answer.status().lines();
        lines.any(|line| line.contains("VALIDSIG") && line.ends_with(&self.team))
    }

    /// A line of a stateless program: time, signing key, certificate.
    fn names_the_team(&self, verifications: &str) -> bool {
        verifications.lines().any(|line| {
            let certificate = line.split_whitespace().nth(2).unwrap_or_default();
            certificate.eq_ignore_ascii_case(&self.team)
        })
    }

    fn judged(&self, good: bool, answer: Answer) -> Opened {
        Opened {
            good,
            said: answer.err,
            content: answer.out,
        }
    }
}

/// gosop gives every line end out as one character.
fn with_crlf(content: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(content);
    text.replace("\r\n", "\n").replace('\n', "\r\n").into()
}
