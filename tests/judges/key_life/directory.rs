//! The Web Key Directory.

use super::*;
use crate::programs::judge;
use relais_tests::machine::certificate;

#[test]
fn gpg_finds_our_wkd_hash_and_imports_what_lies_there() {
    let key = team(300)
        .add_user_id("Astreinte", "Astreinte.Nuit@CSIRT-Estuaire.example", ago(3))
        .unwrap()
        .key;
    let gpg = Gpg::new();
    gpg.import(published(&key).as_bytes());
    let listed = gpg.run(&["--with-wkd-hash", "--list-keys"], b"").stdout();
    let files = key.certificate().wkd(now()).unwrap();
    for file in files.iter().filter(|f| f.path.contains("/hu/")) {
        let hash = file.path.rsplit('/').next().unwrap();
        assert!(listed.contains(&format!("{hash}@")), "{hash} {listed}");
        let reader = Gpg::new();
        reader.import(&file.bytes);
        let seen = listing(&reader);
        assert_eq!(lines(&seen, "uid").len(), 1, "{seen}");
        assert!(
            lines(&seen, "fpr")
                .iter()
                .any(|l| l[9] == key.certificate().fingerprint().to_string())
        );
    }
    assert_eq!(files.len(), 3);
}

/// A machine of its own: no network but itself, its own names, and one authority that it trusts.
const ALONE: &str = r#"
set -e
ip link set lo up
echo "127.0.0.1 openpgpkey.csirt-estuaire.example" > hosts && mount --bind hosts /etc/hosts
echo "hosts: files" > names && mount --bind names /etc/nsswitch.conf
mount --bind tls.crt /etc/ssl/certs/ca-certificates.crt
echo standard-resolver > dirmngr.conf
(cd root && exec openssl s_server -WWW -quiet -accept 443 -cert ../tls.crt -key ../tls.key) > server.log 2>&1 &
sleep 1
gpg --batch --no-tty --status-fd 2 --auto-key-locate clear,wkd --locate-external-keys "$1" || status=$?
gpgconf --kill all; kill $!
exit ${status:-0}
"#;

#[test]
fn gpg_locates_the_key_in_our_web_key_directory() {
    let key = team(300)
        .add_user_id("Astreinte", "Astreinte@csirt-estuaire.example", ago(3))
        .unwrap()
        .key;
    for (address, found) in [
        (MAIL, true),
        ("astreinte@csirt-estuaire.example", true),
        ("personne@csirt-estuaire.example", false),
    ] {
        let gpg = Gpg::new();
        let local = address.split('@').next().unwrap();
        for file in key.certificate().wkd(now()).unwrap() {
            // This server takes the question for a part of the file's name.
            for name in [file.path.clone(), format!("{}?l={local}", file.path)] {
                gpg.write(&format!("root/{name}"), &file.bytes);
            }
        }
        certificate(&["openpgpkey.csirt-estuaire.example"], gpg.folder());
        let located = judge(
            "unshare",
            &[
                "--map-root-user",
                "--mount",
                "--net",
                "sh",
                "-c",
                ALONE,
                "sh",
                address,
            ],
            b"",
            &gpg,
        );
        assert_eq!(located.ok, found, "{located:?}");
        let seen = listing(&gpg);
        let fingerprint = key.certificate().fingerprint().to_string();
        assert_eq!(
            lines(&seen, "fpr")
                .first()
                .is_some_and(|l| l[9] == fingerprint),
            found,
            "{seen}"
        );
    }
}
