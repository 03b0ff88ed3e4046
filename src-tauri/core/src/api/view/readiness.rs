//! What programmes ask of a team.

use chrono::{DateTime, Utc};
use serde::Serialize;
use ts_rs::TS;

use super::EditionFile;
use crate::domain::rfc2350::readiness::{Criterion, State};

/// What the lead stated of a criterion.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StatementView {
    /// Whether it is met.
    pub met: bool,
    /// The remark.
    pub note: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A criterion, its evidence and its state.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CriterionView {
    /// What is asked, by whom, where it was read.
    pub criterion: Criterion,
    /// Whether it is met.
    pub state: State,
    /// What the lead stated.
    pub statement: Option<StatementView>,
    /// What is attached.
    pub attachment: Option<EditionFile>,
}
