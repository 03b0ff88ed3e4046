use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::DateTime;
use uuid::Uuid;

use super::*;
use crate::domain::identifiers::{Phone, Siren, Siret};
use crate::domain::provider::matching::{Filter, Firm, KeyState, Rules, Track, match_providers};
use crate::domain::provider::{CaseFacts, Location, Needs, Reminder, reminders};
use crate::domain::team::is_mail_shape;
use crate::domain::triage::assess;
use crate::reference::demo::{DemoCase, reception_times, story};
use crate::reference::script::tests::typography_holds;

const MANY: u32 = 40;

fn setting(organisations: u32) -> DemoSetting {
    DemoSetting {
        seed: 2350,
        region: "52".into(),
        organisations,
        now: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
    }
}

fn on() -> NaiveDate {
    in_paris(setting(1).now).date_naive()
}

fn location(code: &str) -> Option<Location> {
    let found = communes().by_insee(code)?;
    Some(Location {
        commune: found.code.to_owned(),
        departement: found.departement.to_owned(),
        region: found.region.to_owned(),
        epci: found.epci.map(|epci| epci.siren.to_owned()),
        place: places().of(found.code).map(|found| found.place),
    })
}

/// The needs of a case, as the triage gives them.
fn needs(case: &DemoCase) -> Needs {
    let facts = CaseFacts {
        report: Some(&case.report),
        axes: Some(&case.axes),
        grade: Some(assess(&case.axes).unwrap().grade),
        location: location(case.organisation.commune),
        ..CaseFacts::default()
    };
    Needs::of_triage(&facts).needs
}

#[test]
fn every_record_may_be_kept_and_names_nobody() {
    let firms = firms(&setting(40), MANY);
    let (mut numbers, mut names) = (HashSet::new(), HashSet::new());
    for firm in &firms {
        assert_eq!(firm.check(on()), [], "{}", firm.name);
        assert!(firm.siren.starts_with("000"), "{}", firm.siren);
        let siren: Siren = firm.siren.parse().unwrap();
        assert_eq!(firm.siret.parse::<Siret>().unwrap().siren(), siren);
        assert!(numbers.insert(firm.siren.clone()), "{}", firm.siren);
        assert!(names.insert(fold(&firm.name)), "{}", firm.name);
        assert!(places().of(&firm.commune).is_some(), "{}", firm.commune);
        assert!(!firm.contacts.is_empty());
        for contact in &firm.contacts {
            let phone: Phone = contact.phone.parse().unwrap();
            assert!(
                ["026191", "063998"]
                    .iter()
                    .any(|one| phone.as_str().starts_with(one))
            );
            assert!(is_mail_shape(&contact.mail) && contact.mail.ends_with(".example"));
            assert!(!contact.function.is_empty());
        }
        for text in [&firm.name, &firm.address] {
            typography_holds(text);
        }
        if !firm.prices.is_empty() {
            typography_holds(&firm.prices);
        }
        for label in &firm.labels {
            assert!(!label.number.is_empty());
        }
    }
    // Nobody calls under the number of a firm, in the largest demonstration.
    let largest = (0..200_000 / 3).map(siren);
    assert!(largest.into_iter().all(|siren| !numbers.contains(&siren)));
}

#[test]
fn a_setting_gives_the_same_firms_and_more_of_them_when_asked() {
    let forty = firms(&setting(40), MANY);
    assert_eq!(forty, firms(&setting(40), MANY));
    assert_eq!(forty[..7], firms(&setting(40), 7));
    let other = DemoSetting {
        seed: 1,
        ..setting(40)
    };
    assert_ne!(forty, firms(&other, MANY));
    let names: HashSet<String> = firms(&setting(40), u32::MAX)
        .into_iter()
        .map(|firm| firm.name)
        .collect();
    assert_eq!(names.len(), MOST as usize);
}

#[test]
fn the_firms_stand_in_the_region_and_around_it() {
    let firms = firms(&setting(40), MANY);
    let region = |firm: &&Provider| communes().by_insee(&firm.commune).unwrap().region == "52";
    let inside = firms.iter().filter(region).count();
    assert!((26..=36).contains(&inside), "{inside}");
    // A region overseas, and a code that is none.
    for region in ["04", "00"] {
        let setting = DemoSetting {
            region: region.to_owned(),
            ..setting(40)
        };
        for firm in super::firms(&setting, MANY) {
            assert_eq!(firm.check(on()), [], "{} {region}", firm.name);
        }
    }
}

/// The filters that a demonstration cannot show: nobody declined yet, and no insurer named its panel.
const NEVER: [Filter; 2] = [Filter::Declined, Filter::Panel];

#[test]
fn every_filter_leaves_somebody_out_and_most_cases_have_a_whole_list() {
    let setting = setting(40);
    let firms: Vec<Firm> = firms(&setting, MANY)
        .into_iter()
        .zip(1u128..)
        .map(|(provider, id)| Firm {
            id: Uuid::from_u128(id),
            place: places().of(&provider.commune).map(|found| found.place),
            key: KeyState::Absent,
            track: Track::default(),
            provider,
        })
        .collect();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let times = reception_times(&mut rng, 120, setting.now);
    let mut left_out: BTreeMap<Filter, u32> = BTreeMap::new();
    let (mut whole, mut listed) = (0, BTreeSet::new());
    for (at, seed) in times.iter().zip(0..) {
        let case = story(&mut rng, &setting, *at);
        let list = match_providers(&needs(&case), &firms, &Rules::default(), seed, on());
        for reason in list.excluded.iter().flat_map(|one| &one.reasons) {
            *left_out.entry(reason.filter()).or_default() += 1;
        }
        whole += usize::from(list.shortlist.len() == 3);
        listed.extend(list.shortlist);
    }
    for filter in Filter::ALL {
        assert_eq!(
            left_out.contains_key(&filter),
            !NEVER.contains(&filter),
            "{filter:?}"
        );
    }
    assert!(whole > 80, "{whole} of 120 lists are whole");
    assert!(listed.len() > 20, "{} firms stand on a list", listed.len());
}

#[test]
fn every_reminder_has_a_firm() {
    let told: Vec<Reminder> = firms(&setting(40), MANY)
        .iter()
        .flat_map(|firm| reminders(firm, on()))
        .collect();
    let many = |is: fn(&Reminder) -> bool| told.iter().filter(|one| is(one)).count();
    assert!(many(|one| matches!(one, Reminder::LabelExpiring { .. })) >= 1);
    assert!(many(|one| matches!(one, Reminder::LabelExpired { .. })) >= 1);
    assert!(many(|one| matches!(one, Reminder::ConfirmationDue { .. })) >= 3);
    assert!(many(|one| matches!(one, Reminder::InsuranceEnded { .. })) >= 1);
    assert!(many(|one| matches!(one, Reminder::InsuranceUnknown)) >= 1);
}
