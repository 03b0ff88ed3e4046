//! What goes out over the network: only at somebody's word, to a server that they named, over TLS that the system's own
//! store trusts.

pub mod imap;
pub mod key_server;
pub mod line;
pub mod smtp;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod testing;

/// Why a server did not take what it was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// No network, no such host, nobody answers in time: to be tried again.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server does not prove that it is the one that was named.
    #[error("the server's certificate is not trusted: {0}")]
    Untrusted(String),
    /// The server says no.
    #[error("the server refused: {status} {reason}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The beginning of what it answered.
        reason: String,
    },
    /// What was given is no host name.
    #[error("not the name of a server")]
    Name,
}
