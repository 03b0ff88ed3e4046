//! Sending: what each recipient's server says, what is tried again, and kills at every moment.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use relais_core::api::view::LineSecurity;
use relais_core::db::outbox::{self, EnvelopeState};
use relais_core::domain::mail::DeliveryState;
use serde_json::{Value, json};

use crate::office::{Office, message, server, sha256};
use relais_tests::servers::{BreakingLine, Chance, Smtp, free_port, until};

fn states(row: &Value) -> Vec<&str> {
    let deliveries = row["deliveries"].as_array().unwrap();
    deliveries
        .iter()
        .map(|delivery| delivery["state"].as_str().unwrap())
        .collect()
}

#[test]
fn a_mail_leaves_once_and_each_recipient_stands_for_themselves() {
    for security in [LineSecurity::StartTls, LineSecurity::Tls] {
        let smtp = Smtp::start(security);
        let office = Office::new(Some(server(smtp.port, security)), None);
        let raw = message("1@csirt.example", 30_000);
        let to = [
            "secours@firme.example",
            "inconnu@firme.example",
            "plus-tard@firme.example",
        ];
        let id = office.queue(&office.unlock(), "1@csirt.example", &to, &raw);

        let (code, rows) = office.send(Some(smtp.room.path()));
        assert_eq!(code, 1, "{rows}");
        assert_eq!(states(&rows[0]), ["sent", "refused", "waiting"]);
        assert_eq!(rows[0]["deliveries"][1]["answer"], "550 5.1.1 no such user");
        let taken = smtp.mailbox();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0]["to"], json!(["secours@firme.example"]));
        assert_eq!(taken[0]["hello"], "region.example");
        assert_eq!(taken[0]["sha256"], sha256(&raw), "the very bytes");

        // Again: only for the one that was told to come later.
        let (code, rows) = office.send(Some(smtp.room.path()));
        assert_eq!(
            (code, states(&rows[0])),
            (1, vec!["sent", "refused", "waiting"])
        );
        assert_eq!(smtp.mailbox().len(), 1);
        let mut session = office.unlock();
        assert!(session.settle_envelope(id, true).is_err(), "it still waits");
        let rows = session.cancel_envelope(id).unwrap();
        assert!(rows.is_empty());
        let row = outbox::get(session.conn(), id).unwrap().unwrap();
        let now: Vec<_> = row
            .recipients
            .iter()
            .map(|recipient| recipient.state)
            .collect();
        assert_eq!(
            now,
            [
                DeliveryState::Sent,
                DeliveryState::Refused,
                DeliveryState::Cancelled
            ]
        );
    }
}

#[test]
fn a_mail_waits_for_a_server_that_can_be_reached_trusted_and_logged_in_to() {
    let smtp = Smtp::start(LineSecurity::StartTls);
    let here = Some(server(smtp.port, LineSecurity::StartTls));
    let office = Office::new(Some(server(free_port(), LineSecurity::StartTls)), None);
    let raw = message("2@csirt.example", 100);
    office.queue(
        &office.unlock(),
        "2@csirt.example",
        &["secours@firme.example"],
        &raw,
    );
    let trusted = Some(smtp.room.path());
    let failure = |(code, rows): (i32, Value)| {
        assert_eq!((code, states(&rows[0])), (1, vec!["waiting"]), "{rows}");
        assert!(rows[0]["next_try_at"].is_string());
        (
            rows[0]["failure"].as_str().unwrap().to_owned(),
            rows[0]["tries"].as_u64().unwrap(),
        )
    };
    assert_eq!(failure(office.send(trusted)), ("unreachable".into(), 1));
    office.set_account(here.clone(), None, "une-autre");
    assert_eq!(failure(office.send(None)), ("untrusted".into(), 2));
    assert_eq!(failure(office.send(trusted)), ("login".into(), 3));
    office.set_account(
        Some(server(smtp.port, LineSecurity::Tls)),
        None,
        "mot-de-passe",
    );
    assert_eq!(failure(office.send(trusted)), ("no_tls".into(), 4));
    assert!(smtp.mailbox().is_empty());
    office.set_account(here, None, "mot-de-passe");
    assert_eq!(office.send(trusted), (0, json!([])));
    assert_eq!(smtp.mailbox().len(), 1);
}

#[test]
fn a_mail_that_is_too_large_for_the_server_is_not_sent() {
    let smtp = Smtp::start(LineSecurity::Tls);
    let office = Office::new(Some(server(smtp.port, LineSecurity::Tls)), None);
    let raw = message("3@csirt.example", 21_000_000);
    let id = office.queue(
        &office.unlock(),
        "3@csirt.example",
        &["secours@firme.example"],
        &raw,
    );
    let (code, rows) = office.send(Some(smtp.room.path()));
    assert_eq!((code, states(&rows[0])), (1, vec!["refused"]));
    assert_eq!(rows[0]["failure"], "too_large");
    assert!(smtp.mailbox().is_empty());
    assert!(
        office
            .unlock()
            .settle_envelope(id, true)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_analyst_sends_and_an_operator_cannot() {
    let smtp = Smtp::start(LineSecurity::Tls);
    let office = Office::new(Some(server(smtp.port, LineSecurity::Tls)), None);
    let raw = message("4@csirt.example", 100);
    office.queue(
        &office.unlock(),
        "4@csirt.example",
        &["secours@firme.example"],
        &raw,
    );
    let send = |user: &str| {
        let mut command = office.command(
            Some(smtp.room.path()),
            &["mail", "send", "--outbox", "--user", user],
        );
        command.env("RELAIS_PASSPHRASE", office.demo.passphrase(user));
        command.output().unwrap().status.code()
    };
    assert_eq!(send("operateur"), Some(1));
    assert!(smtp.mailbox().is_empty());
    assert_eq!(send("analyste"), Some(0));
    assert_eq!(smtp.mailbox().len(), 1);
}

/// Where the program stands when it is killed.
const STAGES: [&str; 6] = [
    "hello",
    "mail",
    "rcpt",
    "in the middle",
    "before taking",
    "before answering",
];

/// More than there are kills, so that each finds one to send.
const MAILS: usize = 40;

#[test]
fn a_kill_at_any_moment_loses_no_mail_and_sends_none_twice() {
    let smtp = Smtp::start(LineSecurity::StartTls);
    let office = Office::new(Some(server(smtp.port, LineSecurity::StartTls)), None);
    let trusted = Some(smtp.room.path());
    let mut session = office.unlock();
    let mut sent = Vec::new();
    for number in 0..MAILS {
        let id = format!("{number}@csirt.example");
        // Some are large, so that a kill finds them in the middle.
        let raw = message(&id, if number % 3 == 0 { 4_000_000 } else { 2_000 });
        sent.push((
            office.queue(&session, &id, &["secours@firme.example"], &raw),
            id,
        ));
    }
    drop(session);

    let mut chance = Chance(7);
    for kill in 0..35 {
        let stage = STAGES.get(kill % 7);
        if let Some(stage) = stage {
            smtp.stop_at(stage, kill);
        }
        let mut program = office
            .command(trusted, &["mail", "send", "--outbox"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        match stage {
            Some(_) => until("the server waits, or nothing is left to send", || {
                smtp.has_reached() || matches!(program.try_wait(), Ok(Some(_)))
            }),
            None => std::thread::sleep(Duration::from_millis(200 + chance.below(1_500))),
        }
        let _ = program.kill();
        program.wait().unwrap();
        smtp.go_on();
    }
    // What the server had read by then it may still take.
    std::thread::sleep(Duration::from_millis(1_500));

    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    let mailbox = smtp.mailbox();
    for taken in &mailbox {
        let id = taken["message_id"]
            .as_str()
            .unwrap()
            .trim_matches(['<', '>']);
        *times.entry(id.to_owned()).or_default() += 1;
    }
    assert!(
        times.values().all(|times| *times == 1),
        "sent twice: {times:?}"
    );
    session = office.unlock();
    let (mut uncertain, mut waiting) = (0, 0);
    for (envelope, id) in &sent {
        let row = outbox::get(session.conn(), *envelope).unwrap().unwrap();
        let state = row.recipients[0].state;
        match row.state {
            EnvelopeState::Done => assert!(times.contains_key(id), "{id} is lost"),
            EnvelopeState::Stuck => {
                assert_eq!(state, DeliveryState::Uncertain, "{id}");
                uncertain += 1;
            }
            EnvelopeState::Held | EnvelopeState::Waiting => {
                assert!(!times.contains_key(id), "{id} would leave twice");
                waiting += 1;
            }
            other => panic!("{id}: {other:?}"),
        }
    }
    println!(
        "{} taken, {waiting} waiting, {uncertain} uncertain of {MAILS}",
        mailbox.len()
    );
    assert!(uncertain > 0, "no kill found a mail going out");

    // What is uncertain is never sent again by itself; a person who knows settles it.
    drop(session);
    office.send(trusted);
    session = office.unlock();
    for row in session.outbox().unwrap() {
        assert_eq!(row.failure, "uncertain");
        let (_, id) = sent
            .iter()
            .find(|(envelope, _)| *envelope == row.id)
            .unwrap();
        session
            .settle_envelope(row.id, times.contains_key(id))
            .unwrap();
    }
    drop(session);
    assert_eq!(office.send(trusted), (0, json!([])));
    let mut ids: Vec<_> = smtp
        .mailbox()
        .iter()
        .map(|taken| taken["message_id"].to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), smtp.mailbox().len()), (MAILS, MAILS));
}

#[test]
fn a_line_that_breaks_anywhere_loses_no_mail_and_sends_none_twice() {
    let smtp = Smtp::start(LineSecurity::StartTls);
    let line = BreakingLine::to(smtp.port);
    let office = Office::new(Some(server(line.port, LineSecurity::StartTls)), None);
    let trusted = Some(smtp.room.path());
    let raw = |id: &str| message(id, 60_000);
    line.break_after(i64::MAX, i64::MAX);
    office.queue(
        &office.unlock(),
        "0@csirt.example",
        &["secours@firme.example"],
        &raw("0@csirt.example"),
    );
    assert_eq!(office.send(trusted).0, 0);
    // What one whole delivery carries, each way.
    let [to_server, from_server] =
        [0, 1].map(|way| i64::MAX - line.left[way].load(std::sync::atomic::Ordering::SeqCst));

    let (mut uncertain, mut surely_not) = (0, 0);
    for step in 0..16 {
        let id = format!("{}@csirt.example", step + 1);
        let envelope = {
            let session = office.unlock();
            office.queue(&session, &id, &["secours@firme.example"], &raw(&id))
        };
        let before = smtp.mailbox().len();
        // Breaks that lie ever later in what goes out, then in what comes back.
        match step {
            0..8 => line.break_after(to_server * (step + 1) / 8 - 60, i64::MAX),
            _ => line.break_after(i64::MAX, from_server * (step - 7) / 8 - 60),
        }
        office.send(trusted);
        std::thread::sleep(Duration::from_millis(200));
        let mut session = office.unlock();
        let row = outbox::get(session.conn(), envelope).unwrap().unwrap();
        let has_left = smtp.mailbox().len() > before;
        match row.state {
            EnvelopeState::Done => assert!(has_left, "{id} is lost"),
            EnvelopeState::Stuck => {
                assert_eq!(row.failure, "uncertain");
                uncertain += 1;
                session.settle_envelope(envelope, has_left).unwrap();
            }
            EnvelopeState::Waiting => {
                assert!(!has_left, "{id} would leave twice");
                assert_eq!(row.failure, "unreachable", "{}", row.answer);
                surely_not += 1;
            }
            other => panic!("{id}: {other:?}"),
        }
        drop(session);
        line.break_after(i64::MAX, i64::MAX);
        assert_eq!(office.send(trusted), (0, json!([])));
        assert_eq!(smtp.mailbox().len(), before + 1, "{id}");
    }
    println!("{surely_not} breaks left no doubt, {uncertain} did");
    assert!(surely_not > 0 && uncertain > 0);
}
