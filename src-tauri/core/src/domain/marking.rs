//! How far a piece of information may travel (TLP 2.0) and what may be done with it (PAP).
//!
//! Both are ordered from the most open to the strictest, so that the strictest of several is `max`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Traffic Light Protocol 2.0 (FIRST, 2022): with whom the information may be shared.
/// Labels are capitals, without a space, and never translated.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
pub enum Tlp {
    /// No limit on disclosure.
    #[serde(rename = "TLP:CLEAR")]
    Clear,
    /// The recipient's community.
    #[serde(rename = "TLP:GREEN")]
    Green,
    /// The recipient's organisation and its clients, who need to know.
    #[default]
    #[serde(rename = "TLP:AMBER")]
    Amber,
    /// The recipient's organisation only.
    #[serde(rename = "TLP:AMBER+STRICT")]
    AmberStrict,
    /// The named recipients only.
    #[serde(rename = "TLP:RED")]
    Red,
}

impl Tlp {
    /// Every label, from the most open to the strictest.
    pub const ALL: [Self; 5] = [
        Self::Clear,
        Self::Green,
        Self::Amber,
        Self::AmberStrict,
        Self::Red,
    ];

    /// The label as FIRST writes it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }
}

/// Permissible Actions Protocol (MISP taxonomy, version 3): what may be done with the information.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
pub enum Pap {
    /// No restriction.
    #[serde(rename = "PAP:CLEAR")]
    Clear,
    /// Active actions allowed (blocking, for example).
    #[serde(rename = "PAP:GREEN")]
    Green,
    /// Passive cross-checks through third parties.
    #[default]
    #[serde(rename = "PAP:AMBER")]
    Amber,
    /// Passive, non-detectable actions only.
    #[serde(rename = "PAP:RED")]
    Red,
}

impl Pap {
    /// The label as MISP writes it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "PAP:CLEAR",
            Self::Green => "PAP:GREEN",
            Self::Amber => "PAP:AMBER",
            Self::Red => "PAP:RED",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_marking_of_several_is_their_maximum() {
        assert_eq!(Tlp::Green.max(Tlp::AmberStrict), Tlp::AmberStrict);
        assert!(Tlp::Red > Tlp::AmberStrict && Tlp::AmberStrict > Tlp::Amber);
        assert!(Pap::Red > Pap::Amber);
    }
}
