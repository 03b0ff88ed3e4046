//! The mail: lists, the reader, the composer, the outbox, the accounts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::intake::CaseRef;
use super::keyring::{KeyTrust, RecipientKey};
use crate::domain::mail::template::{Field, TemplateLang};
use crate::domain::mail::{
    Address, AttachmentReading, Encryption, FilingReason, Observable, SignatureReading,
    SignatureStatus, TextRun, Warning,
};
pub use crate::domain::mail::{DeliveryState, LineSecurity, LoginKind, MailAccount, MailServer};
pub use crate::domain::mail::{KeylessWay, Obstacle, Way};
use crate::domain::marking::Tlp;

/// Which mails a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MailFolder {
    /// Received, in no case yet.
    #[default]
    Unfiled,
    /// All that was received.
    Received,
    /// All that was sent.
    Sent,
    /// Both.
    All,
}

/// What a list of mails is asked for.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct MailQuery {
    /// Which.
    pub folder: MailFolder,
    /// Words, by prefix, accents folded; empty for all.
    pub text: String,
    /// Those of this case.
    pub case: Option<Uuid>,
    /// Those that nobody read yet.
    pub unread: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most, up to 500; 0 means 50.
    pub limit: u32,
}

/// One row of a list of mails.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailRow {
    /// Identifier.
    pub id: Uuid,
    /// Whether the team sent it.
    pub sent: bool,
    /// When it was received or sent.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub from: Address,
    /// The first of those it went to, and how many more.
    pub to: Address,
    /// How many recipients beside that one.
    pub more_recipients: u32,
    /// Subject.
    pub subject: String,
    /// The beginning of the text, or the passage that matched with the words between U+E000 and U+E001.
    pub passage: String,
    /// Its case.
    pub case: Option<CaseRef>,
    /// Nobody read it yet.
    pub unread: bool,
    /// Marking, when it bears one.
    pub tlp: Option<Tlp>,
    /// Marked as an emergency.
    pub urgent: bool,
    /// Files on it.
    pub attachments: u32,
    /// How much was encrypted.
    pub encryption: Encryption,
    /// What its signature proves.
    pub signature: SignatureStatus,
    /// What the team thinks of the key that signed it for its sender.
    pub sender_trust: Option<KeyTrust>,
    /// What somebody who reads it should know.
    pub warnings: Vec<Warning>,
}

/// A page of a list of mails.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailPage {
    /// The rows, newest first.
    pub rows: Vec<MailRow>,
    /// How many match: exact, or 1 000 where there are `more`.
    pub total: u32,
    /// More match than were counted.
    pub more: bool,
    /// Time the answer took, milliseconds.
    pub took_ms: f64,
}

/// Counts for the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct MailCounts {
    /// Received, in no case.
    pub unfiled: u32,
    /// Of those, not read yet.
    pub unread: u32,
    /// Begun and not sent.
    pub drafts: u32,
    /// Waiting to leave.
    pub outbox: u32,
    /// Waiting for somebody's decision: refused, uncertain, or for a second pair of eyes.
    pub stuck: u32,
}

/// A case that a mail may belong to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FilingSuggestion {
    /// The case.
    pub case: CaseRef,
    /// Why.
    pub reason: FilingReason,
}

/// A file on a mail.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailAttachment {
    /// Its place, from 0.
    pub index: u32,
    /// What it is.
    pub reading: AttachmentReading,
    /// Whether the case keeps it as evidence already.
    pub kept: bool,
}

/// A file that a case keeps as evidence.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EvidenceView {
    /// Identifier.
    pub id: Uuid,
    /// File name.
    pub name: String,
    /// "application/pdf", as its sender said.
    pub mime: String,
    /// Bytes.
    pub size: u32,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The mail that brought it.
    pub mail: Uuid,
    /// Who kept it.
    pub kept_by: Uuid,
    /// When.
    pub kept_at: DateTime<Utc>,
}

/// What became of a mail for one recipient.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DeliveryView {
    /// To whom.
    pub to: Address,
    /// How it stands.
    pub state: DeliveryState,
    /// Since when.
    pub at: DateTime<Utc>,
    /// What the server said, when it said no.
    pub answer: String,
}

/// One mail, to be read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailView {
    /// Identifier.
    pub id: Uuid,
    /// Whether the team sent it.
    pub sent: bool,
    /// When it was received or sent.
    pub at: DateTime<Utc>,
    /// Its Message-ID, without angle brackets; may be empty.
    pub message_id: String,
    /// Who wrote it.
    pub from: Address,
    /// Whether the sender's address was seen before, and what the key ring knows of it.
    pub sender_trust: Option<KeyTrust>,
    /// To whom.
    pub to: Vec<Address>,
    /// To whom as well.
    pub cc: Vec<Address>,
    /// To whom in secret; only of a mail that the team sent.
    pub bcc: Vec<Address>,
    /// Subject.
    pub subject: String,
    /// Whether the subject was protected.
    pub subject_protected: bool,
    /// Marking, when it bears one.
    pub tlp: Option<Tlp>,
    /// Nobody read it yet.
    pub unread: bool,
    /// Marked as an emergency.
    pub urgent: bool,
    /// Its case.
    pub case: Option<CaseRef>,
    /// Where it may belong; empty once it is filed.
    pub suggestions: Vec<FilingSuggestion>,
    /// How much was encrypted.
    pub encryption: Encryption,
    /// Its signature.
    pub signature: SignatureReading,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
    /// The text in runs of one depth.
    pub text: Vec<TextRun>,
    /// Whether its HTML can be shown.
    pub has_html: bool,
    /// Files.
    pub attachments: Vec<MailAttachment>,
    /// Technical traces in the text.
    pub observables: Vec<Observable>,
    /// Recipient by recipient; only of a mail that the team sent.
    pub deliveries: Vec<DeliveryView>,
    /// The key that it brings and the key ring does not have.
    pub offers_key: bool,
}

/// The thread that a mail belongs to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ThreadView {
    /// Its mails, oldest first.
    pub mails: Vec<MailView>,
    /// Time the answer took, milliseconds.
    pub took_ms: f64,
}

/// What somebody writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MailDraft {
    /// The case.
    pub case: Option<Uuid>,
    /// The mail that it answers.
    pub answers: Option<Uuid>,
    /// The mail that it hands on.
    pub forwards: Option<Uuid>,
    /// To whom.
    pub to: Vec<Address>,
    /// To whom as well.
    pub cc: Vec<Address>,
    /// To whom in secret.
    pub bcc: Vec<Address>,
    /// The subject without reference and marking: Relais puts both before it.
    pub subject: String,
    /// Marking.
    pub tlp: Tlp,
    /// The text without marking: Relais frames it.
    pub text: String,
    /// Its language, for what Relais writes around it.
    pub lang: TemplateLang,
    /// The template that it began with.
    pub template: String,
    /// What hangs on it.
    pub attachments: Vec<DraftAttachment>,
    /// What is done for the recipients whom nothing can be encrypted to.
    pub keyless: KeylessWay,
    /// Whether the team's public key goes along.
    pub with_key: bool,
}

/// How a new mail follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Follows {
    /// To who wrote it.
    Answer,
    /// To who wrote it, and to whom else it went.
    AnswerAll,
    /// Handed on to others.
    Forward,
}

/// The mail that a new one follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Following {
    /// The mail.
    pub mail: Uuid,
    /// How.
    pub how: Follows,
}

/// What Relais knows of a field of templates, for the text of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FilledField {
    /// Which.
    pub field: Field,
    /// Its value in the draft's language; may have several lines.
    pub value: String,
}

/// A file on a draft: its bytes lie in the vault under their hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DraftAttachment {
    /// File name.
    pub name: String,
    /// "application/pdf".
    pub mime: String,
    /// Bytes.
    pub size: u32,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A draft as it was saved.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailDraftView {
    /// Identifier.
    pub id: Uuid,
    /// What is written.
    pub draft: MailDraft,
    /// The case, when there is one.
    pub case: Option<CaseRef>,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// Who writes.
    pub author: Option<Uuid>,
    /// What sending it would mean.
    pub protection: ProtectionView,
}

/// A recipient and how the mail reaches them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RecipientView {
    /// Who.
    pub address: Address,
    /// Their key, as the key ring knows it.
    pub key: RecipientKey,
    /// How the mail reaches them.
    pub way: Way,
}

/// What sending a draft means.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProtectionView {
    /// Recipient by recipient: To, then Cc, then Bcc.
    pub recipients: Vec<RecipientView>,
    /// What stands in the way; empty when it can leave.
    pub obstacles: Vec<Obstacle>,
    /// Whether it is signed.
    pub signed: bool,
    /// The whole subject, as an encrypted mail protects it.
    pub subject: String,
    /// The subject that servers see.
    pub outer_subject: String,
    /// The sender.
    pub from: Address,
    /// About how large it gets, bytes.
    pub size: u32,
    /// Whether a second person has to look at it before it leaves.
    pub four_eyes: bool,
    /// Fingerprint of the key that signs, in groups of four; empty when none does.
    pub fingerprint: String,
}

/// A mail that was told to leave.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SentView {
    /// The mail.
    pub id: Uuid,
    /// Until when it can be held back.
    pub held_until: DateTime<Utc>,
    /// Whether it waits for a second person.
    pub awaits_approval: bool,
    /// The passphrase to be told by telephone, when one was used.
    pub passphrase: Option<CasePassphrase>,
}

/// The passphrase of a case: told by telephone or text message, never by mail.
#[derive(Clone, Serialize, TS)]
pub struct CasePassphrase {
    /// The words.
    pub passphrase: String,
    /// By which channel it was told, and when; nothing when it was not told yet.
    pub told: Option<PassphraseTold>,
}

impl std::fmt::Debug for CasePassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CasePassphrase(told: {:?})", self.told)
    }
}

/// How a passphrase was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PassphraseTold {
    /// How.
    pub channel: PassphraseChannel,
    /// To whom, in words.
    pub to: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How a passphrase may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassphraseChannel {
    /// By telephone.
    Phone,
    /// By text message.
    Sms,
    /// In person.
    InPerson,
}

/// One envelope of the outbox: a mail with secret recipients leaves in several.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutboxRow {
    /// The envelope.
    pub id: Uuid,
    /// The mail.
    pub mail: Uuid,
    /// Subject.
    pub subject: String,
    /// Its case.
    pub case: Option<CaseRef>,
    /// Recipient by recipient.
    pub deliveries: Vec<DeliveryView>,
    /// Until when it can be held back.
    pub held_until: Option<DateTime<Utc>>,
    /// Waits for a second person.
    pub awaits_approval: bool,
    /// When it is tried next.
    pub next_try_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try failed, by code ("unreachable", "untrusted", "no_tls", "login", "refused",
    /// "too_large", "hostile", "uncertain"); else empty.
    pub failure: String,
    /// What the server said.
    pub answer: String,
}

/// The account and how it stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailAccountView {
    /// The account; nothing when there is none.
    pub account: Option<MailAccount>,
    /// Whom mail comes from: the account's address where the team's key bears it, else the profile's.
    pub sender: Option<Address>,
    /// Whether this access holds its password.
    pub has_secret: bool,
    /// When mail was last fetched without a fault.
    pub fetched_at: Option<DateTime<Utc>>,
    /// Why the last fetching failed, by code; else empty.
    pub failure: String,
}

/// What a try of an account gave.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AccountCheck {
    /// By code ("ok", "unreachable", "untrusted", "login", "refused", "no_tls", "hostile"); empty when it was not tried.
    pub smtp: String,
    /// The same.
    pub imap: String,
    /// What the servers said, in their words.
    pub answer: String,
}

/// What a fetching or an import brought.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct FetchedView {
    /// New mails.
    pub new: u32,
    /// Of those, filed by themselves.
    pub filed: u32,
    /// Known already.
    pub known: u32,
    /// That could not be read at all; each stays where it was.
    pub unreadable: u32,
}

/// A template of mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateView {
    /// Name in the data ("first_contact"), or an identifier for one of the team's own.
    pub id: String,
    /// Title.
    pub title: String,
    /// "fr" or "en".
    pub lang: String,
    /// Subject.
    pub subject: String,
    /// Text, with placeholders in double braces.
    pub text: String,
    /// Whether the team changed it.
    pub changed: bool,
    /// Version, from 1.
    pub version: u32,
}
