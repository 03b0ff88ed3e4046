//! The actors of this module's tests.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, TimeZone, Utc};

use super::{Sharing, SigningMaterial, TeamKey};

pub(super) const NAME: &str = "CSIRT Estuaire";
pub(super) const MAIL: &str = "contact@csirt-estuaire.example";

/// Noon of a day.
pub(super) fn day(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, 12, 0, 0).unwrap()
}

/// A team key made on 1 March 2026 for two years.
pub(super) fn team() -> TeamKey {
    TeamKey::generate(NAME, MAIL, day(2026, 3, 1), day(2028, 3, 1))
        .unwrap()
        .key
}

/// What the lead holds of it.
pub(super) fn lead(team: &TeamKey) -> SigningMaterial {
    let now = day(2026, 3, 2);
    let sharing = Sharing::by_role(team, now).unwrap();
    SigningMaterial::open(&team.lead_part().unwrap(), sharing.document_key(), now).unwrap()
}
