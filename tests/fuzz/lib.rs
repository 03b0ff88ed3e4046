//! What must hold of every input from outside, whoever made it and however it is broken.
//!
//! Each target takes any bytes and panics when a promise of the reader is not kept. Two callers share them:
//! `./dev fuzz`, where LLVM's fuzzer looks for bytes that break one, and `replay.rs`, where `./dev test` gives them the
//! kept corpus: seeds that gpg, sqop, gosop or a hand made, each with a name, and what the fuzzer found, by its hash.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a broken promise is told by a panic"
)]

mod desk;
mod html;
mod keys;
mod mime;
mod openpgp;
mod sealed;

pub use keys::keys;
pub use mime::mime;
pub use openpgp::openpgp;
pub use sealed::sealed;

/// A target by its name, which is the name of its folder in `corpus`.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 4] = [
    ("mime", mime),
    ("sealed", sealed),
    ("openpgp", openpgp),
    ("keys", keys),
];
