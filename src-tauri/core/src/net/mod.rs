//! What goes out over the network: only at somebody's word, to a server that they named, over TLS that the system's own
//! store trusts.

pub mod imap;
pub mod key_server;
pub mod line;
pub mod lookup;
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
    /// The server has no such key.
    #[error("no such key there")]
    Absent,
    /// The server answers more than a key can be.
    #[error("the answer is too large")]
    TooLarge,
    /// What was given is no host name.
    #[error("not the name of a server")]
    Name,
}
