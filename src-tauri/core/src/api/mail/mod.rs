//! Mail: what came, what it belongs to, what is written and sent. The network is never waited for while a session is held.

pub(super) mod account;
mod draft;
pub(super) mod envelope;
pub mod fetch;
mod filing;
mod filling;
mod following;
mod import;
mod inbox;
mod kept;
mod messages;
pub mod outbox;
mod receive;
mod report;
mod send;

pub use account::AccountTrial;

use super::error::Result;
use super::session::Session;

/// Where the open session is to be had for a moment. Between two moments the network is waited for, somebody may work, and
/// the vault may lock: then the next moment is refused.
pub trait Lender: Sync {
    /// Runs a use case on the open session.
    ///
    /// # Errors
    /// Those of `work`; [`Code::Locked`](super::Code::Locked) when no vault is open.
    fn lend<T>(&self, work: impl FnOnce(&mut Session) -> Result<T>) -> Result<T>;
}
