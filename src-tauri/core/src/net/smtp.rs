//! Handing one message to the team's own server (submission, RFC 6409): one message, one connection.
//!
//! `lettre` writes the commands and reads the answers. Its own way of `STARTTLS` is not taken: what an attacker wrote
//! behind the server's last clear word would be read as if it came over TLS. Nothing is delivered before the mark that
//! ends the message (RFC 5321 §4.1.1.4), so a line that breaks before it leaves no doubt, and one that breaks after it does.

use std::error::Error as _;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use std::{fmt, io};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::commands::{Data, Ehlo};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, ReadBuf};
use tokio::net::TcpStream;
use tokio_native_tls::TlsStream;

use super::line::{Bounded, Line, LineError, Refusal, one_line, run};
use crate::domain::mail::{Address, LineSecurity, LoginKind};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

/// All that a server says during one delivery: ten thousand recipients get a line each.
const ANSWERS_BYTES: usize = 1024 * 1024;
/// What a server says before TLS.
const CLEAR_WORDS_BYTES: usize = 64 * 1024;
/// What is written between two looks at the clock.
const PIECE_BYTES: usize = 64 * 1024;
/// A server that was told everything is waited for no longer than that.
const FAREWELL: Duration = Duration::from_secs(3);

/// One message and its envelope.
pub struct Message<'a> {
    /// Where reports go.
    pub sender: &'a Address,
    /// To whom.
    pub recipients: &'a [Address],
    /// The message with CRLF line ends.
    pub raw: &'a [u8],
}

/// What became of the message for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The server took it: what it said.
    Taken(String),
    /// The server refused it.
    Refused(Refusal),
    /// The line broke after the message had gone out and before the server answered.
    Uncertain(String),
}

/// Delivers a message: a reply for each recipient, in their order. Before the mark that ends the message goes out,
/// `about_to_deliver` is asked; where it says no, nothing is delivered.
///
/// # Errors
/// [`LineError`]: then nothing was delivered to anybody.
pub fn deliver(
    line: &Line<'_>,
    message: &Message<'_>,
    about_to_deliver: impl FnMut() -> bool + Send,
) -> Result<Vec<Reply>, LineError> {
    run(converse(line, message, about_to_deliver))
}

/// Logs in and leaves again.
///
/// # Errors
/// [`LineError`].
pub fn check(line: &Line<'_>, sender: &Address) -> Result<(), LineError> {
    run(async {
        let mut server = greet(line, sender).await?;
        let _ = Line::within(FAREWELL, server.connection.quit()).await;
        Ok(())
    })
}

async fn converse(
    line: &Line<'_>,
    message: &Message<'_>,
    about_to_deliver: impl FnMut() -> bool + Send,
) -> Result<Vec<Reply>, LineError> {
    let mut server = greet(line, message.sender).await?;
    let replies = hand_over(line, &mut server, message, about_to_deliver).await;
    let _ = Line::within(FAREWELL, server.connection.quit()).await;
    replies
}

/// A server that was greeted and let somebody in.
struct Talk {
    connection: AsyncSmtpConnection,
    offered: Offered,
    cut: Arc<AtomicBool>,
}

/// What a server offers.
struct Offered {
    /// RFC 1870: the largest message that it takes, bytes; 0 where it names none.
    size: Option<u64>,
    /// RFC 6152.
    eight_bit: bool,
    /// RFC 6531.
    utf8: bool,
}

async fn greet(line: &Line<'_>, sender: &Address) -> Result<Talk, LineError> {
    // The sender's domain, not this computer's name: that is nobody's business.
    let domain = sender.domain();
    let name = if domain.is_ascii() {
        ClientId::Domain(domain)
    } else {
        ClientId::Ipv4(Ipv4Addr::LOCALHOST)
    };
    let tcp = line.reach().await?;
    let stream = match line.server.security {
        LineSecurity::Tls => Bounded::new(line.protect(tcp).await?, ANSWERS_BYTES),
        LineSecurity::StartTls => {
            let tcp = Line::within(line.patience.command, ask_for_tls(tcp, &name)).await??;
            // There is no second greeting behind STARTTLS.
            Bounded::new(line.protect(tcp).await?, ANSWERS_BYTES).after(b"220 TLS\r\n")
        }
    };
    let cut = Arc::<AtomicBool>::default();
    let stream = Box::new(Protected {
        stream,
        cut: Arc::clone(&cut),
    });
    let greeted = AsyncSmtpConnection::connect_with_transport(stream, &name);
    let greeted = Line::within(line.patience.command, greeted).await?;
    let mut connection = greeted.map_err(|error| failed(&error))?;
    log_in(line, &mut connection).await?;
    // Asked again: some offer more to those who are let in, and the library does not read the size.
    let hello = command(line, &mut connection, Ehlo::new(name)).await?;
    let offers = |wanted: &str| {
        hello.message().find_map(|offer| {
            let (word, rest) = offer.split_once(' ').unwrap_or((offer, ""));
            word.eq_ignore_ascii_case(wanted)
                .then(|| rest.trim().to_owned())
        })
    };
    let offered = Offered {
        size: offers("SIZE").map(|limit| limit.parse().unwrap_or(0)),
        eight_bit: offers("8BITMIME").is_some(),
        utf8: offers("SMTPUTF8").is_some(),
    };
    Ok(Talk {
        connection,
        offered,
        cut,
    })
}

async fn log_in(line: &Line<'_>, connection: &mut AsyncSmtpConnection) -> Result<(), LineError> {
    if line.login.user.is_empty() {
        return Ok(());
    }
    let ways: &[Mechanism] = match line.login.kind {
        LoginKind::Password => &[Mechanism::Plain, Mechanism::Login],
        LoginKind::Token => &[Mechanism::Xoauth2],
    };
    let who = Credentials::new(line.login.user.to_owned(), line.login.secret.to_owned());
    match Line::within(line.patience.command, connection.auth(ways, &who)).await? {
        Ok(answer) if answer.has_code(235) => Ok(()),
        Ok(answer) => Err(LineError::Hostile(said(&answer))),
        // No common way, or a challenge behind a token: the library's own errors, not the server's.
        Err(error) if error.is_permanent() || error.is_client() => {
            Err(LineError::Login(words(&error)))
        }
        Err(error) => Err(failed(&error)),
    }
}

async fn hand_over(
    line: &Line<'_>,
    server: &mut Talk,
    message: &Message<'_>,
    about_to_deliver: impl FnMut() -> bool + Send,
) -> Result<Vec<Reply>, LineError> {
    // The line end before the mark that ends the message is written with the mark.
    let raw = message.raw.strip_suffix(b"\r\n").unwrap_or(message.raw);
    let text = mail_from(&server.offered, message, raw)?;
    command(line, &mut server.connection, text).await?;
    let mut replies = Vec::with_capacity(message.recipients.len());
    for recipient in message.recipients {
        let asked = match rcpt_to(&server.offered, recipient) {
            Ok(text) => command(line, &mut server.connection, text).await,
            Err(refused) => Err(refused),
        };
        replies.push(match asked {
            Ok(answer) => Reply::Taken(said(&answer)),
            Err(LineError::Refused(refusal)) => Reply::Refused(refusal),
            Err(other) => return Err(other),
        });
    }
    if !replies.iter().any(|reply| matches!(reply, Reply::Taken(_))) {
        return Ok(replies);
    }
    let go_on = command(line, &mut server.connection, Data).await?;
    if !go_on.has_code(354) {
        return Err(LineError::Hostile(said(&go_on)));
    }
    let last = write_out(line, server, raw, about_to_deliver).await?;
    for reply in &mut replies {
        if matches!(reply, Reply::Taken(_)) {
            *reply = last.clone();
        }
    }
    Ok(replies)
}

/// Writes the message: an error where it did not go out, and else what is true of it.
async fn write_out(
    line: &Line<'_>,
    server: &mut Talk,
    raw: &[u8],
    mut about_to_deliver: impl FnMut() -> bool + Send,
) -> Result<Reply, LineError> {
    let (mut is_out, mut is_stopped) = (false, false);
    let mut pieces = raw.chunks(PIECE_BYTES);
    let cut = Arc::clone(&server.cut);
    let message = std::iter::from_fn(|| {
        let piece = pieces.next();
        if piece.is_none() {
            is_out = about_to_deliver();
            is_stopped = !is_out;
            cut.store(is_stopped, Ordering::Relaxed);
        }
        piece
    });
    let limit = line.patience.for_bytes(raw.len());
    let answer = Line::within(limit, server.connection.message_iter(message)).await;
    let outcome = match answer {
        Ok(answer) => answer.map_err(|error| failed(&error)),
        Err(late) => Err(late),
    };
    if !matches!(outcome, Ok(_) | Err(LineError::Refused(_))) {
        // In the middle of a message a farewell would be part of it.
        server.cut.store(true, Ordering::Relaxed);
    }
    match outcome {
        Ok(answer) if answer.code().severity == Severity::PositiveCompletion => {
            Ok(Reply::Taken(said(&answer)))
        }
        Err(LineError::Refused(refusal)) => Ok(Reply::Refused(refusal)),
        _ if is_stopped => Err(LineError::Stopped),
        Ok(answer) => Ok(Reply::Uncertain(said(&answer))),
        Err(error) if is_out => Ok(Reply::Uncertain(error.words())),
        Err(error) => Err(error),
    }
}

fn mail_from(offered: &Offered, message: &Message<'_>, raw: &[u8]) -> Result<String, LineError> {
    let size = raw.len() as u64 + 2;
    if let Some(limit) = offered.size.filter(|limit| (1..size).contains(limit)) {
        return Err(LineError::TooLarge { limit });
    }
    let mut text = format!("MAIL FROM:<{}>", mailbox(message.sender, offered)?);
    if offered.size.is_some() {
        let _ = write!(text, " SIZE={size}");
    }
    if !raw.is_ascii() {
        if !offered.eight_bit {
            return Err(LineError::Refused(own_refusal("8BITMIME is not offered")));
        }
        text.push_str(" BODY=8BITMIME");
    }
    let mut addresses = std::iter::once(message.sender).chain(message.recipients);
    if offered.utf8 && addresses.any(|address| !address.mail.is_ascii()) {
        text.push_str(" SMTPUTF8");
    }
    text.push_str("\r\n");
    Ok(text)
}

fn rcpt_to(offered: &Offered, recipient: &Address) -> Result<String, LineError> {
    Ok(format!("RCPT TO:<{}>\r\n", mailbox(recipient, offered)?))
}

/// An address as a command carries it; its shape is looked at again, as a command ends where its line does.
fn mailbox<'a>(address: &'a Address, offered: &Offered) -> Result<&'a str, LineError> {
    let refused = |text| Err(LineError::Refused(own_refusal(text)));
    if Address::new("", &address.mail).is_none_or(|known| known.mail != address.mail) {
        refused("not an address")
    } else if !address.mail.is_ascii() && !offered.utf8 {
        refused("SMTPUTF8 is not offered")
    } else {
        Ok(&address.mail)
    }
}

/// What is known to be refused before the server is asked.
fn own_refusal(text: &str) -> Refusal {
    Refusal {
        code: 0,
        text: text.to_owned(),
        permanent: true,
    }
}

async fn command(
    line: &Line<'_>,
    connection: &mut AsyncSmtpConnection,
    text: impl fmt::Display,
) -> Result<Response, LineError> {
    Line::within(line.patience.command, connection.command(text))
        .await?
        .map_err(|error| failed(&error))
}

fn said(answer: &Response) -> String {
    let words: Vec<&str> = answer.message().collect();
    one_line(&format!("{} {}", answer.code(), words.join(" ")))
}

fn words(error: &Error) -> String {
    let cause = error.source().map(ToString::to_string);
    one_line(&cause.unwrap_or_else(|| error.to_string()))
}

fn failed(error: &Error) -> LineError {
    let text = words(error);
    if let Some(code) = error.status() {
        return LineError::Refused(Refusal {
            code: u16::from(code),
            text,
            permanent: error.is_permanent(),
        });
    }
    if let Some(cause) = error
        .source()
        .and_then(|cause| cause.downcast_ref::<io::Error>())
    {
        return LineError::from_io(cause);
    }
    // What `lettre` says of a line that ended.
    if text == "incomplete response" {
        return LineError::Unreachable(text);
    }
    LineError::Hostile(text)
}

/// Greeting, EHLO and STARTTLS in clear; the one dialogue that is not left to the library.
async fn ask_for_tls(tcp: TcpStream, name: &ClientId) -> Result<TcpStream, LineError> {
    let mut server = BufReader::new(Bounded::new(tcp, CLEAR_WORDS_BYTES));
    expect(&mut server, "220").await?;
    write_line(&mut server, &format!("EHLO {name}\r\n")).await?;
    let offers = expect(&mut server, "250").await?;
    if !offers
        .iter()
        .any(|offer| offer.eq_ignore_ascii_case("STARTTLS"))
    {
        return Err(LineError::NoTls("STARTTLS is not offered".to_owned()));
    }
    write_line(&mut server, "STARTTLS\r\n").await?;
    let answer = expect(&mut server, "220").await;
    answer.map_err(|error| match error {
        LineError::Refused(refusal) => LineError::NoTls(refusal.to_string()),
        other => other,
    })?;
    if !server.buffer().is_empty() {
        return Err(LineError::Hostile(
            "words in clear behind STARTTLS".to_owned(),
        ));
    }
    Ok(server.into_inner().into_inner())
}

async fn write_line(
    server: &mut BufReader<Bounded<TcpStream>>,
    text: &str,
) -> Result<(), LineError> {
    let written = server.write_all(text.as_bytes()).await;
    written.map_err(|error| LineError::from_io(&error))
}

/// The lines of an answer with this code, without it.
async fn expect(
    server: &mut BufReader<Bounded<TcpStream>>,
    code: &str,
) -> Result<Vec<String>, LineError> {
    let mut lines = Vec::new();
    loop {
        let mut text = String::new();
        let read = server.read_line(&mut text).await;
        if read.map_err(|error| LineError::from_io(&error))? == 0 {
            return Err(LineError::Unreachable("the line ended".to_owned()));
        }
        let text = text.trim_end();
        let (Some(told), Some(rest)) = (text.get(..3), text.get(3..)) else {
            return Err(LineError::Hostile(one_line(text)));
        };
        let Ok(number) = told.parse::<u16>() else {
            return Err(LineError::Hostile(one_line(text)));
        };
        if told != code {
            return Err(match number {
                400..600 => LineError::Refused(Refusal {
                    code: number,
                    text: one_line(rest),
                    permanent: number >= 500,
                }),
                _ => LineError::Hostile(one_line(text)),
            });
        }
        lines.push(rest.get(1..).unwrap_or_default().to_owned());
        if !rest.starts_with('-') {
            return Ok(lines);
        }
    }
}

/// A protected line that can be cut before the next byte goes out.
#[derive(Debug)]
struct Protected {
    stream: Bounded<TlsStream<TcpStream>>,
    cut: Arc<AtomicBool>,
}

impl AsyncTokioStream for Protected {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        let tls = self.stream.get_ref().get_ref();
        tls.get_ref().get_ref().peer_addr()
    }
}

impl AsyncRead for Protected {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Protected {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.cut.load(Ordering::Relaxed) {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
