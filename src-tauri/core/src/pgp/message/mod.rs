//! Messages: what the team encrypts and signs, and what it opens.

mod keys;
mod open;

pub use keys::MailKeys;
pub use open::{OpenedMessage, Unopened, open_message};
