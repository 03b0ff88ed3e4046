use std::time::Instant;

use super::super::line::Trust;
use super::super::testing::Server;
use super::super::testing::Step::{self, Hang, Hear, Repeat, Say, Tls};
use super::*;

const USER: (&str, LoginKind) = ("csirt", LoginKind::Password);

/// A server that lets somebody in and shows a folder of two mails, then does this.
fn server(rest: &[Step]) -> Server {
    let mut script = vec![
        Say("* OK ready\r\n"),
        Hear,
        Say("A0001 OK in\r\n"),
        Hear,
        Say(
            "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 12] x\r\nA0002 OK [READ-ONLY] x\r\n",
        ),
    ];
    script.extend_from_slice(rest);
    Server::of(LineSecurity::Tls, script)
}

type Caught = Vec<(u32, u32, String)>;

fn fetch_behind(server: &Server, place: Place) -> (Caught, Result<(), LineError>) {
    let mut caught = Vec::new();
    let done = server.with_line(USER, |line| {
        fetch(line, "INBOX", place, |place, found| {
            let what = match found {
                Found::Mail(raw) => String::from_utf8_lossy(raw).into_owned(),
                Found::TooLarge(size) => format!("{size} bytes"),
            };
            caught.push((place.validity, place.last_uid, what));
            ControlFlow::Continue(())
        })
    });
    (caught, done)
}

const SIZES: Step =
    Say("* 1 FETCH (UID 10 RFC822.SIZE 5)\r\n* 2 FETCH (UID 11 RFC822.SIZE 7)\r\nA0003 OK x\r\n");

#[test]
fn what_is_newer_is_given_away_oldest_first_and_nothing_is_marked_as_read() {
    let server = server(&[
        Hear,
        SIZES,
        Hear,
        Say("* 1 FETCH (UID 10 BODY[] {5}\r\nfirst)\r\nA0004 OK x\r\n"),
        Hear,
        Say("* 3 EXISTS\r\n* 2 FETCH (UID 11 BODY[] {6}\r\nsecond)\r\nA0005 OK x\r\n"),
        Hear,
    ]);
    let (caught, done) = fetch_behind(&server, Place::default());
    assert_eq!(done, Ok(()));
    assert_eq!(
        caught,
        [(7, 10, "first".to_owned()), (7, 11, "second".to_owned())]
    );
    let heard = server.heard();
    assert!(
        heard.contains("EXAMINE \"INBOX\"") && heard.contains("BODY.PEEK[]"),
        "{heard}"
    );
}

#[test]
fn a_known_place_spares_what_is_known_and_a_folder_made_anew_does_not() {
    let answers = [
        Hear,
        SIZES,
        Hear,
        Say("* 2 FETCH (UID 11 BODY[] {6}\r\nsecond)\r\nA0004 OK x\r\n"),
        Hear,
    ];
    let place = Place {
        validity: 7,
        last_uid: 10,
    };
    let (caught, done) = fetch_behind(&server(&answers), place);
    assert_eq!((caught, done), (vec![(7, 11, "second".to_owned())], Ok(())));
    let answers = [
        Hear,
        SIZES,
        Hear,
        Say("* 1 FETCH (UID 10 BODY[] {5}\r\nfirst)\r\nA0004 OK x\r\n"),
        Hear,
        Say("A0005 OK gone meanwhile\r\n"),
        Hear,
    ];
    let place = Place {
        validity: 6,
        last_uid: 11,
    };
    let (caught, done) = fetch_behind(&server(&answers), place);
    assert_eq!((caught, done), (vec![(7, 10, "first".to_owned())], Ok(())));
}

#[test]
fn a_mail_beyond_the_limit_is_told_and_not_fetched() {
    let server = server(&[
        Hear,
        Say("* 1 FETCH (UID 10 RFC822.SIZE 200000000)\r\nA0003 OK x\r\n"),
        Hear,
    ]);
    let (caught, done) = fetch_behind(&server, Place::default());
    assert_eq!(
        (caught, done),
        (vec![(7, 10, "200000000 bytes".to_owned())], Ok(()))
    );
    assert!(!server.heard().contains("BODY"));
}

/// What a server says to somebody who comes in, before the folder's mails.
const WELCOME: [Step; 5] = [
    Say("* OK ready\r\n"),
    Hear,
    Say("A0001 OK in\r\n"),
    Hear,
    Say("* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nA0002 OK [READ-ONLY] x\r\n"),
];

fn on_lines(lines: &[&[Step]]) -> Server {
    let scripts = lines.iter().map(|line| [&WELCOME[..], line].concat());
    let mut server = Server::of_several(LineSecurity::Tls, scripts.collect());
    // The limit is one of bytes here, not of time.
    server.patience = Duration::from_secs(15);
    server
}

#[test]
fn a_mail_that_is_announced_larger_than_any_is_passed_over_and_the_next_one_comes() {
    for (lie, told) in [
        (
            "* 1 FETCH (UID 10 BODY[] {500000000}\r\n",
            "500000000 bytes",
        ),
        (
            "* 1 FETCH (UID 10 BODY[] {4294967295}\r\n",
            "4294967295 bytes",
        ),
    ] {
        let first = [
            Hear,
            SIZES,
            Hear,
            Say(lie),
            Repeat("0123456789\r\n", 100_000),
        ];
        let second = [
            Hear,
            SIZES,
            Hear,
            Say("* 2 FETCH (UID 11 BODY[] {6}\r\nsecond)\r\nA0004 OK x\r\n"),
            Hear,
        ];
        let server = on_lines(&[&first, &second]);
        let (caught, done) = fetch_behind(&server, Place::default());
        assert_eq!(done, Ok(()));
        assert_eq!(
            caught,
            [(7, 10, told.to_owned()), (7, 11, "second".to_owned())]
        );
    }
}

#[test]
fn a_mail_that_is_larger_than_it_was_told_to_be_is_read_with_its_true_size() {
    const TRUE_SIZE: usize = 3_000_000;
    let announced = Say("* 1 FETCH (UID 10 BODY[] {3000000}\r\n");
    let small = [
        Hear,
        Say("* 1 FETCH (UID 10 RFC822.SIZE 5)\r\nA0003 OK x\r\n"),
        Hear,
    ];
    let cut = [&small[..], &[announced]].concat();
    let whole = [
        &small[..],
        &[
            announced,
            Repeat("0123456789", TRUE_SIZE / 10),
            Say(")\r\nA0004 OK x\r\n"),
            Hear,
        ],
    ]
    .concat();
    let server = on_lines(&[&cut, &whole]);
    let (caught, done) = fetch_behind(&server, Place::default());
    assert_eq!(done, Ok(()));
    let lengths: Vec<_> = caught
        .iter()
        .map(|(_, uid, raw)| (*uid, raw.len()))
        .collect();
    assert_eq!(lengths, [(10, TRUE_SIZE)]);
}

#[test]
fn a_server_that_does_not_stop_is_cut() {
    let chatter = [
        Hear,
        Say("* 1 FETCH (UID 10 RFC822.SIZE 5)\r\nA0003 OK x\r\n"),
        Hear,
        Repeat("* 9 EXISTS\r\n", 1_000_000),
    ];
    let (caught, done) = fetch_behind(&on_lines(&[&chatter]), Place::default());
    assert_eq!(caught, []);
    assert!(matches!(done, Err(LineError::Hostile(_))), "{done:?}");
}

#[test]
fn what_was_whole_before_the_line_broke_is_kept() {
    let server = server(&[
        Hear,
        SIZES,
        Hear,
        Say("* 1 FETCH (UID 10 BODY[] {5}\r\nfirst)\r\nA0004 OK x\r\n"),
        Hear,
        Say("* 2 FETCH (UID 11 BODY[] {6}\r\nsec"),
    ]);
    let (caught, done) = fetch_behind(&server, Place::default());
    assert_eq!(caught, [(7, 10, "first".to_owned())]);
    assert!(matches!(done, Err(LineError::Unreachable(_))), "{done:?}");
}

#[test]
fn a_server_that_hangs_or_cuts_at_any_step_is_left_in_time() {
    let say = [
        "* OK ready\r\n",
        "A0001 OK in\r\n",
        "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nA0002 OK x\r\n",
    ];
    for steps in 0..=say.len() {
        for last in [Some(Hang), None] {
            let mut script = Vec::new();
            for words in &say[..steps] {
                script.extend([Say(words), Hear]);
            }
            script.extend(last);
            let server = Server::of(LineSecurity::Tls, script);
            let began = Instant::now();
            let (caught, done) = if steps == say.len() {
                // What a whole mail may take is more than a test waits for.
                (
                    Vec::new(),
                    server.with_line(USER, |line| check(line, "INBOX")),
                )
            } else {
                fetch_behind(&server, Place::default())
            };
            assert_eq!(caught, []);
            let fits = match done {
                Ok(()) => steps == say.len(),
                Err(LineError::Unreachable(_)) => true,
                Err(_) => false,
            };
            assert!(fits, "{steps}: {done:?}");
            assert!(began.elapsed() < Duration::from_secs(8), "{steps}");
        }
    }
}

#[test]
fn rubbish_is_told_as_such_and_a_refusal_in_the_server_s_words() {
    let hostile = |script: Vec<_>| {
        let mut server = Server::of(LineSecurity::Tls, script);
        server.patience = Duration::from_secs(15);
        let done = server.with_line(USER, |line| check(line, "INBOX"));
        assert!(matches!(done, Err(LineError::Hostile(_))), "{done:?}");
    };
    hostile(vec![Say("220 mx.example ESMTP\r\n"), Hear]);
    hostile(vec![
        Say("* OK x\r\n"),
        Hear,
        Say("\u{0}\u{1}\u{2}\r\n"),
        Hear,
    ]);
    hostile(vec![Repeat("* without end ", 1_000_000)]);
    let server = Server::of(
        LineSecurity::Tls,
        vec![
            Say("* OK x\r\n"),
            Hear,
            Say("A0001 OK x\r\n"),
            Hear,
            Say("A0002 NO no such folder\r\n"),
            Hear,
        ],
    );
    let done = server.with_line(USER, |line| check(line, "Absent"));
    let is_so = matches!(&done, Err(LineError::Refused(refusal)) if refusal.text.contains("no such folder"));
    assert!(is_so, "{done:?}");
}

#[test]
fn a_login_is_refused_and_a_token_is_told_once() {
    let refused = vec![
        Say("* OK x\r\n"),
        Hear,
        Say("A0001 NO [AUTHENTICATIONFAILED] no\r\n"),
        Hear,
    ];
    let server = Server::of(LineSecurity::Tls, refused);
    let done = server.with_line(USER, |line| check(line, "INBOX"));
    assert!(matches!(done, Err(LineError::Login(_))), "{done:?}");
    let token = vec![
        Say("* OK x\r\n"),
        Hear,
        Say("+ \r\n"),
        Hear,
        Say("+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"),
        Hear,
        Say("A0001 NO expired\r\n"),
        Hear,
    ];
    let server = Server::of(LineSecurity::Tls, token);
    let done = server.with_line(("csirt", LoginKind::Token), |line| check(line, "INBOX"));
    assert!(matches!(done, Err(LineError::Login(_))), "{done:?}");
    let heard = server.heard();
    assert!(
        heard.starts_with("A0001 AUTHENTICATE XOAUTH2\r\n") && heard.contains("\r\n\r\n"),
        "{heard:?}"
    );
}

#[test]
fn a_line_without_trusted_tls_carries_no_password() {
    let refused = vec![Say("* OK x\r\n"), Hear, Say("A0001 NO not here\r\n"), Hear];
    let server = Server::of(LineSecurity::StartTls, refused);
    let done = server.with_line(USER, |line| check(line, "INBOX"));
    assert!(matches!(done, Err(LineError::NoTls(_))), "{done:?}");
    assert!(!server.heard().contains("LOGIN"));
    let server = Server::of(
        LineSecurity::StartTls,
        vec![Say("* OK x\r\n"), Hear, Say("A0001 OK go\r\n"), Tls, Hear],
    );
    let system = Trust::of_the_system().unwrap();
    let done = server.with_trust(&system, USER, |line| check(line, "INBOX"));
    assert!(matches!(done, Err(LineError::Untrusted(_))), "{done:?}");
    assert!(!server.heard().contains("LOGIN"));
}

fn idle_server(rest: &[Step]) -> Server {
    let begun = [
        Hear,
        Say("* 2 FETCH (UID 11)\r\nA0003 OK x\r\n"),
        Hear,
        Say("* CAPABILITY IMAP4rev1 IDLE\r\nA0004 OK x\r\n"),
        Hear,
        Say("+ idling\r\n"),
    ];
    server(&[&begun[..], rest].concat())
}

fn wait_behind(server: &Server, last_uid: u32, limit_ms: u64) -> Result<Woken, LineError> {
    let (sender, stop) = watch::channel(());
    let place = Place {
        validity: 7,
        last_uid,
    };
    let limit = Duration::from_millis(limit_ms);
    let woken = server.with_line(USER, |line| wait(line, "INBOX", place, stop, limit));
    drop(sender);
    woken
}

#[test]
fn a_wait_ends_with_new_mail_and_with_its_limit() {
    assert_eq!(
        wait_behind(&idle_server(&[]), 10, 3_000),
        Ok(Woken::Mail),
        "it lies there already"
    );
    let told = idle_server(&[
        Say("* OK still here\r\n* 1 EXPUNGE\r\n* 3 EXISTS\r\n"),
        Hear,
    ]);
    assert_eq!(wait_behind(&told, 11, 3_000), Ok(Woken::Mail));
    assert_eq!(
        wait_behind(&idle_server(&[Hear, Hang]), 11, 300),
        Ok(Woken::Nothing)
    );
    let cut = wait_behind(&idle_server(&[]), 11, 3_000);
    assert!(matches!(cut, Err(LineError::Unreachable(_))), "{cut:?}");
    let cannot = server(&[
        Hear,
        Say("* 2 FETCH (UID 11)\r\nA0003 OK x\r\n"),
        Hear,
        Say("* CAPABILITY IMAP4rev1\r\nA0004 OK x\r\n"),
        Hear,
    ]);
    assert_eq!(wait_behind(&cannot, 11, 3_000), Ok(Woken::CannotTell));
}

#[test]
fn a_wait_ends_when_the_vault_is_locked() {
    let server = idle_server(&[Hang]);
    let (sender, stop) = watch::channel(());
    let place = Place {
        validity: 7,
        last_uid: 11,
    };
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        sender.send_replace(());
        std::thread::sleep(Duration::from_secs(5));
    });
    let began = Instant::now();
    let woken = server.with_line(USER, |line| wait(line, "INBOX", place, stop, LONGEST_WAIT));
    assert_eq!(woken, Ok(Woken::Stopped));
    assert!(began.elapsed() < Duration::from_secs(3));
}
