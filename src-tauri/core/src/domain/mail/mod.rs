//! The words of a mail: who it is from, what protects it, what was read of it.

mod address;
mod protection;
mod reading;
pub mod trust;

pub use address::Address;
pub use protection::{
    CaseStanding, KeylessWay, Leaving, MAX_SENT_BYTES, Obstacle, Protection, Recipient,
    RecipientKind, TeamMailKey, Way,
};
pub use reading::{
    AttachmentReading, Encryption, MAX_MAIL_BYTES, Reading, SignatureReading, SignatureStatus,
    Warning,
};
pub use trust::{KeyFitness, KeyOrigin, KeyStanding, KeyTrust, KeyVerification};
