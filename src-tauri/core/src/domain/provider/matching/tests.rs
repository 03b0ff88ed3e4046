//! A case and some firms: who is left out and why, who fits how well, who is named.

use super::*;
use crate::domain::provider::testing::{LES_HERBIERS, day, firm, id, needs};
use crate::domain::provider::{
    Absence, Area, Label, LabelKind, Location, PresentProvider, PrisLevel, Sector, Service,
    Technology,
};

mod golden;
mod properties;

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn list(needs: &Needs, firms: &[Firm]) -> Match {
    match_providers(needs, firms, &Rules::default(), 42, today())
}

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

fn lines_of(firm: Firm, needs: &Needs) -> Vec<CriterionLine> {
    let list = list(needs, &[firm]);
    assert_eq!(list.excluded, []);
    list.ranked[0].lines.clone()
}

fn level(criterion: Criterion, firm: Firm, needs: &Needs) -> Option<u8> {
    let lines = lines_of(firm, needs);
    let line = lines.iter().find(|line| line.criterion == criterion);
    line.map(|line| line.level)
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

#[test]
fn the_lines_add_up_to_the_total_and_the_shares_to_a_hundred() {
    let list = list(&needs(), &[firm(1)]);
    let one = &list.ranked[0];
    assert_eq!(
        one.lines.iter().map(|line| line.points).sum::<u16>(),
        one.total
    );
    assert_eq!(
        list.shares.iter().map(|share| share.maximum).sum::<u16>(),
        FULL_SCORE
    );
    assert_eq!(list.shares.len(), Criterion::ALL.len());
}

#[test]
fn what_the_case_gives_nothing_to_judge_by_leaves_its_weight_to_the_others() {
    let mut vague = needs();
    vague.technologies.clear();
    vague.location = None;
    let list = list(&vague, &[firm(1)]);
    let share = |criterion| {
        let mut shares = list.shares.iter();
        *shares.find(|share| share.criterion == criterion).unwrap()
    };
    assert!(!share(Criterion::Technologies).judged && !share(Criterion::Distance).judged);
    assert_eq!(share(Criterion::Technologies).maximum, 0);
    assert_eq!(
        list.shares.iter().map(|share| share.maximum).sum::<u16>(),
        FULL_SCORE
    );
    assert_eq!(level(Criterion::Technologies, firm(1), &vague), None);
}

#[test]
fn each_criterion_has_its_levels() {
    let with = |change: fn(&mut Firm)| {
        let mut one = firm(1);
        change(&mut one);
        one
    };
    let cases = |number| {
        let mut one = firm(1);
        one.track.by_category.insert(Category::Ransomware, number);
        level(Criterion::Experience, one, &needs())
    };
    assert_eq!([0, 1, 4, 5, 90].map(cases), [0, 20, 80, 100, 100].map(Some));
    assert_eq!(level(Criterion::Technologies, firm(1), &needs()), Some(50));
    assert_eq!(level(Criterion::Label, firm(1), &needs()), Some(60));
    let high = with(|firm| {
        firm.provider.labels.push(Label {
            level: Some(PrisLevel::High),
            ..Label::of(LabelKind::Pris)
        });
    });
    assert_eq!(level(Criterion::Label, high, &needs()), Some(100));
    // 39 of 150 km, 8 of 24 hours.
    assert_eq!(level(Criterion::Distance, firm(1), &needs()), Some(74));
    assert_eq!(level(Criterion::OnSite, firm(1), &needs()), Some(66));
    assert_eq!(level(Criterion::Key, firm(1), &needs()), Some(100));
    let seen = with(|firm| firm.key = KeyState::Seen);
    assert_eq!(level(Criterion::Key, seen, &needs()), Some(50));
    let served = with(|firm| {
        firm.track.by_kind.insert(OrganisationKind::Pme, 2);
        firm.track.by_size.insert(SizeBand::UnderFifty, 3);
    });
    assert_eq!(level(Criterion::Kind, served.clone(), &needs()), Some(40));
    assert_eq!(level(Criterion::Size, served, &needs()), Some(60));
    let rated = |satisfied, answered| {
        let mut one = firm(1);
        (one.track.satisfied, one.track.answered) = (satisfied, answered);
        level(Criterion::Satisfaction, one, &needs())
    };
    assert_eq!(
        [rated(0, 0), rated(1, 1), rated(0, 2)],
        [50, 66, 25].map(Some)
    );
    assert_eq!(rated(u32::MAX, u32::MAX), Some(99));
    let right_there = with(|firm| firm.place = Some(LES_HERBIERS));
    assert_eq!(level(Criterion::Distance, right_there, &needs()), Some(100));
}

#[test]
fn a_total_on_the_edge_belongs_to_the_upper_band_and_a_full_score_to_the_highest() {
    let rules = Rules::default();
    assert_eq!(
        [0, 999, 1_000, 8_999, 9_000, 9_999, 10_000].map(|total| rules.step(total)),
        [0, 0, 1, 8, 9, 9, 9]
    );
    let one_band = Rules {
        band_points: 100,
        ..rules
    };
    assert_eq!([0, 5_000, 10_000].map(|total| one_band.step(total)), [0; 3]);
}

#[test]
fn a_better_band_is_named_before_a_lower_one() {
    let mut firms: Vec<Firm> = (1..=6).map(firm).collect();
    for one in &mut firms[..2] {
        one.track.by_category.insert(Category::Ransomware, 9);
        one.track.referrals = 50;
    }
    for seed in 0..50 {
        let list = match_providers(&needs(), &firms, &Rules::default(), seed, today());
        let mut best = list.drawn[..2].to_vec();
        best.sort_unstable();
        assert_eq!(best, [id(1), id(2)]);
        assert_eq!(list.drawn.len(), 3);
        let bands: Vec<u16> = list.ranked.iter().map(|one| one.band).collect();
        assert_eq!(bands, [1, 1, 2, 2, 2, 2]);
        let turns: Vec<Option<u8>> = list.ranked.iter().map(|one| one.drawn).collect();
        assert_eq!(turns, [Some(1), Some(2), Some(3), None, None, None]);
    }
}

#[test]
fn without_any_weight_all_are_equal_and_the_list_says_so() {
    let mut firms: Vec<Firm> = (1..=4).map(firm).collect();
    firms[0].track.by_category.insert(Category::Ransomware, 9);
    let rules = Rules {
        weights: Weights::NONE,
        ..Rules::default()
    };
    let list = match_providers(&needs(), &firms, &rules, 1, today());
    assert!(list.caveats.contains(&Caveat::EveryoneEqual));
    assert!(
        list.ranked
            .iter()
            .all(|one| (one.total, one.band) == (0, 1))
    );
    assert_eq!(list.drawn.len(), 3);
}

#[test]
fn rules_beyond_their_limits_are_brought_back() {
    let firms: Vec<Firm> = (1..=9).map(firm).collect();
    for (asked, given) in [(0, 2), (2, 2), (5, 5), (200, 5)] {
        let rules = Rules {
            names: asked,
            band_points: 0,
            ..Rules::default()
        };
        let list = match_providers(&needs(), &firms, &rules, 1, today());
        assert_eq!((list.drawn.len(), list.rules.names), (given, given as u8));
        assert_eq!(list.rules.band_points, 1);
    }
}

#[test]
fn a_firm_with_something_to_read_is_named_with_it() {
    let mut one = firm(1);
    one.provider.confirmed_on = None;
    let note = "Le gérant est conseiller municipal".to_owned();
    one.provider.conflicts = vec![Conflict::Noted { note: note.clone() }];
    let reminder = Reminder::ConfirmationDue { last: None };
    assert_eq!(
        list(&needs(), &[one]).ranked[0].notices,
        [
            Notice::ConflictToRead { note },
            Notice::Reminder { reminder }
        ]
    );
}

#[test]
fn a_name_changes_by_hand_with_a_reason_and_among_those_who_pass() {
    let mut firms: Vec<Firm> = (1..=5).map(firm).collect();
    firms[4].provider.archived = true;
    let mut list = list(&needs(), &firms);
    let out = list.drawn[1];
    let spare = (1..=4)
        .map(id)
        .find(|one| !list.drawn.contains(one))
        .unwrap();
    assert_eq!(
        list.replace(out, spare, " \n"),
        Err(ReplaceError::MissingReason)
    );
    assert_eq!(list.replace(spare, out, "x"), Err(ReplaceError::NotOnList));
    assert_eq!(
        list.replace(out, list.drawn[0], "x"),
        Err(ReplaceError::AlreadyOnList)
    );
    assert_eq!(list.replace(out, id(5), "x"), Err(ReplaceError::Excluded));
    assert_eq!(list.replace(out, id(99), "x"), Err(ReplaceError::Excluded));
    assert_eq!(list.shortlist, list.drawn);
    assert_eq!(list.replace(out, spare, " Langue des signes "), Ok(()));
    assert_eq!((list.shortlist[1], list.drawn[1]), (spare, out));
    assert_eq!(list.replacements[0].reason, "Langue des signes");
    assert_eq!(replay(&list, &firms), Replay::Same);
}

#[test]
fn a_list_done_again_tells_other_firms_from_another_result_and_from_other_rules() {
    let firms: Vec<Firm> = (1..=5).map(firm).collect();
    let record = list(&needs(), &firms);
    let kept: Match = serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
    assert_eq!(replay(&kept, &firms), Replay::Same);
    let mut changed = firms.clone();
    changed[2].track.referrals = 1;
    assert_eq!(replay(&record, &changed), Replay::OtherInputs);
    assert_eq!(replay(&record, &firms[1..]), Replay::OtherInputs);
    let mut forged = record.clone();
    forged.drawn.reverse();
    assert_eq!(replay(&forged, &firms), Replay::OtherResult);
    let mut forged = record.clone();
    forged.shortlist.swap(0, 1);
    assert_eq!(replay(&forged, &firms), Replay::OtherResult);
    let mut forged = record.clone();
    forged.seed += 1;
    assert_eq!(replay(&forged, &firms), Replay::OtherInputs);
    let mut later = record;
    later.algorithm = ALGORITHM + 1;
    assert_eq!(replay(&later, &firms), Replay::OtherRules);
}

#[test]
fn what_is_shown_and_never_judged_does_not_change_the_fingerprint() {
    let mut one = firm(1);
    let before = list(&needs(), &[one.clone()]).inputs;
    one.provider.prices = "900 € par jour".into();
    one.provider.address = "1, rue du Port".into();
    assert_eq!(list(&needs(), &[one.clone()]).inputs, before);
    one.provider.technologies.push(Technology::Ot);
    assert_ne!(list(&needs(), &[one]).inputs, before);
}

#[test]
fn when_nobody_is_left_the_filter_that_gives_most_is_named_and_somebody_to_call() {
    let mut firms: Vec<Firm> = (1..=6).map(firm).collect();
    for one in &mut firms[..3] {
        one.provider.labels.clear();
    }
    firms[3].provider.reaction_hours = None;
    firms[4].provider.reaction_hours = None;
    // Would give more, and is not for the team to give.
    firms[5].provider.charter_signed = None;
    let empty = list(&needs(), &firms);
    let nobody = empty.nobody_left.unwrap();
    assert_eq!(
        (nobody.relax.as_slice(), nobody.gives),
        (&[Filter::Label][..], 3)
    );
    assert_eq!(nobody.call, [Helper::SeventeenCyber, Helper::AnssiDelegate]);
    assert_eq!(empty.caveats, [Caveat::FewerThanWanted { found: 0 }]);
    let mut relaxed = needs();
    Filter::Label.relax(&mut relaxed);
    assert_eq!(list(&relaxed, &firms).ranked.len(), 3);
}

#[test]
fn nobody_left_in_an_empty_registry_leaves_somebody_to_call() {
    let commune = Needs {
        kind: Some(OrganisationKind::Commune),
        ..needs()
    };
    let nobody = list(&commune, &[]).nobody_left.unwrap();
    assert_eq!((nobody.relax, nobody.gives), (vec![], 0));
    assert_eq!(nobody.call, [Helper::AnssiDelegate, Helper::SeventeenCyber]);
    assert_eq!(list(&needs(), &[firm(1)]).nobody_left, None);
}
