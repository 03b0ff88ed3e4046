//! Keys that other programs made, in the key ring; and what gpg makes of a key that leaves it.

#[path = "gpg/programs.rs"]
mod programs;

use chrono::{DateTime, TimeZone, Utc};
use programs::{Gpg, judge};
use relais_core::api::Session;
use relais_core::api::view::{CorrespondentKey, KeyFitness, KeyOrigin};
use relais_core::domain::people::Role;
use relais_tests::Team;

/// The judges read the machine's clock, so the team lives now.
fn now() -> DateTime<Utc> {
    Utc.timestamp_opt(Utc::now().timestamp() + 60, 0).unwrap()
}

/// Name, options, key and subkey in gpg's words, and what the key is good for.
type Row<'r> = (&'r str, &'r [&'r str], (String, String), KeyFitness);

/// What gpg is told to make.
fn parameters(key: &str, subkey: &str, mail: &str) -> String {
    format!(
        "%no-protection\nKey-Type: {key}\nSubkey-Type: {subkey}\nName-Real: Essai\nName-Email: {mail}\nExpire-Date: 1y\n%commit\n"
    )
}

fn made_by_gpg(gpg: &Gpg, options: &[&str], parameters: &str, mail: &str) -> Vec<u8> {
    gpg.write("parameters", parameters.as_bytes());
    let made = gpg.run(&[options, &["--generate-key", "parameters"]].concat(), b"");
    assert!(made.ok, "{made:?}");
    gpg.run(&["--armor", "--export", mail], b"").out
}

fn imported(session: &mut Session, key: &[u8]) -> CorrespondentKey {
    let told = session.import_keys(key, KeyOrigin::File, None).unwrap();
    assert_eq!((told.new.len(), told.refused.len()), (1, 0), "{told:?}");
    session.correspondent_key(told.new[0]).unwrap()
}

#[test]
fn keys_of_gpg_old_and_new_have_the_fitness_that_they_deserve() {
    let team = Team::of_three_at(now());
    let mut analyst = team.unlock(Role::Analyst);
    let rsa = |bits: u32| format!("RSA\nKey-Length: {bits}");
    let rsa_subkey = |bits: u32| format!("RSA\nSubkey-Length: {bits}\nSubkey-Usage: encrypt");
    let curve = (
        "EDDSA\nKey-Curve: ed25519\nKey-Usage: sign".to_owned(),
        "ECDH\nSubkey-Curve: cv25519\nSubkey-Usage: encrypt".to_owned(),
    );
    let past = ["--faked-system-time", "20200301T120000!"];
    let sha1 = [
        "--cert-digest-algo",
        "SHA1",
        "--allow-weak-digest-algos",
        "--digest-algo",
        "SHA1",
    ];
    let elgamal = (
        "DSA\nKey-Length: 2048".to_owned(),
        "ELG-E\nSubkey-Length: 2048".to_owned(),
    );
    let rows: [Row<'_>; 7] = [
        (
            "rsa2048",
            &[],
            (rsa(2048), rsa_subkey(2048)),
            KeyFitness::Fit,
        ),
        (
            "rsa4096",
            &[],
            (rsa(4096), rsa_subkey(4096)),
            KeyFitness::Fit,
        ),
        (
            "rsa1024",
            &[],
            (rsa(1024), rsa_subkey(1024)),
            KeyFitness::Weak,
        ),
        ("elgamal", &[], elgamal, KeyFitness::Weak),
        ("cv25519", &[], curve.clone(), KeyFitness::Fit),
        ("expired", &past, curve.clone(), KeyFitness::Expired),
        ("sha1", &sha1, curve.clone(), KeyFitness::Weak),
    ];
    for (name, options, (key, subkey), fitness) in rows {
        let gpg = Gpg::new();
        let mail = format!("{name}@firme.example");
        let made = made_by_gpg(&gpg, options, &parameters(&key, &subkey, &mail), &mail);
        let shown = imported(&mut analyst, &made);
        assert_eq!(shown.fitness, fitness, "{name}");
        assert_eq!(shown.addresses, [mail.as_str()]);
        let usable = analyst.certificate_for(&mail).unwrap().is_some();
        assert_eq!(usable, fitness == KeyFitness::Fit, "{name}");
    }
    // Its owner revokes one with the certificate that gpg made beside it.
    let gpg = Gpg::new();
    let mail = "revoked@firme.example";
    let made = made_by_gpg(&gpg, &[], &parameters(&curve.0, &curve.1, mail), mail);
    let before = imported(&mut analyst, &made);
    assert_eq!(before.fitness, KeyFitness::Fit);
    let fingerprint = before.fingerprint.replace(' ', "");
    let paper = gpg.read(&format!("openpgp-revocs.d/{fingerprint}.rev"));
    let paper = String::from_utf8(paper).unwrap().replace(":---", "---");
    gpg.import(paper.as_bytes());
    let revoked = gpg.run(&["--armor", "--export", mail], b"").out;
    let told = analyst
        .import_keys(&revoked, KeyOrigin::File, None)
        .unwrap();
    assert_eq!(told.renewed, [before.id]);
    let after = analyst.correspondent_key(before.id).unwrap();
    assert_eq!(after.fitness, KeyFitness::Revoked);
}

#[test]
fn keys_of_rnp_and_sqop_are_fit() {
    let team = Team::of_three_at(now());
    let mut analyst = team.unlock(Role::Analyst);
    let home = Gpg::new();
    let made = judge(
        "rnpkeys",
        &[
            "--homedir",
            ".",
            "--password",
            "",
            "--notty",
            "--userid",
            "rnp@firme.example",
            "--generate-key",
        ],
        b"",
        &home,
    );
    assert!(made.ok, "{made:?}");
    let rnp = judge(
        "rnpkeys",
        &[
            "--homedir",
            ".",
            "--notty",
            "--export-key",
            "rnp@firme.example",
        ],
        b"",
        &home,
    );
    let secret = judge(
        "sqop",
        &["generate-key", "Essai <sqop@firme.example>"],
        b"",
        &home,
    );
    let sqop = judge("sqop", &["extract-cert"], &secret.out, &home);
    for (key, mail) in [
        (&rnp.out, "rnp@firme.example"),
        (&sqop.out, "sqop@firme.example"),
    ] {
        let shown = imported(&mut analyst, key);
        assert_eq!(shown.fitness, KeyFitness::Fit, "{mail}");
        assert_eq!(shown.addresses, [mail]);
    }
    let told = analyst
        .import_keys(&secret.out, KeyOrigin::File, None)
        .unwrap();
    assert_eq!(told.refused, ["key_secret"]);
}

#[test]
fn gpg_takes_what_leaves_the_ring_without_what_others_had_hung_on_it() {
    let team = Team::of_three_at(now());
    let mut analyst = team.unlock(Role::Analyst);
    let (owner, mail) = (Gpg::new(), "delorme@firme.example");
    let curve = "EDDSA\nKey-Curve: ed25519\nKey-Usage: sign";
    let subkey = "ECDH\nSubkey-Curve: cv25519\nSubkey-Usage: encrypt";
    let key = made_by_gpg(&owner, &[], &parameters(curve, subkey, mail), mail);
    // Somebody else certifies it in a ring of their own.
    let friend = Gpg::new();
    friend.import(&key);
    let other = "ami@ailleurs.example";
    made_by_gpg(&friend, &[], &parameters(curve, subkey, other), other);
    let before = imported(&mut analyst, &key);
    let fingerprint = before.fingerprint.replace(' ', "");
    let signed = friend.run(&["--quick-sign-key", &fingerprint], b"");
    assert!(signed.ok, "{signed:?}");
    let certified = friend.run(&["--export", mail], b"").out;
    let signatures = |gpg: &Gpg| {
        let listed = gpg
            .run(&["--with-colons", "--list-sigs", mail], b"")
            .stdout();
        listed
            .lines()
            .filter(|line| line.starts_with("sig:"))
            .count()
    };
    assert_eq!(signatures(&friend), signatures(&owner) + 1);
    let told = analyst
        .import_keys(&certified, KeyOrigin::File, None)
        .unwrap();
    assert_eq!(told.known, [before.id], "{told:?}");
    let reader = Gpg::new();
    let exported = analyst.export_correspondent_key(before.id).unwrap();
    reader.import(exported.as_bytes());
    assert_eq!(signatures(&reader), signatures(&owner));
    let sealed = reader.run(
        &["--trust-model", "always", "-r", mail, "--encrypt"],
        b"bonjour",
    );
    let opened = owner.run(&["--decrypt"], &sealed.out);
    assert_eq!(opened.out, b"bonjour", "{opened:?}");
}
