//! Mails as bytes (RFC 5322, MIME): what the team writes.
//!
//! Nothing here reads a clock or draws a number: time and randomness are arguments.

mod write;

pub use write::{Outgoing, Part, WriteError, clear, encrypted, message_id, signed};
