//! One invented case from the call to where the team stands with it.
//!
//! Shares: 55 % signalements and 45 % incidents, ransomware a tenth of all events (CSIRT régionaux, 2024).

use chrono::{DateTime, Duration, Utc};
use rand::Rng;

use super::answers;
use super::course::{consents, facts, notes, reached};
use super::narratives::vocabulary;
use super::organisations::organisation;
use super::people::person;
use super::{DemoCase, DemoOrganisation, DemoSetting, chance, pick, weighted};
use crate::domain::case::{Category, Channel, Confirmation, EventKind, Status};
use crate::domain::intake::{Answer, MeasureState, Moment, Person, Report, ReportedOrganisation};
use crate::domain::marking::{Pap, Tlp};
use crate::domain::organisation::{OrganisationKind, OutOfScope, Reorientation};
use crate::domain::triage::{Grade, SeverityAxes, SeverityOverride};
use crate::reference::reflex::{MeasureKind, measures_for};

const INCIDENT_CATEGORIES: &[(Category, u32)] = &[
    (Category::Ransomware, 22),
    (Category::AccountCompromise, 30),
    (Category::TransferFraud, 10),
    (Category::DataLeak, 10),
    (Category::DenialOfService, 8),
    (Category::EdgeDevice, 8),
    (Category::Defacement, 6),
    (Category::Impersonation, 3),
    (Category::Other, 3),
];

const REPORT_CATEGORIES: &[(Category, u32)] = &[
    (Category::Phishing, 35),
    (Category::ExposedVulnerability, 25),
    (Category::Impersonation, 12),
    (Category::EdgeDevice, 8),
    (Category::AccountCompromise, 8),
    (Category::DataLeak, 5),
    (Category::Other, 4),
    (Category::DenialOfService, 3),
];

/// When `count` cases came in, oldest first: a hundred a year back from `now`, but within seven years at most, so that
/// a large number gives the whole network's rhythm. Two thirds fall in the daytime.
pub fn reception_times<R: Rng + ?Sized>(
    rng: &mut R,
    count: u32,
    now: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    const MINUTES_PER_CASE: i64 = 365 * 24 * 60 / 100;
    const SEVEN_YEARS_MINUTES: i64 = 7 * 365 * 24 * 60;
    let span = (i64::from(count) * MINUTES_PER_CASE).clamp(1, SEVEN_YEARS_MINUTES);
    let mut times: Vec<DateTime<Utc>> = (0..count)
        .map(|_| {
            let at = now - Duration::minutes(rng.random_range(0..span));
            if chance(rng, 50) {
                towards_daytime(rng, at).min(now)
            } else {
                at
            }
        })
        .collect();
    times.sort_unstable();
    times
}

/// The same day, between 7 and 17 hours UTC.
fn towards_daytime<R: Rng + ?Sized>(rng: &mut R, at: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = at.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    midnight + Duration::minutes(rng.random_range(7 * 60..17 * 60))
}

/// The story of the case that came in at `received_at`.
pub fn story<R: Rng + ?Sized>(
    rng: &mut R,
    setting: &DemoSetting,
    received_at: DateTime<Utc>,
) -> DemoCase {
    let number = rng.random_range(0..setting.organisations.clamp(1, 100_000));
    let organisation = organisation(setting, number);
    let kind = if chance(rng, 45) {
        EventKind::Incident
    } else {
        EventKind::Report
    };
    let category = weighted(
        rng,
        match kind {
            EventKind::Incident => INCIDENT_CATEGORIES,
            EventKind::Report => REPORT_CATEGORIES,
        },
    );
    let words = vocabulary(category);
    let title = pick(rng, words.titles).to_owned();
    let reorientation = (organisation.kind == OrganisationKind::Ge)
        .then_some((OutOfScope::TooLarge, Reorientation::CertFr));
    let axes = axes(rng, kind, category, &organisation);
    let report = report(
        rng,
        category,
        &organisation,
        &axes,
        received_at,
        setting.now,
    );
    let confirmation = confirmation(rng, kind);
    let reached = reached(
        rng,
        setting.now,
        received_at,
        confirmation,
        reorientation.is_some(),
    );
    let status = reached
        .last()
        .map_or(Status::Reported, |(status, _)| *status);
    let until = reached.last().map_or(received_at, |(_, at)| *at);
    let facts = facts(rng, kind, category, &report, received_at, until);
    let consents = consents(rng, &report, received_at, until);
    let severity_override = chance(rng, 3).then(|| SeverityOverride {
        grade: weighted(
            rng,
            &[
                (Grade::G1, 1),
                (Grade::G2, 2),
                (Grade::G3, 3),
                (Grade::G4, 1),
            ],
        ),
        reason: pick(rng, answers::OVERRIDES).to_owned(),
    });
    DemoCase {
        title,
        kind,
        confirmation,
        axes,
        severity_override,
        perimeter: pick(rng, words.perimeter).to_owned(),
        tlp: weighted(
            rng,
            &[
                (Tlp::Clear, 4),
                (Tlp::Green, 12),
                (Tlp::Amber, 58),
                (Tlp::AmberStrict, 20),
                (Tlp::Red, 6),
            ],
        ),
        pap: weighted(
            rng,
            &[
                (Pap::Clear, 8),
                (Pap::Green, 35),
                (Pap::Amber, 50),
                (Pap::Red, 7),
            ],
        ),
        consents,
        reorientation,
        facts,
        notes: notes(rng, received_at, until),
        next_step: if status == Status::Closed {
            String::new()
        } else {
            pick(rng, answers::STEPS).to_owned()
        },
        reached,
        report,
        organisation,
    }
}

fn confirmation<R: Rng + ?Sized>(rng: &mut R, kind: EventKind) -> Confirmation {
    match kind {
        EventKind::Incident => weighted(
            rng,
            &[(Confirmation::Confirmed, 80), (Confirmation::Suspected, 20)],
        ),
        EventKind::Report => weighted(
            rng,
            &[
                (Confirmation::Unverified, 40),
                (Confirmation::Suspected, 38),
                (Confirmation::Dismissed, 14),
                (Confirmation::Confirmed, 8),
            ],
        ),
    }
}

/// Known in six cases of seven.
fn known<T, R: Rng + ?Sized>(rng: &mut R, value: T) -> Option<T> {
    (!chance(rng, 14)).then_some(value)
}

fn axes<R: Rng + ?Sized>(
    rng: &mut R,
    kind: EventKind,
    category: Category,
    organisation: &DemoOrganisation,
) -> SeverityAxes {
    // Functional, information, recovery, urgency.
    let lowest: [u8; 4] = match (kind, category) {
        (EventKind::Report, Category::ExposedVulnerability | Category::EdgeDevice) => [0, 0, 1, 1],
        (EventKind::Report, _) => [0, 0, 0, 0],
        (_, Category::Ransomware) => [2, 1, 2, 2],
        (_, Category::DataLeak) => [0, 2, 1, 1],
        (_, Category::DenialOfService) => [1, 0, 0, 1],
        (_, Category::AccountCompromise) => [0, 1, 0, 1],
        (_, Category::EdgeDevice) => [1, 0, 1, 1],
        _ => [0, 0, 0, 0],
    };
    let mut level = |lowest: u8| {
        let level = lowest + rng.random_range(0..=1u8) + u8::from(chance(rng, 15));
        known(rng, level.min(3))
    };
    let [functional, information, recovery, urgency] = lowest.map(&mut level);
    let ransomware = category == Category::Ransomware;
    let hit = if ransomware {
        organisation.machines * rng.random_range(10..90) / 100
    } else if kind == EventKind::Report {
        rng.random_range(0..3)
    } else {
        rng.random_range(0..6)
    };
    SeverityAxes {
        functional,
        information,
        recovery,
        urgency,
        machines: known(rng, hit.min(organisation.machines)),
        estate: known(rng, organisation.machines),
        core_systems_hit: ransomware && chance(rng, 35),
        encryption_under_way: ransomware && chance(rng, 12),
        vital_service_stopped: ransomware && chance(rng, 5),
    }
}

/// A told text, « ne sait pas » or not asked.
fn told<R: Rng + ?Sized>(rng: &mut R, list: &[&str]) -> Answer<String> {
    match rng.random_range(0..100) {
        0..12 => Answer::Unknown,
        12..20 => Answer::Unasked,
        _ => Answer::Known(pick(rng, list).to_owned()),
    }
}

fn or_unknown<T>(value: Option<T>) -> Answer<T> {
    value.map_or(Answer::Unknown, Answer::Known)
}

fn report<R: Rng + ?Sized>(
    rng: &mut R,
    category: Category,
    organisation: &DemoOrganisation,
    axes: &SeverityAxes,
    received_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Report {
    let words = vocabulary(category);
    let domain = &organisation.domain;
    let managers = if organisation.kind.is_public() {
        answers::PUBLIC_MANAGERS
    } else {
        answers::MANAGERS
    };
    let functions = if chance(rng, 30) {
        managers
    } else {
        answers::FUNCTIONS
    };
    let detected = received_at - Duration::minutes(rng.random_range(10..36 * 60));
    let started = detected - Duration::minutes(rng.random_range(5..9 * 24 * 60));
    let narrative = [words.begin, words.middle, words.end].map(|list| pick(rng, list));
    let second = chance(rng, 12).then(|| weighted(rng, INCIDENT_CATEGORIES));
    let categories: Vec<Category> = std::iter::once(category)
        .chain(second.filter(|second| *second != category && *second != Category::Ransomware))
        .collect();
    let urgent = match category {
        Category::Ransomware => 70,
        Category::TransferFraud => 45,
        _ => 10,
    };
    Report {
        mail: None,
        channel: weighted(
            rng,
            &[
                (Channel::Phone, 62),
                (Channel::Mail, 26),
                (Channel::Partner, 10),
                (Channel::Visit, 2),
            ],
        ),
        received_at: Some(received_at),
        urgent: chance(rng, urgent),
        organisation: Answer::Known(ReportedOrganisation {
            known_as: None,
            name: organisation.name.clone(),
            identifier: if chance(rng, 60) {
                organisation.siren.clone()
            } else {
                String::new()
            },
            kind: Some(organisation.kind),
            headcount: Some(organisation.headcount),
            turnover_euros: organisation.turnover_euros,
            balance_euros: organisation.balance_euros,
            naf: organisation.naf.to_owned(),
            commune: organisation.commune.to_owned(),
            management: if chance(rng, 70) {
                person(rng, managers, domain)
            } else {
                Person::default()
            },
            technical: if chance(rng, 65) {
                person(rng, answers::TECHNICIANS, domain)
            } else {
                Person::default()
            },
        }),
        requester: Answer::Known(person(rng, functions, domain)),
        started: if chance(rng, 65) {
            Answer::Known(Moment {
                at: started,
                estimated: chance(rng, 70),
            })
        } else {
            Answer::Unknown
        },
        detected: Answer::Known(Moment {
            at: detected,
            estimated: chance(rng, 40),
        }),
        measures: measures(rng, &categories, received_at, now),
        categories: Answer::Known(categories),
        narrative: Answer::Known(narrative.join(" ")),
        impact: told(rng, words.impact),
        machines: or_unknown(axes.machines),
        machine_kinds: told(rng, answers::MACHINE_KINDS),
        actions: told(rng, answers::ACTIONS),
        findings: told(rng, words.findings),
        architecture: told(rng, answers::ARCHITECTURES),
        estate: or_unknown(axes.estate),
        defences: told(rng, answers::DEFENCES),
        provider: told(rng, answers::PROVIDERS),
        expected: told(rng, answers::EXPECTED),
    }
}

/// The first measures of the list were said during the call, and some were done.
fn measures<R: Rng + ?Sized>(
    rng: &mut R,
    categories: &[Category],
    received_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<MeasureState> {
    let said = rng.random_range(2..6);
    measures_for(categories)
        .into_iter()
        .take(said)
        .map(|measure| {
            let said_at = (received_at + Duration::minutes(rng.random_range(2..15))).min(now);
            let done = measure.kind == MeasureKind::Do && chance(rng, 55);
            MeasureState {
                measure: measure.id.clone(),
                said_at: Some(said_at),
                done_at: done
                    .then(|| said_at + Duration::minutes(rng.random_range(5..240)))
                    .filter(|at| *at <= now),
            }
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::domain::fold::fold;
    use crate::domain::identifiers::{Phone, Siren};
    use crate::domain::organisation::size_class;
    use crate::domain::team::is_mail_shape;
    use crate::domain::triage::assess;
    use crate::reference::communes::communes;
    use crate::reference::naf::naf;
    use crate::reference::reflex;
    use crate::reference::script::tests::typography_holds;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::{BTreeMap, HashSet};

    fn setting() -> DemoSetting {
        DemoSetting {
            seed: 7,
            region: "52".into(),
            organisations: 1_500,
            now: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        }
    }

    fn stories(count: u32) -> Vec<DemoCase> {
        let setting = setting();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let times = reception_times(&mut rng, count, setting.now);
        times
            .into_iter()
            .map(|at| story(&mut rng, &setting, at))
            .collect()
    }

    fn percent(stories: &[DemoCase], holds: impl Fn(&DemoCase) -> bool) -> usize {
        stories.iter().filter(|one| holds(one)).count() * 100 / stories.len()
    }

    #[test]
    fn the_same_seed_tells_the_same_stories() {
        assert_eq!(stories(50), stories(50));
    }

    #[test]
    fn the_shares_are_those_of_the_field() {
        let stories = stories(4_000);
        let main = |one: &DemoCase| one.report.categories.known().unwrap()[0];
        assert!((43..=47).contains(&percent(&stories, |one| one.kind == EventKind::Incident)));
        assert!((42..=48).contains(&percent(&stories, |one| one.organisation.kind.is_public())));
        assert!((8..=12).contains(&percent(&stories, |one| main(one) == Category::Ransomware)));
        let categories: HashSet<_> = stories.iter().map(main).collect();
        assert_eq!(categories.len(), Category::ALL.len());
    }

    #[test]
    fn times_run_in_order_and_never_past_the_present() {
        let now = setting().now;
        for one in stories(1_000) {
            let received_at = one.report.received_at.unwrap();
            assert!(received_at <= now);
            assert!(one.reached.is_sorted_by_key(|(_, at)| *at));
            assert!(one.reached.iter().all(|(_, at)| *at <= now));
            for pair in one.reached.windows(2) {
                assert!(pair[0].0.may_become(pair[1].0));
            }
            assert!(
                one.facts.is_sorted_by_key(|fact| fact.at)
                    && one.facts.iter().all(|fact| fact.at <= now)
            );
            assert!(one.notes.iter().all(|note| note.at <= now));
            for measure in &one.report.measures {
                assert!(measure.said_at.unwrap() <= now);
                assert!(measure.done_at.is_none_or(|at| at <= now));
            }
            assert!(one.consents.iter().all(|consent| consent.at <= now));
            let detected = one.report.detected.known().unwrap().at;
            assert!(detected < received_at);
            if let Some(started) = one.report.started.known() {
                assert!(started.at < detected);
            }
        }
    }

    #[test]
    fn old_cases_are_nearly_all_closed_and_some_recent_ones_are_open() {
        let stories = stories(1_000);
        let open = |one: &&DemoCase| one.reached.last().unwrap().0 != Status::Closed;
        let (old, recent) = stories.split_at(900);
        assert!(old.iter().filter(open).count() < 90);
        assert!(recent.iter().filter(open).count() >= 5);
    }

    #[test]
    fn a_report_keeps_its_limits_and_its_severity_can_be_assessed() {
        for one in stories(500) {
            one.report.check().unwrap();
            let mut clean = one.report.clone();
            clean.normalise();
            assert_eq!(clean, one.report);
            assess(&one.axes).unwrap();
            for measure in &one.report.measures {
                assert!(reflex::by_id(&measure.measure).is_some());
            }
        }
    }

    #[test]
    fn an_organisation_s_figures_kind_activity_and_place_agree() {
        let setting = setting();
        for number in 0..1_500 {
            let one = organisation(&setting, number);
            let siren: Siren = one.siren.parse().unwrap();
            assert!(siren.as_str().starts_with("000"));
            if one.kind.is_firm() {
                let class =
                    size_class(Some(one.headcount), one.turnover_euros, one.balance_euros).unwrap();
                assert!(class.certain);
                assert_eq!(class.class, one.kind, "{one:?}");
            }
            assert!(naf().by_code(one.naf).is_some(), "{}", one.naf);
            assert_eq!(communes().by_insee(one.commune).unwrap().region, "52");
            typography_holds(&one.name);
        }
    }

    #[test]
    fn no_invented_place_is_on_the_map() {
        let real: HashSet<String> = communes()
            .iter()
            .map(|commune| fold(commune.name))
            .collect();
        let setting = setting();
        for number in 0..1_500 {
            let name = fold(&organisation(&setting, number).name);
            let place = name
                .strip_prefix("commune de ")
                .or_else(|| name.strip_prefix("commune d "));
            assert!(place.is_none_or(|place| !real.contains(place)), "{name}");
        }
    }

    #[test]
    fn people_can_be_reached_only_in_fiction() {
        for one in stories(300) {
            let requester = one.report.requester.known().unwrap();
            let phone: Phone = requester.phone.parse().unwrap();
            assert!(phone.as_str().starts_with("026191") || phone.as_str().starts_with("063998"));
            assert!(
                is_mail_shape(&requester.mail) && requester.mail.ends_with(".example"),
                "{}",
                requester.mail
            );
        }
    }

    #[test]
    fn organisations_and_narratives_are_many() {
        let stories = stories(2_000);
        let narratives: HashSet<_> = stories
            .iter()
            .map(|one| one.report.narrative.known())
            .collect();
        assert!(narratives.len() > 500, "{}", narratives.len());
        let mut by_siren: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
        for one in &stories {
            by_siren
                .entry(&one.organisation.siren)
                .or_default()
                .insert(&one.organisation.name);
        }
        assert!(by_siren.values().all(|names| names.len() == 1));
        let names: HashSet<_> = by_siren.values().flatten().collect();
        assert!(
            names.len() * 10 > by_siren.len() * 9,
            "{} of {}",
            names.len(),
            by_siren.len()
        );
    }

    #[test]
    fn every_text_is_well_set() {
        for one in stories(1_500) {
            typography_holds(&one.title);
            typography_holds(&one.perimeter);
            typography_holds(one.report.narrative.known().unwrap());
            for text in one
                .notes
                .iter()
                .map(|note| &note.text)
                .chain(one.facts.iter().map(|fact| &fact.title))
            {
                typography_holds(text);
            }
            let answers = [
                &one.report.impact,
                &one.report.actions,
                &one.report.findings,
                &one.report.architecture,
            ];
            for text in answers.into_iter().filter_map(Answer::known) {
                typography_holds(text);
            }
        }
    }
}
