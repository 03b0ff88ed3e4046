//! Mail that wants to do harm, or is merely enormous: a clear answer, and a vault that is whole.

use std::time::Instant;

use relais_core::api::view::{Following, Follows, KeyOrigin, KeylessWay, MailFolder, MailQuery};
use relais_core::api::{Code, Session};
use relais_core::domain::mail::template::TemplateLang;
use relais_core::domain::mail::{Address, KeyTrust, Warning, Way};
use relais_core::domain::people::Role;
use relais_core::pgp::TeamKey;
use relais_tests::Team;

use crate::correspondents::{
    Correspondent, GAETAN, PROVIDER, case_of, draft_to, exported, take_key,
};

/// Headers of a mail of Gaëtan's that this file sends, and what comes after them.
fn mail(rest: &str) -> Vec<u8> {
    format!(
        "From: {GAETAN}\r\nTo: contact@csirt.example\r\nDate: Thu, 12 Mar 2026 09:30:00 +0100\r\n{rest}"
    )
    .into_bytes()
}

fn whole(session: &mut Session) {
    assert!(session.verify_journal(|_| true).unwrap().good);
}

/// The names of the headers of every part of a mail that is not encrypted.
fn header_names(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8(raw.to_vec()).unwrap();
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let names = text.lines().filter_map(|line| {
        let (name, _) = line.split_once(": ")?;
        is_name(name).then(|| name.to_lowercase())
    });
    names.collect()
}

const ENDS: [&str; 6] = ["\r\n", "\n", "\r", "\0", "\u{85}", "\u{2028}"];

#[test]
fn nothing_that_somebody_types_becomes_a_header_of_a_mail_that_leaves() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let mut written = 0;
    for end in ENDS {
        let hostile = format!("Point{end}Bcc: tous@exemple.example{end}X-Autre: 1");
        for place in ["name", "mail", "subject", "file", "media type"] {
            let id = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
            let mut draft = analyst.mail_draft(id).unwrap().draft;
            if matches!(place, "file" | "media type") {
                draft = analyst.attach_to_mail(id, &hostile, b"x").unwrap().draft;
            }
            match place {
                "name" => draft.to[0].name.clone_from(&hostile),
                "mail" => draft.to[0].mail = format!("a{end}b@exemple.example"),
                "subject" => draft.subject.clone_from(&hostile),
                "file" => draft.attachments[0].name.clone_from(&hostile),
                _ => draft.attachments[0].mime = format!("text/plain{end}X-Autre: 1"),
            }
            // Below what has to be locked, all of it stands in the open.
            for keyless in [KeylessWay::Locked, KeylessWay::Password] {
                draft.keyless = keyless;
                let saved = analyst.save_mail_draft(id, draft.clone());
                let folder = tempfile::tempdir().unwrap();
                let done = saved.and_then(|_| analyst.export_mail(id, folder.path()));
                let Ok(out) = done else {
                    let refused = done.unwrap_err();
                    assert!(
                        matches!(refused.code, Code::Invalid | Code::MailBlocked),
                        "{place} {end:?}: {refused:?}"
                    );
                    assert!(!refused.to_string().contains("tous@exemple.example"));
                    continue;
                };
                written += 1;
                let raw = std::fs::read(std::path::Path::new(&out.folder).join(&out.files[0]));
                let names = header_names(&raw.unwrap());
                assert!(
                    !names
                        .iter()
                        .any(|name| name == "bcc" || name.starts_with("x-")),
                    "{place} {end:?}: {names:?}"
                );
                break;
            }
        }
    }
    println!("{written} of them left, with what ends a line made harmless");
    whole(&mut analyst);
}

#[test]
fn a_hostile_mail_is_answered_without_a_header_of_its_making() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    for (number, id) in [
        "<a@x.example>\r\n <b\tBcc: tous@exemple.example>",
        "<a@x.example\r\n\tBcc: tous@exemple.example>",
        "<\"a\\\r\n Bcc:tous\"@exemple.example>",
        "<=?utf-8?q?a=0D=0ABcc:tous?=@exemple.example>",
        "<a\u{85}Bcc: b@exemple.example>",
    ]
    .into_iter()
    .enumerate()
    {
        let raw = mail(&format!(
            "Message-ID: {id}\r\nReferences: {id}\r\nReply-To: \"a\\\r\n Bcc: tous\" <{GAETAN}>\r\n\
             Subject: =?utf-8?q?Re:_num=C3=A9ro_{number}=0D=0ABcc:_tous@exemple.example?=\r\n\r\nbonjour\r\n"
        ));
        assert_eq!(analyst.import_mail("a.eml", &raw).unwrap().new, 1);
        let everything = MailQuery {
            folder: MailFolder::All,
            ..MailQuery::default()
        };
        let all = analyst.mails(&everything).unwrap();
        let answered = all
            .rows
            .iter()
            .find(|row| row.subject.contains(&format!("numéro {number}")));
        let begun = analyst
            .new_mail_draft(
                Some(case),
                None,
                TemplateLang::Fr,
                Some(Following {
                    mail: answered.unwrap().id,
                    how: Follows::Answer,
                }),
            )
            .unwrap();
        let mut draft = begun.draft;
        assert_eq!(draft.to[0].mail, GAETAN);
        draft.keyless = KeylessWay::Locked;
        draft.text = "Merci.".to_owned();
        analyst.save_mail_draft(begun.id, draft).unwrap();
        let written = exported(&mut analyst, begun.id).remove(0);
        let names = header_names(&written);
        assert!(!names.contains(&"bcc".to_owned()), "{id:?}: {names:?}");
    }
    whole(&mut analyst);
}

#[test]
fn a_mail_of_a_hundred_megabytes_is_kept_whole_and_one_beyond_the_limit_is_counted() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let line =
        "UmVsYWlzIGxpdCBkZSBncm9zc2VzIHBpw6hjZXMgam9pbnRlcyBzYW5zIHMnZW5ub3llciBkdSB0b3V0\r\n";
    let large = |bytes: usize| {
        let begin = "Subject: Image\r\nMessage-ID: <gros@x.example>\r\nContent-Type: application/octet-stream\r\n\
            Content-Disposition: attachment; filename=disque.img\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        let mut raw = mail(begin);
        raw.extend(line.repeat(bytes / line.len()).into_bytes());
        raw
    };
    let raw = large(100 * 1024 * 1024);
    let began = Instant::now();
    assert_eq!(operator.import_mail("gros.eml", &raw).unwrap().new, 1);
    let took = began.elapsed();
    println!("{} bytes in {took:.2?}", raw.len());
    assert!(took.as_secs() < 120, "{took:?}");
    let row = operator
        .mails(&MailQuery::default())
        .unwrap()
        .rows
        .remove(0);
    assert!(operator.mail_bytes(row.id).unwrap() == raw);
    let beyond = large(130 * 1024 * 1024);
    let fetched = operator.import_mail("gros.eml", &beyond).unwrap();
    assert_eq!((fetched.new, fetched.unreadable), (0, 1));
    let refused = operator.read_mail(&beyond).unwrap_err();
    let said = (refused.code, refused.field.as_deref());
    assert_eq!(said, (Code::TooLong, Some("mail")));
    whole(&mut operator);
}

#[test]
fn what_is_broken_is_kept_with_its_word_and_harms_nothing() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let deep: String = (0..200)
        .map(|level| {
            format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n")
        })
        .collect();
    let key = "A".repeat(60_000);
    for (what, rest, warning) in [
        ("nesting", format!("{deep}\r\nau fond"), Some(Warning::TooDeep)),
        (
            "charset",
            "Content-Type: text/plain; charset=x-martien\r\n\r\n\u{e9}t\u{e9} \u{fffd}".to_owned(),
            Some(Warning::CharsetWrong),
        ),
        (
            "base64",
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%@@@@ \u{7f}==x=\r\n".to_owned(),
            None,
        ),
        (
            "announced key",
            format!("Autocrypt: addr={GAETAN}; keydata={key}\r\n\r\nbonjour"),
            None,
        ),
        (
            "date",
            "Date: Lundi 99 Marsembre 20026\r\n\r\nbonjour".to_owned(),
            Some(Warning::RepeatedHeader),
        ),
    ] {
        let raw = mail(&format!("Message-ID: <{what}@x.example>\r\n{rest}"));
        let fetched = operator.import_mail("a.eml", &raw).unwrap();
        assert_eq!((fetched.new, fetched.unreadable), (1, 0), "{what}");
        let reading = operator.read_mail(&raw).unwrap();
        if let Some(warning) = warning {
            assert!(reading.warnings.contains(&warning), "{what}: {:?}", reading.warnings);
        }
    }
    assert_eq!(operator.keyring("").unwrap().len(), 0);
    whole(&mut operator);
}

#[test]
fn a_message_that_unpacks_without_end_is_cut_and_told() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    // 300 MB of the same letter, packed by gpg and encrypted to the team.
    let folder = tempfile::tempdir().unwrap();
    let key = analyst.export_key().unwrap();
    std::fs::write(folder.path().join("team.asc"), key).unwrap();
    let script = "chmod 700 . && export GNUPGHOME=$PWD && gpg --batch --quiet --import team.asc 2> log && \
        (printf 'Content-Type: text/plain\\r\\n\\r\\n'; head -c 300000000 /dev/zero | tr '\\0' 'a') | \
        gpg --batch --quiet --faked-system-time 20260312T084500 --trust-model always --armor -z 9 \
        --recipient $(gpg --with-colons --list-keys 2>> log | awk -F: '/^fpr/ {print $10; exit}') \
        --encrypt --output bomb.asc 2>> log";
    let packed = std::process::Command::new("sh")
        .args(["-c", script])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
    assert!(packed.status.success(), "{packed:?} {log}");
    let bomb = std::fs::read_to_string(folder.path().join("bomb.asc")).unwrap();
    assert!(bomb.len() < 4 * 1024 * 1024, "{}", bomb.len());
    let raw = mail(&format!(
        "Subject: ...\r\nMessage-ID: <b@x.example>\r\n\
         Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n\
         --b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\
         --b\r\nContent-Type: application/octet-stream\r\n\r\n{bomb}\r\n--b--\r\n"
    ));
    let began = Instant::now();
    let reading = analyst.read_mail(&raw).unwrap();
    println!("cut after {:.2?}", began.elapsed());
    assert_eq!(reading.text, "");
    assert!(
        reading.warnings.contains(&Warning::TooLarge),
        "{:?}",
        reading.warnings
    );
    assert_eq!(analyst.import_mail("bombe.eml", &raw).unwrap().new, 1);
    whole(&mut analyst);
}

#[test]
fn after_a_verified_key_has_ended_a_newcomer_gets_nothing_marked_amber_until_somebody_calls() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    // A key of two days, verified by telephone.
    let created = team.now() - chrono::Duration::days(1);
    let short = TeamKey::generate(
        "Trois-Ponts",
        PROVIDER,
        created,
        team.now() + chrono::Duration::days(1),
    );
    let first = short.unwrap().key.certificate().armoured().unwrap();
    let told = analyst
        .import_keys(first.as_bytes(), KeyOrigin::File, None)
        .unwrap();
    analyst
        .verify_key(told.new[0], "Mme Roy, au 02 99 00 00 00")
        .unwrap();
    team.wait(chrono::Duration::days(3));
    let newcomer = Correspondent::new(PROVIDER, team.now());
    let new = take_key(&mut analyst, &newcomer);
    let trust = |session: &Session, id| session.correspondent_key(id).unwrap().trust;
    assert_eq!(trust(&analyst, told.new[0]), KeyTrust::ToVerifyAgain);
    assert_eq!(trust(&analyst, new), KeyTrust::Seen);

    let amber = draft_to(&mut analyst, case, &[PROVIDER], KeylessWay::Undecided);
    let view = analyst.mail_draft(amber).unwrap().protection;
    assert_eq!(view.recipients[0].way, Way::Blocked);
    let refused = analyst.send_mail(amber).unwrap_err();
    let said = (refused.code, refused.field.as_deref());
    assert_eq!(said, (Code::MailBlocked, Some("key_unconfirmed")));
    // Not by accepting it either: it takes a call.
    assert_eq!(analyst.accept_key(new).unwrap_err().code, Code::KeyToVerify);
    analyst
        .verify_key(new, "Mme Roy, au 02 99 00 00 00")
        .unwrap();
    let view = analyst.mail_draft(amber).unwrap().protection;
    assert_eq!(
        (view.recipients[0].way, &view.obstacles[..]),
        (Way::Encrypted, &[][..])
    );
    let reading = newcomer
        .reads(&exported(&mut analyst, amber)[0], &[], team.now())
        .reading;
    assert!(reading.text.contains("La sauvegarde est intacte."));
}

#[test]
fn an_address_that_no_server_carries_is_told_at_its_place_in_the_draft() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    for (place, field) in [("to", "to"), ("cc", "cc")] {
        let id = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
        let mut draft = analyst.mail_draft(id).unwrap().draft;
        let beyond = Address::new("", "gaëtan@batardière.example").unwrap();
        match place {
            "to" => draft.to[0] = beyond,
            _ => draft.cc = vec![beyond],
        }
        analyst.save_mail_draft(id, draft).unwrap();
        let refused = analyst.send_mail(id).unwrap_err();
        let said = (refused.code, refused.field.as_deref());
        assert_eq!(said, (Code::Invalid, Some(field)));
    }
    assert_eq!(analyst.mail_counts().unwrap().drafts, 2);
}
