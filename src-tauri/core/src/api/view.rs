//! What the interface is shown and what it may ask: the shapes that cross the edge, in TypeScript by `ts-rs`.
//!
//! Instants are UTC (RFC 3339); the interface shows them in Europe/Paris. Identifiers are UUIDs.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::domain::case::{Audience, Category, Confirmation, ConsentPurpose, EventKind, Status};
use crate::domain::intake::{Completeness, Person, Report};
use crate::domain::marking::{Pap, Tlp};
use crate::domain::organisation::{OrganisationKind, Reorientation, Scope};
use crate::domain::people::{Ability, Role};
use crate::domain::team::TeamProfile;
use crate::domain::triage::{Grade, Severity, SeverityAxes, SeverityOverride};
use crate::vault::Hint;
pub use crate::vault::VaultKind;

// ───────── Before the vault is open ─────────

/// Somebody of the team as the unlock screen shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Face {
    /// Identifier of the person.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// What can be told of a vault without opening it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VaultFace {
    /// Real or demonstration.
    pub kind: VaultKind,
    /// The team's name.
    pub team: String,
    /// Who can open it. Empty when both copies of the vault file are damaged.
    pub people: Vec<Face>,
    /// Seconds to wait before the next try.
    pub wait_seconds: u32,
    /// Both copies are damaged: only the recovery key opens.
    pub damaged: bool,
}

/// Interface language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

/// Interface theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Choices of this workstation that are needed before a vault is open; nothing confidential.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Preferences {
    /// Language of the interface.
    pub language: Language,
    /// Theme of the interface.
    pub theme: Theme,
}

/// Where the application stands when the window opens.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AppStatus {
    /// Version of the application.
    pub version: String,
    /// The data folder, to be told in an error.
    pub data_folder: String,
    /// The vaults found. None means first run.
    pub vaults: Vec<VaultFace>,
    /// The open session, if there is one.
    pub session: Option<SessionView>,
    /// Choices of this workstation.
    pub preferences: Preferences,
}

/// A proposed passphrase.
#[derive(Clone, Serialize, TS)]
pub struct SuggestedPassphrase {
    /// The words.
    pub passphrase: String,
    /// Its entropy.
    pub bits: u32,
}

/// How strong a passphrase is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassphraseStrength {
    /// Estimated entropy.
    pub bits: u32,
    /// What the rule asks (CNIL 2022-100: 80 bits alone).
    pub needed: u32,
    /// Whether it is enough.
    pub enough: bool,
    /// What weakens it.
    pub hints: Vec<Hint>,
}

/// What an imported key is, before it is taken.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyPreview {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// User identifiers.
    pub user_ids: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it expires, if it does.
    pub expires_at: Option<DateTime<Utc>>,
    /// Its keys, the primary first.
    pub keys: Vec<KeyPart>,
    /// What is to be known before it is used, by code.
    pub warnings: Vec<String>,
}

/// One key of a certificate.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyPart {
    /// Fingerprint in groups of four.
    pub fingerprint: String,
    /// "Ed25519", "RSA 4096"…
    pub algorithm: String,
    /// Certifies other keys.
    pub certifies: bool,
    /// Signs.
    pub signs: bool,
    /// Encrypts.
    pub encrypts: bool,
    /// Its role in a key that Relais made: "documents", "mail", "encryption".
    pub role: Option<String>,
}

/// Where the team's key comes from.
#[derive(Clone, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum TeamKeySource {
    /// Made now.
    Generate,
    /// An armoured secret key.
    Import {
        /// The key.
        armoured: String,
        /// Its passphrase; empty if it has none.
        passphrase: String,
        /// Fingerprints of the keys that analysts hold as well.
        shared: Vec<String>,
    },
}

/// All that makes a vault.
#[derive(Clone, Deserialize, TS)]
pub struct VaultRequest {
    /// The team.
    pub profile: TeamProfile,
    /// The lead's name.
    pub lead_name: String,
    /// The lead's passphrase.
    pub passphrase: String,
    /// The recovery key that was printed and partly typed back.
    pub recovery_key: String,
    /// The team's key.
    pub team_key: TeamKeySource,
}

/// A person of the demonstration vault with their passphrase.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DemoPerson {
    /// Name to unlock with.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Passphrase, printed on purpose: the data is invented.
    pub passphrase: String,
}

/// What the making of a demonstration vault gives.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DemoCreated {
    /// Its people.
    pub users: Vec<DemoPerson>,
    /// Number of cases written.
    pub cases: u32,
}

/// How far a long work is.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct Progress {
    /// Done so far.
    pub done: u32,
    /// Of so many.
    pub total: u32,
}

// ───────── The session and the team ─────────

/// The open vault as its user sees it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SessionView {
    /// Real or demonstration.
    pub kind: VaultKind,
    /// Who is at the keyboard.
    pub person: Face,
    /// What they may do.
    pub abilities: Vec<Ability>,
    /// The passphrase is a temporary one: it must be changed first.
    pub must_change_passphrase: bool,
    /// The team.
    pub profile: TeamProfile,
    /// The team's settings.
    pub settings: Settings,
    /// The team's people, for names and assignment.
    pub people: Vec<Face>,
    /// Fingerprint of the team's key in groups of four.
    pub key_fingerprint: String,
    /// When the team's key expires.
    pub key_expires_at: Option<DateTime<Utc>>,
    /// Name of this workstation.
    pub device: String,
    /// Something to be told once after opening, by code ("vault_copy_repaired", "clock_behind").
    pub notices: Vec<String>,
}

/// The team's settings, shared by all its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Minutes without a key or a movement before the vault locks, 1 to 120.
    pub lock_after_minutes: u32,
    /// Words the team puts on cases.
    pub tags: Vec<String>,
    /// Services that a caller may expect (item 10).
    pub expected_services: Vec<String>,
    /// Where a caller out of scope is sent to, beyond the built-in ones.
    pub reorientations: Vec<String>,
}

/// A person as the lead manages them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonView {
    /// Who.
    pub face: Face,
    /// Holds a temporary passphrase still.
    pub must_change_passphrase: bool,
    /// What their role may do.
    pub abilities: Vec<Ability>,
    /// What their slot opens: "database", "mail", "documents".
    pub holds: Vec<String>,
}

/// A person who was added, or whose passphrase was reset.
#[derive(Clone, Serialize, TS)]
pub struct TemporaryAccess {
    /// Who.
    pub face: Face,
    /// To be told in person; changed at the first unlock.
    pub passphrase: String,
}

// ───────── Intake ─────────

/// A report being taken, saved by itself.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftView {
    /// Identifier.
    pub id: Uuid,
    /// Who takes it.
    pub author: Uuid,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// What was said so far.
    pub report: Report,
    /// How complete it is.
    pub completeness: Completeness,
}

/// An answer to an autosave.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftSaved {
    /// Identifier; made at the first save.
    pub id: Uuid,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// How complete it is.
    pub completeness: Completeness,
}

/// How a call ends.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FinishRequest {
    /// The draft that becomes a case.
    pub draft: Uuid,
    /// Out of scope: where the caller was sent, and why.
    pub reorientation: Option<ReorientationView>,
}

/// Where a caller was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReorientationView {
    /// To whom.
    pub target: Reorientation,
    /// Name of the target when it is another one.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// A case by its two names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CaseRef {
    /// Identifier.
    pub id: Uuid,
    /// Human reference, "PDL-2026-0042".
    pub reference: String,
    /// Title.
    pub title: String,
}

/// An organisation that a search found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OrganisationMatch {
    /// The organisation.
    pub organisation: OrganisationView,
    /// Its open cases, to warn of a double.
    pub open_cases: Vec<CaseRef>,
}

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct OrganisationView {
    /// Identifier.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Option<OrganisationKind>,
    /// SIREN, 9 digits, or empty.
    pub siren: String,
    /// SIRET, 14 digits, or empty.
    pub siret: String,
    /// People employed.
    pub headcount: Option<u32>,
    /// Yearly turnover, euros.
    pub turnover_euros: Option<u64>,
    /// Balance-sheet total, euros.
    pub balance_euros: Option<u64>,
    /// NAF code.
    pub naf: String,
    /// Version of the NAF code: "naf_rev2" or "naf2025".
    pub naf_version: String,
    /// Label of the NAF code.
    pub naf_label: String,
    /// INSEE code of the commune.
    pub commune: String,
    /// Name of the commune.
    pub commune_name: String,
    /// Code of its département.
    pub department: String,
}

/// What the form is told about an organisation as it is typed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OrganisationCheck {
    /// What is wrong with the identifier, by code; none when right or empty.
    pub identifier_error: Option<String>,
    /// The kind that the figures give for a firm.
    pub size_class: Option<OrganisationKind>,
    /// Whether the figures suffice to be certain of it.
    pub size_certain: bool,
    /// Whether the team helps it.
    pub scope: Scope,
    /// Organisations that look the same.
    pub matches: Vec<OrganisationMatch>,
}

/// A commune.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CommuneView {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// The former commune by whose name it was found, if it was.
    pub former_name: String,
    /// Its postcodes.
    pub postcodes: Vec<String>,
    /// Code of its département.
    pub department: String,
    /// INSEE code of its region.
    pub region: String,
    /// Its EPCI, if it has one.
    pub epci: String,
}

/// An activity of the NAF.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NafView {
    /// Code, "25.11Z".
    pub code: String,
    /// Label.
    pub label: String,
    /// "naf_rev2" or "naf2025".
    pub version: String,
}

// ───────── Cases ─────────

/// What the list of cases is asked for.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct CaseQuery {
    /// Words, by prefix, accents folded; empty for all.
    pub text: String,
    /// One of these statuses; empty for all.
    pub statuses: Vec<Status>,
    /// One of these grades; empty for all.
    pub grades: Vec<Grade>,
    /// One of these categories; empty for all.
    pub categories: Vec<Category>,
    /// One of these départements; empty for all.
    pub departments: Vec<String>,
    /// Report or incident.
    pub kind: Option<EventKind>,
    /// Assigned to this person.
    pub assignee: Option<Uuid>,
    /// Without a change since this instant.
    pub quiet_since: Option<DateTime<Utc>>,
    /// Marked urgent.
    pub urgent: Option<bool>,
    /// Received at or after.
    pub from: Option<DateTime<Utc>>,
    /// Received before.
    pub until: Option<DateTime<Utc>>,
    /// Order.
    pub sort: CaseSort,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most, up to 500; 0 means 50.
    pub limit: u32,
}

/// Order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseSort {
    /// Newest received first.
    #[default]
    Newest,
    /// Oldest received first.
    Oldest,
    /// Last changed first.
    Changed,
    /// Gravest first, then newest.
    Gravity,
    /// By reference.
    Reference,
}

/// One row of the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseRow {
    /// Identifier.
    pub id: Uuid,
    /// Human reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Commune and département of the organisation, "Les Herbiers (85)".
    pub place: String,
    /// Report or incident.
    pub kind: EventKind,
    /// Categories.
    pub categories: Vec<Category>,
    /// Status.
    pub status: Status,
    /// Grade retained.
    pub grade: Grade,
    /// Marking.
    pub tlp: Tlp,
    /// Marked urgent.
    pub urgent: bool,
    /// To whom it is assigned.
    pub assignee: Option<Uuid>,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// The passage that matched, with the words between U+E000 and U+E001; empty without a search.
    pub passage: String,
}

/// A page of the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CasePage {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// How many match: exact, or 1 000 where there are `more`.
    pub total: u32,
    /// More match than were counted.
    pub more: bool,
    /// Time the answer took, milliseconds.
    pub took_ms: f64,
}

/// Counts for the navigation and the views.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct CaseCounts {
    /// All cases.
    pub all: u32,
    /// Not closed.
    pub open: u32,
    /// Waiting for a qualification.
    pub to_qualify: u32,
    /// Open and assigned to me.
    pub mine: u32,
    /// Open, G3 or G4.
    pub grave: u32,
    /// Open and unchanged for five days.
    pub quiet: u32,
    /// Received this year.
    pub this_year: u32,
    /// Reports begun and not ended.
    pub drafts: u32,
    /// Documents waiting for the lead.
    pub to_sign: u32,
    /// Open cases by grade, "G1" to "G4".
    pub open_by_grade: BTreeMap<String, u32>,
}

/// The page of a case.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseView {
    /// Identifier.
    pub id: Uuid,
    /// Human reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Report or incident.
    pub kind: EventKind,
    /// Plain categories.
    pub categories: Vec<Category>,
    /// RSIT types, "malicious-code:ransomware"; deduced unless chosen.
    pub rsit: Vec<String>,
    /// Whether the RSIT types were chosen by hand.
    pub rsit_chosen: bool,
    /// How sure the team is.
    pub confirmation: Confirmation,
    /// Where it stands.
    pub status: Status,
    /// When it reached each status, by name.
    pub reached: BTreeMap<String, DateTime<Utc>>,
    /// What the severity is computed from.
    pub axes: SeverityAxes,
    /// The sum, explained.
    pub severity: Severity,
    /// A grade set by hand, with its reason.
    pub severity_override: Option<SeverityOverride>,
    /// The grade that counts.
    pub grade: Grade,
    /// Perimeter in words (which systems, which sites).
    pub perimeter: String,
    /// Marking.
    pub tlp: Tlp,
    /// Marking of actions.
    pub pap: Pap,
    /// Marked urgent.
    pub urgent: bool,
    /// To whom it is assigned.
    pub assignee: Option<Uuid>,
    /// Words the team put on it.
    pub tags: Vec<String>,
    /// What comes next, in one sentence.
    pub next_step: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// Out of scope: where the caller was sent.
    pub reorientation: Option<ReorientationView>,
    /// What was told.
    pub report: Report,
    /// How complete it is.
    pub completeness: Completeness,
    /// The organisation.
    pub organisation: Option<OrganisationView>,
    /// Its people.
    pub contacts: Vec<ContactView>,
    /// Consents, one per purpose.
    pub consents: Vec<ConsentView>,
    /// Chronology, oldest first.
    pub facts: Vec<FactView>,
    /// Notes, newest first.
    pub notes: Vec<NoteView>,
    /// Documents, newest first.
    pub documents: Vec<DocumentView>,
    /// Other open cases of the same organisation.
    pub siblings: Vec<CaseRef>,
}

/// A person of the organisation, for this case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ContactView {
    /// Identifier.
    pub id: Uuid,
    /// "requester", "management", "technical", "other".
    pub part: ContactPart,
    /// Who.
    pub person: Person,
}

/// What somebody is to the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactPart {
    /// *Déclarant*.
    Requester,
    /// Management.
    Management,
    /// Technical team.
    Technical,
    /// Somebody else (provider, insurer…).
    #[default]
    Other,
}

/// What the beneficiary agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConsentView {
    /// For what.
    pub purpose: ConsentPurpose,
    /// Yes, no, or not asked.
    pub given: Option<bool>,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Who wrote it down.
    pub recorded_by: Option<Uuid>,
}

/// What kind of fact the chronology holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// What the attacker did.
    Attack,
    /// What was done against it.
    #[default]
    Action,
    /// A call, a mail, a meeting.
    Exchange,
    /// A decision.
    Decision,
}

/// One dated fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FactView {
    /// Identifier.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Whether the hour is an estimate.
    pub estimated: bool,
    /// Its kind.
    pub kind: FactKind,
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub detail: String,
    /// Who wrote it.
    pub author: Option<Uuid>,
    /// Made by Relais from a change (status, report, signature): cannot be withdrawn.
    pub automatic: bool,
}

/// A note of the team. Notes are added, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NoteView {
    /// Identifier.
    pub id: Uuid,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub author: Option<Uuid>,
    /// The text.
    pub text: String,
}

/// A change of the qualification; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct TriagePatch {
    /// Title.
    pub title: Option<String>,
    /// Report or incident.
    pub kind: Option<EventKind>,
    /// Plain categories.
    pub categories: Option<Vec<Category>>,
    /// RSIT types chosen by hand; empty returns to the deduced ones.
    pub rsit: Option<Vec<String>>,
    /// How sure the team is.
    pub confirmation: Option<Confirmation>,
    /// What the severity is computed from.
    pub axes: Option<SeverityAxes>,
    /// A grade set by hand, with its reason.
    pub severity_override: Option<SeverityOverride>,
    /// Return to the computed grade.
    pub clear_override: bool,
    /// Perimeter in words.
    pub perimeter: Option<String>,
    /// Marking.
    pub tlp: Option<Tlp>,
    /// Marking of actions.
    pub pap: Option<Pap>,
    /// Marked urgent.
    pub urgent: Option<bool>,
    /// Words put on the case.
    pub tags: Option<Vec<String>>,
    /// What comes next.
    pub next_step: Option<String>,
}

/// A change made, that may be undone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Done {
    /// The journal entry; give it to `undo`.
    pub entry: String,
}

// ───────── Journal ─────────

/// One change as the journal tells it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JournalLine {
    /// The entry it belongs to; give it to `undo`.
    pub entry: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// On which workstation.
    pub device: String,
    /// What was changed.
    pub changes: Vec<JournalChange>,
    /// Whether its content is still there; erased otherwise.
    pub readable: bool,
}

/// One field changed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JournalChange {
    /// "case", "contact", "note"…
    pub entity: String,
    /// Field name.
    pub field: String,
    /// Before, as JSON text; null if it was not there.
    pub before: Option<String>,
    /// After, as JSON text; null if it was taken away.
    pub after: Option<String>,
}

/// A page of the journal, newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JournalPage {
    /// The entries.
    pub lines: Vec<JournalLine>,
    /// How many in all.
    pub total: u32,
}

/// What the verification of all chains found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JournalCheck {
    /// Whether everything holds.
    pub good: bool,
    /// Chains checked.
    pub chains: u32,
    /// Entries checked.
    pub entries: u32,
    /// What does not hold, by chain and number.
    pub faults: Vec<JournalFault>,
    /// Whether the tables equal what the journal gives.
    pub tables_agree: bool,
    /// Stopped before the end: nothing can be said.
    pub stopped: bool,
}

/// One fault of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JournalFault {
    /// The chain: the case's reference, the organisation, or "registre".
    pub chain: String,
    /// Number of the entry in its chain.
    pub seq: u32,
    /// "hash", "signature", "gap", "body", "device".
    pub kind: String,
}

// ───────── Documents ─────────

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
}

/// A document of a case.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DocumentView {
    /// Identifier.
    pub id: Uuid,
    /// Its case.
    pub case: CaseRef,
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

// ───────── Reference ─────────

/// Reference data that the interface needs at hand.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReferenceView {
    /// RSIT types: identifier and French label.
    pub rsit: Vec<RsitView>,
    /// RSIT types deduced from each category.
    pub category_rsit: BTreeMap<String, Vec<String>>,
    /// Reflex measures.
    pub measures: Vec<MeasureView>,
    /// The call script, one per item.
    pub script: Vec<ScriptView>,
    /// The axes of the severity and what each level means.
    pub axes: Vec<AxisView>,
    /// Regions: INSEE code and name.
    pub regions: Vec<RegionView>,
    /// What each role may do.
    pub roles: BTreeMap<String, Vec<Ability>>,
    /// Longest text of one answer, characters.
    pub text_limit: u32,
}

/// One RSIT type.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RsitView {
    /// "malicious-code:ransomware".
    pub id: String,
    /// French class and type.
    pub label_fr: String,
    /// English class and type.
    pub label_en: String,
}

/// One reflex measure to say on the phone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MeasureView {
    /// Identifier.
    pub id: String,
    /// The categories that call for it.
    pub categories: Vec<Category>,
    /// Proposed while nobody knows what happened.
    pub general: bool,
    /// To be avoided, not done.
    pub avoid: bool,
    /// French title.
    pub title_fr: String,
    /// English title.
    pub title_en: String,
    /// French detail.
    pub detail_fr: String,
    /// English detail.
    pub detail_en: String,
}

/// What to say for one of the ten items.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ScriptView {
    /// 1 to 10.
    pub item: u8,
    /// For this category; none for all.
    pub category: Option<Category>,
    /// The French sentence.
    pub say_fr: String,
    /// The English sentence.
    pub say_en: String,
    /// French follow-up questions.
    pub prompts_fr: Vec<String>,
    /// English follow-up questions.
    pub prompts_en: Vec<String>,
}

/// An axis of the severity.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AxisView {
    /// Which.
    pub axis: crate::domain::triage::Axis,
    /// How much one level counts.
    pub weight: u8,
    /// French name.
    pub name_fr: String,
    /// English name.
    pub name_en: String,
    /// French sentence of each level, 0 to 3.
    pub levels_fr: Vec<String>,
    /// English sentence of each level, 0 to 3.
    pub levels_en: Vec<String>,
}

/// One region.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RegionView {
    /// INSEE code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Codes of its départements.
    pub departments: Vec<String>,
}
