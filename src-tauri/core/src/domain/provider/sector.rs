//! The sections of the nomenclature of activities.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! sections {
    ($($letter:ident $first:literal $last:literal $what:literal),* $(,)?) => {
        /// A section of NAF rév. 2 (décret 2007-1888).
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
        )]
        pub enum Sector {
            $(#[doc = $what] $letter),*
        }

        impl Sector {
            /// Every section, in the order of the nomenclature.
            pub const ALL: &'static [Self] = &[$(Self::$letter),*];

            /// The section of a division (the first two digits of a code), if there is such a division.
            #[must_use]
            pub const fn of_division(division: u8) -> Option<Self> {
                match division {
                    $($first..=$last => Some(Self::$letter),)*
                    _ => None,
                }
            }
        }
    };
}

sections! {
    A 1 3 "Agriculture, sylviculture et pêche.",
    B 5 9 "Industries extractives.",
    C 10 33 "Industrie manufacturière.",
    D 35 35 "Électricité, gaz.",
    E 36 39 "Eau, assainissement, déchets.",
    F 41 43 "Construction.",
    G 45 47 "Commerce.",
    H 49 53 "Transports et entreposage.",
    I 55 56 "Hébergement et restauration.",
    J 58 63 "Information et communication.",
    K 64 66 "Finance et assurance.",
    L 68 68 "Immobilier.",
    M 69 75 "Activités spécialisées, scientifiques et techniques.",
    N 77 82 "Services administratifs et de soutien.",
    O 84 84 "Administration publique.",
    P 85 85 "Enseignement.",
    Q 86 88 "Santé et action sociale.",
    R 90 93 "Arts, spectacles, loisirs.",
    S 94 96 "Autres services.",
    T 97 98 "Ménages employeurs.",
    U 99 99 "Activités extraterritoriales.",
}

impl Sector {
    /// The section of a code (`25.11Z`). NAF 2025 letters its sections anew, but its divisions keep their place, so
    /// that the section of rév. 2 names the same activities under both editions.
    #[must_use]
    pub fn of_naf(code: &str) -> Option<Self> {
        code.get(..2)
            .and_then(|division| division.parse().ok())
            .and_then(Self::of_division)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_belongs_to_the_section_of_its_division() {
        assert_eq!(Sector::of_naf("25.11Z"), Some(Sector::C));
        assert_eq!(Sector::of_naf("84.11Z"), Some(Sector::O));
        assert_eq!(Sector::of_naf("01.11Z"), Some(Sector::A));
        for none in ["", "4", "44.00Z", "é5.11Z", "ABC"] {
            assert_eq!(Sector::of_naf(none), None, "{none}");
        }
    }

    #[test]
    fn the_sections_hold_every_division() {
        let divisions = (1..=99).filter_map(Sector::of_division).count();
        assert_eq!(divisions, 88, "NAF rév. 2 has 88 divisions");
    }
}
