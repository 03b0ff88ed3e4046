//! Mails made by hand around what a judge encrypted or signed.

use super::programs::{Answer, Gpg};

/// The correspondent of these tests.
pub const GAETAN: &str = "secours@batardiere.example";
/// The team.
pub const TEAM: &str = "contact@csirt-estuaire.example";

/// Headers of a mail from somebody, without its content.
pub fn from(sender: &str) -> String {
    format!(
        "From: {sender}\r\nTo: {TEAM}\r\nSubject: ...\r\nDate: {}\r\n\
         Message-ID: <un@batardiere.example>\r\nMIME-Version: 1.0\r\n",
        // The others sign by their own clocks.
        chrono::Utc::now().to_rfc2822()
    )
}

/// A part with its own, protected, headers, as Thunderbird and K-9 write it.
pub fn protected(text: &str) -> String {
    format!(
        "Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\r\nContent-Transfer-Encoding: 8bit\r\n\
         From: Gaetan Morvault <{GAETAN}>\r\nTo: {TEAM}\r\nSubject: =?utf-8?q?Serveur_chiffr=C3=A9?=\r\n\
         Message-ID: <un@batardiere.example>\r\n\r\n{text}\r\n"
    )
}

/// RFC 3156 §4 around a ciphertext.
pub fn encrypted(message: &str) -> String {
    format!(
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"enc\"\r\n\r\n\
         --enc\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n\
         --enc\r\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\r\n\r\n{}\r\n--enc--\r\n",
        message.replace('\n', "\r\n")
    )
}

/// RFC 3156 §5 around a part and its signature.
pub fn signed(part: &str, signature: &str) -> String {
    format!(
        "Content-Type: multipart/signed; micalg=pgp-sha512; protocol=\"application/pgp-signature\"; boundary=\"sig\"\r\n\r\n\
         --sig\r\n{part}\r\n--sig\r\nContent-Type: application/pgp-signature; name=\"signature.asc\"\r\n\r\n{}\r\n--sig--\r\n",
        signature.replace('\n', "\r\n")
    )
}

/// `multipart/mixed` around parts.
pub fn mixed(parts: &[&str]) -> String {
    let all: String = parts
        .iter()
        .map(|part| format!("--mix\r\n{part}\r\n"))
        .collect();
    format!("Content-Type: multipart/mixed; boundary=\"mix\"\r\n\r\n{all}--mix--\r\n")
}

impl Gpg {
    /// Makes a key of an address, without a passphrase.
    pub fn make_key(&self, name: &str, mail: &str, algorithm: &str) {
        let made = self.run(
            &[
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                "",
                "--quick-gen-key",
                &format!("{name} <{mail}>"),
                algorithm,
                "default",
                "1y",
            ],
            b"",
        );
        assert!(made.ok, "{made:?}");
        if algorithm != "default" && algorithm != "future-default" {
            let fingerprint = self.fingerprint(mail);
            let kind = if algorithm.starts_with("rsa") {
                algorithm
            } else {
                "cv25519"
            };
            let added = self.run(
                &[
                    "--pinentry-mode",
                    "loopback",
                    "--passphrase",
                    "",
                    "--quick-add-key",
                    &fingerprint,
                    kind,
                    "encr",
                    "1y",
                ],
                b"",
            );
            assert!(added.ok, "{added:?}");
        }
    }

    /// Fingerprint of the key of an address.
    pub fn fingerprint(&self, mail: &str) -> String {
        let listing = self
            .run(&["--with-colons", "--list-keys", mail], b"")
            .stdout();
        let line = listing
            .lines()
            .find(|line| line.starts_with("fpr:"))
            .unwrap();
        line.trim_end_matches(':')
            .rsplit(':')
            .next()
            .unwrap()
            .to_owned()
    }

    /// The public key of an address, armoured.
    pub fn public(&self, mail: &str) -> Vec<u8> {
        self.run(&["--armor", "--export", mail], b"").out
    }

    fn said(answer: Answer) -> String {
        assert!(answer.ok, "{answer:?}");
        answer.stdout()
    }

    /// A detached signature of bytes.
    pub fn sign(&self, mail: &str, bytes: &str, more: &[&str]) -> String {
        let arguments = [more, &["--armor", "--local-user", mail, "--detach-sign"]].concat();
        Self::said(self.run(&arguments, bytes.as_bytes()))
    }

    /// A message encrypted to the team, signed unless `signer` is empty.
    pub fn encrypt(&self, signer: &str, bytes: &str, more: &[&str]) -> String {
        let mut arguments = [
            more,
            &["--armor", "--trust-model", "always", "--recipient", TEAM],
        ]
        .concat();
        if !signer.is_empty() {
            arguments.extend(["--local-user", signer, "--sign"]);
        }
        arguments.push("--encrypt");
        Self::said(self.run(&arguments, bytes.as_bytes()))
    }

    /// A text signed in the clear.
    pub fn clear_sign(&self, signer: &str, text: &str) -> String {
        Self::said(self.run(&["--local-user", signer, "--clear-sign"], text.as_bytes()))
    }
}
