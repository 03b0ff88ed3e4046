//! The words of a mail: who it is from, what protects it, what was read of it.

mod account;
mod address;
mod delivery;
mod reading;

pub use account::{LineSecurity, LoginKind, MailAccount, MailServer};
pub use address::Address;
pub use delivery::{DeliveryState, pause_after};
pub use reading::{
    AttachmentReading, Encryption, MAX_MAIL_BYTES, Reading, SignatureReading, SignatureStatus,
    Warning,
};
