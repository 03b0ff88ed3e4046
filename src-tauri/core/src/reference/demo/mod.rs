//! Invented cases for the demonstration and for measuring: nobody in them exists.
//!
//! Everything is drawn from the generator passed in, so that a seed always tells the same stories. Names of places and
//! people are made of syllables, telephones lie in ranges kept for fiction, mail addresses end in `.example`, and
//! SIREN begin with 000, which no organisation has.

mod answers;
mod course;
mod firms;
mod narratives;
mod organisations;
mod people;
mod story;

use chrono::{DateTime, Utc};
use rand::Rng;

use crate::domain::case::{Confirmation, ConsentPurpose, EventKind, Status};
use crate::domain::intake::Report;
use crate::domain::marking::{Pap, Tlp};
use crate::domain::organisation::{OrganisationKind, OutOfScope, Reorientation};
use crate::domain::triage::{SeverityAxes, SeverityOverride};

pub use firms::firms;
pub use organisations::organisation;
pub use story::{reception_times, story};

/// What all stories of one demonstration share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSetting {
    /// Seed of the organisations.
    pub seed: u64,
    /// INSEE code of the region.
    pub region: String,
    /// How many organisations there are to call: 1 to 100 000. Some call more than once.
    pub organisations: u32,
    /// The present; nothing happens after it.
    pub now: DateTime<Utc>,
}

/// An invented organisation. Its SIREN identifies it: the same SIREN is the same organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoOrganisation {
    /// Name.
    pub name: String,
    /// Kind; agrees with the figures for a firm.
    pub kind: OrganisationKind,
    /// SIREN with a right check digit, beginning with 000.
    pub siren: String,
    /// People employed.
    pub headcount: u32,
    /// Yearly turnover, euros; firms only.
    pub turnover_euros: Option<u64>,
    /// Balance-sheet total, euros; firms only.
    pub balance_euros: Option<u64>,
    /// NAF rév. 2 code.
    pub naf: &'static str,
    /// INSEE code of the commune where it stands (a real one, for lists and maps).
    pub commune: &'static str,
    /// Last part of its mail addresses (`brétival` gives `bretival.example`).
    pub domain: String,
    /// Machines of its estate.
    pub machines: u32,
}

/// What a fact of the chronology is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DemoFactKind {
    /// What the attacker did.
    Attack,
    /// What was done against it.
    Action,
    /// A call, a mail, a meeting.
    Exchange,
    /// A decision.
    Decision,
}

/// A dated fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFact {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the hour is an estimate.
    pub estimated: bool,
    /// What it is.
    pub kind: DemoFactKind,
    /// In a few words.
    pub title: String,
    /// In a sentence; may be empty.
    pub detail: String,
}

/// A note of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoNote {
    /// When.
    pub at: DateTime<Utc>,
    /// The text.
    pub text: String,
}

/// What the beneficiary answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoConsent {
    /// For what.
    pub purpose: ConsentPurpose,
    /// Yes or no.
    pub given: bool,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One invented case, as far as the team has come with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCase {
    /// Title.
    pub title: String,
    /// The organisation; the report names it too.
    pub organisation: DemoOrganisation,
    /// What was told, with its categories.
    pub report: Report,
    /// Signalement or incident.
    pub kind: EventKind,
    /// How sure the team is.
    pub confirmation: Confirmation,
    /// When each status was reached, in order; the last is the present one.
    pub reached: Vec<(Status, DateTime<Utc>)>,
    /// What the severity is computed from.
    pub axes: SeverityAxes,
    /// A grade set by hand.
    pub severity_override: Option<SeverityOverride>,
    /// Perimeter in words.
    pub perimeter: String,
    /// Marking.
    pub tlp: Tlp,
    /// Marking of actions.
    pub pap: Pap,
    /// Answers about sharing; purposes not asked are absent.
    pub consents: Vec<DemoConsent>,
    /// Where the caller was sent, when out of scope.
    pub reorientation: Option<(OutOfScope, Reorientation)>,
    /// Chronology, oldest first.
    pub facts: Vec<DemoFact>,
    /// Notes, oldest first.
    pub notes: Vec<DemoNote>,
    /// What comes next; empty when closed.
    pub next_step: String,
}

/// One of a list; the lists of this module are never empty.
fn pick<'a, T: ?Sized, R: Rng + ?Sized>(rng: &mut R, list: &[&'a T]) -> &'a T {
    list[rng.random_range(0..list.len())]
}

/// One of a list by its weights.
fn weighted<T: Copy, R: Rng + ?Sized>(rng: &mut R, list: &[(T, u32)]) -> T {
    let total: u32 = list.iter().map(|(_, weight)| weight).sum();
    let mut drawn = rng.random_range(0..total);
    for (one, weight) in list {
        if drawn < *weight {
            return *one;
        }
        drawn -= weight;
    }
    list[0].0
}

/// True in `percent` of a hundred draws.
fn chance<R: Rng + ?Sized>(rng: &mut R, percent: u32) -> bool {
    rng.random_range(0..100) < percent
}
