//! Whom the team helps: kinds of organisation, size classes, and what to do with the others.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an organisation is. The four classes of firm follow décret 2008-1354, article 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// Microentreprise, TPE.
    Micro,
    /// Petite ou moyenne entreprise.
    Pme,
    /// Entreprise de taille intermédiaire.
    Eti,
    /// Grande entreprise.
    Ge,
    /// Commune.
    Commune,
    /// Communauté de communes, d’agglomération, urbaine, métropole.
    Epci,
    /// Conseil départemental.
    Departement,
    /// Conseil régional.
    Region,
    /// Syndicat intercommunal ou mixte.
    Syndicat,
    /// Centre communal ou intercommunal d’action sociale.
    Ccas,
    /// Service départemental d’incendie et de secours.
    Sdis,
    /// Établissement public local d’enseignement: collège, lycée.
    Eple,
    /// Office public de l’habitat.
    OfficeHlm,
    /// Groupement d’intérêt public.
    Gip,
    /// Any other public establishment.
    OtherPublic,
    /// Association.
    Association,
    /// None of these.
    Other,
}

impl OrganisationKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 17] = [
        Self::Micro,
        Self::Pme,
        Self::Eti,
        Self::Ge,
        Self::Commune,
        Self::Epci,
        Self::Departement,
        Self::Region,
        Self::Syndicat,
        Self::Ccas,
        Self::Sdis,
        Self::Eple,
        Self::OfficeHlm,
        Self::Gip,
        Self::OtherPublic,
        Self::Association,
        Self::Other,
    ];

    /// Whether it is a firm, whose class its size decides.
    #[must_use]
    pub const fn is_firm(self) -> bool {
        matches!(self, Self::Micro | Self::Pme | Self::Eti | Self::Ge)
    }

    /// Whether it is a local authority or one of its public establishments (*collectivité*, in the statistics).
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(
            self,
            Self::Commune
                | Self::Epci
                | Self::Departement
                | Self::Region
                | Self::Syndicat
                | Self::Ccas
                | Self::Sdis
                | Self::Eple
                | Self::OfficeHlm
                | Self::Gip
                | Self::OtherPublic
        )
    }
}

/// What a firm's figures allow to conclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SizeClass {
    /// The class by the figures known: one of micro, pme, eti, ge.
    pub class: OrganisationKind,
    /// Whether no figure still missing could change it.
    pub certain: bool,
}

/// Limits of one class: fewer people than `people`, and turnover or balance sheet within the sums, euros.
struct SizeLimits {
    class: OrganisationKind,
    people: u32,
    turnover: u64,
    balance: u64,
}

const MILLION: u64 = 1_000_000;

/// Décret 2008-1354, article 3, smallest class first; beyond the last, the firm is a *grande entreprise*.
const SIZE_LIMITS: [SizeLimits; 3] = [
    SizeLimits {
        class: OrganisationKind::Micro,
        people: 10,
        turnover: 2 * MILLION,
        balance: 2 * MILLION,
    },
    SizeLimits {
        class: OrganisationKind::Pme,
        people: 250,
        turnover: 50 * MILLION,
        balance: 43 * MILLION,
    },
    SizeLimits {
        class: OrganisationKind::Eti,
        people: 5_000,
        turnover: 1_500 * MILLION,
        balance: 2_000 * MILLION,
    },
];

fn class_of(headcount: u32, turnover: u64, balance: u64) -> OrganisationKind {
    SIZE_LIMITS
        .iter()
        .find(|limit| {
            headcount < limit.people && (turnover <= limit.turnover || balance <= limit.balance)
        })
        .map_or(OrganisationKind::Ge, |limit| limit.class)
}

/// The class of a firm by décret 2008-1354, article 3, from people employed and sums in euros.
///
/// The head-count alone gives a class that the sums may still raise. Without a head-count there is an answer only
/// where the sums settle it by themselves.
#[must_use]
pub fn size_class(
    headcount: Option<u32>,
    turnover_euros: Option<u64>,
    balance_euros: Option<u64>,
) -> Option<SizeClass> {
    // The class never falls when a figure grows, so the two extremes bound it.
    let smallest = class_of(
        headcount.unwrap_or(0),
        turnover_euros.unwrap_or(0),
        balance_euros.unwrap_or(0),
    );
    let largest = class_of(
        headcount.unwrap_or(u32::MAX),
        turnover_euros.unwrap_or(u64::MAX),
        balance_euros.unwrap_or(u64::MAX),
    );
    let certain = smallest == largest;
    (certain || headcount.is_some()).then_some(SizeClass {
        class: smallest,
        certain,
    })
}

/// Why the team does not take the case on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutOfScope {
    /// A *grande entreprise*.
    TooLarge,
    /// Not located in the region.
    OutsideRegion,
    /// A private person.
    Individual,
    /// A sector CSIRT is competent (health, maritime…).
    OtherCsirt,
    /// Not a matter of computer security.
    NotSecurity,
}

impl OutOfScope {
    /// Every reason, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::TooLarge,
        Self::OutsideRegion,
        Self::Individual,
        Self::OtherCsirt,
        Self::NotSecurity,
    ];
}

/// Whether an organisation is a beneficiary of the team (RFC 2350 document, section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "scope", content = "reason", rename_all = "snake_case")]
pub enum Scope {
    /// A beneficiary.
    InScope,
    /// Not one: to be reoriented, with a trace.
    OutOfScope(OutOfScope),
}

/// Whether an organisation of this kind is a beneficiary; `is_local` says whether it is in the region.
/// The document's list of kinds is open (« notamment »), so only size and place exclude.
#[must_use]
pub const fn in_scope(kind: OrganisationKind, is_local: bool) -> Scope {
    match (kind, is_local) {
        (OrganisationKind::Ge, _) => Scope::OutOfScope(OutOfScope::TooLarge),
        (_, false) => Scope::OutOfScope(OutOfScope::OutsideRegion),
        (_, true) => Scope::InScope,
    }
}

/// To whom a caller is sent whom the team does not help itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reorientation {
    /// ANSSI, CERT-FR.
    CertFr,
    /// 17cyber.gouv.fr.
    #[serde(rename = "17cyber")]
    SeventeenCyber,
    /// CERT Santé.
    CertSante,
    /// M-CERT (maritime).
    MCert,
    /// The CSIRT of another region.
    RegionalCsirt,
    /// Gendarmerie or police.
    Police,
    /// Somebody else, named in the note.
    Other,
}

impl Reorientation {
    /// Every target, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::CertFr,
        Self::SeventeenCyber,
        Self::CertSante,
        Self::MCert,
        Self::RegionalCsirt,
        Self::Police,
        Self::Other,
    ];

    /// The usual targets for a reason, best first: a proposal, which the operator may leave.
    #[must_use]
    pub const fn usual_for(reason: OutOfScope) -> &'static [Self] {
        match reason {
            OutOfScope::TooLarge => &[Self::CertFr, Self::Police],
            OutOfScope::OutsideRegion => &[Self::RegionalCsirt, Self::CertFr],
            OutOfScope::Individual => &[Self::SeventeenCyber, Self::Police],
            OutOfScope::OtherCsirt => &[Self::CertSante, Self::MCert],
            OutOfScope::NotSecurity => &[Self::SeventeenCyber, Self::Police, Self::Other],
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use OrganisationKind::{Eti, Ge, Micro, Pme};

    fn certain(headcount: u32, turnover: u64, balance: u64) -> OrganisationKind {
        let class = size_class(Some(headcount), Some(turnover), Some(balance)).unwrap();
        assert!(class.certain);
        class.class
    }

    #[test]
    fn the_decree_s_limits_are_held_to_the_unit() {
        assert_eq!(certain(9, 2_000_000, 2_000_000), Micro);
        assert_eq!(certain(10, 0, 0), Pme);
        assert_eq!(certain(9, 2_000_001, 2_000_001), Pme);
        assert_eq!(certain(249, 50_000_000, 43_000_000), Pme);
        assert_eq!(certain(250, 0, 0), Eti);
        assert_eq!(certain(249, 50_000_001, 43_000_001), Eti);
        assert_eq!(certain(4_999, 1_500_000_000, 2_000_000_000), Eti);
        assert_eq!(certain(5_000, 0, 0), Ge);
        assert_eq!(certain(4_999, 1_500_000_001, 2_000_000_001), Ge);
    }

    #[test]
    fn one_of_the_two_sums_within_its_limit_is_enough() {
        assert_eq!(certain(9, 2_000_000, 900_000_000), Micro);
        assert_eq!(certain(9, 900_000_000, 2_000_000), Micro);
        assert_eq!(certain(249, 900_000_000, 43_000_000), Pme);
        assert_eq!(certain(1, 9_000_000_000, 2_000_000_000), Eti);
        assert_eq!(certain(1, 1_500_000_000, 9_000_000_000), Eti);
    }

    #[test]
    fn the_headcount_alone_gives_a_provisional_class() {
        let provisional = |class| {
            Some(SizeClass {
                class,
                certain: false,
            })
        };
        assert_eq!(size_class(Some(9), None, None), provisional(Micro));
        assert_eq!(size_class(Some(10), None, None), provisional(Pme));
        assert_eq!(size_class(Some(250), None, None), provisional(Eti));
    }

    #[test]
    fn a_known_figure_settles_the_class_where_nothing_missing_could_change_it() {
        let settled = |class| {
            Some(SizeClass {
                class,
                certain: true,
            })
        };
        assert_eq!(size_class(Some(5_000), None, None), settled(Ge));
        assert_eq!(size_class(Some(9), Some(1), None), settled(Micro));
        assert_eq!(size_class(Some(30), None, Some(43_000_000)), settled(Pme));
        assert_eq!(
            size_class(None, Some(1_500_000_001), Some(2_000_000_001)),
            settled(Ge)
        );
    }

    #[test]
    fn without_a_headcount_small_sums_conclude_nothing() {
        assert_eq!(size_class(None, None, None), None);
        assert_eq!(size_class(None, Some(1), Some(1)), None);
    }

    #[test]
    fn a_large_firm_and_a_stranger_to_the_region_are_out_of_scope() {
        assert_eq!(in_scope(Ge, true), Scope::OutOfScope(OutOfScope::TooLarge));
        assert_eq!(
            in_scope(Pme, false),
            Scope::OutOfScope(OutOfScope::OutsideRegion)
        );
        for kind in OrganisationKind::ALL {
            assert_eq!(in_scope(kind, true) == Scope::InScope, kind != Ge);
        }
    }

    #[test]
    fn kinds_travel_under_their_field_names() {
        let names: Vec<String> = OrganisationKind::ALL
            .iter()
            .map(|kind| serde_json::to_string(kind).unwrap())
            .collect();
        assert_eq!(names[12], "\"office_hlm\"");
        assert_eq!(names[9], "\"ccas\"");
        assert_eq!(
            serde_json::to_value(in_scope(Ge, true)).unwrap(),
            serde_json::json!({"scope": "out_of_scope", "reason": "too_large"})
        );
    }

    #[test]
    fn every_reason_has_somebody_to_turn_to() {
        for reason in [
            OutOfScope::TooLarge,
            OutOfScope::OutsideRegion,
            OutOfScope::Individual,
            OutOfScope::OtherCsirt,
            OutOfScope::NotSecurity,
        ] {
            assert!(!Reorientation::usual_for(reason).is_empty());
        }
    }
}
