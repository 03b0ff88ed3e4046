//! The words of a mail: who it is from, what protects it, what was read of it.

mod address;
pub mod passphrase;
mod reading;
pub mod template;

pub use address::Address;
pub use reading::{
    AttachmentReading, Encryption, MAX_MAIL_BYTES, Reading, SignatureReading, SignatureStatus,
    Warning,
};
