//! The life of the team's key: renewed, rotated, renamed, revoked.
//!
//! Each change makes a new [`TeamKey`] beside the old one, to be stored, published and written
//! into the journal. Signatures are added and none is taken away, so that what was signed or
//! encrypted before a change still reads after it.
//!
//! What OpenPGP believes is the *latest* signature. A change made by a clock that stands behind
//! the last one would be without effect, and is refused instead.

mod certifier;
mod change;
mod extend;
mod refused;
mod revoke;
mod rotate;
mod user_id;

pub use change::{Changed, KeyChange, RevocationReason, Rotation};
pub use refused::{ChangeRefused, MAX_LIFE_YEARS, MAX_MESSAGE_BYTES};

#[cfg(test)]
mod tests;
