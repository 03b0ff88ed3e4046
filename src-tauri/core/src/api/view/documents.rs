//! Documents and verdicts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::intake::CaseRef;
use crate::domain::case::Audience;
use crate::domain::marking::Tlp;

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Waits for the lead.
    ToSign,
    /// Signed by the lead.
    Signed,
    /// Sent back with a reason.
    Returned,
    /// Leaves under the lead's word on the rule that made it.
    Delegated,
}

/// What a document of a case is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// What is known of the case, for one reader.
    #[default]
    Summary,
    /// Firms for the beneficiary to choose from.
    ShortList,
}

/// A document of a case.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DocumentView {
    /// Identifier.
    pub id: Uuid,
    /// Its case.
    pub case: CaseRef,
    /// What it is.
    pub kind: DocumentKind,
    /// For whom.
    pub audience: Audience,
    /// File name, "PDL-2026-0042-synthese.pdf".
    pub file_name: String,
    /// Marking.
    pub tlp: Tlp,
    /// Where it stands.
    pub state: DocumentState,
    /// Bytes.
    pub size: u32,
    /// Pages.
    pub pages: u32,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// Who prepared it.
    pub prepared_by: Option<Uuid>,
    /// When it was prepared.
    pub prepared_at: DateTime<Utc>,
    /// Who signed or sent it back.
    pub settled_by: Option<Uuid>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
    /// Why it was sent back.
    pub reason: String,
    /// The detached signature, armoured.
    pub signature: Option<String>,
}

/// Files written in clear at the user's request.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Exported {
    /// The folder.
    pub folder: String,
    /// The files.
    pub files: Vec<String>,
}

/// What is true of a file and a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// Signed by the key, unchanged since.
    Good,
    /// The file is not the one that was signed.
    Bad,
    /// Signed by a key that is not known here.
    UnknownKey,
    /// Signed when the key was expired.
    ExpiredKey,
    /// The key was revoked.
    RevokedKey,
    /// Valid, but with an algorithm that no longer protects.
    Weak,
    /// Valid, by a key whose owner did not allow it to sign files.
    NotForSigning,
    /// Valid, but dated in the future or past its own expiry.
    OutOfTime,
    /// Made with an algorithm or version that cannot be checked here.
    Unsupported,
    /// The second file is not a detached signature.
    NotASignature,
    /// No signature given: the file is compared with the documents of the cases.
    NoSignature,
}

/// What is true of a file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VerdictView {
    /// What is true.
    pub kind: VerdictKind,
    /// Fingerprint of the signer's key in groups of four, when known.
    pub fingerprint: Option<String>,
    /// Who the key belongs to.
    pub signer: Option<String>,
    /// Whether it is the team's own key.
    pub own_key: bool,
    /// Whether it is the key that only the lead holds.
    pub by_lead: bool,
    /// When it was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The document of a case that has the same bytes.
    pub document: Option<CaseRef>,
}
