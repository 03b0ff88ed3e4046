//! Tables as files: what other programs write (CSV, RFC 4180, in whatever charset and with whatever separator), and what
//! they read.

pub mod providers;
mod sheet;

pub use sheet::{Charset, MAX_BYTES, MAX_LINES, Row, Sheet, Unreadable, sheet};
