//! Fifty town halls of one hosting firm, and fewer hands.

use proptest::prelude::*;

use super::*;
use crate::domain::geo::Place;
use crate::domain::provider::matching::{Filter, Helper};
use crate::domain::provider::testing::{LES_HERBIERS, day, firm, id, needs};

fn on() -> NaiveDate {
    day("2026-11-22")
}

/// A place some kilometres north of Les Herbiers.
fn north(km: i32) -> Option<Place> {
    Some(Place {
        latitude: LES_HERBIERS.latitude + km * 8_993,
        longitude: LES_HERBIERS.longitude,
    })
}

fn case(number: u128, km: i32, grade: Grade) -> CrisisCase {
    let mut needs = needs();
    if let Some(location) = &mut needs.location {
        location.place = north(km);
    }
    CrisisCase {
        id: id(1_000 + number),
        needs,
        grade,
    }
}

fn firm_at(number: u128, km: i32, hands: u16) -> Firm {
    let mut one = firm(number);
    one.place = north(km);
    one.provider.capacity = hands;
    one
}

fn pairs(assignment: &Assignment) -> Vec<(u128, u128)> {
    let assigned = assignment.assigned.iter();
    assigned
        .map(|one| (one.case.as_u128() - 1_000, one.firm.as_u128()))
        .collect()
}

#[test]
fn the_fewest_kilometres_together_not_the_nearest_for_the_first() {
    // Case 1 is nearest to firm 1, but then case 2 has 100 km to go.
    let cases = [case(1, 10, Grade::G3), case(2, 0, Grade::G3)];
    let firms = [firm_at(1, 8, 1), firm_at(2, 20, 1)];
    let assignment = assign(&cases, &firms, &[], 1, on()).unwrap();
    assert_eq!(pairs(&assignment), [(1, 2), (2, 1)]);
    assert_eq!(assignment.assigned[0].km, Some(10));
    assert_eq!(assignment.assigned[0].nearer_but_full, [id(1)]);
    assert!(assignment.assigned[1].nearer_but_full.is_empty());
}

#[test]
fn the_graver_case_is_served_whatever_the_distance() {
    let cases = [
        case(1, 0, Grade::G2),
        case(2, 140, Grade::G4),
        case(3, 0, Grade::G2),
    ];
    let assignment = assign(&cases, &[firm_at(1, 0, 1)], &[], 1, on()).unwrap();
    assert_eq!(pairs(&assignment), [(2, 1)]);
    let unserved: Vec<_> = assignment.unserved.iter().map(|one| &one.because).collect();
    assert_eq!(unserved, [&UnservedReason::AllFull { passing: 1 }; 2]);
}

#[test]
fn a_firm_takes_as_many_cases_as_it_has_free_hands() {
    let cases: Vec<CrisisCase> = (1..=5).map(|n| case(n, 0, Grade::G3)).collect();
    let mut busy = firm_at(1, 0, 4);
    busy.track.open = 1;
    let assignment = assign(&cases, &[busy], &[], 1, on()).unwrap();
    assert_eq!(
        (assignment.assigned.len(), assignment.unserved.len()),
        (3, 2)
    );
}

#[test]
fn a_case_for_which_nobody_passes_says_what_to_do() {
    let mut alone = case(1, 0, Grade::G4);
    alone.needs.reaction_hours = Some(1);
    let assignment = assign(&[alone], &[firm_at(1, 0, 4)], &[], 1, on()).unwrap();
    let [unserved] = &assignment.unserved[..] else {
        panic!("{assignment:?}")
    };
    let UnservedReason::NobodyPasses { instead } = &unserved.because else {
        panic!("{unserved:?}")
    };
    assert_eq!(
        (instead.relax.as_slice(), instead.gives),
        (&[Filter::Reaction][..], 1)
    );
    assert!(instead.call.contains(&Helper::SeventeenCyber));
}

#[test]
fn equal_firms_take_turns_by_the_seed() {
    let firms: Vec<Firm> = (1..=4).map(|n| firm_at(n, 0, 1)).collect();
    let mut counts = [0; 4];
    for seed in 0..400 {
        let assignment = assign(&[case(1, 0, Grade::G3)], &firms, &[], seed, on()).unwrap();
        counts[assignment.assigned[0].firm.as_u128() as usize - 1] += 1;
    }
    // 100 each, five standard deviations of 8.7.
    assert!(
        counts.iter().all(|count| (57..=143).contains(count)),
        "{counts:?}"
    );
}

#[test]
fn nothing_to_do_and_too_much_to_do() {
    assert_eq!(assign(&[], &[firm(1)], &[], 1, on()).unwrap().assigned, []);
    let without_firms = assign(&[case(1, 0, Grade::G3)], &[], &[], 1, on()).unwrap();
    assert_eq!(without_firms.unserved.len(), 1);
    let cases: Vec<CrisisCase> = (0..=1_000).map(|n| case(n, 0, Grade::G3)).collect();
    assert_eq!(
        assign(&cases, &[], &[], 1, on()),
        Err(CrisisError::TooManyCases { given: 1_001 })
    );
}

fn pin(number: u128, firm: Option<u128>) -> Pin {
    Pin {
        case: id(1_000 + number),
        firm: firm.map(id),
        reason: "déjà sur place".to_owned(),
    }
}

#[test]
fn what_a_person_settled_comes_before_the_gravest_case_and_the_rest_goes_around_it() {
    let cases = [
        case(1, 0, Grade::G1),
        case(2, 0, Grade::G4),
        case(3, 0, Grade::G4),
    ];
    let firms = [firm_at(1, 0, 1), firm_at(2, 90, 1)];
    let pins = [pin(1, Some(1)), pin(2, None)];
    let assignment = assign(&cases, &firms, &pins, 1, on()).unwrap();
    assert_eq!(pairs(&assignment), [(1, 1), (3, 2)]);
    let by_hand: Vec<bool> = assignment.assigned.iter().map(|one| one.by_hand).collect();
    assert_eq!(by_hand, [true, false]);
    assert_eq!(assignment.unserved[0].because, UnservedReason::HeldBack);
}

#[test]
fn nothing_is_settled_by_hand_that_the_filters_forbid() {
    let cases = [case(1, 0, Grade::G3), case(2, 0, Grade::G3)];
    let firms = [firm_at(1, 0, 1), firm_at(2, 0, 0)];
    let settled = |pins: &[Pin]| assign(&cases, &firms, pins, 1, on()).map(|_| ());
    let full = [pin(1, Some(2))];
    assert_eq!(settled(&full), Err(CrisisError::Excluded));
    let two_for_one_hand = [pin(1, Some(1)), pin(2, Some(1))];
    assert_eq!(settled(&two_for_one_hand), Err(CrisisError::Excluded));
    assert_eq!(settled(&[pin(9, None)]), Err(CrisisError::UnknownCase));
    let twice = [pin(1, None), pin(1, Some(1))];
    assert_eq!(settled(&twice), Err(CrisisError::UnknownCase));
    let mut silent = pin(1, None);
    silent.reason = " ".to_owned();
    assert_eq!(settled(&[silent]), Err(CrisisError::MissingReason));
    assert_eq!(settled(&[pin(1, Some(1))]), Ok(()));
}

/// The best that trying everything finds: cases served by grade, gravest first, then kilometres.
fn best_of_all(cases: &[CrisisCase], firms: &[Firm]) -> ([u32; 4], u32) {
    fn go(
        cases: &[CrisisCase],
        firms: &[Firm],
        hands: &mut Vec<u16>,
        served: [u32; 4],
        km: u32,
        best: &mut ([u32; 4], u32),
    ) {
        let Some((case, rest)) = cases.split_first() else {
            if served > best.0 || (served == best.0 && km < best.1) {
                *best = (served, km);
            }
            return;
        };
        go(rest, firms, hands, served, km, best);
        let here = case.needs.location.as_ref().unwrap().place.unwrap();
        for (index, firm) in firms.iter().enumerate() {
            let far = here.distance_km(firm.place.unwrap());
            let limit = u32::from(case.needs.maximum_km.unwrap());
            if hands[index] == 0 || far > limit {
                continue;
            }
            hands[index] -= 1;
            let mut more = served;
            more[3 - case.grade as usize] += 1;
            go(rest, firms, hands, more, km + far, best);
            hands[index] += 1;
        }
    }
    let mut hands = firms.iter().map(|firm| firm.provider.capacity).collect();
    let mut best = ([0; 4], u32::MAX);
    go(cases, firms, &mut hands, [0; 4], 0, &mut best);
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_other_assignment_is_better(
        cases in prop::collection::vec((0i32..160, prop::sample::select(&Grade::ALL[..])), 1..5),
        firms in prop::collection::vec((0i32..160, 0u16..3), 0..4),
        limit in 20u16..150,
        seed: u64,
    ) {
        let mut cases: Vec<CrisisCase> = cases
            .into_iter()
            .zip(1u128..)
            .map(|((km, grade), number)| case(number, km, grade))
            .collect();
        for case in &mut cases {
            case.needs.maximum_km = Some(limit);
        }
        let mut firms: Vec<Firm> = firms
            .into_iter()
            .zip(1u128..)
            .map(|((km, hands), number)| firm_at(number, km, hands))
            .collect();
        let assignment = assign(&cases, &firms, &[], seed, on()).unwrap();
        let mut served = [0; 4];
        for one in &assignment.assigned {
            let case = cases.iter().find(|case| case.id == one.case).unwrap();
            served[3 - case.grade as usize] += 1;
        }
        let km: u32 = assignment.assigned.iter().filter_map(|one| one.km).sum();
        prop_assert_eq!((served, km), best_of_all(&cases, &firms));
        prop_assert_eq!(assignment.assigned.len() + assignment.unserved.len(), cases.len());
        for firm in &firms {
            let given = assignment.assigned.iter().filter(|one| one.firm == firm.id);
            prop_assert!(given.count() <= usize::from(firm.provider.capacity));
        }
        cases.reverse();
        firms.reverse();
        prop_assert_eq!(assign(&cases, &firms, &[], seed, on()).unwrap(), assignment);
    }
}
