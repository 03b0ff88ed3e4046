//! What was read of a mail: one status of its protection, never more than is true.
//!
//! The rules are those of RFC 9787: only the outermost contiguous layers of protection count, and one status speaks for
//! the whole message. The names of the values are part of what `mail read --json` promises.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Address;

/// The largest mail that is read whole: its attachments may hold a disk's logs, not the disk.
pub const MAX_MAIL_BYTES: usize = 128 * 1024 * 1024;

/// How much of a mail was encrypted on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    /// Nothing of it.
    #[default]
    None,
    /// All of it.
    Full,
    /// A part inside it: that part is kept as an attachment and never opened in its place.
    Partial,
    /// It is encrypted and could not be opened, or not to its end.
    Failed,
}

/// What a signature proves. Anything but [`Good`](Self::Good) proves nothing about who wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureStatus {
    /// There is none over the whole message.
    #[default]
    None,
    /// The sender's own key signed this very message, to us.
    Good,
    /// It does not hold: the message was changed, or the signature is another's.
    Bad,
    /// By algorithms that can be forged today.
    Weak,
    /// By a key that is not in the key ring.
    UnknownKey,
    /// By a key that had ended, or is revoked (see [`Warning::KeyRevoked`]).
    ExpiredKey,
    /// It holds, but it is by somebody else than the sender who is shown.
    Mismatch,
}

/// The signature of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SignatureReading {
    /// What it proves.
    pub status: SignatureStatus,
    /// Fingerprint of the signer's certificate, or what the signature names, in hexadecimal.
    pub fingerprint: Option<String>,
    /// The name of the signer's certificate that bears an address for which the key ring holds it, or that address.
    pub signer: Option<String>,
    /// When it says that it was made.
    pub signed_at: Option<DateTime<Utc>>,
}

/// What somebody who reads the mail should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The key that signed is revoked.
    KeyRevoked,
    /// The key that signed is not meant for it.
    KeyNotForSigning,
    /// The signature lies in the future, or is past its own end.
    SignatureOutOfTime,
    /// The signature is of a kind that cannot be checked here.
    SignatureUnsupported,
    /// Signed for other recipients than this team: somebody may have passed it on.
    NotMeantForUs,
    /// None of the team's keys opens it.
    NoKeyOpens,
    /// The team's mail key is not in this access.
    MailKeyAbsent,
    /// The ciphertext was changed on its way, or is cut; nothing of it is shown.
    Tampered,
    /// Encrypted without a check against changes (RFC 9580 §5.7): nothing of it is shown.
    NoIntegrity,
    /// Encrypted by an algorithm that cannot be read here.
    CipherUnsupported,
    /// The team's key that opens it is revoked or ended: the sender should be told the new one.
    OldTeamKey,
    /// The subject that servers saw is not the one that was protected.
    SubjectDiffers,
    /// The sender that servers saw is not the one that was protected.
    SenderDiffers,
    /// A part inside it is encrypted or signed; it stands among the attachments and is covered by no status.
    InnerProtection,
    /// More than one sender.
    SeveralSenders,
    /// A header that may stand once stands several times.
    RepeatedHeader,
    /// The answer goes to another address than the sender's.
    ReplyElsewhere,
    /// The name beside the address looks like another address.
    NameLooksLikeAddress,
    /// The name beside the address is that of somebody whose key is known for other addresses.
    NameOfAnother,
    /// It was signed days before or after the date that it bears: an old mail may have been sent again.
    SignedAtAnotherTime,
    /// Its date is missing, or in the future.
    DateWrong,
    /// Its structure is broken; what could be read is shown.
    Malformed,
    /// Parts inside parts beyond what is read.
    TooDeep,
    /// More parts than are read.
    TooManyParts,
    /// It opens to more than [`MAX_MAIL_BYTES`], or asks for more work than any honest mail.
    TooLarge,
    /// A text in a charset that is unknown or wrongly used.
    CharsetWrong,
    /// It has no text; what is shown was taken out of its HTML.
    OnlyHtml,
    /// Its HTML fetches things from elsewhere: they are never fetched.
    RemoteContent,
    /// An attachment whose name hides what it is.
    DeceptiveName,
    /// More than one Autocrypt key, or one of somebody else: none was taken.
    AutocryptIgnored,
    /// Its header announces another key than the verified one of its sender, who did not sign this: it was not taken.
    OtherKeyAnnounced,
    /// The key that its header announces also bears the address of somebody whose verified key is another: it is not used
    /// for that address.
    KeyNamesAnother,
    /// An encrypted document or archive is attached.
    LockedAttachment,
}

/// What hangs on a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttachmentReading {
    /// Its name, made safe for a file; "piece-3" when it has none.
    pub name: String,
    /// "application/pdf", as the sender says.
    pub mime: String,
    /// Bytes, decoded.
    pub size: u32,
    /// SHA-256 of the decoded bytes, hexadecimal.
    pub sha256: String,
    /// An OpenPGP key: it may go into the key ring.
    pub is_key: bool,
}

/// What was read of one mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Reading {
    /// How much was encrypted.
    pub encryption: Encryption,
    /// Its signature.
    pub signature: SignatureReading,
    /// The one sender; nobody when there is none, or several.
    pub from: Option<Address>,
    /// To whom.
    pub to: Vec<Address>,
    /// To whom as well.
    pub cc: Vec<Address>,
    /// Where an answer goes; empty for the sender.
    pub reply_to: Vec<Address>,
    /// What it says of its time.
    pub date: Option<DateTime<Utc>>,
    /// Without angle brackets; empty when it has none.
    pub message_id: String,
    /// What it answers, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The thread, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The subject: the protected one, when there is one.
    pub subject: String,
    /// Whether the subject was signed, by a signature that is good, or encrypted with the rest.
    pub subject_protected: bool,
    /// The text.
    pub text: String,
    /// Its HTML, made harmless; nothing when there is none.
    pub html: Option<String>,
    /// What hangs on it.
    pub attachments: Vec<AttachmentReading>,
    /// What somebody who reads it should know, each once, in order.
    pub warnings: Vec<Warning>,
}

impl Reading {
    /// Notes a warning once.
    pub fn warn(&mut self, warning: Warning) {
        if let Err(place) = self.warnings.binary_search(&warning) {
            self.warnings.insert(place, warning);
        }
    }

    /// Whether it is marked as an emergency (RFC 2350 document, section 6: « [URGENT] »).
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.subject.to_uppercase().contains("[URGENT]")
    }
}
