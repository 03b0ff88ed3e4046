//! The use cases: what somebody at the keyboard can do, one file per capability.
//!
//! The only place that knows every other module, and the only one with shapes for the interface and error codes. A use
//! case takes a [`Session`](session::Session), checks what the role may do, composes the modules below, and commits once.
//! It knows nothing of windows: the desktop shell and the command line call the same functions.

pub mod card;
pub mod case_list;
pub mod case_page;
pub mod case_passphrase;
pub mod chronology;
pub mod commit;
pub mod demo;
pub mod documents;
pub mod error;
mod export;
pub mod intake;
pub mod journal;
pub mod keyring;
pub mod locked_mail;
pub mod mail;
pub mod mail_templates;
pub mod opening;
pub mod organisations;
pub mod people;
pub mod providers;
pub mod readiness;
pub mod reference;
pub mod rfc2350;
pub mod seal;
pub mod session;
pub mod summary;
pub mod team;
pub mod team_key;
#[cfg(test)]
mod testing;
pub mod triage;
pub mod typescript;
pub mod verify;
pub mod view;
pub mod workstation;

pub use error::{ApiError, Code, Result};
pub use session::Session;
pub use workstation::{Clock, Workstation};
