//! A line to a mail server: TLS that the system's own store trusts, limits of time and of size, typed failures.
//!
//! There is no way to accept a certificate that does not hold, and no login over a line that is not protected.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_native_tls::{TlsConnector, TlsStream, native_tls};

use super::imap::literal::Literals;
use crate::domain::mail::{LoginKind, MailServer};

/// As much of a server's words as is kept.
const WORDS_CHARS: usize = 300;

/// Why a mail server did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// No network, no such host, nobody answers in time, or the line broke: to be tried again.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server does not prove that it is the one that was named.
    #[error("the server's certificate is not trusted: {0}")]
    Untrusted(String),
    /// The server does not protect the line.
    #[error("the server offers no TLS: {0}")]
    NoTls(String),
    /// The server does not let this user in.
    #[error("the server does not accept the login: {0}")]
    Login(String),
    /// The message is larger than the server takes.
    #[error("the server takes no more than {limit} bytes")]
    TooLarge {
        /// What it takes, bytes.
        limit: u64,
    },
    /// The server says no.
    #[error("the server refused: {0}")]
    Refused(Refusal),
    /// The server does not speak the protocol, or does not stop speaking.
    #[error("the server answers rubbish: {0}")]
    Hostile(String),
    /// Whoever asked wants it no more.
    #[error("stopped")]
    Stopped,
}

impl LineError {
    /// The name by which the interface finds its sentence.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Untrusted(_) => "untrusted",
            Self::NoTls(_) => "no_tls",
            Self::Login(_) => "login",
            Self::TooLarge { .. } => "too_large",
            Self::Refused(_) => "refused",
            Self::Hostile(_) => "hostile",
            Self::Stopped => "stopped",
        }
    }

    /// Whether it would befall any other mail as well.
    #[must_use]
    pub const fn is_of_the_line(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_) | Self::Untrusted(_) | Self::NoTls(_) | Self::Login(_)
        )
    }

    /// What the server said, or the library that speaks with it; on one line.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Unreachable(words)
            | Self::Untrusted(words)
            | Self::NoTls(words)
            | Self::Login(words)
            | Self::Hostile(words) => words.clone(),
            Self::Refused(refusal) => refusal.to_string(),
            Self::TooLarge { .. } | Self::Stopped => self.to_string(),
        }
    }

    pub(super) fn from_io(error: &io::Error) -> Self {
        let words = one_line(&error.to_string());
        match error.kind() {
            io::ErrorKind::InvalidData => Self::Hostile(words),
            _ => Self::Unreachable(words),
        }
    }
}

/// A server's no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its three digits (RFC 5321 §4.2); 0 where there are none.
    pub code: u16,
    /// What it said, on one line.
    pub text: String,
    /// Whether it will say the same again.
    pub permanent: bool,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            0 => f.write_str(&self.text),
            code => write!(f, "{code} {}", self.text),
        }
    }
}

/// The beginning of somebody else's words, on one line.
pub(super) fn one_line(words: &str) -> String {
    let words: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(WORDS_CHARS).collect()
}

/// How long each step may take.
#[derive(Clone, Debug)]
pub struct Patience {
    /// To reach the server, and to agree on TLS.
    pub connect: Duration,
    /// From a command to the end of its answer.
    pub command: Duration,
    /// The slowest line that mail is carried over.
    pub bytes_per_second: usize,
}

impl Default for Patience {
    /// Enough for a telephone's line on a site visit.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_secs(60),
            bytes_per_second: 16 * 1024,
        }
    }
}

impl Patience {
    /// For a command that carries so many bytes.
    pub(super) fn for_bytes(&self, bytes: usize) -> Duration {
        let seconds = bytes / self.bytes_per_second.max(1);
        self.command + Duration::from_secs(seconds as u64)
    }
}

/// Whose certificates are believed.
#[derive(Clone)]
pub struct Trust(TlsConnector);

impl Trust {
    /// Those of the system's own store.
    ///
    /// # Errors
    /// When the system's store cannot be read.
    pub fn of_the_system() -> Result<Self, LineError> {
        Self::with(|_| {})
    }

    /// Those, and one more authority: for servers that a test makes.
    #[cfg(test)]
    pub(super) fn and_of(authority: &native_tls::Certificate) -> Result<Self, LineError> {
        Self::with(|builder| {
            builder.add_root_certificate(authority.clone());
        })
    }

    fn with(change: impl FnOnce(&mut native_tls::TlsConnectorBuilder)) -> Result<Self, LineError> {
        let mut builder = native_tls::TlsConnector::builder();
        builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12));
        change(&mut builder);
        let connector = builder.build();
        let connector = connector.map_err(|e| LineError::Untrusted(one_line(&e.to_string())))?;
        Ok(Self(connector.into()))
    }
}

/// Who logs in.
pub struct Login<'a> {
    /// User; empty for a server that asks nobody.
    pub user: &'a str,
    /// Password or access token.
    pub secret: &'a str,
    /// Which of them.
    pub kind: LoginKind,
}

/// A server, and how it is spoken with.
pub struct Line<'a> {
    /// The server.
    pub server: &'a MailServer,
    /// Who logs in.
    pub login: Login<'a>,
    /// Whose certificates are believed.
    pub trust: &'a Trust,
    /// How long each step may take.
    pub patience: &'a Patience,
}

/// What is read of a server: so much and no more.
#[derive(Debug)]
pub(super) struct Bounded<S> {
    stream: S,
    left: usize,
    first: &'static [u8],
    literals: Option<Literals>,
    announced: Option<u64>,
}

impl<S> Bounded<S> {
    pub fn new(stream: S, limit: usize) -> Self {
        Self {
            stream,
            left: limit,
            first: b"",
            literals: None,
            announced: None,
        }
    }

    /// Stops where an IMAP server announces more than may be read, before anybody makes room for it.
    pub fn before_literals(self) -> Self {
        Self {
            literals: Some(Literals::default()),
            ..self
        }
    }

    /// What the server announced that was too much, bytes.
    pub const fn announced(&self) -> Option<u64> {
        self.announced
    }

    /// Reads these bytes before those of the server.
    pub fn after(self, first: &'static [u8]) -> Self {
        Self { first, ..self }
    }

    /// From here on so much may be read.
    pub const fn allow(&mut self, limit: usize) {
        self.left = limit;
    }

    pub fn into_inner(self) -> S {
        self.stream
    }

    pub const fn get_ref(&self) -> &S {
        &self.stream
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.first.is_empty() {
            let (now, later) = self.first.split_at(self.first.len().min(buf.remaining()));
            buf.put_slice(now);
            self.first = later;
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        let read = buf.filled().len() - before;
        let (said, left) = (&buf.filled()[before..], self.left);
        if let Some(announced) = self.literals.as_mut().and_then(|all| all.read(said, left)) {
            self.announced = Some(announced);
            let problem = "more is announced than was asked for";
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, problem)));
        }
        match self.left.checked_sub(read) {
            Some(left) => self.left = left,
            None => {
                let problem = "more than was asked for";
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, problem)));
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl Line<'_> {
    /// Within a limit of time.
    pub(super) async fn within<T>(
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, LineError> {
        tokio::time::timeout(limit, work)
            .await
            .map_err(|_| LineError::Unreachable("no answer in time".to_owned()))
    }

    pub(super) async fn reach(&self) -> Result<TcpStream, LineError> {
        let place = (self.server.host.as_str(), self.server.port);
        let reached = Self::within(self.patience.connect, TcpStream::connect(place)).await?;
        let stream = reached.map_err(|error| LineError::from_io(&error))?;
        // Commands are short, and each waits for its answer.
        stream
            .set_nodelay(true)
            .map_err(|error| LineError::from_io(&error))?;
        Ok(stream)
    }

    pub(super) async fn protect<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
    ) -> Result<TlsStream<S>, LineError> {
        let agreed = self.trust.0.connect(&self.server.host, stream);
        Self::within(self.patience.connect, agreed)
            .await?
            .map_err(|error| not_agreed(&error))
    }
}

fn not_agreed(error: &native_tls::Error) -> LineError {
    let words = one_line(&error.to_string());
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(known) = cause {
        if known.is::<io::Error>() {
            return LineError::Unreachable(words);
        }
        cause = known.source();
    }
    if words.contains("certificate") {
        LineError::Untrusted(words)
    } else if words.contains("unexpected EOF") {
        LineError::Unreachable(words)
    } else {
        LineError::NoTls(words)
    }
}

/// Runs a conversation to its end, on a thread of its own: whoever calls may already be on a runtime's.
pub(super) fn run<T: Send>(
    conversation: impl Future<Output = Result<T, LineError>> + Send,
) -> Result<T, LineError> {
    let failed = |error: &io::Error| LineError::Unreachable(one_line(&error.to_string()));
    std::thread::scope(|scope| {
        let spoken = std::thread::Builder::new().spawn_scoped(scope, || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(|error| failed(&error))?;
            let result = runtime.block_on(conversation);
            // A name that is still being looked up would hold the thread.
            runtime.shutdown_background();
            result
        });
        let spoken = spoken.map_err(|error| failed(&error))?;
        let crashed = |_| LineError::Hostile("the conversation broke down".to_owned());
        spoken
            .join()
            .unwrap_or_else(|problem| Err(crashed(problem)))
    })
}
