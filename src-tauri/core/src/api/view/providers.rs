//! The registry of firms, and the list of firms for a case.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::intake::CaseRef;
use crate::domain::case::Channel;
use crate::domain::geo::Place;
use crate::domain::marking::Tlp;
use crate::domain::provider::crisis::{Assignment, Pin};
use crate::domain::provider::equality::EqualityReport;
use crate::domain::provider::matching::{
    Caveat, CriterionLine, Exclusion, KeyState as FirmKeyState, NobodyLeft, Notice, Remedy,
    Replacement, Replay, Share, Track,
};
use crate::domain::provider::referral::{FollowUp, Step as ReferralStep};
use crate::domain::provider::{Deduced, Label, Needs, Provider, Reminder, WrongField};
use crate::domain::triage::Grade;
use crate::table::Charset;
use crate::table::providers::{Column, Problem};

/// What is looked for in the registry.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct ProviderQuery {
    /// Words of names, communes, labels.
    pub text: String,
    /// Those that are no longer proposed, too.
    pub archived: bool,
    /// Only those that the team has something to ask.
    pub to_ask: bool,
}

/// A firm in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FirmFace {
    /// Identifier.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Its commune, or empty.
    pub commune: String,
    /// Code of its département, or empty.
    pub departement: String,
    /// Where its commune is.
    pub place: Option<Place>,
    /// Its labels.
    pub labels: Vec<Label>,
    /// No longer proposed.
    pub archived: bool,
}

/// A firm, whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProviderView {
    /// In a list.
    pub face: FirmFace,
    /// Its record.
    pub provider: Provider,
    /// What is wrong or missing in it.
    pub wrong: Vec<WrongField>,
    /// What to ask it about.
    pub reminders: Vec<Reminder>,
    /// The best key of its contacts.
    pub key: FirmKeyState,
    /// What the team's own cases say of it.
    pub track: Track,
}

/// What an import of firms did, or would do.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProvidersImported {
    /// How the file was written.
    pub charset: Charset,
    /// What stood between its cells.
    pub separator: String,
    /// The names of its columns.
    pub header: Vec<String>,
    /// How each was read; nothing for one that was not.
    pub columns: Vec<Option<Column>>,
    /// Lines below the header.
    pub lines: u32,
    /// Firms that are new.
    pub new: u32,
    /// Firms that were known and changed.
    pub changed: u32,
    /// Firms that were known as they are.
    pub same: u32,
    /// Lines that were left out.
    pub left_out: u32,
    /// What is wrong, the first of it.
    pub problems: Vec<Problem>,
    /// How much is wrong in all.
    pub problem_count: u32,
    /// Nothing was kept: it was a trial.
    pub dry_run: bool,
}

/// A firm that passes every filter.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RankedFirm {
    /// Which.
    pub provider: FirmFace,
    /// Sum of the criteria, hundredths of a point, 0–10 000.
    pub score: u16,
    /// The lines of the sum.
    pub criteria: Vec<CriterionLine>,
    /// Band of equal fit, from 1, the best.
    pub band: u16,
    /// Its turn in the draw, from 1; none where it was not drawn.
    pub drawn: Option<u8>,
    /// Kilometres as the crow flies, where both places are known.
    pub km: Option<u32>,
    /// How often it stood on a list in the last 90 days.
    pub referrals: u32,
    /// What to know of it before it is named.
    pub notices: Vec<Notice>,
    /// When its line answers, if it does not now; none while it does, and where its hours are not known.
    pub answers_from: Option<DateTime<Utc>>,
}

/// A firm that a filter leaves out.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ExcludedFirm {
    /// Which.
    pub provider: FirmFace,
    /// Kilometres as the crow flies, where both places are known.
    pub km: Option<u32>,
    /// Every reason.
    pub reasons: Vec<Exclusion>,
    /// What would, all together, let it in.
    pub remedies: Vec<Remedy>,
    /// One concession of the case alone would.
    pub comes_close: bool,
}

/// The list of firms for a case, with all that led to it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MatchView {
    /// The seed of the draw, under 2^53.
    pub seed: u64,
    /// Which rules made it.
    pub algorithm: u16,
    /// The day of it.
    pub on: NaiveDate,
    /// SHA-256 of all that it was made of, hexadecimal.
    pub inputs: String,
    /// What was asked for.
    pub needs: Needs,
    /// Why each need is so; empty when somebody wrote the needs.
    pub because: Vec<Deduced>,
    /// How the 100 points were shared out.
    pub shares: Vec<Share>,
    /// What to know first.
    pub caveats: Vec<Caveat>,
    /// The names, in their turn.
    pub shortlist: Vec<FirmFace>,
    /// Names that a person changed, and why.
    pub replacements: Vec<Replacement>,
    /// Firms that pass, best band first.
    pub ranked: Vec<RankedFirm>,
    /// Firms that are left out.
    pub excluded: Vec<ExcludedFirm>,
    /// What to do when no firm passes.
    pub nobody_left: Option<NobodyLeft>,
    /// How long it took, milliseconds.
    pub took_ms: f64,
}

/// A firm as a kept list names it: what is read to the beneficiary.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ListedFirm {
    /// In a list.
    pub face: FirmFace,
    /// Kilometres as the crow flies, where both places are known.
    pub km: Option<u32>,
    /// Its record on the day of the list.
    pub provider: Provider,
    /// When its line answers, if it does not now; none while it does, and where its hours are not known.
    pub answers_from: Option<DateTime<Utc>>,
}

/// A list that was kept.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ShortlistView {
    /// Identifier.
    pub id: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: Uuid,
    /// Whom the beneficiary chose.
    pub chosen: Option<Uuid>,
    /// How the beneficiary was told of it…
    pub told_by: Option<Channel>,
    /// … and when.
    pub told_on: Option<NaiveDate>,
    /// The names in their turn, with whom to call.
    pub listed: Vec<ListedFirm>,
    /// What came of the choices, oldest first.
    pub referrals: Vec<ReferralView>,
    /// The list as it was made.
    pub list: MatchView,
}

/// A case in the hands of the firm that its beneficiary chose.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReferralView {
    /// Identifier.
    pub id: Uuid,
    /// The firm.
    pub firm: Uuid,
    /// When the beneficiary chose it.
    pub chosen_on: NaiveDate,
    /// Who noted it.
    pub chosen_by: Uuid,
    /// How far it came.
    pub step: ReferralStep,
    /// Days that it took, once finished.
    pub duration_days: Option<u32>,
    /// When the firm said no…
    pub declined_on: Option<NaiveDate>,
    /// … and why.
    pub declined_why: String,
    /// What was heard since.
    pub after: FollowUp,
}

/// Something that the team has to ask.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FollowUpDue {
    /// The case.
    pub case: CaseRef,
    /// Its marking.
    pub tlp: Tlp,
    /// The list.
    pub list: Uuid,
    /// The choice; none where the beneficiary has not said whom they choose.
    pub referral: Option<Uuid>,
    /// The firm.
    pub firm: Option<FirmFace>,
    /// How far it came.
    pub step: Option<ReferralStep>,
    /// When the beneficiary chose, or was told of the list.
    pub since: NaiveDate,
    /// The day on which to ask.
    pub on: NaiveDate,
}

/// A plan that is kept.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CrisisFace {
    /// Identifier.
    pub id: Uuid,
    /// The event.
    pub name: String,
    /// The day of the plan.
    pub on: NaiveDate,
    /// Cases of the event.
    pub cases: u32,
    /// Those that a firm takes.
    pub served: u32,
    /// By whom.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// A case of an event.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CrisisCaseFace {
    /// Identifier.
    pub id: Uuid,
    /// "PDL-2026-0042".
    pub reference: String,
    /// Whose it is, else its title.
    pub organisation: String,
    /// Its commune, or empty.
    pub commune: String,
    /// Where that is.
    pub place: Option<Place>,
    /// How grave it was when the plan was made.
    pub grade: Grade,
    /// Its marking.
    pub tlp: Tlp,
}

/// Which firm helps whom.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CrisisView {
    /// The plan as it is kept; nothing for one that is only looked at.
    pub kept: Option<CrisisFace>,
    /// The cases of the event.
    pub cases: Vec<CrisisCaseFace>,
    /// The firms that the plan speaks of.
    pub firms: Vec<FirmFace>,
    /// What a person settled.
    pub pins: Vec<Pin>,
    /// The plan.
    pub assignment: Assignment,
}

/// The equality report, with the firms that it speaks of.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EqualityView {
    /// The figures.
    pub report: EqualityReport,
    /// The firms, as the registry has them today.
    pub firms: Vec<FirmFace>,
}

/// The lead's standing word that lists may leave as the rule draws them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DelegationView {
    /// What was signed.
    pub text: String,
    /// Detached signature, armoured.
    pub signature: String,
    /// SHA-256 of the rules, hexadecimal.
    pub rules_sha256: String,
    /// Fingerprint of the certificate, in groups of four.
    pub fingerprint: String,
    /// The lead who signed.
    pub signed_by: Uuid,
    /// When.
    pub signed_at: DateTime<Utc>,
}

/// What making a kept list again shows.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReplayView {
    /// The verdict.
    pub replay: Replay,
    /// The list that was kept.
    pub kept: ShortlistView,
}
