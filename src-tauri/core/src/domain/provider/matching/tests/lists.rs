//! Who is named, what a person may change, and what doing it again shows.

use super::*;

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
fn what_is_asked_for_twice_counts_once() {
    let mut twice = needs();
    twice.technologies.push(Technology::ActiveDirectory);
    twice.categories.push(Category::Ransomware);
    assert_eq!(list(&twice, &[firm(1)]), list(&needs(), &[firm(1)]));
}

#[test]
fn a_firm_that_one_concession_of_the_case_lets_in_comes_close() {
    let close = |change: fn(&mut Firm)| {
        let mut one = firm(1);
        change(&mut one);
        list(&needs(), &[one]).excluded[0].comes_close()
    };
    assert!(close(|firm| firm.provider.on_site_within_hours = Some(48)));
    assert!(!close(|firm| firm.provider.capacity = 0));
    assert!(!close(|firm| {
        firm.provider.on_site_within_hours = Some(48);
        firm.provider.reaction_hours = Some(48);
    }));
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
