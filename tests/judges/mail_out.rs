//! notmuch, gpg, RNP, sqop, gosop, PGPainless and OpenPGP.js read the mails that we write, and refuse a changed one; Python's parser
//! reads their MIME. Each judge is a program that we did not write; where one is missing the test fails and says what
//! brings it.

#[path = "mail_out/correspondents.rs"]
mod correspondents;
#[path = "mail_out/letter.rs"]
mod letter;
#[path = "mail_out/notmuch.rs"]
mod notmuch;
#[path = "mail_out/openers.rs"]
mod openers;
#[path = "gpg/programs.rs"]
mod programs;

use letter::{ciphertext, is_the_letter, letter, now, parsed, signed_parts, team};
use notmuch::Mailbox;
use openers::{OPENERS, OPENPGP_JS, Opener};
use programs::Gpg;
use relais_core::mail::{clear, encrypted, signed};
use relais_core::pgp::{Certificate, MailKeys, encrypt_with_passphrase, import};

#[test]
fn every_program_reads_one_mail_with_every_kind_of_key() {
    let (team, home) = (team(), Gpg::new());
    let people = correspondents::all();
    let certificates: Vec<Certificate> = people.iter().map(|p| p.certificate.clone()).collect();
    let written = letter(&team);
    let mail = encrypted(&written, &certificates, &team.keys, now()).unwrap();
    let changed = letter::changed(ciphertext(&mail), &home);
    let mut first: Option<Vec<u8>> = None;
    for person in &people {
        for name in OPENERS {
            let opener = Opener::new(name, &person.secret, &team.key.certificate());
            let pair = format!("{name} with the key of {}", person.made_by);
            let opened = opener.open(ciphertext(&mail));
            assert!(opened.good, "{pair}: {}", opened.said);
            let content = first.get_or_insert(opened.content.clone());
            assert!(opened.content == *content, "{pair} reads other bytes");
        }
    }
    is_the_letter(&first.unwrap(), &written, &home);
    for name in OPENERS {
        let opener = Opener::new(name, &people[0].secret, &team.key.certificate());
        let opened = opener.open(&changed);
        assert!(!opened.good, "{name} takes a changed byte: {}", opened.said);
    }
}

#[test]
fn a_key_of_version_6_is_written_to_beside_an_old_one_and_alone_in_the_newer_container() {
    let (team, home) = (team(), Gpg::new());
    let (new, old) = (correspondents::of_version_6(), correspondents::cv25519());
    let written = letter(&team);
    let both = [new.certificate.clone(), old.certificate.clone()];
    let mail = encrypted(&written, &both, &team.keys, now()).unwrap();
    for (name, person) in [(OPENPGP_JS, &new), (OPENPGP_JS, &old), ("gpg", &old)] {
        let opener = Opener::new(name, &person.secret, &team.key.certificate());
        let opened = opener.open(ciphertext(&mail));
        assert!(opened.good, "{name}, {}: {}", person.made_by, opened.said);
        is_the_letter(&opened.content, &written, &home);
    }

    let other = correspondents::of_version_6();
    let imported = import(&other.secret, None, now()).unwrap().key;
    let part = imported.lead_part().unwrap();
    let keys = MailKeys::open([(part.as_slice(), &other.certificate)]).unwrap();
    let mail = encrypted(&written, &both[..1], &keys, now()).unwrap();
    let armour = String::from_utf8(ciphertext(&mail).to_vec()).unwrap();
    let checksum = |line: &str| line.len() == 5 && line.starts_with('=');
    assert!(!armour.lines().any(checksum), "RFC 9580, section 6.1");
    let opener = Opener::new(OPENPGP_JS, &new.secret, &other.certificate);
    let opened = opener.open(ciphertext(&mail));
    assert!(opened.good, "{}", opened.said);
    is_the_letter(&opened.content, &written, &home);
    // No checksum around it: a letter of the base64 will do.
    let mut changed = armour.into_bytes();
    let middle = changed.len() / 2;
    let letter = changed[middle..]
        .iter_mut()
        .find(|c| c.is_ascii_lowercase());
    letter.unwrap().make_ascii_uppercase();
    assert!(!opener.open(&changed).good);
}

#[test]
fn outside_of_the_encryption_a_mail_parser_finds_two_parts_and_no_subject() {
    let (team, home) = (team(), Gpg::new());
    let written = letter(&team);
    let mail = encrypted(&written, &[], &team.keys, now()).unwrap();
    let read = parsed(&mail, &home);
    assert_eq!(read["kind"], "multipart/encrypted");
    assert_eq!(read["subject"], "[...]");
    assert_eq!(read["defects"], serde_json::json!([]), "{read}");
    assert_eq!(read["files"][0]["name"], "encrypted.asc");
}

#[test]
fn notmuch_shows_the_inner_subject_the_text_and_a_good_signature() {
    let team = team();
    let person = correspondents::cv25519();
    let written = letter(&team);
    let recipients = std::slice::from_ref(&person.certificate);
    let mail = encrypted(&written, recipients, &team.keys, now()).unwrap();
    let mailbox = Mailbox::new(&person.secret, &team.key.certificate());
    let read = mailbox.read(&mail, &written.message_id);
    let crypto = &read["crypto"];
    assert_eq!(crypto["decrypted"]["status"], "full", "{read}");
    assert_eq!(crypto["decrypted"]["header-mask"]["Subject"], "[...]");
    assert_eq!(crypto["signed"]["status"][0]["status"], "good", "{read}");
    let fingerprint = crypto["signed"]["status"][0]["fingerprint"]
        .as_str()
        .unwrap();
    let keys = team.key.certificate().keys(now());
    assert!(
        keys.iter()
            .any(|key| key.fingerprint.to_string() == fingerprint)
    );
    let headers = crypto["signed"]["headers"].as_array().unwrap();
    assert!(headers.iter().any(|header| header == "Subject"), "{read}");
    assert_eq!(read["headers"]["Subject"], written.subject.as_str());
    assert!(holds(&read, "deux comptes sont compromis à l’hôpital"));
    assert!(holds(&read, &written.attachments[0].name));
}

#[test]
fn notmuch_shows_nothing_of_a_changed_mail() {
    let (team, home) = (team(), Gpg::new());
    let person = correspondents::cv25519();
    let written = letter(&team);
    let recipients = std::slice::from_ref(&person.certificate);
    let mail = encrypted(&written, recipients, &team.keys, now()).unwrap();
    let changed = letter::changed(ciphertext(&mail), &home);
    let mail = String::from_utf8(mail.clone()).unwrap().replace(
        str::from_utf8(ciphertext(&mail)).unwrap(),
        &String::from_utf8(changed).unwrap().replace('\n', "\r\n"),
    );
    let mailbox = Mailbox::new(&person.secret, &team.key.certificate());
    let read = mailbox.read(mail.as_bytes(), &written.message_id);
    assert_ne!(read["crypto"]["decrypted"]["status"], "full", "{read}");
    assert_eq!(read["headers"]["Subject"], "[...]");
    assert!(!holds(&read, "compromis"));
}

#[test]
fn notmuch_finds_a_signed_mail_good_and_a_changed_one_bad() {
    let team = team();
    let person = correspondents::cv25519();
    let written = letter(&team);
    let mail = signed(&written, &team.keys, now()).unwrap();
    let status = |mail: &[u8]| {
        let mailbox = Mailbox::new(&person.secret, &team.key.certificate());
        let read = mailbox.read(mail, &written.message_id);
        assert!(holds(&read, "comptes"));
        let signature = read["crypto"]["signed"].clone();
        (
            signature["status"][0]["status"].clone(),
            signature["headers"].clone(),
        )
    };
    let (judged, headers) = status(&mail);
    assert_eq!(judged, "good");
    assert!(
        headers.as_array().unwrap().iter().any(|h| h == "Subject"),
        "{headers}"
    );
    let changed = String::from_utf8(mail)
        .unwrap()
        .replace("deux comptes", "neuf comptes");
    assert_eq!(status(changed.as_bytes()).0, "bad");
}

#[test]
fn every_program_finds_the_signature_of_a_signed_mail_good_and_bad_of_a_changed_one() {
    let (team, home) = (team(), Gpg::new());
    let person = correspondents::cv25519();
    let written = letter(&team);
    let mail = signed(&written, &team.keys, now()).unwrap();
    let (payload, signature) = signed_parts(&mail);
    is_the_letter(payload, &written, &home);
    let changed = String::from_utf8(payload.to_vec())
        .unwrap()
        .replace("deux", "neuf");
    for name in OPENERS {
        let opener = Opener::new(name, &person.secret, &team.key.certificate());
        let good = opener.verify(payload, signature);
        assert!(good.good, "{name}: {}", good.said);
        let bad = opener.verify(changed.as_bytes(), signature);
        assert!(!bad.good, "{name}: {}", bad.said);
    }
}

#[test]
fn a_mail_in_clear_is_read_as_it_was_written() {
    let (team, home) = (team(), Gpg::new());
    let written = letter(&team);
    is_the_letter(&clear(&written).unwrap(), &written, &home);
}

#[test]
fn gpg_and_sqop_open_a_message_with_the_passphrase_alone() {
    let (team, home) = (team(), Gpg::new());
    let (text, passphrase) = (
        "Le relevé.\n".as_bytes(),
        "galet mistral phare brume osier tamis",
    );
    let message = encrypt_with_passphrase(text, passphrase, Some(&team.keys), now()).unwrap();
    home.import(team.key.certificate().armoured().unwrap().as_bytes());
    let opened = home.run(
        &[
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            passphrase,
            "--decrypt",
        ],
        message.as_bytes(),
    );
    assert!(
        opened.ok && opened.status().contains("GOODSIG"),
        "{opened:?}"
    );
    assert!(opened.status().contains("GOODMDC"), "{opened:?}");
    assert_eq!(opened.out, text);
    home.write("passphrase", passphrase.as_bytes());
    let decrypt = ["decrypt", "--with-password=passphrase"];
    let opened = programs::judge("sqop", &decrypt, message.as_bytes(), &home);
    assert!(opened.ok, "{opened:?}");
    assert_eq!(opened.out, text);
}

/// Whether a text stands anywhere in what notmuch shows.
fn holds(shown: &serde_json::Value, text: &str) -> bool {
    match shown {
        serde_json::Value::String(string) => string.contains(text),
        serde_json::Value::Array(list) => list.iter().any(|one| holds(one, text)),
        serde_json::Value::Object(map) => map.values().any(|one| holds(one, text)),
        _ => false,
    }
}
