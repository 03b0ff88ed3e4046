//! The key after each change: extended, rotated, renamed, revoked.

use relais_core::pgp::{KeyChange, KeyRole, RevocationReason, Rotation, Verdict, verify};

use super::*;
use crate::programs::judge;

#[test]
fn gpg_and_sqop_follow_an_extension_of_an_expired_key() {
    let key = team(-10);
    let gpg = Gpg::new();
    gpg.import(published(&key).as_bytes());
    assert_eq!(lines(&listing(&gpg), "pub")[0][1], "e");
    let end = within(700);
    let extended = key.extend(end, now() - Duration::hours(1)).unwrap().key;
    gpg.import(published(&extended).as_bytes());
    let listing = listing(&gpg);
    let stamp = end.timestamp().to_string();
    let all = [lines(&listing, "pub"), lines(&listing, "sub")].concat();
    assert!(
        all.len() == 4 && all.iter().all(|k| k[6] == stamp && k[1] != "e"),
        "{listing}"
    );
    let signature = lead(&extended, now()).sign(FILE, now()).unwrap();
    gpg.write("f", FILE);
    gpg.write("f.asc", signature.as_bytes());
    let good = gpg.run(&["--verify", "f.asc", "f"], b"");
    assert!(good.ok && good.status().contains("GOODSIG"), "{good:?}");
    gpg.write("team.asc", published(&extended).as_bytes());
    let good = judge("sqop", &["verify", "f.asc", "team.asc"], FILE, &gpg);
    assert!(good.ok, "{good:?}");
    let good = judge(
        "rnp",
        &[
            "--homedir",
            "rnp",
            "--keyfile",
            "team.asc",
            "--verify",
            "f.asc",
            "--source",
            "f",
        ],
        b"",
        &gpg,
    );
    assert!(good.ok && good.err.contains("Good signature"), "{good:?}");
}

#[test]
fn correspondents_turn_to_the_new_encryption_key_and_old_mail_still_opens() {
    let key = team(300);
    let sender = Gpg::new();
    sender.import(published(&key).as_bytes());
    let to = key.certificate().fingerprint().to_string();
    let encrypt = |sender: &Gpg| {
        let sealed = sender.run(&["--trust-model", "always", "--encrypt", "-r", &to], FILE);
        assert!(sealed.ok, "{sealed:?}");
        sealed.out
    };
    let before = encrypt(&sender);
    let rotated = key
        .rotate(Rotation::Encryption, within(600), ago(1))
        .unwrap();
    let KeyChange::Rotated {
        added, superseded, ..
    } = rotated.change
    else {
        panic!()
    };
    sender.import(published(&rotated.key).as_bytes());
    let after = encrypt(&sender);
    let sharing = Sharing::by_role(&rotated.key, now()).unwrap();
    let reader = Gpg::new();
    reader.import(&rotated.key.lead_part().unwrap());
    reader.write("analyste.key", &rotated.key.analyst_part(&sharing).unwrap());
    for (sealed, subkey) in [(&before, &superseded[0]), (&after, &added)] {
        let id = &subkey.to_string()[24..];
        let opened = reader.run(&["--decrypt"], sealed);
        assert!(
            opened.ok && opened.out == FILE && opened.status().contains(&format!("ENC_TO {id}")),
            "{opened:?}"
        );
        assert!(opened.status().contains("DECRYPTION_OKAY"));
        let opened = judge("sqop", &["decrypt", "analyste.key"], sealed, &reader);
        assert!(opened.ok && opened.out == FILE, "{opened:?}");
    }
    // The same from RNP and sqop, which have no memory of the old certificate.
    sender.write("team.asc", published(&rotated.key).as_bytes());
    let sealed = judge("sqop", &["encrypt", "team.asc"], FILE, &sender);
    assert!(sealed.ok, "{sealed:?}");
    let opened = reader.run(&["--decrypt"], &sealed.out);
    assert!(
        opened.ok
            && opened
                .status()
                .contains(&format!("ENC_TO {}", &added.to_string()[24..])),
        "{opened:?}"
    );
    sender.write("f", FILE);
    let sealed = judge(
        "rnp",
        &[
            "--homedir",
            "rnp",
            "--keyfile",
            "team.asc",
            "-e",
            "-r",
            &to,
            "--output",
            "f.pgp",
            "f",
        ],
        b"",
        &sender,
    );
    assert!(sealed.ok, "{sealed:?}");
    let packets = sender.run(&["--list-packets", "f.pgp"], b"").stdout();
    assert!(
        packets.contains(&format!("keyid {}", &added.to_string()[24..])),
        "{packets}"
    );
}

#[test]
fn an_old_document_verifies_after_the_rotation_without_a_warning() {
    let key = team(300);
    let old = lead(&key, ago(100)).sign(FILE, ago(100)).unwrap();
    let rotated = key
        .rotate(Rotation::Documents, within(290), ago(1))
        .unwrap()
        .key;
    let new = lead(&rotated, now()).sign(FILE, now()).unwrap();
    let gpg = Gpg::new();
    gpg.import(published(&rotated).as_bytes());
    gpg.write("team.asc", published(&rotated).as_bytes());
    gpg.write("f", FILE);
    gpg.write("old.asc", old.as_bytes());
    gpg.write("new.asc", new.as_bytes());
    for name in ["old.asc", "new.asc"] {
        let said = gpg.run(&["--verify", name, "f"], b"");
        assert!(said.ok && said.status().contains("GOODSIG"), "{said:?}");
        let said = judge("sqop", &["verify", name, "team.asc"], FILE, &gpg);
        assert!(said.ok, "{said:?}");
        let said = judge(
            "rnp",
            &[
                "--homedir",
                "rnp",
                "--keyfile",
                "team.asc",
                "--verify",
                name,
                "--source",
                "f",
            ],
            b"",
            &gpg,
        );
        assert!(said.ok && said.err.contains("Good signature"), "{said:?}");
    }
    let ours = verify(FILE, old.as_bytes(), &[rotated.certificate()], now()).verdict;
    assert!(
        matches!(ours, Verdict::Good(ref s) if s.role == KeyRole::Documents),
        "{ours:?}"
    );
}

#[test]
fn gpg_lists_the_names_as_we_do() {
    let key = team(300);
    let first = key.certificate().user_id(now()).unwrap();
    let both = key
        .add_user_id("CERT Estuaire", "cert@estuaire.example", ago(20))
        .unwrap()
        .key;
    let gpg = Gpg::new();
    gpg.import(published(&both).as_bytes());
    let seen = listing(&gpg);
    let names: Vec<&str> = lines(&seen, "uid").iter().map(|l| l[9]).collect();
    assert_eq!(names, both.certificate().user_ids(now()), "{seen}");
    let renewed = both.extend(within(900), ago(15)).unwrap().key;
    gpg.import(published(&renewed).as_bytes());
    let seen = listing(&gpg);
    let names: Vec<&str> = lines(&seen, "uid").iter().map(|l| l[9]).collect();
    assert_eq!(names, renewed.certificate().user_ids(now()), "{seen}");
    let one = renewed.retire_user_id(&first, ago(10)).unwrap().key;
    gpg.import(published(&one).as_bytes());
    let seen = listing(&gpg);
    let states: Vec<(&str, bool)> = lines(&seen, "uid")
        .iter()
        .map(|l| (l[9], l[1] == "r"))
        .collect();
    assert!(
        states.contains(&(first.as_str(), true)) && states.iter().filter(|s| s.1).count() == 1,
        "{seen}"
    );
    let end = within(900).timestamp().to_string();
    assert!(lines(&seen, "pub")[0][6].starts_with(&end[..8]), "{seen}");
    let back = one
        .add_user_id("Équipe de l’Estuaire", MAIL, ago(5))
        .unwrap()
        .key;
    gpg.import(published(&back).as_bytes());
    let seen = listing(&gpg);
    assert!(lines(&seen, "uid").iter().all(|l| l[1] != "r"), "{seen}");
}

#[test]
fn each_revocation_revokes_in_gpg_and_sqop() {
    for reason in [
        RevocationReason::Compromised,
        RevocationReason::Unspecified,
        RevocationReason::Superseded,
        RevocationReason::Retired,
    ] {
        let key = team(300);
        let old = lead(&key, ago(100)).sign(FILE, ago(100)).unwrap();
        let gpg = Gpg::new();
        gpg.import(published(&key).as_bytes());
        let revoked = key.revoke(reason, "Poste volé", ago(1)).unwrap().key;
        if reason.is_hard() {
            let paper = key.revocation(reason, "Poste volé", ago(1)).unwrap();
            gpg.import(paper.as_bytes());
        } else {
            gpg.import(published(&revoked).as_bytes());
        }
        assert_eq!(lines(&listing(&gpg), "pub")[0][1], "r");
        gpg.write("f", FILE);
        gpg.write("old.asc", old.as_bytes());
        gpg.write("team.asc", published(&revoked).as_bytes());
        let said = judge("sqop", &["verify", "old.asc", "team.asc"], FILE, &gpg);
        assert_eq!(said.ok, !reason.is_hard());
        let to = key.certificate().fingerprint().to_string();
        let said = gpg.run(&["--trust-model", "always", "--encrypt", "-r", &to], FILE);
        assert!(!said.ok && said.out.is_empty(), "{said:?}");
    }
}

#[test]
fn a_gpg_rsa_key_lives_the_same_life() {
    let gpg = Gpg::new();
    let parameters = "Key-Type: RSA\nKey-Length: 3072\nKey-Usage: sign,cert\nSubkey-Type: RSA\nSubkey-Length: 3072\nSubkey-Usage: encrypt\nName-Real: CSIRT Delta\nName-Email: contact@delta.example\nExpire-Date: 1y\n%no-protection\n%commit\n";
    assert!(gpg.run(&["--full-generate-key"], parameters.as_bytes()).ok);
    let secret = gpg.run(&["--armor", "--export-secret-keys"], b"").out;
    let soon = now() + Duration::seconds(2);
    let key = relais_core::pgp::import(&secret, None, soon).unwrap().key;
    let key = key.extend(within(800), soon).unwrap().key;
    let key = key
        .rotate(
            Rotation::Encryption,
            within(800),
            soon + Duration::seconds(1),
        )
        .unwrap()
        .key;
    let key = key
        .rotate(
            Rotation::Documents,
            within(800),
            soon + Duration::seconds(2),
        )
        .unwrap()
        .key;
    let key = key
        .add_user_id(
            "CERT Delta",
            "cert@delta.example",
            soon + Duration::seconds(3),
        )
        .unwrap()
        .key;
    std::thread::sleep(std::time::Duration::from_secs(7));
    gpg.import(published(&key).as_bytes());
    let seen = listing(&gpg);
    assert_eq!(lines(&seen, "sub").len(), 3);
    let live: Vec<String> = lines(&seen, "sub")
        .iter()
        .filter(|l| l[1] != "r")
        .map(|l| l[11].to_owned())
        .collect();
    assert!(live == ["e", "s"] || live == ["s", "e"], "{live:?}");
    let signature = lead(&key, now()).sign(FILE, now()).unwrap();
    gpg.write("f", FILE);
    gpg.write("f.asc", signature.as_bytes());
    let good = gpg.run(&["--verify", "f.asc", "f"], b"");
    assert!(good.ok && good.status().contains("GOODSIG"), "{good:?}");
}
