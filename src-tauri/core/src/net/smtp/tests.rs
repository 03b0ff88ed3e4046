use std::time::{Duration, Instant};

use super::super::line::Trust;
use super::super::testing::Server;
use super::super::testing::Step::{Hang, Hear, HearMessage, Repeat, Say, Tls};
use super::*;

const HELLO: &str =
    "250-mx.example\r\n250-8BITMIME\r\n250-AUTH PLAIN LOGIN XOAUTH2\r\n250 SIZE 50000000\r\n";
const LONG: &str = concat!(
    "250-",
    "without end and without sense, a line that nobody would ever have to read to its last word\r\n"
);
const NOBODY: (&str, LoginKind) = ("", LoginKind::Password);

/// A server that is greeted, then does this.
fn server(rest: &[super::super::testing::Step]) -> Server {
    let mut script = vec![
        Say("220 mx.example\r\n"),
        Hear,
        Say(HELLO),
        Hear,
        Say(HELLO),
    ];
    script.extend_from_slice(rest);
    Server::of(LineSecurity::Tls, script)
}

fn people(mails: &[&str]) -> Vec<Address> {
    mails
        .iter()
        .map(|mail| Address::new("", mail).unwrap())
        .collect()
}

fn send_as(
    server: &Server,
    login: (&str, LoginKind),
    to: &[&str],
    raw: &[u8],
    may: bool,
) -> Result<Vec<Reply>, LineError> {
    let sender = Address::new("CSIRT", "csirt@Region.example").unwrap();
    let recipients = people(to);
    let message = Message {
        sender: &sender,
        recipients: &recipients,
        raw,
    };
    server.with_line(login, |line| deliver(line, &message, || may))
}

fn send(server: &Server) -> Result<Vec<Reply>, LineError> {
    send_as(
        server,
        NOBODY,
        &["a@firme.example"],
        b"Subject: x\r\n\r\ntexte\r\n",
        true,
    )
}

#[test]
fn each_recipient_has_a_reply_of_their_own() {
    let server = server(&[
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("550-5.1.1 unknown\r\n550 here\r\n"),
        Hear,
        Say("450 4.2.0 later\r\n"),
        Hear,
        Say("354 go\r\n"),
        HearMessage,
        Say("250 2.0.0 taken as 7\r\n"),
        Hear,
    ]);
    let to = ["a@firme.example", "b@firme.example", "c@firme.example"];
    let raw = b"Subject: x\r\n\r\n.texte\r\n..\r\n";
    let replies = send_as(&server, NOBODY, &to, raw, true).unwrap();
    let refused = |code, text: &str, permanent| {
        let text = text.to_owned();
        Reply::Refused(Refusal {
            code,
            text,
            permanent,
        })
    };
    assert_eq!(
        replies,
        [
            Reply::Taken("250 2.0.0 taken as 7".to_owned()),
            refused(550, "5.1.1 unknown here", true),
            refused(450, "4.2.0 later", false),
        ]
    );
    let heard = server.heard();
    // Neither this computer's name nor a byte more than the message.
    assert!(heard.starts_with("EHLO region.example\r\n"), "{heard}");
    assert!(
        heard.contains("MAIL FROM:<csirt@Region.example> SIZE=26\r\n"),
        "{heard}"
    );
    assert!(
        heard.contains("DATA\r\nSubject: x\r\n\r\n..texte\r\n...\r\n.\r\nQUIT"),
        "{heard}"
    );
}

#[test]
fn a_line_that_breaks_behind_the_message_leaves_a_doubt_and_before_it_none() {
    const TAKEN: [super::super::testing::Step; 6] = [
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("354 go\r\n"),
    ];
    for last in [
        vec![HearMessage],
        vec![HearMessage, Hang],
        vec![HearMessage, Say("rubbish\r\n")],
    ] {
        let server = server(&[&TAKEN[..], &last].concat());
        let replies = send(&server).unwrap();
        assert!(matches!(replies[..], [Reply::Uncertain(_)]), "{replies:?}");
    }
    let large = b"0123456789abcdefghijklmnopqrstuvwxyz\r\n".repeat(500_000);
    let server = server(&[&TAKEN[..], &[Hear, Hear]].concat());
    let sent = send_as(&server, NOBODY, &["a@firme.example"], &large, true);
    assert!(matches!(sent, Err(LineError::Unreachable(_))), "{sent:?}");
}

#[test]
fn a_stop_before_the_end_of_the_message_delivers_nothing() {
    let server = server(&[
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("354 go\r\n"),
        HearMessage,
    ]);
    let raw = b"Subject: x\r\n\r\ntexte\r\n";
    let sent = send_as(&server, NOBODY, &["a@firme.example"], raw, false);
    assert_eq!(sent, Err(LineError::Stopped));
    let heard = server.heard();
    assert!(heard.ends_with("Subject: x\r\n\r\ntexte"), "{heard:?}");
}

#[test]
fn a_refusal_behind_the_message_is_certain() {
    for (words, permanent) in [("554 5.7.1 no\r\n", true), ("451 4.3.0 later\r\n", false)] {
        let server = server(&[
            Hear,
            Say("250 ok\r\n"),
            Hear,
            Say("250 ok\r\n"),
            Hear,
            Say("354 go\r\n"),
            HearMessage,
            Say(words),
        ]);
        let replies = send(&server).unwrap();
        let is_so =
            matches!(&replies[..], [Reply::Refused(refusal)] if refusal.permanent == permanent);
        assert!(is_so, "{replies:?}");
    }
}

#[test]
fn a_message_that_is_too_large_is_not_begun() {
    let begun = vec![
        Say("220 mx.example\r\n"),
        Hear,
        Say("250-mx.example\r\n250 SIZE 20\r\n"),
        Hear,
        Say("250-mx.example\r\n250 SIZE 20\r\n"),
        Hear,
    ];
    let server = Server::of(LineSecurity::Tls, begun);
    assert_eq!(send(&server), Err(LineError::TooLarge { limit: 20 }));
    assert!(!server.heard().contains("MAIL"));
}

#[test]
fn a_server_that_hangs_at_any_step_is_left_in_time() {
    let say = [
        "220 mx.example\r\n",
        HELLO,
        HELLO,
        "250 ok\r\n",
        "250 ok\r\n",
        "354 go\r\n",
    ];
    for steps in 0..say.len() {
        let mut script = Vec::new();
        for words in &say[..steps] {
            script.extend([Say(words), Hear]);
        }
        script.push(Hang);
        let server = Server::of(LineSecurity::Tls, script);
        let began = Instant::now();
        let sent = send(&server);
        assert!(
            matches!(sent, Err(LineError::Unreachable(_))),
            "{steps}: {sent:?}"
        );
        assert!(
            began.elapsed() < Duration::from_secs(8),
            "{steps}: {:?}",
            began.elapsed()
        );
    }
}

#[test]
fn rubbish_and_words_without_end_are_told_as_such() {
    let hostile = |script: Vec<_>| {
        let mut server = Server::of(LineSecurity::Tls, script);
        // The limit is one of bytes here, not of time.
        server.patience = Duration::from_secs(15);
        let sent = send(&server);
        assert!(matches!(sent, Err(LineError::Hostile(_))), "{sent:?}");
    };
    hostile(vec![Say("HTTP/1.1 400 Bad Request\r\n\r\n"), Hear]);
    hostile(vec![
        Say("220 \u{fffd}\r\n"),
        Hear,
        Say("\u{0}\u{1}\r\n"),
        Hear,
    ]);
    hostile(vec![Say("220 mx\r\n"), Hear, Repeat(LONG, 100_000)]);
    hostile(vec![
        Say("220 mx\r\n"),
        Hear,
        Repeat("without a line end ", 1_000_000),
    ]);
    let early = server(&[
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("250 ok\r\n"),
        Hear,
        Say("250 ok\r\n"),
    ]);
    assert!(matches!(send(&early), Err(LineError::Hostile(_))));
}

#[test]
fn a_server_that_cannot_prove_who_it_is_learns_nothing() {
    let system = Trust::of_the_system().unwrap();
    let sender = Address::new("", "csirt@region.example").unwrap();
    let check = |server: &Server| {
        server.with_trust(&system, ("csirt", LoginKind::Password), |line| {
            check(line, &sender)
        })
    };
    let untrusted = Server::of(LineSecurity::Tls, vec![Say("220 mx\r\n"), Hear]);
    assert!(matches!(check(&untrusted), Err(LineError::Untrusted(_))));
    assert_eq!(untrusted.heard(), "");
    let start = Server::of(
        LineSecurity::StartTls,
        vec![
            Say("220 mx\r\n"),
            Hear,
            Say("250 STARTTLS\r\n"),
            Hear,
            Say("220 go\r\n"),
            Tls,
            Hear,
        ],
    );
    assert!(matches!(check(&start), Err(LineError::Untrusted(_))));
    assert!(!start.heard().contains("AUTH"));
}

#[test]
fn a_line_without_tls_carries_neither_password_nor_mail() {
    let no_tls = |script: Vec<_>, security| {
        let server = Server::of(security, script);
        let sent = send_as(
            &server,
            ("csirt", LoginKind::Password),
            &["a@firme.example"],
            b"x",
            true,
        );
        let heard = server.heard();
        assert!(
            !heard.contains("AUTH") && !heard.contains("MAIL"),
            "{heard}"
        );
        sent
    };
    let unoffered = vec![
        Say("220 mx\r\n"),
        Hear,
        Say("250-mx\r\n250 AUTH PLAIN\r\n"),
        Hear,
    ];
    assert!(matches!(
        no_tls(unoffered, LineSecurity::StartTls),
        Err(LineError::NoTls(_))
    ));
    let refused = vec![
        Say("220 mx\r\n"),
        Hear,
        Say("250 STARTTLS\r\n"),
        Hear,
        Say("454 not now\r\n"),
        Hear,
    ];
    assert!(matches!(
        no_tls(refused, LineSecurity::StartTls),
        Err(LineError::NoTls(_))
    ));
    let injected = vec![
        Say("220 mx\r\n"),
        Hear,
        Say("250 STARTTLS\r\n"),
        Hear,
        Say("220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n"),
        Tls,
        Hear,
    ];
    let told = no_tls(injected, LineSecurity::StartTls);
    assert!(matches!(told, Err(LineError::Hostile(_))), "{told:?}");
    // A server in clear, where TLS was named.
    let mut clear = Server::of(
        LineSecurity::StartTls,
        vec![Say("220 mx.example ESMTP\r\n"), Hear],
    );
    clear.place.security = LineSecurity::Tls;
    assert!(matches!(send(&clear), Err(LineError::NoTls(_))));
}

#[test]
fn starttls_goes_on_behind_tls_as_if_it_were_new() {
    let server = Server::of(
        LineSecurity::StartTls,
        vec![
            Say("220-mx\r\n220 example\r\n"),
            Hear,
            Say("250-mx\r\n250 STARTTLS\r\n"),
            Hear,
            Say("220 go\r\n"),
            Tls,
            Hear,
            Say(HELLO),
            Hear,
            Say("235 in\r\n"),
            Hear,
            Say(HELLO),
            Hear,
            Say("250 ok\r\n"),
            Hear,
            Say("250 ok\r\n"),
            Hear,
            Say("354 go\r\n"),
            HearMessage,
            Say("250 taken\r\n"),
        ],
    );
    let sent = send_as(
        &server,
        ("csirt", LoginKind::Password),
        &["a@firme.example"],
        b"x",
        true,
    );
    assert_eq!(sent.unwrap(), [Reply::Taken("250 taken".to_owned())]);
    assert!(server.heard().contains("AUTH PLAIN "));
}

#[test]
fn a_login_that_is_not_accepted_is_told_as_such() {
    let answer = |hello, kind, words: &'static str| {
        let script = vec![Say("220 mx\r\n"), Hear, Say(hello), Hear, Say(words), Hear];
        let server = Server::of(LineSecurity::Tls, script);
        let sent = send_as(&server, ("csirt", kind), &["a@firme.example"], b"x", true);
        (sent, server.heard())
    };
    let (sent, _) = answer(HELLO, LoginKind::Password, "535 5.7.8 no\r\n");
    assert_eq!(sent, Err(LineError::Login("5.7.8 no".to_owned())));
    let (sent, _) = answer("250 mx\r\n", LoginKind::Password, "250 ok\r\n");
    assert!(matches!(sent, Err(LineError::Login(_))), "{sent:?}");
    let (sent, heard) = answer(HELLO, LoginKind::Token, "334 eyJzdGF0dXMiOiI0MDEifQ==\r\n");
    assert!(matches!(sent, Err(LineError::Login(_))), "{sent:?}");
    assert!(heard.contains("AUTH XOAUTH2 "), "{heard}");
    let (sent, _) = answer(HELLO, LoginKind::Password, "454 4.7.0 later\r\n");
    assert!(matches!(sent, Err(LineError::Refused(refusal)) if !refusal.permanent));
}

#[test]
fn an_address_that_would_break_a_command_is_refused_before_it_is_written() {
    let server = server(&[Hear, Say("250 ok\r\n"), Hear]);
    let sender = Address::new("", "csirt@region.example").unwrap();
    let recipients = [Address {
        name: String::new(),
        mail: "a@b.example>\r\nRCPT TO:<c@d.example".to_owned(),
    }];
    let message = Message {
        sender: &sender,
        recipients: &recipients,
        raw: b"x",
    };
    let sent = server
        .with_line(NOBODY, |line| deliver(line, &message, || true))
        .unwrap();
    assert!(matches!(&sent[..], [Reply::Refused(refusal)] if refusal.permanent));
    assert!(!server.heard().contains("RCPT"));
}
