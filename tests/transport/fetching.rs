//! Fetching: what is new comes once, whatever breaks, and stays on the server.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use relais_core::api::view::LineSecurity;
use relais_core::db::outbox::{self, EnvelopeState};
use relais_core::db::{blob, mailbox};
use relais_core::domain::mail::{DeliveryState, LoginKind};
use relais_core::net::imap::{self, Place, Woken};
use relais_core::net::line::{Line, Login, Patience, Trust};
use serde_json::json;

use crate::office::{Office, hex_bytes, message, server, sha256};
use relais_tests::servers::{Chance, Imap, SECRET};

fn counted(new: u32, known: u32, unreadable: u32) -> serde_json::Value {
    json!({ "new": new, "filed": 0, "known": known, "unreadable": unreadable })
}

#[test]
fn what_is_new_comes_once_and_stays_unread_on_the_server() {
    let imap = Imap::start();
    let trusted = Some(imap.room.path());
    for (port, security) in [
        (imap.tls, LineSecurity::Tls),
        (imap.starttls, LineSecurity::StartTls),
    ] {
        let office = Office::new(None, Some(server(port, security)));
        let name = |number: u32| format!("{number}.{port}.essai");
        let mails: Vec<Vec<u8>> = (0..3)
            .map(|number| message(&name(number), 3_000_000 * number as usize))
            .collect();
        let before = fs::read_dir(imap.room.path().join("mail/csirt/new"))
            .unwrap()
            .count() as u32;
        imap.deliver(&name(0), &mails[0]);
        imap.deliver(&name(1), &mails[1]);
        let there = fs::read_dir(imap.room.path().join("mail/csirt/cur"))
            .unwrap()
            .count() as u32;
        assert_eq!(
            office.fetch(trusted),
            (0, counted(2 + before + there, 0, 0))
        );
        assert_eq!(office.fetch(trusted), (0, counted(0, 0, 0)));
        imap.deliver(&name(2), &mails[2]);
        assert_eq!(office.fetch(trusted), (0, counted(1, 0, 0)));
        let session = office.unlock();
        for raw in &mails {
            let kept = blob::get(session.conn(), &hex_bytes(&sha256(raw))).unwrap();
            assert_eq!(kept.as_ref(), Some(raw));
        }
        let mut marked = fs::read_dir(imap.room.path().join("mail/csirt/cur")).unwrap();
        assert!(marked.all(|mail| !mail.unwrap().file_name().to_string_lossy().ends_with('S')));
    }
}

#[test]
fn a_fetching_that_fails_says_why_and_goes_on_later() {
    let imap = Imap::start();
    let office = Office::new(None, Some(server(imap.tls, LineSecurity::Tls)));
    imap.deliver("1.essai", &message("1@firme.example", 100));
    let failure = || office.unlock().mail_account().unwrap().failure;
    assert_eq!(office.fetch(None), (1, counted(0, 0, 0)));
    assert_eq!(failure(), "untrusted");
    office.set_account(None, Some(server(imap.tls, LineSecurity::Tls)), "une-autre");
    assert_eq!(office.fetch(Some(imap.room.path())), (1, counted(0, 0, 0)));
    assert_eq!(failure(), "login");
    office.set_account(None, Some(server(imap.tls, LineSecurity::Tls)), SECRET);
    assert_eq!(office.fetch(Some(imap.room.path())), (0, counted(1, 0, 0)));
    assert_eq!(failure(), "");
    assert!(office.unlock().mail_account().unwrap().fetched_at.is_some());
}

#[test]
fn a_folder_that_was_made_anew_is_read_again_and_doubles_nothing() {
    let imap = Imap::start();
    let office = Office::new(None, Some(server(imap.tls, LineSecurity::Tls)));
    let trusted = Some(imap.room.path());
    for number in 0..3 {
        imap.deliver(
            &format!("{number}.essai"),
            &message(&format!("{number}@firme.example"), 100),
        );
    }
    assert_eq!(office.fetch(trusted), (0, counted(3, 0, 0)));
    for name in [
        "dovecot-uidlist",
        "dovecot.index",
        "dovecot.index.log",
        "dovecot.index.cache",
        "dovecot-uidvalidity",
    ] {
        let _ = fs::remove_file(imap.room.path().join("mail/csirt").join(name));
    }
    for entry in fs::read_dir(imap.room.path().join("mail/csirt")).unwrap() {
        let entry = entry.unwrap();
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with("dovecot-uidvalidity")
        {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    std::thread::sleep(Duration::from_millis(1_100));
    imap.deliver("3.essai", &message("3@firme.example", 100));
    assert_eq!(office.fetch(trusted), (0, counted(1, 3, 0)));
}

#[test]
fn a_kill_while_fetching_loses_no_mail_and_doubles_none() {
    let imap = Imap::start();
    let office = Office::new(None, Some(server(imap.tls, LineSecurity::Tls)));
    let trusted = Some(imap.room.path());
    let mails: Vec<_> = (0..60)
        .map(|number| message(&format!("{number}@firme.example"), 700_000))
        .collect();
    let mut chance = Chance(11);
    let known = |office: &Office| {
        let session = office.unlock();
        mailbox::get(session.conn(), "csirt@localhost/INBOX")
            .unwrap()
            .last_uid
    };
    let mut last = 0;
    for (kill, came) in mails.chunks(5).enumerate() {
        for (number, raw) in came.iter().enumerate() {
            imap.deliver(&format!("{kill:02}-{number}.essai"), raw);
        }
        let mut program = office
            .command(trusted, &["mail", "fetch"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(300 + chance.below(1_200)));
        let _ = program.kill();
        program.wait().unwrap();
        let now = known(&office);
        assert!(now >= last, "{now} behind {last}");
        last = now;
    }
    println!("{last} of 60 were fetched under kills");
    let (code, fetched) = office.fetch(trusted);
    assert_eq!(
        (code, fetched),
        (0, counted(60 - last, 0, 0)),
        "each that was kept is known by its place"
    );
    let session = office.unlock();
    for raw in &mails {
        assert!(
            blob::get(session.conn(), &hex_bytes(&sha256(raw)))
                .unwrap()
                .is_some()
        );
    }
}

#[test]
fn a_full_disk_while_fetching_says_so_and_what_did_not_fit_comes_later() {
    // The vault on a small file system of one process: a fetching that runs out of room, then one that has it.
    const SMALL: &str = r#"
        set -e; small=$1; vault=$2; shift 2
        mount -t tmpfs -o size=12m tmpfs "$small"
        cp -r "$vault/." "$small"
        "$@" > "$small.first" 2> "$small.first.err" || echo $? > "$small.first.code"
        mount -o remount,size=300m "$small"
        "$@" > "$small.second"
        "$@" > "$small.third"
    "#;
    let imap = Imap::start();
    let office = Office::new(None, Some(server(imap.tls, LineSecurity::Tls)));
    for number in 0..10 {
        imap.deliver(
            &format!("{number}.essai"),
            &message(&format!("{number}@firme.example"), 2_000_000),
        );
    }
    let small = office.demo.folder.path().join("small");
    fs::create_dir(&small).unwrap();
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", SMALL, "sh"]);
    command
        .arg(&small)
        .arg(office.demo.vault())
        .arg(crate::demo::program());
    command
        .arg("--vault")
        .arg(&small)
        .args(["--user", "lead", "--json", "mail", "fetch"]);
    command.env("RELAIS_PASSPHRASE", office.demo.passphrase("lead"));
    command.env("SSL_CERT_FILE", imap.room.path().join("tls.crt"));
    let output = command.output().unwrap();
    let told = |name: &str| fs::read_to_string(office.demo.folder.path().join(name)).unwrap();
    assert!(
        output.status.success(),
        "{output:?} {}",
        told("small.first.err")
    );
    assert_eq!(told("small.first.code").trim(), "1");
    assert!(
        told("small.first.err").contains("\"code\":\"disk_full\""),
        "{}",
        told("small.first.err")
    );
    let second: serde_json::Value = serde_json::from_str(&told("small.second")).unwrap();
    let (new, known) = (
        second["new"].as_u64().unwrap(),
        second["known"].as_u64().unwrap(),
    );
    assert!((6..=10).contains(&new) && known == 0, "{second}");
    let third: serde_json::Value = serde_json::from_str(&told("small.third")).unwrap();
    assert_eq!(third, counted(0, 0, 0));
}

#[test]
fn a_report_that_a_mail_did_not_arrive_is_laid_to_the_mail() {
    let imap = Imap::start();
    let office = Office::new(None, Some(server(imap.tls, LineSecurity::Tls)));
    let session = office.unlock();
    let raw = message("42@csirt.example", 100);
    let id = office.queue(
        &session,
        "42@csirt.example",
        &["secours@firme.example"],
        &raw,
    );
    let mut row = outbox::get(session.conn(), id).unwrap().unwrap();
    row.state = EnvelopeState::Done;
    row.recipients[0].state = DeliveryState::Sent;
    outbox::save(session.conn(), &row).unwrap();
    drop(session);
    let report = "From: MAILER-DAEMON@mx.firme.example\r\nTo: csirt@region.example\r\nSubject: Undelivered\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.firme.example\r\n\r\n\
        Final-Recipient: rfc822; secours@firme.example\r\nAction: failed\r\nStatus: 5.2.2\r\n\
        Diagnostic-Code: smtp; 552 mailbox full\r\n\r\n\
        --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <42@csirt.example>\r\n\r\n--b--\r\n";
    imap.deliver("1.essai", report.as_bytes());
    assert_eq!(office.fetch(Some(imap.room.path())), (0, counted(1, 0, 0)));
    let rows = office.unlock().outbox().unwrap();
    assert_eq!(rows[0].deliveries[0].state, DeliveryState::Bounced);
    assert_eq!(
        (rows[0].failure.as_str(), rows[0].answer.as_str()),
        ("bounced", "5.2.2 552 mailbox full")
    );
}

/// Runs in a process that believes the test's certificate.
#[test]
#[ignore = "the test below runs it"]
fn a_wait_inside() {
    let port: u16 = std::env::var("RELAIS_TEST_PORT").unwrap().parse().unwrap();
    let (_sender, stop) = tokio::sync::watch::channel(());
    let line = Line {
        server: &server(port, LineSecurity::Tls),
        login: Login {
            user: "csirt",
            secret: SECRET,
            kind: LoginKind::Password,
        },
        trust: &Trust::of_the_system().unwrap(),
        patience: &Patience::default(),
    };
    let wait = |seconds| {
        let limit = Duration::from_secs(seconds);
        imap::wait(&line, "INBOX", Place::default(), stop.clone(), limit).unwrap()
    };
    assert_eq!(wait(1), Woken::Nothing);
    println!("waiting");
    assert_eq!(wait(30), Woken::Mail);
}

#[test]
fn a_wait_ends_as_soon_as_dovecot_tells_of_new_mail() {
    use std::io::BufRead as _;
    let imap = Imap::start();
    let mut inside = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "--nocapture",
            "fetching::a_wait_inside",
        ])
        .env("SSL_CERT_FILE", imap.room.path().join("tls.crt"))
        .env("RELAIS_TEST_PORT", imap.tls.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = std::io::BufReader::new(inside.stdout.take().unwrap());
    let mut lines = said.lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "waiting"));
    std::thread::sleep(Duration::from_millis(1_500));
    let began = std::time::Instant::now();
    imap.deliver("1.essai", &message("1@firme.example", 100));
    lines.for_each(drop);
    assert!(inside.wait().unwrap().success());
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
}
