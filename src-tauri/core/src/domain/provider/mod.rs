//! The firms that may help a beneficiary: what the team knows of each, what a case needs, and the neutral short list.
//!
//! The rule (a public body treats firms equally and can show why a name was proposed):
//! 1. hard filters, each exclusion with all of its reasons ([`matching::Exclusion`]);
//! 2. a fit score, a sum that anybody can follow ([`matching::CriterionLine`]);
//! 3. bands of equal fit;
//! 4. inside a band a recorded draw, weighted to the firms that were referred least of late ([`matching::draw`]).
//!
//! Nothing here reads a clock, a file or a source of chance: day, seed and facts are passed in, so that anybody can do
//! the same again and find the same names.

mod area;
mod check;
pub mod crisis;
pub mod equality;
mod label;
pub mod matching;
mod needs;
mod record;
pub mod referral;
mod reminder;
mod sector;
mod skill;
#[cfg(test)]
mod testing;

pub use area::{Area, Location};
pub use check::{Field, Mistake, WrongField};
pub use label::{Label, LabelKind, PrisActivity, PrisLevel};
pub use needs::{CaseFacts, Deduced, DeducedNeeds, Need, NeedReason, Needs, PresentProvider};
pub use record::{Absence, Conflict, Paper, PaperKind, Provider};
pub use reminder::{CONFIRMATION_IS_DUE_AFTER_DAYS, LABEL_REMINDER_DAYS, Reminder, reminders};
pub use sector::Sector;
pub use skill::{Service, SizeBand, Technology};
