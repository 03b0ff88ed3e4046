//! A case and some firms: who is left out and why, who fits how well, who is named.

use super::*;
use crate::domain::provider::testing::{LES_HERBIERS, day, firm, id, needs};
use crate::domain::provider::{
    Absence, Area, Label, LabelKind, Location, PresentProvider, PrisLevel, Sector, Service,
    Technology,
};

mod filters;
mod golden;
mod lists;
mod properties;
mod scores;

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn list(needs: &Needs, firms: &[Firm]) -> Match {
    match_providers(needs, firms, &Rules::default(), 42, today())
}
