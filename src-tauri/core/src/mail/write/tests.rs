#![allow(clippy::unwrap_used)]

use chrono::{TimeZone, Utc};
use mail_parser::{Message, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::*;
use crate::pgp::{Sharing, TeamKey, Verdict, autocrypt_key, open_message, verify};

mod hostile;

const TEXT: &str = "TLP:AMBER\n\nDeux comptes compromis à l’hôpital.\nFrom nous, bientôt plus.\n\
                    \nFin du texte marqué TLP:AMBER.\n";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap()
}

fn address(name: &str, mail: &str) -> Address {
    Address::new(name, mail).unwrap()
}

fn sample() -> Outgoing {
    let from = address("CSIRT Estuaire", "contact@csirt-estuaire.example");
    Outgoing {
        message_id: message_id([7; 16], &from),
        from,
        to: vec![address("Gaëtan Morvault", "secours@batardiere.example")],
        cc: vec![address("", "dsi@batardiere.example")],
        subject: "[PDL-2026-0042] [TLP:AMBER] Point de situation à midi".into(),
        outer_label: None,
        date: now(),
        in_reply_to: vec!["a1@batardiere.example".into()],
        references: vec![
            "a0@batardiere.example".into(),
            "a1@batardiere.example".into(),
        ],
        text: TEXT.into(),
        attachments: vec![
            Part {
                name: "Synthèse n° 1 – « été ».pdf".into(),
                mime: "application/pdf".into(),
                bytes: (0..=255).cycle().take(3000).collect(),
            },
            Part {
                name: "journal.log".into(),
                mime: "text/plain".into(),
                bytes: "a\nb\r\n\rFrom c\n.\n \0é".into(),
            },
        ],
        autocrypt: None,
        unsubscribe: None,
        chance: [9; 24],
    }
}

fn team() -> (TeamKey, MailKeys) {
    let created = Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap();
    let end = Utc.with_ymd_and_hms(2028, 3, 1, 0, 0, 0).unwrap();
    let mail = "contact@csirt-estuaire.example";
    let key = TeamKey::generate("CSIRT Estuaire", mail, created, end)
        .unwrap()
        .key;
    let sharing = Sharing::by_role(&key, now()).unwrap();
    let part = key.analyst_part(&sharing).unwrap();
    let keys = MailKeys::open([(part.as_slice(), &key.certificate())]).unwrap();
    (key, keys)
}

/// Somebody else's key, as good as a team's.
fn other() -> (TeamKey, MailKeys) {
    team()
}

fn parsed(mail: &[u8]) -> Message<'_> {
    MessageParser::new().parse(mail).unwrap()
}

/// The names of the headers of a block, in order.
fn header_names(mail: &[u8]) -> Vec<String> {
    let text = String::from_utf8(mail.to_vec()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap();
    head.split("\r\n")
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split(':').next().unwrap().to_owned())
        .collect()
}

/// What no server on the way has a reason to change.
fn travels_unchanged(mail: &[u8]) -> bool {
    mail.is_ascii()
        && mail.ends_with(b"\r\n")
        && mail.split(|b| *b == b'\n').all(|line| line.len() <= 998)
        && mail.iter().enumerate().all(|(at, byte)| match byte {
            b'\n' => at > 0 && mail[at - 1] == b'\r',
            b'\r' => mail.get(at + 1) == Some(&b'\n'),
            b'\t' => true,
            byte => !byte.is_ascii_control(),
        })
}

/// Whether a reader finds in a mail, or in what was encrypted, all that was put into it.
fn says_the_same(mail: &[u8], outgoing: &Outgoing) {
    let read = parsed(mail);
    assert_eq!(read.subject().unwrap_or_default(), outgoing.subject);
    let people = |list: Option<&mail_parser::Address<'_>>| -> Vec<(String, String)> {
        let boxes = list.into_iter().flat_map(|list| list.iter());
        boxes
            .map(|one| {
                let (name, mail) = (one.name().unwrap_or_default(), one.address());
                (name.to_owned(), mail.unwrap_or_default().to_owned())
            })
            .collect()
    };
    let expected = |list: &[Address]| -> Vec<(String, String)> {
        let pairs = list.iter();
        pairs
            .map(|one| (one.name.clone(), one.mail.clone()))
            .collect()
    };
    assert_eq!(
        people(read.from()),
        expected(std::slice::from_ref(&outgoing.from))
    );
    assert_eq!(people(read.to()), expected(&outgoing.to));
    assert_eq!(people(read.cc()), expected(&outgoing.cc));
    assert_eq!(read.message_id().unwrap(), outgoing.message_id);
    assert_eq!(
        read.date().unwrap().to_timestamp(),
        outgoing.date.timestamp()
    );
    let text = read.body_text(0).unwrap().replace("\r\n", "\n");
    let lines = |text: &str| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.strip_suffix('\n').unwrap_or(&text).to_owned()
    };
    // A part ends before the line end that belongs to the boundary.
    assert_eq!(lines(&text), lines(&outgoing.text));
    let files: Vec<_> = read
        .attachments()
        .map(|part| Part {
            name: part.attachment_name().unwrap_or_default().to_owned(),
            mime: part
                .content_type()
                .map(|t| format!("{}/{}", t.ctype(), t.subtype().unwrap_or_default()))
                .unwrap(),
            bytes: part.contents().to_vec(),
        })
        .collect();
    // Short, or a failure fills the screen.
    assert!(
        files == outgoing.attachments,
        "{:?}",
        files
            .iter()
            .map(|f| (&f.name, &f.mime, f.bytes.len()))
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_mail_in_clear_reads_back_as_it_was_meant() {
    let mut outgoing = sample();
    let mail = clear(&outgoing).unwrap();
    assert!(travels_unchanged(&mail));
    says_the_same(&mail, &outgoing);
    let names = [
        "Date",
        "From",
        "To",
        "Cc",
        "Subject",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
    ];
    assert_eq!(header_names(&mail), names);
    assert_eq!(clear(&outgoing).unwrap(), mail, "nothing is left to chance");
    outgoing.attachments.clear();
    says_the_same(&clear(&outgoing).unwrap(), &outgoing);
}

#[test]
fn a_signed_mail_bears_its_headers_inside_and_a_signature_over_the_exact_bytes() {
    let (team, keys) = team();
    let mail = signed(&sample(), &keys, now()).unwrap();
    assert!(travels_unchanged(&mail));
    let read = parsed(&mail);
    let root = read.content_type().unwrap();
    assert_eq!(root.subtype(), Some("signed"));
    assert_eq!(root.attribute("micalg"), Some("pgp-sha512"));
    assert_eq!(
        root.attribute("protocol"),
        Some("application/pgp-signature")
    );

    let line = format!("\r\n--{}", root.attribute("boundary").unwrap());
    let text = String::from_utf8(mail.clone()).unwrap();
    let parts: Vec<&str> = text.split(line.as_str()).collect();
    let [_, payload, signature, end] = parts[..] else {
        unreachable!("{parts:?}")
    };
    assert_eq!(end, "--\r\n");
    let payload = payload.strip_prefix("\r\n").unwrap();
    says_the_same(payload.as_bytes(), &sample());
    let inner = parsed(payload.as_bytes());
    let content = inner.content_type().unwrap();
    assert_eq!(content.attribute("hp"), Some("clear"));
    assert_eq!(content.attribute("protected-headers"), Some("v1"));
    assert!(!payload.contains("HP-Outer"));
    assert!(!payload.contains("\nFrom nous"), "old mailboxes change it");
    let certificates = [team.certificate()];
    let judged =
        |bytes: &str| verify(bytes.as_bytes(), signature.as_bytes(), &certificates, now()).verdict;
    assert!(matches!(judged(payload), Verdict::Good(_)));
    let changed = payload.replacen("TLP:AMBER", "TLP:CLEAR", 1);
    assert!(matches!(judged(&changed), Verdict::Bad { .. }));
}

/// What is inside, and what stood around it.
fn opened(mail: &[u8], keys: &MailKeys, team: &TeamKey) -> (Vec<u8>, String) {
    let text = String::from_utf8(mail.to_vec()).unwrap();
    let start = text.find("-----BEGIN PGP MESSAGE-----").unwrap();
    let opened = open_message(&mail[start..], keys, &[team.certificate()], 1 << 24, now()).unwrap();
    assert!(matches!(
        opened.verification.unwrap().verdict,
        Verdict::Good(_)
    ));
    (opened.content.to_vec(), text[..start].to_owned())
}

#[test]
fn outside_of_an_encrypted_mail_stands_no_word_of_it() {
    let (team, keys) = team();
    let mut outgoing = sample();
    outgoing.autocrypt =
        Some(autocrypt_key(&team.certificate(), &outgoing.from.mail, now()).unwrap());
    let mail = encrypted(&outgoing, &[team.certificate()], &keys, now()).unwrap();
    assert!(travels_unchanged(&mail));
    let (inside, outside) = opened(&mail, &keys, &team);
    assert!(travels_unchanged(&inside));
    says_the_same(&inside, &outgoing);
    let read = parsed(&mail);
    assert_eq!(read.subject(), Some("[...]"));
    for word in ["situation", "PDL", "AMBER", "Synth", "pdf", "journal"] {
        assert!(!outside.contains(word), "{word} in {outside}");
    }

    let content = parsed(&inside);
    let content = content.content_type().unwrap();
    assert_eq!(content.attribute("hp"), Some("cipher"));
    assert_eq!(content.attribute("protected-headers"), Some("v1"));
    let structural = |line: &str| line.starts_with("Content-") || line.starts_with("MIME-Version");
    let around: Vec<String> = header_names(&mail)
        .into_iter()
        .filter(|name| !structural(name.as_str()))
        .collect();
    let within: Vec<String> = header_names(&inside)
        .into_iter()
        .filter(|name| !structural(name.as_str()))
        .collect();
    let (own, told): (Vec<String>, Vec<String>) =
        within.into_iter().partition(|name| name != "HP-Outer");
    assert_eq!(own, around);
    assert_eq!(told.len(), around.len());

    // Each header that stands outside is told inside, word for word.
    let unfolded = |text: &str| text.replace("\r\n ", " ");
    let inside = String::from_utf8(inside).unwrap();
    let inside = unfolded(inside.split("\r\n\r\n").next().unwrap());
    let outside = unfolded(outside.split("\r\n\r\n").next().unwrap());
    for line in outside.lines().filter(|line| !structural(line)) {
        assert!(inside.contains(&format!("HP-Outer: {line}")), "{line}");
    }
}

#[test]
fn a_recipient_in_secret_gets_a_ciphertext_of_their_own() {
    let (team, keys) = team();
    let (open, _) = other();
    let (secret, secret_keys) = other();
    let for_open = encrypted(&sample(), &[open.certificate()], &keys, now()).unwrap();
    let for_secret = encrypted(&sample(), &[secret.certificate()], &keys, now()).unwrap();
    let (inside, outside) = opened(&for_secret, &secret_keys, &team);
    says_the_same(&inside, &sample());
    let inside = String::from_utf8(inside).unwrap();
    assert!(!format!("{inside}{outside}").to_lowercase().contains("bcc"));
    let (_, same_outside) = opened(&for_open, &keys, &team);
    assert_eq!(outside, same_outside, "around it nothing tells them apart");
    let text = String::from_utf8(for_open).unwrap();
    let start = text.find("-----BEGIN PGP").unwrap();
    let refused = open_message(&text.as_bytes()[start..], &secret_keys, &[], 1 << 24, now());
    assert!(refused.is_err());
}

#[test]
fn a_team_may_show_the_label_outside() {
    let (team, keys) = team();
    let mut outgoing = sample();
    outgoing.outer_label = Some(Tlp::Amber);
    let mail = encrypted(&outgoing, &[], &keys, now()).unwrap();
    assert_eq!(parsed(&mail).subject(), Some("[TLP:AMBER] [...]"));
    let (inside, _) = opened(&mail, &keys, &team);
    says_the_same(&inside, &outgoing);
}

#[test]
fn a_recipient_who_cannot_be_encrypted_to_is_named() {
    let (_, keys) = team();
    let (other, _) = other();
    let late = Utc.with_ymd_and_hms(2028, 2, 28, 0, 0, 0).unwrap();
    assert!(encrypted(&sample(), &[other.certificate()], &keys, late).is_ok());
    let early = Utc.with_ymd_and_hms(2026, 2, 1, 0, 0, 0).unwrap();
    // The team's own key is not made yet either: its fault comes first.
    let refused = encrypted(&sample(), &[other.certificate()], &keys, early);
    assert!(matches!(
        refused,
        Err(WriteError::Pgp(PgpError::NotYetValid { .. }))
    ));
}

type Change<'c> = Box<dyn Fn(&mut Outgoing) + 'c>;

#[test]
fn nothing_that_ends_a_line_enters_a_header() {
    let (_, keys) = team();
    for bad in [
        "\r\n", "\n", "\r", "\0", "\t", "\u{7f}", "\u{85}", "\u{2028}",
    ] {
        let hostile = format!("Point{bad}Bcc: tous@exemple.example");
        let id = format!("a{bad}b@exemple.example");
        let mail = format!("a{bad}@exemple.example");
        let changes: [(&str, Change<'_>); 11] = [
            ("Subject", Box::new(|o| o.subject.clone_from(&hostile))),
            ("From", Box::new(|o| o.from.name.clone_from(&hostile))),
            ("To", Box::new(|o| o.to[0].name.clone_from(&hostile))),
            ("To", Box::new(|o| o.to[0].mail.clone_from(&mail))),
            ("Cc", Box::new(|o| o.cc[0].name.clone_from(&hostile))),
            ("Message-ID", Box::new(|o| o.message_id.clone_from(&id))),
            (
                "In-Reply-To",
                Box::new(|o| o.in_reply_to[0].clone_from(&id)),
            ),
            ("References", Box::new(|o| o.references[1].clone_from(&id))),
            (
                "List-Unsubscribe",
                Box::new(|o| {
                    o.unsubscribe = Some(Address {
                        name: String::new(),
                        mail: mail.clone(),
                    });
                }),
            ),
            (
                "Content-Disposition",
                Box::new(|o| o.attachments[0].name.clone_from(&hostile)),
            ),
            (
                "Content-Type",
                Box::new(|o| o.attachments[0].mime = format!("text/plain{bad}")),
            ),
        ];
        for (field, change) in changes {
            let mut outgoing = sample();
            change(&mut outgoing);
            let refused = WriteError::Header { field };
            assert_eq!(clear(&outgoing).unwrap_err(), refused, "{bad:?}");
            assert_eq!(signed(&outgoing, &keys, now()).unwrap_err(), refused);
            assert_eq!(
                encrypted(&outgoing, &[], &keys, now()).unwrap_err(),
                refused
            );
        }
    }
}

#[test]
fn an_address_that_servers_do_not_carry_is_refused_as_such() {
    let mut outgoing = sample();
    outgoing.to[0].mail = "gaëtan@batardière.example".into();
    let field = "To";
    assert_eq!(
        clear(&outgoing).unwrap_err(),
        WriteError::AddressNotAscii { field }
    );
}

#[test]
fn a_mail_to_secret_recipients_alone_names_nobody() {
    let mut outgoing = sample();
    outgoing.to.clear();
    outgoing.cc.clear();
    let mail = String::from_utf8(clear(&outgoing).unwrap()).unwrap();
    assert!(mail.contains("\r\nTo: undisclosed-recipients:;\r\n"));
    assert!(!mail.to_lowercase().contains("bcc"));
}

#[test]
fn a_long_thread_keeps_its_beginning_and_its_newest_mails() {
    let mut outgoing = sample();
    outgoing.references = (0..500)
        .map(|n| format!("m{n}@batardiere.example"))
        .collect();
    outgoing.references.insert(3, "sans arobase".into());
    outgoing.references.insert(4, "é@batardiere.example".into());
    let mail = clear(&outgoing).unwrap();
    let read = parsed(&mail);
    let named = read.references().as_text_list().unwrap();
    assert_eq!(named.len(), 40);
    assert_eq!(named[0], "m0@batardiere.example");
    assert_eq!(named[1], "m461@batardiere.example");
    assert_eq!(named[39], "m499@batardiere.example");
}

#[test]
fn the_key_in_the_header_is_one_that_autocrypt_reads() {
    let (team, _) = team();
    let mut outgoing = sample();
    let key = autocrypt_key(&team.certificate(), &outgoing.from.mail, now()).unwrap();
    outgoing.autocrypt = Some(key.clone());
    outgoing.unsubscribe = Some(address("", "bulletin@csirt-estuaire.example"));
    let mail = String::from_utf8(clear(&outgoing).unwrap()).unwrap();
    let unfolded = mail.replace("\r\n ", " ");
    let line = unfolded
        .lines()
        .find_map(|line| line.strip_prefix("Autocrypt: "))
        .unwrap();
    let (head, data) = line.split_once("keydata=").unwrap();
    assert_eq!(
        head,
        "addr=contact@csirt-estuaire.example; prefer-encrypt=mutual; "
    );
    let data: String = data.split_whitespace().collect();
    assert_eq!(
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, data).unwrap(),
        key
    );
    assert!(unfolded.contains(
        "\r\nList-Unsubscribe: <mailto:bulletin@csirt-estuaire.example?subject=unsubscribe>\r\n"
    ));
    assert!(mail.lines().all(|line| line.len() <= 78), "{mail}");
}

#[test]
fn a_mail_on_a_mail_goes_as_a_file_and_more_than_we_would_read_not_at_all() {
    let mut outgoing = sample();
    outgoing.attachments[0].mime = "message/rfc822".into();
    let mail = clear(&outgoing).unwrap();
    let read = parsed(&mail);
    let kinds: Vec<_> = read
        .attachments()
        .map(|part| part.content_type().unwrap().subtype().unwrap())
        .collect();
    assert_eq!(kinds, ["octet-stream", "plain"]);
    outgoing.attachments[1].bytes.push(0xff);
    let mail = clear(&outgoing).unwrap();
    let read = parsed(&mail);
    let file = read.attachments().last().unwrap();
    assert_eq!(
        file.contents(),
        outgoing.attachments[1].bytes,
        "of no known charset"
    );
    outgoing.attachments[0].bytes = vec![0; 100 * 1024 * 1024];
    assert!(matches!(clear(&outgoing), Err(WriteError::TooLarge { .. })));
}

#[test]
fn the_name_of_a_mail_is_chance_on_the_teams_domain() {
    let name = message_id([0xab; 16], &address("", "contact@CSIRT-estuaire.example"));
    assert_eq!(name, format!("{}@csirt-estuaire.example", "ab".repeat(16)));
}

/// Words as people type them, and worse.
fn line_of_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,120}",
        "[a-zé«»’œ€ ]{0,60}",
        "\\PC{0,200}",
        "(=\\?utf-8\\?Q\\?|\\?=|\"|\\\\|<|>|@|,|;|:|\\(|\\)|é| |a){0,40}",
        "x{60,300}",
    ]
    // A blank at either end says nothing, and readers take it away.
    .prop_map(|text| text.trim().to_owned())
    .prop_filter("two blanks are one", |text| {
        !text.contains("  ")
            && !text
                .chars()
                .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
    })
}

fn file() -> impl Strategy<Value = Part> {
    (
        "[a-zA-Z0-9é «»’._-]{1,90}",
        prop_oneof![
            Just("application/pdf"),
            Just("image/png"),
            Just("application/pgp-keys")
        ],
        proptest::collection::vec(any::<u8>(), 0..400),
    )
        .prop_map(|(name, mime, bytes)| Part {
            name: format!(
                "f{}x",
                name.split_whitespace().collect::<Vec<_>>().join(" ")
            ),
            mime: mime.into(),
            bytes,
        })
}

prop_compose! {
    fn any_mail()(
        subject in line_of_text(),
        names in proptest::collection::vec(line_of_text(), 1..6),
        text in "(\\PC|\r|\n|\r\n|From |\\.|=|\t| ){0,300}",
        attachments in proptest::collection::vec(file(), 0..4),
    ) -> Outgoing {
        let mut people = names
            .iter()
            .enumerate()
            .filter_map(|(n, name)| Address::new(name, &format!("p{n}@batardiere.example")));
        let from = people.next().unwrap();
        let to: Vec<Address> = people.by_ref().take(2).collect();
        Outgoing { from, cc: people.collect(), to, subject, text, attachments, ..sample() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_written_a_reader_finds_the_same(outgoing in any_mail()) {
        let mail = clear(&outgoing).unwrap();
        prop_assert!(travels_unchanged(&mail));
        says_the_same(&mail, &outgoing);
        let mut expected = header_names(&clear(&sample()).unwrap());
        expected.push("Content-Transfer-Encoding".into());
        let names = header_names(&mail);
        prop_assert!(names.iter().all(|name| expected.contains(name)), "{:?}", names);
        let mut once = names.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), names.len());
    }

    #[test]
    fn no_text_makes_a_header_of_its_own(subject in ".{0,80}", name in ".{0,80}", file in ".{0,80}", id in ".{0,80}") {
        let mut outgoing = sample();
        outgoing.subject = subject;
        outgoing.from.name.clone_from(&name);
        outgoing.to[0].name = name;
        outgoing.attachments[0].name = file;
        outgoing.references.push(id);
        if let Ok(mail) = clear(&outgoing) {
            prop_assert!(travels_unchanged(&mail));
            prop_assert_eq!(header_names(&mail), header_names(&clear(&sample()).unwrap()));
        }
    }
}

/// `cargo nextest run --workspace --lib --run-ignored only -E 'test(how_long)' --no-capture`
#[test]
#[ignore = "a measurement, not a rule"]
fn how_long_a_mail_with_a_large_file_takes() {
    let (team, keys) = team();
    let mut outgoing = sample();
    outgoing.attachments[0].bytes = vec![0x5a; 25 * 1024 * 1024];
    for _ in 0..5 {
        let start = std::time::Instant::now();
        let mail = encrypted(&outgoing, &[team.certificate()], &keys, now()).unwrap();
        println!("{} bytes in {:?}", mail.len(), start.elapsed());
    }
}
