//! An inbox of years: taking it in, turning its pages, searching it. The goals are those of the list of cases.

use chrono::Duration;
use relais_core::api::Session;
use relais_core::api::view::{MailFolder, MailQuery};

use super::post::{Letter, Post};
use crate::Outcome;
use crate::board::{Board, Goal};
use crate::cases::{LIST_MS, SEARCH_MS};
use crate::desk::Desk;
use crate::queries;
use crate::samples::Samples;

const MAILS: usize = 20_000;
/// Mails of one mailbox that is imported.
const FILE: usize = 500;
/// Of so many mails one still has to be read.
const UNREAD: usize = 20;
/// Rows that the window reads at once.
const PAGE: u32 = 100;
const TURNS: usize = 200;
/// Cases that give the queries.
const TELLING: usize = 60;

/// Takes the mails in, then looks at them as the window does.
pub fn measure(desk: &Desk, post: &Post, board: &mut Board) -> Outcome {
    let mut session = desk.unlock()?;
    take(desk, post, &mut session, board)?;
    drop(session);
    let session = desk.unlock()?;
    pages(&session, board)?;
    search(desk, &session, board)
}

fn take(desk: &Desk, post: &Post, session: &mut Session, board: &mut Board) -> Outcome {
    let mut contacts = Vec::new();
    for id in desk.spread(session, 100)? {
        let case = session.case(id)?;
        let mail = case
            .report
            .requester
            .known()
            .map(|person| person.mail.clone());
        contacts.push((
            case.reference,
            mail.and_then(|mail| relais_core::domain::mail::Address::new("", &mail)),
        ));
    }
    let (mut writing, mut taking) = (Samples::default(), Samples::default());
    let (mut bytes, mut filed) = (0, 0);
    let newest = session.now();
    for file in 0..MAILS / FILE {
        let mailbox = writing.time(|| -> Outcome<Vec<u8>> {
            let mut mailbox = Vec::new();
            for number in file * FILE..(file + 1) * FILE {
                let (reference, contact) = &contacts[number % contacts.len()];
                let word = post
                    .text(number)
                    .split_whitespace()
                    .nth(5)
                    .unwrap_or("suite")
                    .to_owned();
                let raw = post.write(Letter {
                    number,
                    subject: &format!("[{reference}] {word}"),
                    thread: &[],
                    date: newest - Duration::minutes(80) * i32::try_from(MAILS - number)?,
                    contact: contact.clone(),
                })?;
                mailbox.extend_from_slice(b"From courrier Thu Mar 12 09:42:00 2026\r\n");
                mailbox.extend_from_slice(&raw);
                mailbox.extend_from_slice(b"\r\n");
            }
            Ok(mailbox)
        })?;
        bytes += mailbox.len();
        let fetched = taking.time(|| session.import_mail("courrier.mbox", &mailbox))?;
        if fetched.new as usize != FILE {
            return Err(format!("{} of {FILE} mails were taken", fetched.new).into());
        }
        filed += fetched.filed;
        if (file + 1) % 10 == 0 {
            eprintln!("  {} of {MAILS}", (file + 1) * FILE);
        }
    }
    // As it is after years: nearly all was read. One by one, each would wait for the disk.
    session.conn().execute(
        "UPDATE mail SET unread = 0 WHERE id NOT IN (SELECT id FROM mail ORDER BY num DESC LIMIT ?1)",
        [i64::try_from(MAILS / UNREAD)?],
    )?;
    let against = format!(
        "{MAILS} mails, {} MB in mailboxes of {FILE}; {filed} filed themselves",
        bytes / 1_000_000
    );
    let rate = MAILS as f64 * 1000.0 / taking.sum();
    board.put("mails taken in a second", rate, "", Goal::None, &against);
    Ok(())
}

fn pages(session: &Session, board: &mut Board) -> Outcome {
    let of = |folder| MailQuery {
        folder,
        limit: PAGE,
        ..MailQuery::default()
    };
    let against = format!("{PAGE} rows of {MAILS} mails");
    for (name, query) in [
        ("first page of the mails to file", of(MailFolder::Unfiled)),
        ("first page of the mails received", of(MailFolder::Received)),
        ("first page of all mails", of(MailFolder::All)),
        ("first page of the mails sent", of(MailFolder::Sent)),
        (
            "first page of the unread mails",
            MailQuery {
                unread: true,
                ..of(MailFolder::Received)
            },
        ),
        (
            "page in the middle of the mails",
            MailQuery {
                offset: u32::try_from(MAILS / 2)?,
                ..of(MailFolder::Received)
            },
        ),
        (
            "last page of the mails",
            MailQuery {
                offset: u32::try_from(MAILS)? - PAGE,
                ..of(MailFolder::Received)
            },
        ),
    ] {
        let mut times = Samples::default();
        for _ in 0..TURNS {
            times.time(|| session.mails(&query))?;
        }
        let against = format!("{against}; p95 {:.2} ms", times.p95());
        board.put(
            &format!("{name}, median"),
            times.median(),
            "ms",
            LIST_MS,
            &against,
        );
    }
    let mut counts = Samples::default();
    for _ in 0..20 {
        counts.time(|| session.mail_counts())?;
    }
    board.put(
        "counts of the mails, median",
        counts.median(),
        "ms",
        Goal::None,
        "",
    );
    Ok(())
}

fn search(desk: &Desk, session: &Session, board: &mut Board) -> Outcome {
    let queries = queries::from_cases(session, &desk.spread(session, TELLING)?)?;
    let (mut plain, mut filtered) = (Samples::default(), Samples::default());
    let mut found = 0;
    for text in &queries {
        let query = MailQuery {
            folder: MailFolder::All,
            text: text.clone(),
            limit: PAGE,
            ..MailQuery::default()
        };
        found += plain.time(|| session.mails(&query))?.rows.len();
    }
    let folders = [MailFolder::Unfiled, MailFolder::Received, MailFolder::Sent];
    for (turn, (text, folder)) in queries.iter().zip(folders.iter().cycle()).enumerate() {
        let query = MailQuery {
            folder: *folder,
            text: text.clone(),
            limit: PAGE,
            unread: turn % 2 == 0,
            ..MailQuery::default()
        };
        filtered.time(|| session.mails(&query))?;
    }
    let against = format!("{} queries, {found} rows shown", queries.len());
    board.put(
        "search in the mails, median",
        plain.median(),
        "ms",
        Goal::None,
        &against,
    );
    board.put(
        "search in the mails, p95",
        plain.p95(),
        "ms",
        SEARCH_MS,
        &against,
    );
    board.put(
        "search in the mails with a filter, p95",
        filtered.p95(),
        "ms",
        SEARCH_MS,
        &against,
    );
    Ok(())
}
