//! gpg, RNP (Thunderbird's library) and sqop judge the team's key and what it signs.
//! Each judge is a program that we did not write; where one is missing the test fails and says
//! which Debian package brings it.

#[path = "gpg/programs.rs"]
mod programs;

use chrono::{DateTime, Duration, TimeZone, Utc};
use programs::{Gpg, judge};
use relais_core::pgp::{
    Certificate, ImportedKey, KeyRole, KeyWarning, PgpError, Sharing, SigningMaterial, TeamKey,
    Verdict, import, verify,
};

const FILE: &[u8] = "Synthèse du cas PDL-2026-0042\n".as_bytes();
const PASSPHRASE: &str = "mistral-phare-galet-9";

/// The judges read the machine's clock, so the tests live now.
fn now() -> DateTime<Utc> {
    let now = Utc::now();
    Utc.timestamp_opt(now.timestamp(), 0).unwrap()
}

struct Team {
    key: TeamKey,
    revocation: String,
    lead: SigningMaterial,
}

fn team() -> Team {
    let created = now() - Duration::hours(1);
    let new = TeamKey::generate(
        "Équipe d’urgence de l’Estuaire",
        "contact@csirt-estuaire.example",
        created,
        created + Duration::days(730),
    )
    .unwrap();
    let sharing = Sharing::by_role(&new.key, now()).unwrap();
    let lead = SigningMaterial::open(&new.key.lead_part().unwrap(), sharing.document_key(), now())
        .unwrap();
    Team {
        key: new.key,
        revocation: new.revocation.to_string(),
        lead,
    }
}

#[test]
fn gpg_says_good_of_our_signature_and_bad_of_a_modified_file() {
    let (team, gpg) = (team(), Gpg::new());
    gpg.import(team.key.certificate().armoured().unwrap().as_bytes());
    let signature = team.lead.sign(FILE, now()).unwrap();
    gpg.write("synthese.pdf", FILE);
    gpg.write("synthese.pdf.asc", signature.as_bytes());
    let good = gpg.run(&["--verify", "synthese.pdf.asc", "synthese.pdf"], b"");
    assert!(good.ok, "{good:?}");
    assert!(good.status().contains("[GNUPG:] GOODSIG "), "{good:?}");
    assert!(
        good.status()
            .contains(&format!("[GNUPG:] VALIDSIG {} ", team.lead.key())),
        "{good:?}"
    );

    gpg.write("synthese.pdf", b"autre chose\n");
    let bad = gpg.run(&["--verify", "synthese.pdf.asc", "synthese.pdf"], b"");
    assert!(
        !bad.ok && bad.status().contains("[GNUPG:] BADSIG "),
        "{bad:?}"
    );
}

#[test]
fn gpg_reads_the_fingerprint_the_expiry_and_the_capabilities_that_we_state() {
    let (team, gpg) = (team(), Gpg::new());
    let certificate = team.key.certificate();
    gpg.import(certificate.armoured().unwrap().as_bytes());
    let listing = gpg
        .run(&["--with-colons", "--fixed-list-mode", "--list-keys"], b"")
        .stdout();
    let expires = certificate
        .expires_at(now())
        .unwrap()
        .timestamp()
        .to_string();
    let keys: Vec<Vec<&str>> = listing
        .lines()
        .filter(|l| l.starts_with("pub:") || l.starts_with("sub:"))
        .map(|l| l.split(':').collect())
        .collect();
    let capabilities: Vec<String> = keys
        .iter()
        .map(|k| k[11].chars().filter(char::is_ascii_lowercase).collect())
        .collect();
    assert_eq!(capabilities, ["c", "s", "s", "e"], "{listing}");
    assert!(keys.iter().all(|k| k[6] == expires), "{listing}");
    assert!(
        listing.contains(&format!("fpr:::::::::{}:", certificate.fingerprint())),
        "{listing}"
    );
    assert!(
        listing.contains("Équipe d’urgence de l’Estuaire <contact@csirt-estuaire.example>"),
        "{listing}"
    );
}

#[test]
fn what_gpg_encrypts_to_the_published_key_our_secret_and_the_analysts_part_decrypt() {
    let team = team();
    let sender = Gpg::new();
    sender.import(team.key.certificate().armoured().unwrap().as_bytes());
    let to = team.key.certificate().fingerprint().to_string();
    let sealed = sender.run(&["--trust-model", "always", "--encrypt", "-r", &to], FILE);
    assert!(sealed.ok, "{sealed:?}");

    let receiver = Gpg::new();
    receiver.import(&team.key.lead_part().unwrap());
    let opened = receiver.run(&["--decrypt"], &sealed.out);
    assert!(
        opened.ok
            && opened.status().contains("DECRYPTION_OKAY")
            && opened.status().contains("GOODMDC"),
        "{opened:?}"
    );
    assert_eq!(opened.out, FILE);

    let sharing = Sharing::by_role(&team.key, now()).unwrap();
    receiver.write("analyste.key", &team.key.analyst_part(&sharing).unwrap());
    receiver.write("message.pgp", &sealed.out);
    let opened = judge("sqop", &["decrypt", "analyste.key"], &sealed.out, &receiver);
    assert!(opened.ok, "{opened:?}");
    assert_eq!(opened.out, FILE);
}

#[test]
fn the_revocation_certificate_revokes_the_key_in_gpg() {
    let (team, gpg) = (team(), Gpg::new());
    gpg.import(team.key.certificate().armoured().unwrap().as_bytes());
    gpg.import(team.revocation.as_bytes());
    let listing = gpg.run(&["--with-colons", "--list-keys"], b"").stdout();
    assert!(
        listing.lines().any(|l| l.starts_with("pub:r:")),
        "{listing}"
    );
}

#[test]
fn rnp_and_sqop_accept_our_signature_and_refuse_a_modified_file() {
    let (team, home) = (team(), Gpg::new());
    home.write(
        "team.asc",
        team.key.certificate().armoured().unwrap().as_bytes(),
    );
    home.write("synthese.pdf", FILE);
    home.write(
        "synthese.pdf.asc",
        team.lead.sign(FILE, now()).unwrap().as_bytes(),
    );
    let rnp = [
        "--homedir",
        "rnp",
        "--keyfile",
        "team.asc",
        "--verify",
        "synthese.pdf.asc",
        "--source",
        "synthese.pdf",
    ];
    let sop = ["verify", "synthese.pdf.asc", "team.asc"];
    let good = judge("rnp", &rnp, b"", &home);
    assert!(good.ok && good.err.contains("Good signature"), "{good:?}");
    let good = judge("sqop", &sop, FILE, &home);
    assert!(
        good.ok && good.stdout().contains(&team.lead.key().to_string()),
        "{good:?}"
    );

    home.write("synthese.pdf", b"autre chose\n");
    let bad = judge("rnp", &rnp, b"", &home);
    assert!(!bad.ok, "{bad:?}");
    let bad = judge("sqop", &sop, b"autre chose\n", &home);
    assert!(!bad.ok, "{bad:?}");
}

/// A key made by gpg, signing primary and one encryption subkey, and its protected export.
fn gpg_key(algorithm: &str, encryption: &str) -> (Gpg, Vec<u8>) {
    let gpg = Gpg::new();
    let parameters = format!(
        "Key-Type: {algorithm}\nKey-Usage: sign,cert\nSubkey-Type: {encryption}\nSubkey-Usage: encrypt\n\
         Name-Real: CSIRT Delta\nName-Email: contact@delta.example\nExpire-Date: 1y\nPassphrase: {PASSPHRASE}\n%commit\n"
    );
    let made = gpg.run(&["--full-generate-key"], parameters.as_bytes());
    assert!(made.ok, "{made:?}");
    let exported = gpg.run(
        &[
            "--armor",
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            PASSPHRASE,
            "--export-secret-keys",
        ],
        b"",
    );
    assert!(
        exported.ok
            && exported
                .out
                .starts_with(b"-----BEGIN PGP PRIVATE KEY BLOCK-----"),
        "{exported:?}"
    );
    (gpg, exported.out)
}

/// Imports, signs with the imported key, and lets gpg and us judge each other's signature.
fn imports_and_serves(algorithm: &str, encryption: &str) -> ImportedKey {
    let (gpg, exported) = gpg_key(algorithm, encryption);
    let at = now();
    assert_eq!(
        import(&exported, Some("autre"), at).unwrap_err(),
        PgpError::WrongPassphrase
    );
    assert_eq!(
        import(&exported, None, at).unwrap_err(),
        PgpError::PassphraseRequired
    );
    let imported = import(&exported, Some(PASSPHRASE), at).unwrap();

    let sharing = Sharing::by_role(&imported.key, at).unwrap();
    let lead = SigningMaterial::open(
        &imported.key.lead_part().unwrap(),
        sharing.document_key(),
        at,
    )
    .unwrap();
    gpg.write("note", FILE);
    gpg.write("note.asc", lead.sign(FILE, at).unwrap().as_bytes());
    let judged = gpg.run(&["--verify", "note.asc", "note"], b"");
    assert!(
        judged.ok && judged.status().contains("VALIDSIG"),
        "{judged:?}"
    );

    let theirs = gpg.run(
        &[
            "--armor",
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            PASSPHRASE,
            "--detach-sign",
        ],
        FILE,
    );
    assert!(theirs.ok, "{theirs:?}");
    let public = Certificate::parse(&gpg.run(&["--armor", "--export"], b"").out).unwrap();
    let later = now() + Duration::minutes(1);
    let good = verify(FILE, &theirs.out, std::slice::from_ref(&public), later).verdict;
    assert!(
        matches!(&good, Verdict::Good(s) if s.role == KeyRole::Signing && s.user_id.as_deref() == Some("CSIRT Delta <contact@delta.example>")),
        "{good:?}"
    );
    let bad = verify(b"autre", &theirs.out, &[public], later).verdict;
    assert!(matches!(bad, Verdict::Bad { .. }), "{bad:?}");
    imported
}

#[test]
fn an_rsa_3072_key_of_gpg_imports_without_warning() {
    let imported = imports_and_serves("RSA\nKey-Length: 3072", "RSA\nSubkey-Length: 3072");
    assert_eq!(imported.warnings, []);
    let algorithms: Vec<String> = imported
        .key
        .secret_keys(now())
        .into_iter()
        .map(|k| k.algorithm)
        .collect();
    assert_eq!(algorithms, ["RSA 3072", "RSA 3072"]);
}

#[test]
fn an_ed25519_key_of_gpg_imports_without_warning() {
    let imported = imports_and_serves("EDDSA\nKey-Curve: ed25519", "ECDH\nSubkey-Curve: cv25519");
    assert_eq!(imported.warnings, []);
}

#[test]
fn a_gpg_key_exported_without_its_primary_is_imported_with_a_warning() {
    let (gpg, _) = gpg_key("EDDSA\nKey-Curve: ed25519", "ECDH\nSubkey-Curve: cv25519");
    let fingerprint = Certificate::parse(&gpg.run(&["--export"], b"").out)
        .unwrap()
        .fingerprint()
        .to_string();
    let loopback = ["--pinentry-mode", "loopback", "--passphrase", PASSPHRASE];
    let added = gpg.run(
        &[
            &loopback[..],
            &["--quick-add-key", &fingerprint, "ed25519", "sign", "1y"],
        ]
        .concat(),
        b"",
    );
    assert!(added.ok, "{added:?}");
    let exported = gpg.run(&[&loopback[..], &["--export-secret-subkeys"]].concat(), b"");
    let imported = import(&exported.out, Some(PASSPHRASE), now()).unwrap();
    assert!(
        matches!(
            imported.warnings[..],
            [KeyWarning::SecretAbsent { primary: true, .. }]
        ),
        "{:?}",
        imported.warnings
    );
    let sharing = Sharing::by_role(&imported.key, now()).unwrap();
    assert!(
        SigningMaterial::open(
            &imported.key.lead_part().unwrap(),
            sharing.document_key(),
            now()
        )
        .is_ok()
    );
}
