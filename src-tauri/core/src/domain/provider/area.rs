//! Where a firm works, and where a beneficiary is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::geo::Place;

/// One part of the country that a firm covers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ProviderArea")]
pub enum Area {
    /// A département.
    Departement {
        /// Its INSEE code: `44`, `2A`, `974`.
        code: String,
    },
    /// An intercommunality.
    Epci {
        /// Its SIREN.
        siren: String,
    },
    /// A region.
    Region {
        /// Its INSEE code: `52`.
        code: String,
    },
    /// A circle around the firm's commune.
    Radius {
        /// Kilometres.
        km: u16,
    },
    /// The whole country.
    France,
}

/// Where the beneficiary is, resolved from its commune by the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "CaseLocation")]
pub struct Location {
    /// INSEE code of the commune.
    pub commune: String,
    /// Code of its département.
    pub departement: String,
    /// Code of its region.
    pub region: String,
    /// SIREN of its intercommunality; a few islands have none.
    pub epci: Option<String>,
    /// Where it is on the map.
    pub place: Option<Place>,
}

impl Area {
    /// Whether a place is inside; `km` is how far it is from the firm's commune, where both are known.
    #[must_use]
    pub fn covers(&self, location: &Location, km: Option<u32>) -> bool {
        match self {
            Self::Departement { code } => *code == location.departement,
            Self::Epci { siren } => location.epci.as_ref() == Some(siren),
            Self::Region { code } => *code == location.region,
            Self::Radius { km: radius } => km.is_some_and(|km| km <= u32::from(*radius)),
            Self::France => true,
        }
    }
}
