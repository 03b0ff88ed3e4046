//! Mail as it goes over the line: what is read of it, and never more.

pub mod mailbox;
pub mod read;
