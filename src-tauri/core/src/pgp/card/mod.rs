//! The lead's signature out of an OpenPGP card (a smart card, a YubiKey, a Nitrokey).
//!
//! The card replaces the lead's part of the vault and nothing else: the same key of the team, the same
//! signatures, a secret that cannot be copied. Cards are reached through the PC/SC service of the system,
//! which is looked for each time: a card comes and goes.
//!
//! Every function here waits for hardware, up to the seconds in which somebody is to touch the card:
//! never call one on the thread of the window.
//!
//! Source: « Functional Specification of the OpenPGP application on ISO Smart Card Operating Systems »,
//! version 3.4.1.

mod error;
mod on_card;
mod reader;
mod signer;

pub use error::CardError;
pub use reader::{CardInfo, Holds, Slot, look};
pub use signer::CardSigner;
