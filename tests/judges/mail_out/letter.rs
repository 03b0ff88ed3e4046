//! The mail that is judged, the team that writes it, and what Python's mail parser makes of it.

use chrono::{DateTime, Duration, TimeZone, Utc};
use relais_core::domain::mail::{Address, marking};
use relais_core::domain::marking::Tlp;
use relais_core::domain::rfc2350::Lang;
use relais_core::mail::{Outgoing, Part, message_id};
use relais_core::pgp::{MailKeys, Sharing, TeamKey, autocrypt_key};
use serde_json::Value;

use crate::programs::{Gpg, judge};

const READER: &str = include_str!("read.py");

/// Its team key, and the analyst's part of it.
pub struct Team {
    pub key: TeamKey,
    pub keys: MailKeys,
}

/// The judges read the machine's clock, so the tests live now.
pub fn now() -> DateTime<Utc> {
    Utc.timestamp_opt(Utc::now().timestamp(), 0).unwrap()
}

pub fn team() -> Team {
    let created = now() - Duration::hours(1);
    let name = "CSIRT de l’Estuaire";
    let mail = "contact@csirt-estuaire.example";
    let end = created + Duration::days(730);
    let key = TeamKey::generate(name, mail, created, end).unwrap().key;
    let sharing = Sharing::by_role(&key, now()).unwrap();
    let part = key.analyst_part(&sharing).unwrap();
    let keys = MailKeys::open([(part.as_slice(), &key.certificate())]).unwrap();
    Team { key, keys }
}

/// A mail with all that makes mails go wrong: accents in every place, lines that servers change, files of odd bytes.
pub fn letter(team: &Team) -> Outgoing {
    let from = Address::new("CSIRT de l’Estuaire", "contact@csirt-estuaire.example").unwrap();
    let to = Address::new("Gaëtan Morvault, DSI", "secours@batardiere.example").unwrap();
    let text = "Bonjour,\n\nFrom hier soir, deux comptes sont compromis à l’hôpital : voir ci-joint.\n.\n\
                -- \nL’équipe « Estuaire »";
    let key = autocrypt_key(&team.key.certificate(), &from.mail, now()).unwrap();
    Outgoing {
        message_id: message_id([0x5a; 16], &from),
        from,
        to: vec![to],
        cc: vec![Address::new("", "dsi@batardiere.example").unwrap()],
        subject: marking::subject(
            Some("PDL-2026-0042"),
            Tlp::Amber,
            "Point de situation à midi, avant l’arrêt des services de la messagerie",
        ),
        outer_label: None,
        date: now(),
        in_reply_to: vec!["q1@batardiere.example".into()],
        references: vec![
            "q0@batardiere.example".into(),
            "q1@batardiere.example".into(),
        ],
        text: marking::framed(text, Tlp::Amber, Lang::Fr),
        attachments: vec![
            Part {
                name: "Synthèse « été » n° 1, version définitive pour l’établissement.pdf".into(),
                mime: "application/pdf".into(),
                bytes: (0..=255).cycle().take(5000).collect(),
            },
            Part {
                name: "journal.log".into(),
                mime: "text/plain".into(),
                bytes: "From a\n.\r\n\rà la fin \n".into(),
            },
        ],
        autocrypt: Some(key),
        unsubscribe: None,
        chance: [7; 24],
    }
}

/// What Python's parser reads.
pub fn parsed(mail: &[u8], home: &Gpg) -> Value {
    let answer = judge("python3", &["-c", READER], mail, home);
    assert!(answer.ok, "{answer:?}");
    serde_json::from_slice(&answer.out).unwrap()
}

/// Whether a reader of MIME finds subject, people, text and files as they were written.
pub fn is_the_letter(mail: &[u8], written: &Outgoing, home: &Gpg) {
    let read = parsed(mail, home);
    assert_eq!(read["defects"], Value::Array(Vec::new()), "{read}");
    assert_eq!(read["subject"], written.subject.as_str());
    assert_eq!(read["message_id"], format!("<{}>", written.message_id));
    for (header, people) in [
        ("from", std::slice::from_ref(&written.from)),
        ("to", &written.to),
    ] {
        let expected: Vec<[&str; 2]> = people
            .iter()
            .map(|one| [one.name.as_str(), one.mail.as_str()])
            .collect();
        assert_eq!(read[header], serde_json::to_value(expected).unwrap());
    }
    let text = read["text"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), written.text.trim_end());
    let files: Vec<Value> = written
        .attachments
        .iter()
        .map(|part| {
            serde_json::json!({ "name": part.name, "mime": part.mime, "sha256": sha256(&part.bytes, home) })
        })
        .collect();
    assert_eq!(read["files"], Value::Array(files));
}

fn sha256(bytes: &[u8], home: &Gpg) -> String {
    let answer = judge("sha256sum", &["-b"], bytes, home);
    answer.stdout().split(' ').next().unwrap().to_owned()
}

/// The armoured message in an encrypted mail.
pub fn ciphertext(mail: &[u8]) -> &[u8] {
    let text = str::from_utf8(mail).unwrap();
    let end = "-----END PGP MESSAGE-----";
    let from = text.find("-----BEGIN PGP MESSAGE-----").unwrap();
    &mail[from..text.find(end).unwrap() + end.len()]
}

/// The part that a signed mail signs, and the armoured signature beside it (RFC 3156 §5, RFC 1847 §2.1).
pub fn signed_parts(mail: &[u8]) -> (&[u8], &[u8]) {
    let text = str::from_utf8(mail).unwrap();
    let after = text.split_once("boundary=\"").unwrap().1;
    let line = format!("\r\n--{}", after.split_once('"').unwrap().0);
    let mut parts = text.split(line.as_str());
    let payload = parts.nth(1).unwrap().strip_prefix("\r\n").unwrap();
    let signature = parts.next().unwrap();
    let from = signature.find("-----BEGIN").unwrap();
    (payload.as_bytes(), &signature.as_bytes()[from..])
}

/// The message with one bit of its middle turned, its armour whole: only the check inside can tell.
pub fn changed(armoured: &[u8], home: &Gpg) -> Vec<u8> {
    let binary = judge("sqop", &["dearmor"], armoured, home);
    assert!(binary.ok, "{binary:?}");
    let mut bytes = binary.out;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let again = judge("sqop", &["armor"], &bytes, home);
    assert!(again.ok, "{again:?}");
    again.out
}
