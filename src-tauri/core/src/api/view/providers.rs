//! The registry of firms, and the list of firms for a case.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::domain::provider::equality::EqualityReport;
use crate::domain::provider::matching::{
    Caveat, CriterionLine, Exclusion, KeyState as FirmKeyState, NobodyLeft, Notice, Remedy, Replay,
    Share, Track,
};
use crate::domain::provider::{Deduced, Label, Needs, Provider, Reminder, WrongField};
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
    /// Firms that pass, best band first.
    pub ranked: Vec<RankedFirm>,
    /// Firms that are left out.
    pub excluded: Vec<ExcludedFirm>,
    /// What to do when no firm passes.
    pub nobody_left: Option<NobodyLeft>,
    /// How long it took, milliseconds.
    pub took_ms: f64,
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
    /// The list as it was made.
    pub list: MatchView,
}

/// The equality report, with the firms that it speaks of.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EqualityView {
    /// The figures.
    pub report: EqualityReport,
    /// The firms, as the registry has them today.
    pub firms: Vec<FirmFace>,
}

/// What making a kept list again shows.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReplayView {
    /// The verdict.
    pub replay: Replay,
    /// The list that was kept.
    pub kept: ShortlistView,
}
