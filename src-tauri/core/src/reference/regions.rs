//! The eighteen regions and their départements.

use std::sync::LazyLock;

use serde::Serialize;
use ts_rs::TS;

/// A département.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Departement {
    /// INSEE code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
}

/// A region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Region {
    /// INSEE code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Its regional CSIRT, where a source names it; the team completes the others in its own lists.
    pub csirt: Option<&'static str>,
    /// Its départements, by code.
    pub departements: Vec<Departement>,
}

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let mut regions: Vec<Region> = Vec::new();
    for line in include_str!("data/regions.tsv").lines() {
        let fields: Vec<&'static str> = line.split('\t').collect();
        match fields[..] {
            ["R", code, name] => regions.push(Region {
                code,
                name,
                // Source: RFC 2350 document of the team, version 1.0.
                csirt: (code == "52").then_some("Pays de la Loire Cyber Assistance"),
                departements: Vec::new(),
            }),
            ["D", code, name, region] => {
                if let Some(region) = regions.iter_mut().find(|one| one.code == region) {
                    region.departements.push(Departement { code, name });
                }
            }
            _ => {}
        }
    }
    regions
});

/// Every region, by INSEE code.
#[must_use]
pub fn regions() -> &'static [Region] {
    &REGIONS
}

/// A region by its INSEE code.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Region> {
    regions().iter().find(|region| region.code == code)
}

/// A département by its code.
#[must_use]
pub fn departement(code: &str) -> Option<Departement> {
    regions()
        .iter()
        .flat_map(|region| &region.departements)
        .find(|departement| departement.code == code)
        .copied()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::reference::communes::communes;

    #[test]
    fn there_are_18_regions_and_101_departements() {
        assert_eq!(regions().len(), 18);
        let departements: usize = regions()
            .iter()
            .map(|region| region.departements.len())
            .sum();
        assert_eq!(departements, 101);
    }

    #[test]
    fn pays_de_la_loire_is_52_with_its_five_departements_and_its_csirt() {
        let region = by_code("52").unwrap();
        assert_eq!(region.name, "Pays de la Loire");
        assert!(region.csirt.is_some());
        let codes: Vec<_> = region.departements.iter().map(|one| one.code).collect();
        assert_eq!(codes, ["44", "49", "53", "72", "85"]);
        assert_eq!(departement("53").unwrap().name, "Mayenne");
    }

    #[test]
    fn every_commune_of_a_region_lies_in_one_of_its_departements() {
        for commune in communes().iter() {
            if let Some(region) = by_code(commune.region) {
                assert!(
                    region
                        .departements
                        .iter()
                        .any(|one| one.code == commune.departement)
                );
            } else {
                assert!(
                    commune.departement.starts_with("97") || commune.departement.starts_with("98")
                );
            }
        }
    }
}
