//! What the interface is shown and what it may ask: the shapes that cross the edge, in TypeScript by `ts-rs`.
//!
//! Instants are UTC (RFC 3339); the interface shows them in Europe/Paris. Identifiers are UUIDs.

mod card;
mod cases;
mod documents;
mod intake;
mod journal;
mod keyring;
mod mail;
mod opening;
mod providers;
mod readiness;
mod reference;
mod rfc2350;
mod team;
mod team_key;

pub use crate::vault::VaultKind;
pub use card::*;
pub use cases::*;
pub use documents::*;
pub use intake::*;
pub use journal::*;
pub use keyring::*;
pub use mail::*;
pub use opening::*;
pub use providers::*;
pub use readiness::*;
pub use reference::*;
pub use rfc2350::*;
pub use team::*;
pub use team_key::*;
