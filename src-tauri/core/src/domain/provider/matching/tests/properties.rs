//! What holds for any firms and any needs.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::domain::geo::Place;

fn some<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    subsequence(all, 0..=all.len().min(4))
}

fn any_place() -> impl Strategy<Value = Option<Place>> {
    of(
        (46_000_000i32..48_500_000, -2_500_000i32..500_000).prop_map(|(latitude, longitude)| {
            Place {
                latitude,
                longitude,
            }
        }),
    )
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (-400i64..400).prop_map(|days| today() + chrono::Duration::days(days))
}

fn any_area() -> impl Strategy<Value = Area> {
    prop_oneof![
        Just(Area::France),
        select(vec!["44", "85", "72"]).prop_map(|code| Area::Departement { code: code.into() }),
        Just(Area::Region { code: "52".into() }),
        (1u16..300).prop_map(|km| Area::Radius { km }),
    ]
}

fn any_label() -> impl Strategy<Value = Label> {
    (select(&LabelKind::ALL[..]), of(any_day())).prop_map(|(kind, expires)| Label {
        expires,
        ..Label::of(kind)
    })
}

/// A firm out of [`firm`] by some changes: most pass most filters, so that both sides of every filter are met.
fn any_firm() -> impl Strategy<Value = Firm> {
    let rarely = || prop::bool::weighted(0.1);
    let standing = (
        rarely(),
        rarely(),
        any_place(),
        vec(any_area(), 0..3),
        vec(any_label(), 0..3),
    );
    let trade = (
        subsequence(&Category::ALL[..], 6..=11),
        subsequence(&Service::ALL[..], 3..=5),
        some(&Technology::ALL),
        prop_oneof![4 => Just(vec![]), 1 => some(&OrganisationKind::ALL)],
        prop_oneof![4 => Just(vec![]), 1 => some(Sector::ALL)],
    );
    let promise = (
        prop::bool::weighted(0.7),
        of(1u16..48),
        of(1u16..12),
        0u16..5,
        0u32..3,
    );
    let past = (
        of((any_day(), any_day())),
        of(any_day()),
        0u32..8,
        0u32..12,
        0u32..5,
    );
    let ties = (select(vec!["", "526018155", "908301666"]), rarely());
    (standing, trade, promise, past, ties).prop_map(|(standing, trade, promise, past, ties)| {
        let mut one = firm(1);
        let provider = &mut one.provider;
        let (archived, no_charter, place, areas, labels) = standing;
        provider.archived = archived;
        if no_charter {
            provider.charter_signed = None;
        }
        one.place = place;
        (provider.areas, provider.labels) = (areas, labels);
        (
            provider.categories,
            provider.services,
            provider.technologies,
            provider.serves,
            provider.sectors,
        ) = trade;
        let (on_site, on_site_within, reaction, capacity, open) = promise;
        provider.on_site = on_site;
        provider.on_site_within_hours = on_site_within.filter(|_| on_site);
        (provider.reaction_hours, provider.capacity) = (reaction, capacity);
        one.track.open = open;
        let (absence, insured_until, referrals, cases, satisfied) = past;
        provider.absences = absence
            .map(|(from, to)| Absence {
                from: from.min(to),
                to: from.max(to),
                reason: String::new(),
            })
            .into_iter()
            .collect();
        provider.insured_until = insured_until;
        (one.track.referrals, one.track.satisfied, one.track.answered) = (referrals, satisfied, 5);
        one.track.by_category.insert(Category::Ransomware, cases);
        let (siren, tied) = ties;
        provider.siren = siren.into();
        if tied {
            provider.conflicts.push(Conflict::Beneficiary {
                siren: "786579755".into(),
                note: String::new(),
            });
        }
        one
    })
}

fn any_needs() -> impl Strategy<Value = Needs> {
    let trade = (
        some(&Category::ALL),
        some(&Service::ALL),
        some(&Technology::ALL),
        some(&LabelKind::ALL),
    );
    let whom = (
        of(select(&OrganisationKind::ALL[..])),
        any::<bool>(),
        of(0u32..500),
        of(select(Sector::ALL)),
        select(vec!["", "786579755", "526018155"]),
    );
    let when = (of(1u16..72), any::<bool>(), of(1u16..72));
    let place = (
        of(any_place()),
        of(1u16..300),
        of(0u128..8),
        prop::bool::weighted(0.1),
    );
    (trade, whom, when, place).prop_map(|(trade, whom, when, place)| {
        let mut needs = Needs::default();
        (
            needs.categories,
            needs.services,
            needs.technologies,
            needs.labels,
        ) = trade;
        let beneficiary;
        (
            needs.kind,
            needs.public_body,
            needs.headcount,
            needs.sector,
            beneficiary,
        ) = whom;
        needs.beneficiary = beneficiary.into();
        (needs.reaction_hours, needs.site_visit, needs.on_site_hours) = when;
        let (location, maximum_km, declined, panel) = place;
        needs.location = location.map(|place| Location {
            place,
            ..super::needs().location.unwrap()
        });
        needs.maximum_km = maximum_km;
        needs.declined = declined.map(id).into_iter().collect();
        if panel {
            needs.panel = vec!["Bocalys 2".into(), "bocalys 3".into()];
        }
        needs
    })
}

fn any_firms() -> impl Strategy<Value = Vec<Firm>> {
    vec(any_firm(), 0..12).prop_map(|mut firms| {
        for (firm, number) in firms.iter_mut().zip(1u128..) {
            firm.id = id(number);
            firm.provider.name = format!("Bocalys {number}");
        }
        firms
    })
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let weight = || prop_oneof![Just(0u16), 1u16..100, Just(u16::MAX)];
    (vec(weight(), 9), 0u8..120, 0u8..8).prop_map(|(w, band_points, names)| Rules {
        weights: Weights {
            experience: w[0],
            technologies: w[1],
            label: w[2],
            distance: w[3],
            on_site: w[4],
            key: w[5],
            kind: w[6],
            size: w[7],
            satisfaction: w[8],
        },
        band_points,
        names,
    })
}

/// The needs read a second time, one plain question after the other, from the words of the issue and not from the code:
/// whether a firm may be proposed at all.
fn may_be_proposed(firm: &Firm, needs: &Needs) -> bool {
    let (p, on) = (&firm.provider, today());
    let km = (needs.location.as_ref())
        .and_then(|location| location.place)
        .and_then(|here| Some(here.distance_km(firm.place?)));
    let here = needs
        .location
        .as_ref()
        .is_some_and(|location| location.place.is_some());
    let in_area = |area: &Area| match (area, &needs.location) {
        (_, None) | (Area::France, _) => true,
        (Area::Departement { code }, Some(at)) => *code == at.departement,
        (Area::Region { code }, Some(at)) => *code == at.region,
        (Area::Epci { siren }, Some(at)) => at.epci.as_deref() == Some(siren),
        (Area::Radius { km: radius }, _) => km.is_some_and(|km| km <= u32::from(*radius)),
    };
    let tied = !needs.beneficiary.is_empty()
        && (p.siren == needs.beneficiary
            || p.conflicts.iter().any(|tie| {
                matches!(tie, Conflict::Beneficiary { siren, .. } if *siren == needs.beneficiary)
            }));
    let labelled = needs.labels.is_empty()
        || p.labels.iter().any(|label| {
            needs.labels.contains(&label.kind) && label.expires.is_none_or(|last| last >= on)
        });
    let within = |promised: Option<u16>, wanted: Option<u16>| {
        wanted.is_none_or(|wanted| promised.is_some_and(|promised| promised <= wanted))
    };
    !p.archived
        && p.charter_signed.is_some()
        && !tied
        && !needs.declined.contains(&firm.id)
        && (needs.location.is_none() || p.areas.iter().any(in_area))
        && (!here
            || needs
                .maximum_km
                .is_none_or(|limit| km.is_some_and(|km| km <= u32::from(limit))))
        && match needs.kind {
            Some(kind) => p.serves.is_empty() || p.serves.contains(&kind),
            None => {
                !needs.public_body
                    || p.serves.is_empty()
                    || p.serves.iter().any(|kind| kind.is_public())
            }
        }
        && (p.sectors.is_empty()
            || needs
                .sector
                .is_none_or(|sector| p.sectors.contains(&sector)))
        && needs
            .categories
            .iter()
            .all(|one| p.categories.contains(one))
        && needs.services.iter().all(|one| p.services.contains(one))
        && labelled
        && !p
            .absences
            .iter()
            .any(|away| away.from <= on && on <= away.to)
        && firm.track.open < u32::from(p.capacity)
        && (!needs.site_visit || p.on_site && within(p.on_site_within_hours, needs.on_site_hours))
        && within(p.reaction_hours, needs.reaction_hours)
        && p.insured_until.is_none_or(|last| last >= on)
        && (needs.panel.is_empty()
            || needs
                .panel
                .iter()
                .any(|one| one.to_lowercase() == p.name.to_lowercase()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nobody_is_proposed_whom_a_filter_leaves_out_and_nobody_is_left_out_without_a_reason(
        needs in any_needs(), firms in any_firms(), rules in any_rules(), seed: u64,
    ) {
        let list = match_providers(&needs, &firms, &rules, seed, today());
        prop_assert_eq!(list.ranked.len() + list.excluded.len(), firms.len());
        for firm in &firms {
            let passes = list.ranked.iter().any(|one| one.firm == firm.id);
            prop_assert_eq!(passes, may_be_proposed(firm, &needs), "{:?}", list.excluded);
            prop_assert!(passes || !list.shortlist.contains(&firm.id));
        }
        prop_assert!(list.excluded.iter().all(|one| !one.reasons.is_empty()));
        prop_assert_eq!(list.shortlist.len(), list.ranked.len().min(usize::from(list.rules.names)));
        prop_assert_eq!(list.nobody_left.is_some(), list.ranked.is_empty());
    }

    #[test]
    fn the_order_of_the_firms_does_not_matter(
        needs in any_needs(),
        (firms, shuffled) in any_firms().prop_flat_map(|firms| (Just(firms.clone()), Just(firms).prop_shuffle())),
        seed: u64,
    ) {
        let rules = Rules::default();
        let one = match_providers(&needs, &firms, &rules, seed, today());
        let other = match_providers(&needs, &shuffled, &rules, seed, today());
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_list_done_again_is_the_same_list(
        needs in any_needs(), firms in any_firms(), rules in any_rules(), seed: u64,
    ) {
        let record = match_providers(&needs, &firms, &rules, seed, today());
        prop_assert_eq!(replay(&record, &firms), Replay::Same);
        let kept = serde_json::to_string(&record).unwrap();
        prop_assert_eq!(serde_json::from_str::<Match>(&kept).unwrap(), record);
    }

    #[test]
    fn remedies_let_the_firm_in_and_none_of_them_is_idle(
        needs in any_needs(), firm in any_firm(),
    ) {
        let list = match_providers(&needs, std::slice::from_ref(&firm), &Rules::default(), 1, today());
        let Some(out) = list.excluded.first() else { return Ok(()) };
        let tied = |reason: &Exclusion| matches!(reason, Exclusion::Conflict { .. } | Exclusion::Declined);
        prop_assert_eq!(out.remedies.is_empty(), out.reasons.iter().any(tied));
        let all_but = |left_out: usize| {
            let (mut needs, mut firm) = (needs.clone(), firm.clone());
            let kept = out.remedies.iter().enumerate().filter(|(index, _)| *index != left_out);
            for (_, remedy) in kept {
                remedy.apply(&mut needs, &mut firm, today());
            }
            match_providers(&needs, &[firm], &Rules::default(), 1, today()).ranked.len()
        };
        if !out.remedies.is_empty() {
            prop_assert_eq!(all_but(usize::MAX), 1, "{:?} for {:?}", out.remedies, out.reasons);
            for idle in 0..out.remedies.len() {
                prop_assert_eq!(all_but(idle), 0, "{:?} is idle", out.remedies[idle]);
            }
        }
    }

    #[test]
    fn the_sum_that_is_shown_is_the_sum_that_counts(
        needs in any_needs(), firms in any_firms(), rules in any_rules(),
    ) {
        let list = match_providers(&needs, &firms, &rules, 1, today());
        let shares: u32 = list.shares.iter().map(|share| u32::from(share.maximum)).sum();
        prop_assert!(shares == u32::from(FULL_SCORE) || shares == 0);
        prop_assert_eq!(shares == 0, list.caveats.contains(&Caveat::EveryoneEqual));
        for one in &list.ranked {
            prop_assert_eq!(one.lines.iter().map(|line| line.points).sum::<u16>(), one.total);
            prop_assert!(one.lines.iter().all(|line| line.points <= line.maximum && line.level <= 100));
        }
        let width = u16::from(list.rules.band_points) * 100;
        for (a, b) in list.ranked.iter().zip(list.ranked.iter().skip(1)) {
            prop_assert!(a.band == b.band || a.band + 1 == b.band);
            prop_assert!(a.band != b.band || a.total.abs_diff(b.total) <= width);
            prop_assert!(a.band == b.band || a.total > b.total);
        }
    }

    #[test]
    fn what_is_to_relax_when_nobody_is_left_gives_as_many_as_it_says(
        needs in any_needs(), firms in any_firms(),
    ) {
        let list = match_providers(&needs, &firms, &Rules::default(), 1, today());
        let Some(nobody) = list.nobody_left else { return Ok(()) };
        let mut relaxed = needs.clone();
        for filter in &nobody.relax {
            filter.relax(&mut relaxed);
        }
        let again = match_providers(&relaxed, &firms, &Rules::default(), 1, today());
        prop_assert_eq!(again.ranked.len(), nobody.gives as usize);
        prop_assert_eq!(nobody.gives == 0, nobody.relax.is_empty());
        prop_assert!(!nobody.call.is_empty());
    }
}
