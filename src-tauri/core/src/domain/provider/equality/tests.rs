//! Over a year the report shows that chance was fair, and where it was not.

use super::*;
use crate::domain::provider::matching::{Firm, Rules, match_providers};
use crate::domain::provider::testing::{day, firm, id, needs};

fn candidate(number: u128, referrals: u32) -> Candidate {
    Candidate {
        firm: id(number),
        referrals,
    }
}

fn drawn_of(on: &str, candidates: &[(u128, u32)], drawn: &[u128]) -> RecordedDraw {
    let drawn: Vec<Uuid> = drawn.iter().map(|number| id(*number)).collect();
    RecordedDraw {
        on: day(on),
        bands: vec![DrawnBand {
            candidates: candidates
                .iter()
                .map(|(number, referrals)| candidate(*number, *referrals))
                .collect(),
            drawn: drawn.clone(),
        }],
        listed: drawn,
        chosen: None,
        excluded: Vec::new(),
    }
}

fn of_year(draws: &[RecordedDraw]) -> EqualityReport {
    equality(draws, day("2026-01-01"), day("2026-12-31"))
}

fn share(report: &EqualityReport, number: u128) -> FirmShare {
    let mut firms = report.firms.iter();
    *firms.find(|one| one.firm == id(number)).unwrap()
}

/// A year of cases: the referrals of each list follow from the lists before it.
fn a_year(cases: u64) -> Vec<RecordedDraw> {
    let mut firms: Vec<Firm> = (1..=8).map(firm).collect();
    firms[7].provider.capacity = 0;
    for one in &mut firms {
        one.provider.charter_signed = Some(day("2025-06-01"));
    }
    let mut draws: Vec<RecordedDraw> = Vec::new();
    for case in 0..cases {
        let on = day("2026-01-01") + chrono::Duration::days((case * 360 / cases) as i64);
        for one in &mut firms {
            let recent = draws.iter().filter(|draw| (on - draw.on).num_days() < 90);
            let named = recent.filter(|draw| draw.listed.contains(&one.id));
            one.track.referrals = named.count() as u32;
        }
        let list = match_providers(&needs(), &firms, &Rules::default(), case, on);
        let chosen = list.shortlist.first().copied();
        draws.push(RecordedDraw::of(&list, chosen));
    }
    draws
}

#[test]
fn a_share_is_what_the_chances_add_up_to() {
    let report = of_year(&[
        drawn_of("2026-03-01", &[(1, 0), (2, 0)], &[1]),
        drawn_of("2026-03-02", &[(1, 1), (2, 0)], &[2]),
        drawn_of("2026-03-03", &[(1, 1), (2, 1)], &[1, 2]),
    ]);
    assert_eq!((report.lists, report.names), (3, 4));
    // 1/2 + 1/3 + 1 of four names.
    let first = share(&report, 1);
    assert_eq!((first.drawn, first.expected_millionths), (2, 1_833_333));
    assert_eq!((first.real_share, first.expected_share), (5_000, 4_583));
    // (2 − 11/6) / √(1/4 + 2/9)
    assert_eq!(first.deviation_hundredths, 24);
    assert_eq!(share(&report, 2).deviation_hundredths, -24);
}

#[test]
fn where_all_are_named_chance_has_no_say() {
    let report = of_year(&[drawn_of("2026-03-01", &[(1, 0), (2, 5)], &[1, 2])]);
    let shares = report.firms.iter();
    let seen: Vec<_> = shares
        .map(|one| (one.expected_millionths, one.deviation_hundredths))
        .collect();
    assert_eq!(seen, [(1_000_000, 0); 2]);
}

#[test]
fn only_the_period_counts_with_both_its_days() {
    let draws = ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"]
        .map(|on| drawn_of(on, &[(1, 0)], &[1]));
    assert_eq!(of_year(&draws).lists, 2);
    let none = of_year(&[]);
    assert_eq!((none.lists, none.names, none.firms.len()), (0, 0, 0));
}

#[test]
fn a_year_of_lists_is_fair_and_adds_up() {
    let draws = a_year(300);
    let report = of_year(&draws);
    assert_eq!((report.lists, report.names), (300, 900));
    let expected: u64 = report.firms.iter().map(|one| one.expected_millionths).sum();
    assert!(expected.abs_diff(900_000_000) < 10, "{expected}");
    for one in &report.firms[..7] {
        assert_eq!((one.passed, one.left_out), (300, 0));
        assert!(one.deviation_hundredths.abs() < 300, "{one:?}");
        // Who was named least is drawn more, so the numbers lie close together.
        assert!((115..=142).contains(&one.drawn), "{one:?}");
    }
    assert_eq!(report.firms.iter().map(|one| one.chosen).sum::<u32>(), 300);
    let full = share(&report, 8);
    assert_eq!((full.passed, full.left_out, full.drawn), (0, 300, 0));
    let [capacity] = &report.filters[..] else {
        panic!("{:?}", report.filters)
    };
    assert_eq!((capacity.filter, capacity.times), (Filter::Capacity, 300));
    assert_eq!(capacity.firms[0].firm, id(8));
}

#[test]
fn a_favoured_firm_stands_out() {
    // The same lists, and somebody who drew again until firm 1 was among them.
    let rigged: Vec<RecordedDraw> = (1..=28)
        .map(|of_month| {
            let on = format!("2026-02-{of_month:02}");
            drawn_of(&on, &[(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)], &[1, 2, 3])
        })
        .collect();
    let report = of_year(&rigged);
    assert!(share(&report, 1).deviation_hundredths > 300);
    assert!(share(&report, 5).deviation_hundredths < -300);
}

#[test]
fn a_name_changed_by_hand_is_seen_beside_the_draw() {
    let firms: Vec<Firm> = (1..=4).map(firm).collect();
    let mut list = match_providers(&needs(), &firms, &Rules::default(), 7, day("2026-05-05"));
    let out = list.drawn[0];
    let spare = (1..=4).map(id).find(|one| !list.drawn.contains(one));
    list.replace(out, spare.unwrap(), "Déjà sur place").unwrap();
    let report = of_year(&[RecordedDraw::of(&list, None)]);
    let of = |firm: Uuid| *report.firms.iter().find(|one| one.firm == firm).unwrap();
    assert_eq!((of(out).drawn, of(out).listed), (1, 0));
    assert_eq!(
        (of(spare.unwrap()).drawn, of(spare.unwrap()).listed),
        (0, 1)
    );
    assert_eq!(report.without_choice, 1);
}

#[test]
fn the_order_of_the_records_does_not_matter() {
    let mut draws = a_year(40);
    let report = of_year(&draws);
    draws.reverse();
    assert_eq!(of_year(&draws), report);
}
