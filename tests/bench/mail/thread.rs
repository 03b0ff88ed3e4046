//! The exchanges of a case with a long thread, as the window asks for them when their tab is opened: the list, the thread
//! of its newest mail, the counts; each as the JSON that the window gets. A process of its own each time, then again.

use std::process::Command;

use chrono::Duration;
use relais_core::api::view::{Following, Follows, MailFolder, MailQuery};
use relais_core::api::{Session, Workstation};
use relais_core::domain::mail::template::TemplateLang;
use relais_core::vault::VaultKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::post::{Letter, Post};
use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;
use crate::samples::Samples;

/// The argument that makes this program open one thread and end.
pub const ONE: &str = "--one-thread";

const MAILS: usize = 200;
/// Of so many mails of the thread, the team sent one.
const SENT: usize = 5;
/// Mails that a mail program names of a long thread.
const REFERENCES: usize = 20;
/// Numbers of these mails, apart from those of the inbox.
const FIRST: usize = 1_000_000;
const OPEN_MS: Goal = Goal::AtMost(100.0);
const TURNS: usize = 9;

/// Times of one process, milliseconds.
#[derive(Serialize, Deserialize)]
struct Times {
    list: f64,
    thread: f64,
    counts: f64,
    /// All of it, again and again.
    again: Vec<f64>,
    kilobytes: usize,
    mails: usize,
}

/// Makes the thread, and opens it.
pub fn measure(desk: &Desk, post: &Post, board: &mut Board) -> Outcome {
    let mut session = desk.unlock()?;
    let case = *desk.spread(&session, 1)?.first().ok_or("no case")?;
    converse(post, &mut session, case)?;
    drop(session);
    let [mut cold, mut thread, mut again] = [(); 3].map(|()| Samples::default());
    let mut size = String::new();
    for _ in 0..TURNS {
        // Somebody has not read it yet: opening marks it, which waits for the disk.
        let session = desk.unlock()?;
        session.conn().execute(
            "UPDATE mail SET unread = 1 WHERE case_ = ?1 AND sent = 0",
            [case],
        )?;
        drop(session);
        let output = Command::new(std::env::current_exe()?)
            .arg(ONE)
            .arg(&desk.folder)
            .args([
                &desk.person.to_string(),
                &desk.passphrase,
                &case.to_string(),
            ])
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let times: Times = serde_json::from_slice(&output.stdout)?;
        if times.mails != MAILS {
            return Err(format!("the thread has {} mails", times.mails).into());
        }
        cold.push(times.list + times.thread + times.counts);
        thread.push(times.thread);
        times.again.into_iter().for_each(|time| again.push(time));
        size = format!("{} mails, {} KB of JSON", times.mails, times.kilobytes);
    }
    board.put(
        "thread opened, first of the process",
        cold.median(),
        "ms",
        OPEN_MS,
        &size,
    );
    board.put(
        "thread alone, first of the process",
        thread.median(),
        "ms",
        Goal::None,
        &size,
    );
    board.put(
        "thread opened again, p95",
        again.p95(),
        "ms",
        OPEN_MS,
        &size,
    );
    Ok(())
}

/// A long exchange in one case: others write, the team answers.
fn converse(post: &Post, session: &mut Session, case: Uuid) -> Outcome {
    let reference = session.case(case)?.reference;
    let mut thread: Vec<String> = Vec::new();
    let mut last = None;
    for turn in 0..MAILS {
        let number = FIRST + turn;
        if let Some(mail) = last.filter(|_| turn % SENT == SENT - 1) {
            let answer = Following {
                mail,
                how: Follows::Answer,
            };
            let begun = session.new_mail_draft(Some(case), None, TemplateLang::Fr, Some(answer))?;
            let mut draft = begun.draft;
            draft.to = vec![post.address(number)];
            draft.subject = "Point de situation".to_owned();
            draft.text = post.text(number);
            session.save_mail_draft(begun.id, draft)?;
            session.send_mail(begun.id)?;
            continue;
        }
        let raw = post.write(Letter {
            number,
            subject: &format!("Re: [{reference}] Point de situation"),
            thread: &thread[thread.len().saturating_sub(REFERENCES)..],
            date: session.now() - Duration::minutes(10) * i32::try_from(MAILS - turn)?,
            contact: None,
        })?;
        if session.import_mail("mail.eml", &raw)?.new != 1 {
            return Err("a mail of the thread was not taken".into());
        }
        thread.push(Post::message_id(number));
        let id: Uuid = session.conn().query_row(
            "SELECT id FROM mail WHERE message_id = ?1",
            [Post::message_id(number)],
            |row| row.get(0),
        )?;
        // The first one is filed by hand, and the others follow it.
        session.file_mail(id, case)?;
        last = Some(id);
    }
    Ok(())
}

/// Opens the thread in this process, the first to do so, and prints the times. `arguments`: folder, person, passphrase,
/// case.
pub fn one(arguments: &[String]) -> Outcome {
    let [folder, person, passphrase, case] = arguments else {
        return Err("four arguments are needed".into());
    };
    let mut session =
        Workstation::at(folder.as_ref()).unlock(VaultKind::Demo, person.parse()?, passphrase)?;
    let case = case.parse()?;
    let first = open(&mut session, case)?;
    let again = (1..TURNS).map(|_| {
        let times = open(&mut session, case)?;
        Ok(times.list + times.thread + times.counts)
    });
    let again = again.collect::<Outcome<_>>()?;
    println!("{}", serde_json::to_string(&Times { again, ..first })?);
    Ok(())
}

fn open(session: &mut Session, case: Uuid) -> Outcome<Times> {
    let [mut list, mut thread, mut counts] = [(); 3].map(|()| Samples::default());
    let query = MailQuery {
        folder: MailFolder::All,
        case: Some(case),
        limit: 100,
        ..MailQuery::default()
    };
    let newest = list.time(|| -> Outcome<_> {
        let page = session.mails(&query)?;
        serde_json::to_string(&page)?;
        Ok(page.rows.first().ok_or("the case has no mail")?.id)
    })?;
    let (mails, json) = thread.time(|| -> Outcome<_> {
        let view = session.mail_thread(newest)?;
        Ok((view.mails.len(), serde_json::to_string(&view)?))
    })?;
    counts.time(|| -> Outcome<_> { Ok(serde_json::to_string(&session.mail_counts()?)?) })?;
    Ok(Times {
        list: list.sum(),
        thread: thread.sum(),
        counts: counts.sum(),
        again: Vec::new(),
        kilobytes: json.len() / 1000,
        mails,
    })
}
