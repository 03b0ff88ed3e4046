//! The words of a mail: who it is from, what protects it, what was read of it.

mod address;
mod reading;

pub use address::{Address, is_bidi_control};
pub use reading::{
    AttachmentReading, Encryption, MAX_MAIL_BYTES, Reading, SignatureReading, SignatureStatus,
    Warning,
};
