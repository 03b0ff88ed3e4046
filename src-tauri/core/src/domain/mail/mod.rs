//! The words of a mail: who it is from, what protects it, what was read of it, how it is marked.

mod account;
mod address;
mod delivery;
mod filing;
pub mod marking;
mod observables;
pub mod passphrase;
mod protection;
mod reading;
mod report;
pub mod template;
mod text;
pub mod trust;

pub use account::{LineSecurity, LoginKind, MailAccount, MailServer};
pub use address::{Address, is_bidi_control};
pub use delivery::{DeliveryState, pause_after};
pub use filing::{Candidate, Filing, FilingReason, filing, references_in};
pub use observables::{Observable, ObservableKind, observables};
pub use protection::{
    CaseStanding, KeylessWay, Leaving, MAX_SENT_BYTES, Obstacle, Protection, Recipient,
    RecipientKind, TeamMailKey, Way,
};
pub use reading::{
    AttachmentReading, Encryption, MAX_MAIL_BYTES, Reading, SignatureReading, SignatureStatus,
    Warning,
};
pub use report::report_from;
pub use text::{HANDED_ON, TextRun, gives_away, quoted, runs};
pub use trust::{KeyFitness, KeyOrigin, KeyStanding, KeyTrust, KeyVerification};
