//! Mails as bytes (RFC 5322, MIME): what the team writes, and what is read of what comes.
//!
//! Nothing here reads a clock or draws a number: time and randomness are arguments.

pub mod delivery_report;
pub mod mailbox;
pub mod read;
mod write;

pub use write::{
    Outgoing, Part, WriteError, clear, encrypted, encrypted_to_each, message_id, signed,
};
