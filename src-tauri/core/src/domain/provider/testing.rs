//! Synthetic firms for the tests of this folder.

use chrono::NaiveDate;
use uuid::Uuid;

use super::matching::{Firm, KeyState, Track};
use super::*;
use crate::domain::calendar::OpeningRule;
use crate::domain::case::Category;
use crate::domain::geo::Place;
use crate::domain::organisation::OrganisationKind;

/// A day written `2026-11-22`.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An identifier whose order is that of its number.
pub(super) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Les Herbiers, as in the mock-up.
pub(super) const LES_HERBIERS: Place = Place {
    latitude: 46_870_000,
    longitude: -1_010_000,
};

/// La Roche-sur-Yon, 36 km from there.
pub(super) const LA_ROCHE_SUR_YON: Place = Place {
    latitude: 46_670_000,
    longitude: -1_430_000,
};

/// A firm whose record is complete and whom [`needs`] leaves in.
pub(super) fn firm(number: u128) -> Firm {
    Firm {
        id: id(number),
        provider: Provider {
            name: format!("Bocalys {number}"),
            commune: "85191".into(),
            areas: vec![Area::Region { code: "52".into() }],
            on_site: true,
            labels: vec![Label {
                expires: Some(day("2028-03-01")),
                ..Label::of(LabelKind::ExpertCyber)
            }],
            categories: vec![Category::Ransomware, Category::AccountCompromise],
            technologies: vec![Technology::ActiveDirectory, Technology::Backup],
            services: vec![Service::Containment, Service::Rebuilding],
            hours: Some(OpeningRule::Always),
            on_site_within_hours: Some(8),
            reaction_hours: Some(2),
            languages: vec!["fr".into()],
            capacity: 3,
            insured_until: Some(day("2027-12-31")),
            charter_signed: Some(day("2026-01-15")),
            confirmed_on: Some(day("2026-06-01")),
            ..Provider::default()
        },
        place: Some(LA_ROCHE_SUR_YON),
        key: KeyState::Verified,
        track: Track::default(),
    }
}

/// A ransomware at a small firm of Les Herbiers.
pub(super) fn needs() -> Needs {
    Needs {
        categories: vec![Category::Ransomware],
        services: vec![Service::Containment],
        technologies: vec![Technology::ActiveDirectory, Technology::Virtualisation],
        kind: Some(OrganisationKind::Pme),
        headcount: Some(40),
        sector: Some(Sector::C),
        reaction_hours: Some(4),
        site_visit: true,
        on_site_hours: Some(24),
        location: Some(Location {
            commune: "85109".into(),
            departement: "85".into(),
            region: "52".into(),
            epci: Some("248500621".into()),
            place: Some(LES_HERBIERS),
        }),
        maximum_km: Some(150),
        labels: vec![LabelKind::ExpertCyber, LabelKind::Pris],
        ..Needs::default()
    }
}
