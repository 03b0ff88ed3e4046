//! Reading the team's own mailbox (RFC 9051, RFC 3501), and waiting for what comes (RFC 2177).
//!
//! Nothing on the server is changed: the folder is only examined, and no mail is marked as read. Each mail is given away
//! before the next is asked for.

use std::io;
use std::ops::ControlFlow;
use std::time::Duration;

use async_imap::error::Error;
use async_imap::extensions::idle::IdleResponse;
use async_imap::imap_proto::{AttributeValue, MailboxDatum, Outcome, Response, Status};
use async_imap::{Authenticator, Client, Session};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_native_tls::TlsStream;

use super::line::{Bounded, Line, LineError, Refusal, one_line, run};
use crate::domain::mail::{LineSecurity, LoginKind, MAX_MAIL_BYTES};

pub(super) mod literal;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

/// What a server says to a command that carries no mail.
const ANSWER_BYTES: usize = 1024 * 1024;
/// What stands around a mail, and how far a server may be wrong about a size: some only estimate it.
const AROUND_BYTES: usize = 1024 * 1024;
/// Mails that are asked about at once.
const WINDOW: u32 = 500;
/// More mails than a folder is read of at once.
const MOST_MAILS: usize = 1_000_000;
/// How often a line is begun again for mails that are larger than the server said first.
const MOST_LINES: usize = 20;
/// Servers end a silent line after half an hour (RFC 2177).
pub const LONGEST_WAIT: Duration = Duration::from_secs(28 * 60);
/// A server that was told everything is waited for no longer than that.
const FAREWELL: Duration = Duration::from_secs(3);

type Stream = Bounded<TlsStream<TcpStream>>;

/// How far a folder was read. The numbers are the server's, and hold while the first stays the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// UIDVALIDITY.
    pub validity: u32,
    /// The last UID that was dealt with; 0 before the first.
    pub last_uid: u32,
}

/// What was found in a folder.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// A mail, whole.
    Mail(&'a [u8]),
    /// One of so many bytes: more than is read.
    TooLarge(u64),
}

/// What ended a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// There is mail behind the place.
    Mail,
    /// The time is over.
    Nothing,
    /// Whoever waited wants it no more.
    Stopped,
    /// The server cannot tell: it has to be asked from time to time.
    CannotTell,
}

/// Gives away what lies behind `place`, oldest first, each with the place behind it; ends early where `take` says so.
/// A folder that the server made anew is read from its beginning.
///
/// # Errors
/// [`LineError`]; what was given away before is not given back.
pub fn fetch(
    line: &Line<'_>,
    folder: &str,
    place: Place,
    mut take: impl FnMut(Place, &Found<'_>) -> ControlFlow<()> + Send,
) -> Result<(), LineError> {
    run(async {
        let (mut place, mut size) = (place, None);
        for _ in 0..MOST_LINES {
            let mut session = enter(line).await?;
            let done = read_folder(line, &mut session, folder, (place, size), &mut take).await;
            let Ok(Some(surprise)) = done else {
                let _ = Line::within(FAREWELL, session.logout()).await;
                return done.map(|_| ());
            };
            // The line stands in the middle of an answer: it is begun again.
            (place, size) = (surprise.before, surprise.size);
        }
        Err(LineError::Hostile("sizes that are not true".to_owned()))
    })
}

/// Waits until there is mail behind `place`, until `stop` changes or its sender is gone, or until the limit is over.
///
/// # Errors
/// [`LineError`].
pub fn wait(
    line: &Line<'_>,
    folder: &str,
    place: Place,
    mut stop: watch::Receiver<()>,
    limit: Duration,
) -> Result<Woken, LineError> {
    run(async {
        tokio::select! {
            woken = listen(line, folder, place, limit.min(LONGEST_WAIT)) => woken,
            _ = stop.changed() => Ok(Woken::Stopped),
        }
    })
}

/// Logs in, looks whether the folder is there, and leaves again.
///
/// # Errors
/// [`LineError`].
pub fn check(line: &Line<'_>, folder: &str) -> Result<(), LineError> {
    run(async {
        let mut session = enter(line).await?;
        let entered = examine(line, &mut session, folder).await;
        let _ = Line::within(FAREWELL, session.logout()).await;
        entered.map(|_| ())
    })
}

fn bounded<S>(stream: S) -> Bounded<S> {
    Bounded::new(stream, ANSWER_BYTES).before_literals()
}

async fn enter(line: &Line<'_>) -> Result<Session<Stream>, LineError> {
    let tcp = line.reach().await?;
    let client = match line.server.security {
        LineSecurity::Tls => {
            let mut client = Client::new(bounded(line.protect(tcp).await?));
            greeting(line, &mut client).await?;
            client
        }
        LineSecurity::StartTls => {
            let mut clear = Client::new(bounded(tcp));
            greeting(line, &mut clear).await?;
            let asked = clear.run_command_and_check_ok("STARTTLS", None);
            let asked = Line::within(line.patience.command, asked).await?;
            asked.map_err(|error| match failed(error) {
                LineError::Refused(refusal) => LineError::NoTls(refusal.text),
                other => other,
            })?;
            // What came in clear behind the answer stays behind with the old client.
            let tcp = clear.into_inner().into_inner();
            Client::new(bounded(line.protect(tcp).await?))
        }
    };
    let entered = async {
        match line.login.kind {
            LoginKind::Password => client.login(line.login.user, line.login.secret).await,
            LoginKind::Token => {
                let (user, token) = (line.login.user, line.login.secret);
                let told = format!("user={user}\x01auth=Bearer {token}\x01\x01");
                client.authenticate("XOAUTH2", Token(Some(told))).await
            }
        }
    };
    let entered = Line::within(line.patience.command, entered).await?;
    entered.map_err(|(error, _)| match failed(error) {
        LineError::Refused(refusal) => LineError::Login(refusal.text),
        other => other,
    })
}

/// An access token: told once; a server that refuses it says why, and gets an empty word.
struct Token(Option<String>);

impl Authenticator for Token {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.0.take().unwrap_or_default()
    }
}

async fn greeting<S>(line: &Line<'_>, client: &mut Client<S>) -> Result<(), LineError>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + std::fmt::Debug + Send,
{
    let said = Line::within(line.patience.command, client.read_response()).await?;
    let said = said.map_err(|error| broken(&error))?.ok_or_else(ended)?;
    match said.parsed() {
        Response::Data {
            status: Status::Ok, ..
        } => Ok(()),
        Response::Data {
            status: Status::Bye,
            outcome,
        } => Err(LineError::Refused(refusal(outcome))),
        _ => Err(LineError::Hostile("no greeting".to_owned())),
    }
}

/// Looks into a folder: its validity, and how many mails lie in it.
async fn examine(
    line: &Line<'_>,
    session: &mut Session<Stream>,
    folder: &str,
) -> Result<(u32, u32), LineError> {
    session.get_mut().allow(ANSWER_BYTES);
    let examined = Line::within(line.patience.command, session.examine(folder)).await?;
    let folder = examined.map_err(failed)?;
    // The library takes a line that ended for a folder without numbers.
    let validity = folder.uid_validity.ok_or_else(ended)?;
    Ok((validity, folder.exists))
}

/// A mail that is larger than it was told to be; the line cannot be used any more.
struct Surprise {
    /// How far the folder was read.
    before: Place,
    /// The mail and its true size, where it is read after all.
    size: Option<(u32, usize)>,
}

async fn read_folder(
    line: &Line<'_>,
    session: &mut Session<Stream>,
    folder: &str,
    (place, true_size): (Place, Option<(u32, usize)>),
    mut take: impl FnMut(Place, &Found<'_>) -> ControlFlow<()>,
) -> Result<Option<Surprise>, LineError> {
    let (validity, exists) = examine(line, session, folder).await?;
    let mut last_uid = if validity == place.validity {
        place.last_uid
    } else {
        0
    };
    for (uid, told) in newer(line, session, exists, last_uid).await? {
        let place = |last_uid| Place { validity, last_uid };
        let known = true_size.filter(|(mail, _)| *mail == uid);
        let size = known.map_or(usize::try_from(told).unwrap_or(usize::MAX), |(_, size)| {
            size
        });
        let behind = place(uid);
        let went_on = if size > MAX_MAIL_BYTES {
            take(behind, &Found::TooLarge(size as u64))
        } else {
            match one_mail(line, session, uid, size).await? {
                Fetched::Mail(mail) if mail.len() > MAX_MAIL_BYTES => {
                    take(behind, &Found::TooLarge(mail.len() as u64))
                }
                Fetched::Mail(mail) => take(behind, &Found::Mail(&mail)),
                // Somebody took it away meanwhile.
                Fetched::Gone => ControlFlow::Continue(()),
                Fetched::Larger(announced) => {
                    let read = usize::try_from(announced).unwrap_or(usize::MAX);
                    if read <= MAX_MAIL_BYTES && known.is_none() {
                        return Ok(Some(Surprise {
                            before: place(last_uid),
                            size: Some((uid, read)),
                        }));
                    }
                    if take(behind, &Found::TooLarge(announced)).is_break() {
                        return Ok(None);
                    }
                    return Ok(Some(Surprise {
                        before: behind,
                        size: None,
                    }));
                }
            }
        };
        last_uid = uid;
        if went_on.is_break() {
            break;
        }
    }
    Ok(None)
}

/// UID and told size of what is newer, oldest first. Asked from the end of the folder backwards, as most of it is known.
async fn newer(
    line: &Line<'_>,
    session: &mut Session<Stream>,
    exists: u32,
    last_uid: u32,
) -> Result<Vec<(u32, u32)>, LineError> {
    let mut found = Vec::new();
    let mut until = exists;
    while until > 0 {
        let from = until.saturating_sub(WINDOW - 1).max(1);
        let (mut seen, mut known) = (0, false);
        let question = format!("FETCH {from}:{until} (UID RFC822.SIZE)");
        ask(line, session, &question, ANSWER_BYTES, |response| {
            if let Some((Some(uid), Some(size), _)) = of_one_mail(response) {
                seen += 1;
                known |= uid <= last_uid;
                if uid > last_uid {
                    found.push((uid, size));
                }
            }
        })
        .await?;
        if known || seen == 0 {
            break;
        }
        if found.len() > MOST_MAILS {
            return Err(LineError::Hostile(
                "more mails than a folder holds".to_owned(),
            ));
        }
        until = from - 1;
    }
    found.sort_unstable();
    found.dedup_by_key(|(uid, _)| *uid);
    Ok(found)
}

/// What became of the question for one mail.
enum Fetched {
    /// It is here.
    Mail(Vec<u8>),
    /// The folder does not hold it any more.
    Gone,
    /// The server announced so many bytes, which are more than it said before.
    Larger(u64),
}

async fn one_mail(
    line: &Line<'_>,
    session: &mut Session<Stream>,
    uid: u32,
    size: usize,
) -> Result<Fetched, LineError> {
    let mut mail = None;
    let question = format!("UID FETCH {uid} (UID BODY.PEEK[])");
    let limit = (2 * size).min(MAX_MAIL_BYTES) + AROUND_BYTES;
    let asked = ask(line, session, &question, limit, |response| {
        if let Some((Some(told), _, Some(bytes))) = of_one_mail(response)
            && told == uid
        {
            mail = Some(bytes.to_vec());
        }
    })
    .await;
    match (asked, session.get_mut().announced()) {
        (Err(_), Some(announced)) => Ok(Fetched::Larger(announced)),
        (asked, _) => asked.map(|()| mail.map_or(Fetched::Gone, Fetched::Mail)),
    }
}

type OneMail<'a> = (Option<u32>, Option<u32>, Option<&'a [u8]>);

/// UID, size and bytes, as far as they are told.
fn of_one_mail<'a>(response: &'a Response<'_>) -> Option<OneMail<'a>> {
    let Response::Fetch(_, attributes) = response else {
        return None;
    };
    let mut told: OneMail<'a> = (None, None, None);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(uid) => told.0 = Some(*uid),
            AttributeValue::Rfc822Size(size) => told.1 = Some(*size),
            AttributeValue::BodySection {
                section: None,
                data: Some(bytes),
                ..
            } => told.2 = Some(bytes),
            _ => {}
        }
    }
    Some(told)
}

/// Sends a command and hears each part of its answer, of so many bytes at most.
async fn ask(
    line: &Line<'_>,
    session: &mut Session<Stream>,
    question: &str,
    limit: usize,
    mut hear: impl FnMut(&Response<'_>),
) -> Result<(), LineError> {
    session.get_mut().allow(limit);
    Line::within(line.patience.for_bytes(limit), async {
        let id = session.run_command(question).await.map_err(failed)?;
        loop {
            let said = session
                .read_response()
                .await
                .map_err(|error| broken(&error))?;
            let said = said.ok_or_else(ended)?;
            match said.parsed() {
                Response::Done {
                    tag,
                    status,
                    outcome,
                } if *tag == id => {
                    return match status {
                        Status::Ok => Ok(()),
                        _ => Err(LineError::Refused(refusal(outcome))),
                    };
                }
                part => hear(part),
            }
        }
    })
    .await?
}

async fn listen(
    line: &Line<'_>,
    folder: &str,
    place: Place,
    limit: Duration,
) -> Result<Woken, LineError> {
    let mut session = enter(line).await?;
    let (validity, exists) = examine(line, &mut session, folder).await?;
    let last_uid = if validity == place.validity {
        place.last_uid
    } else {
        0
    };
    let mut newest = 0;
    if exists > 0 {
        let question = format!("FETCH {exists} (UID)");
        ask(line, &mut session, &question, ANSWER_BYTES, |response| {
            newest = of_one_mail(response)
                .and_then(|told| told.0)
                .unwrap_or(newest);
        })
        .await?;
    }
    if newest > last_uid {
        return Ok(Woken::Mail);
    }
    session.get_mut().allow(ANSWER_BYTES);
    let offers = Line::within(line.patience.command, session.capabilities()).await?;
    if !offers.map_err(failed)?.has_str("IDLE") {
        return Ok(Woken::CannotTell);
    }
    let mut idle = session.idle();
    Line::within(line.patience.command, idle.init())
        .await?
        .map_err(failed)?;
    let deadline = tokio::time::Instant::now() + limit;
    loop {
        // The library's own limit begins again with each word of the server.
        let heard = tokio::time::timeout_at(deadline, idle.wait_with_timeout(limit).0).await;
        match heard {
            Err(_) | Ok(Ok(IdleResponse::Timeout)) => break,
            Ok(Ok(IdleResponse::NewData(said))) => {
                if matches!(
                    said.parsed(),
                    Response::MailboxData(MailboxDatum::Exists(_))
                ) {
                    return Ok(Woken::Mail);
                }
            }
            Ok(Ok(IdleResponse::ManualInterrupt)) => return Err(ended()),
            Ok(Err(error)) => return Err(failed(error)),
        }
    }
    if let Ok(Ok(mut session)) = Line::within(FAREWELL, idle.done()).await {
        let _ = Line::within(FAREWELL, session.logout()).await;
    }
    Ok(Woken::Nothing)
}

fn ended() -> LineError {
    LineError::Unreachable("the line ended".to_owned())
}

fn broken(error: &io::Error) -> LineError {
    // What the library says of an answer that it cannot read.
    if error.kind() == io::ErrorKind::Other {
        return LineError::Hostile("not IMAP, or too much of it".to_owned());
    }
    LineError::from_io(error)
}

fn failed(error: Error) -> LineError {
    let refused = |text: &str| {
        LineError::Refused(Refusal {
            code: 0,
            text: one_line(text),
            permanent: true,
        })
    };
    match error {
        Error::Io(error) => broken(&error),
        Error::ConnectionLost => ended(),
        Error::No(text) | Error::Bad(text) => refused(&text),
        Error::Validate(problem) => refused(&problem.to_string()),
        other => LineError::Hostile(one_line(&other.to_string())),
    }
}

fn refusal(outcome: &Outcome<'_>) -> Refusal {
    Refusal {
        code: 0,
        text: one_line(outcome.information.as_deref().unwrap_or_default()),
        permanent: true,
    }
}
