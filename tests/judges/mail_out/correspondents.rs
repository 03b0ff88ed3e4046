//! Keys as others make them.

use relais_core::pgp::Certificate;

use crate::openers::openpgp_js;
use crate::programs::{Gpg, judge};

/// Somebody who is written to.
pub struct Correspondent {
    /// By what the key was made.
    pub made_by: &'static str,
    /// Unprotected, armoured.
    pub secret: Vec<u8>,
    pub certificate: Certificate,
}

/// One key of each kind and maker.
pub fn all() -> Vec<Correspondent> {
    let rsa = "RSA\nKey-Length";
    vec![
        by_gpg(
            "gpg, RSA-2048",
            &format!("{rsa}: 2048"),
            "RSA\nSubkey-Length: 2048",
        ),
        by_gpg(
            "gpg, RSA-4096",
            &format!("{rsa}: 4096"),
            "RSA\nSubkey-Length: 4096",
        ),
        cv25519(),
        by_rnp(),
        by_sop("sqop"),
        by_sop("gosop"),
        by_sop("pgpainless-cli"),
    ]
}

pub fn cv25519() -> Correspondent {
    let (primary, subkey) = ("EDDSA\nKey-Curve: ed25519", "ECDH\nSubkey-Curve: cv25519");
    by_gpg("gpg, Cv25519", primary, subkey)
}

fn by_gpg(made_by: &'static str, primary: &str, subkey: &str) -> Correspondent {
    let gpg = Gpg::new();
    let parameters = format!(
        "%no-protection\nKey-Type: {primary}\nKey-Usage: sign,cert\nSubkey-Type: {subkey}\nSubkey-Usage: encrypt\n\
         Name-Real: Gaëtan Morvault\nName-Email: secours@batardiere.example\nExpire-Date: 1y\n%commit\n"
    );
    let made = gpg.run(&["--full-generate-key"], parameters.as_bytes());
    assert!(made.ok, "{made:?}");
    let secret = gpg.run(&["--armor", "--export-secret-keys"], b"");
    let public = gpg.run(&["--armor", "--export"], b"");
    correspondent(made_by, secret.out, &public.out)
}

fn by_rnp() -> Correspondent {
    let home = Gpg::new();
    let user = "Rnp <rnp@batardiere.example>";
    home.write("ring/empty", b"");
    let rnpkeys = |arguments: &[&str]| {
        let answer = judge(
            "rnpkeys",
            &[&["--homedir", "ring"], arguments].concat(),
            b"",
            &home,
        );
        assert!(answer.ok, "{answer:?}");
        answer.out
    };
    rnpkeys(&["--generate-key", "--userid", user, "--password", ""]);
    let secret = rnpkeys(&["--export-key", "--secret", user]);
    let public = rnpkeys(&["--export-key", user]);
    correspondent("rnp, RSA-2048", secret, &public)
}

/// By a program that speaks the stateless interface.
fn by_sop(program: &'static str) -> Correspondent {
    let home = Gpg::new();
    let made = judge(
        program,
        &["generate-key", "Sop <sop@batardiere.example>"],
        b"",
        &home,
    );
    assert!(made.ok, "{made:?}");
    let public = judge(program, &["extract-cert"], &made.out, &home);
    assert!(public.ok, "{public:?}");
    correspondent(program, made.out, &public.out)
}

/// Of version 6, which gpg 2.2, RNP 0.16 and the others of Debian 12 neither make nor read.
pub fn of_version_6() -> Correspondent {
    let home = Gpg::new();
    let made = openpgp_js(
        &["generate-key", "Six <six@batardiere.example>"],
        b"",
        &home,
    );
    assert!(made.ok, "{made:?}");
    let public = openpgp_js(&["extract-cert"], &made.out, &home);
    correspondent("OpenPGP.js, version 6", made.out, &public.out)
}

fn correspondent(made_by: &'static str, secret: Vec<u8>, public: &[u8]) -> Correspondent {
    let certificate =
        Certificate::parse(public).unwrap_or_else(|problem| panic!("{made_by}: {problem}"));
    Correspondent {
        made_by,
        secret,
        certificate,
    }
}
