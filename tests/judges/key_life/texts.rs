//! What the key signs in clear, and its back-up.

use relais_core::pgp::{Certificate, Verdict, verify, verify_clear_text};

use super::*;
use crate::programs::judge;

#[test]
fn every_judge_reads_our_clear_signed_text() {
    let key = team(300);
    let lead = lead(&key, now());
    let gpg = Gpg::new();
    gpg.import(published(&key).as_bytes());
    gpg.write("team.asc", published(&key).as_bytes());
    for text in [
        "RFC 2350 – CSIRT Estuaire\n\n1. Document Information\n   - un\n- deux\n-----\nFrom: nous\n",
        "blancs en fin de ligne  \t\nsans fin",
        "fins de ligne\r\ndu monde\r\n",
        "\n\nvide avant et après\n\n\n",
        "- \n--\n-----BEGIN PGP SIGNATURE-----\n",
        "",
    ] {
        let framed = lead.clear_sign(text, now()).unwrap();
        gpg.write("t.asc", framed.as_bytes());
        let said = gpg.run(&["--verify", "t.asc"], b"");
        assert!(
            said.ok && said.status().contains("GOODSIG"),
            "{text:?} {said:?}"
        );
        let said = judge(
            "sqop",
            &["inline-verify", "team.asc"],
            framed.as_bytes(),
            &gpg,
        );
        assert!(said.ok, "{text:?} {said:?}");
        let said = judge(
            "rnp",
            &[
                "--homedir",
                "rnp",
                "--keyfile",
                "team.asc",
                "--verify",
                "t.asc",
            ],
            b"",
            &gpg,
        );
        assert!(
            said.ok && said.err.contains("Good signature"),
            "{text:?} {framed} {said:?}"
        );
        let ours = verify_clear_text(framed.as_bytes(), &[key.certificate()], now());
        assert!(
            matches!(ours.verification.verdict, Verdict::Good(_)),
            "{text:?} {ours:?}"
        );
        let gpg_text = gpg.run(&["--decrypt", "t.asc"], b"").stdout();
        assert_eq!(
            gpg_text.trim_end_matches('\n'),
            ours.text.unwrap().trim_end_matches('\n')
        );
        if !text.trim().is_empty() {
            let letter = text.chars().find(|c| c.is_alphabetic()).unwrap();
            let bad = framed.replacen("\n\n", &format!("\n\n{letter}"), 1);
            gpg.write("bad.asc", bad.as_bytes());
            let said = gpg.run(&["--verify", "bad.asc"], b"");
            assert!(
                !said.ok && said.status().contains("BADSIG"),
                "{bad} {said:?}"
            );
            let ours = verify_clear_text(bad.as_bytes(), &[key.certificate()], now());
            assert!(
                matches!(ours.verification.verdict, Verdict::Bad { .. }),
                "{bad}"
            );
        }
    }
}

#[test]
fn we_read_what_gpg_and_sqop_sign_in_clear_and_as_text() {
    let gpg = Gpg::new();
    let parameters = "Key-Type: EDDSA\nKey-Curve: ed25519\nKey-Usage: sign,cert\nName-Email: a@delta.example\n%no-protection\n%commit\n";
    assert!(gpg.run(&["--full-generate-key"], parameters.as_bytes()).ok);
    let public = Certificate::parse(&gpg.run(&["--export"], b"").out).unwrap();
    let later = now() + Duration::minutes(1);
    for text in [
        "Bonjour\n- un\nFrom: x\nfin  \n",
        "sans fin",
        "a\r\nb\r\n",
        "\n\n- --\n\n",
    ] {
        let framed = gpg.run(&["--clearsign"], text.as_bytes());
        assert!(framed.ok);
        let ours = verify_clear_text(&framed.out, std::slice::from_ref(&public), later);
        assert!(
            matches!(ours.verification.verdict, Verdict::Good(_)),
            "{text:?} {ours:?}\n{}",
            framed.stdout()
        );
        let detached = gpg.run(&["--textmode", "--armor", "--detach-sign"], text.as_bytes());
        let ours = verify(
            text.as_bytes(),
            &detached.out,
            std::slice::from_ref(&public),
            later,
        )
        .verdict;
        assert!(
            matches!(ours, Verdict::Good(_)),
            "textmode {text:?} {ours:?}"
        );
        let secret = gpg.run(&["--export-secret-keys"], b"").out;
        gpg.write("key", &secret);
        let framed = judge(
            "sqop",
            &["inline-sign", "--as=clearsigned", "key"],
            text.as_bytes(),
            &gpg,
        );
        assert!(framed.ok, "{framed:?}");
        let ours = verify_clear_text(&framed.out, std::slice::from_ref(&public), later);
        assert!(
            matches!(ours.verification.verdict, Verdict::Good(_)),
            "sqop {text:?} {ours:?}\n{}",
            framed.stdout()
        );
    }
}

#[test]
fn the_backup_opens_with_gpg_rnp_and_sqop_and_the_recovery_key_alone() {
    let key = team(300);
    let backup = key.backup(RECOVERY).unwrap();
    let gpg = Gpg::new();
    gpg.write("backup.asc", backup.as_bytes());
    gpg.write("recovery", RECOVERY.as_bytes());
    let opened = gpg.run(
        &[
            "--pinentry-mode",
            "loopback",
            "--passphrase-file",
            "recovery",
            "--decrypt",
            "backup.asc",
        ],
        b"",
    );
    assert!(
        opened.ok
            && opened.status().contains("DECRYPTION_OKAY")
            && opened.status().contains("GOODMDC")
    );
    assert_eq!(opened.out, *key.lead_part().unwrap());
    gpg.import(&opened.out);
    let secrets = gpg
        .run(&["--with-colons", "--list-secret-keys"], b"")
        .stdout();
    assert_eq!(
        lines(&secrets, "ssb").len() + lines(&secrets, "sec").len(),
        4,
        "{secrets}"
    );
    let wrong = Gpg::new();
    wrong.write("backup.asc", backup.as_bytes());
    let refused = wrong.run(
        &[
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            "autre",
            "--decrypt",
            "backup.asc",
        ],
        b"",
    );
    assert!(!refused.ok && refused.out.is_empty(), "{refused:?}");
    let opened = judge(
        "sqop",
        &["decrypt", "--with-password", "recovery"],
        backup.as_bytes(),
        &gpg,
    );
    assert!(opened.ok && opened.out == *key.lead_part().unwrap());
    let opened = judge(
        "rnp",
        &[
            "--homedir",
            ".",
            "--password",
            RECOVERY,
            "--decrypt",
            "--output",
            "out.key",
            "backup.asc",
        ],
        b"",
        &gpg,
    );
    assert!(opened.ok, "{opened:?}");
    // What gpg itself writes under the recovery key opens here too.
    let by_gpg = gpg.run(
        &[
            "--pinentry-mode",
            "loopback",
            "--passphrase-file",
            "recovery",
            "--armor",
            "--cipher-algo",
            "AES256",
            "--symmetric",
        ],
        &key.lead_part().unwrap(),
    );
    assert!(by_gpg.ok, "{by_gpg:?}");
    let back = TeamKey::from_backup(&by_gpg.out, RECOVERY, now()).unwrap();
    assert_eq!(back.lead_part().unwrap(), key.lead_part().unwrap());
}
