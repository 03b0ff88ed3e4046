//! Who is left out, and why.

use super::*;

/// Why one firm is left out once it is changed.
fn reasons(change: impl FnOnce(&mut Firm, &mut Needs)) -> Vec<Exclusion> {
    let (mut one, mut needs) = (firm(1), needs());
    change(&mut one, &mut needs);
    let list = list(&needs, &[one]);
    assert_eq!(list.ranked.len() + list.excluded.len(), 1);
    list.excluded
        .first()
        .map_or_else(Vec::new, |one| one.reasons.clone())
}

#[test]
fn a_firm_that_meets_every_need_is_left_in() {
    assert_eq!(reasons(|_, _| {}), []);
}

#[test]
fn standing_is_judged_on_the_day() {
    assert_eq!(
        reasons(|firm, _| firm.provider.archived = true),
        [Exclusion::Archived]
    );
    assert_eq!(
        reasons(|firm, _| firm.provider.charter_signed = None),
        [Exclusion::NoCharter]
    );
    let tomorrow = today().succ_opt();
    assert_eq!(
        reasons(|firm, _| firm.provider.charter_signed = tomorrow),
        [Exclusion::NoCharter]
    );
    let on = day("2026-11-21");
    assert_eq!(
        reasons(|firm, _| firm.provider.insured_until = Some(on)),
        [Exclusion::InsuranceEnded { on }]
    );
    assert_eq!(
        reasons(|firm, _| firm.provider.insured_until = Some(today())),
        []
    );
    assert_eq!(
        reasons(|firm, needs| needs.declined.push(firm.id)),
        [Exclusion::Declined]
    );
}

#[test]
fn a_tie_with_the_beneficiary_is_found_however_the_number_is_written() {
    let tie = Tie::Itself;
    assert_eq!(
        reasons(|firm, needs| {
            firm.provider.siret = "526 018 155 32561".into();
            needs.beneficiary = "526018155".into();
        }),
        [Exclusion::Conflict { tie }]
    );
    let tie = Tie::Declared;
    assert_eq!(
        reasons(|firm, needs| {
            firm.provider.conflicts.push(Conflict::Beneficiary {
                siren: "526 018 155".into(),
                note: "infogérant".into(),
            });
            needs.beneficiary = "526018155".into();
        }),
        [Exclusion::Conflict { tie }]
    );
    // Two firms without a number are not the same firm.
    assert_eq!(reasons(|firm, _| firm.provider.siren.clear()), []);
}

#[test]
fn the_firm_that_is_there_is_not_proposed_by_name_or_number() {
    let there = |name: &str, present: &str| {
        reasons(|firm, needs| {
            firm.provider.name = name.into();
            needs.present = Some(PresentProvider {
                name: present.into(),
                siren: String::new(),
            });
        })
    };
    let present = [Exclusion::Conflict { tie: Tie::Present }];
    assert_eq!(
        there("Trois-Ponts Informatique", "TROIS PONTS INFORMATIQUE"),
        present
    );
    assert_eq!(
        there("Trois-Ponts", "Trois Ponts informatique (M. Hérel)"),
        present
    );
    assert_eq!(there("Trois-Ponts Informatique", "trois-ponts"), present);
    assert_eq!(there("Ponts", "Entreponts"), []);
    assert_eq!(there("AB", "la société AB conseil"), []);
    assert_eq!(there("Bocalys", ""), []);
    // Words of the trade name nobody.
    assert_eq!(
        there("Trois-Ponts Informatique", "le service informatique"),
        []
    );
    assert_eq!(there("Trois-Ponts Informatique", "Informatique"), []);
    assert_eq!(
        there("Informatique Services", "Trois-Ponts Informatique Services"),
        []
    );
    assert_eq!(
        there("Informatique Services", "informatique, services"),
        present
    );
    assert_eq!(
        reasons(|firm, needs| {
            firm.provider.siren = "526018155".into();
            needs.present = Some(PresentProvider {
                name: String::new(),
                siren: "526018155".into(),
            });
        }),
        present
    );
}

#[test]
fn each_kind_of_area_covers_what_it_says() {
    let covers = |area: Area| reasons(|firm, _| firm.provider.areas = vec![area]).is_empty();
    assert!(covers(Area::France));
    assert!(covers(Area::Region { code: "52".into() }));
    assert!(!covers(Area::Region { code: "53".into() }));
    assert!(covers(Area::Departement { code: "85".into() }));
    assert!(!covers(Area::Departement { code: "44".into() }));
    assert!(covers(Area::Epci {
        siren: "248500621".into()
    }));
    assert!(!covers(Area::Epci {
        siren: "244400404".into()
    }));
    let km = list(&needs(), &[firm(1)]).ranked[0].km.unwrap();
    let km = u16::try_from(km).unwrap();
    assert!(covers(Area::Radius { km }));
    assert!(!covers(Area::Radius { km: km - 1 }));
    assert_eq!(
        reasons(|firm, _| firm.provider.areas.clear()),
        [Exclusion::OutsideAreas]
    );
}

#[test]
fn too_far_says_how_far() {
    assert_eq!(
        reasons(|_, needs| needs.maximum_km = Some(38)),
        [Exclusion::TooFar { km: 39, limit: 38 }]
    );
    assert_eq!(reasons(|_, needs| needs.maximum_km = Some(39)), []);
    assert_eq!(
        reasons(|firm, _| firm.place = None),
        [Exclusion::DistanceUnknown]
    );
}

#[test]
fn where_the_beneficiary_is_not_on_the_map_nobody_is_left_out_and_the_list_says_so() {
    let mut nowhere = needs();
    nowhere.location = None;
    let list_without = list(&nowhere, &[firm(1)]);
    assert_eq!(list_without.excluded, []);
    assert!(list_without.caveats.contains(&Caveat::LocationUnknown));
    nowhere.location = Some(Location {
        place: None,
        ..needs().location.unwrap()
    });
    let list_without = list(&nowhere, &[firm(1)]);
    assert_eq!(list_without.excluded, []);
    assert!(list_without.caveats.contains(&Caveat::PlaceUnknown));
    assert!(!list_without.caveats.contains(&Caveat::LocationUnknown));
}

#[test]
fn whom_and_what_a_firm_works_for_counts() {
    let served = OrganisationKind::Pme;
    assert_eq!(
        reasons(|firm, _| firm.provider.serves = vec![OrganisationKind::Commune]),
        [Exclusion::KindNotServed { served }]
    );
    assert_eq!(
        reasons(|firm, needs| {
            firm.provider.serves = vec![OrganisationKind::Pme];
            needs.kind = None;
            needs.public_body = true;
        }),
        [Exclusion::PublicNotServed]
    );
    let sector = Sector::C;
    assert_eq!(
        reasons(|firm, _| firm.provider.sectors = vec![Sector::O]),
        [Exclusion::SectorNotServed { sector }]
    );
    assert_eq!(reasons(|_, needs| needs.sector = None), []);
    assert_eq!(
        reasons(|firm, needs| {
            firm.provider.categories.clear();
            needs.services.push(Service::ForensicReport);
        }),
        [
            Exclusion::CategoryNotTaken {
                category: Category::Ransomware
            },
            Exclusion::ServiceNotOffered {
                service: Service::ForensicReport
            }
        ]
    );
}

#[test]
fn one_valid_label_is_enough_and_the_last_to_end_is_named() {
    let ended = |kind, text: &str| Label {
        expires: Some(day(text)),
        ..Label::of(kind)
    };
    let expert = |text: &str| ended(LabelKind::ExpertCyber, text);
    assert_eq!(
        reasons(|firm, _| {
            firm.provider.labels = vec![
                ended(LabelKind::Pris, "2026-02-28"),
                expert("2026-11-21"),
                Label::of(LabelKind::Iso27001),
            ];
        }),
        [Exclusion::LabelExpired {
            label: LabelKind::ExpertCyber,
            on: day("2026-11-21")
        }]
    );
    assert_eq!(
        reasons(|firm, _| firm.provider.labels = vec![expert("2026-11-22")]),
        []
    );
    assert_eq!(
        reasons(|firm, _| firm.provider.labels = vec![Label::of(LabelKind::Iso27001)]),
        [Exclusion::NoRequiredLabel]
    );
    assert_eq!(
        reasons(|firm, needs| {
            firm.provider.labels.clear();
            needs.labels.clear();
        }),
        []
    );
}

#[test]
fn who_is_away_full_or_late_is_left_out() {
    let absence = |from: &str, to: &str| Absence {
        from: day(from),
        to: day(to),
        reason: String::new(),
    };
    let until = day("2026-12-31");
    assert_eq!(
        reasons(|firm, _| firm.provider.absences = vec![
            absence("2026-11-01", "2026-11-22"),
            absence("2026-11-22", "2026-12-31"),
            absence("2027-01-01", "2027-06-30"),
        ]),
        [Exclusion::Absent { until }]
    );
    assert_eq!(
        reasons(|firm, _| firm.track.open = 3),
        [Exclusion::NoCapacity {
            open: 3,
            capacity: 3
        }]
    );
    assert_eq!(reasons(|firm, _| firm.track.open = 2), []);
    assert_eq!(
        reasons(|firm, _| firm.provider.capacity = 0),
        [Exclusion::NoCapacity {
            open: 0,
            capacity: 0
        }]
    );
    assert_eq!(
        reasons(|_, needs| needs.on_site_hours = Some(7)),
        [Exclusion::OnSiteTooLate {
            promised: Some(8),
            wanted: 7
        }]
    );
    assert_eq!(
        reasons(|firm, _| firm.provider.reaction_hours = None),
        [Exclusion::ReactionTooLate {
            promised: None,
            wanted: 4
        }]
    );
}

#[test]
fn a_firm_from_afar_is_told_that_and_not_its_delay_too() {
    let afar = |firm: &mut Firm| {
        firm.provider.on_site = false;
        firm.provider.on_site_within_hours = None;
    };
    assert_eq!(reasons(|firm, _| afar(firm)), [Exclusion::RemoteOnly]);
    assert_eq!(
        reasons(|firm, needs| {
            afar(firm);
            needs.site_visit = false;
        }),
        []
    );
}

#[test]
fn the_insurer_s_panel_is_compared_without_accents() {
    let panel = |name: &str| {
        reasons(|firm, needs| {
            firm.provider.name = "Ligérys Réponse".into();
            needs.panel = vec![name.into()];
        })
    };
    assert_eq!(panel("LIGERYS REPONSE"), []);
    assert_eq!(panel(" "), []);
    assert_eq!(panel("Ardenvor"), [Exclusion::NotOnPanel]);
}

#[test]
fn every_reason_is_told_not_the_first_alone() {
    let found = reasons(|firm, needs| {
        firm.provider = Provider {
            archived: true,
            ..Provider::default()
        };
        firm.place = None;
        needs.panel = vec!["Ardenvor".into()];
    });
    let filters: Vec<Filter> = found.iter().map(|reason| reason.filter()).collect();
    assert!(filters.is_sorted(), "{filters:?}");
    assert_eq!(found.len(), 11, "{found:?}");
}
