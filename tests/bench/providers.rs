//! Firms: the list for a case among ten thousand, the assignment of a crisis, and a long table taken in.

use std::fmt::Write as _;

use chrono::NaiveDate;
use relais_core::api::view::ProviderQuery;
use relais_core::domain::case::Category;
use relais_core::domain::provider::crisis::{CrisisCase, assign};
use relais_core::domain::provider::matching::{Firm, KeyState, Rules, Track, match_providers};
use relais_core::domain::provider::{
    Area, Label, LabelKind, Location, Needs, Provider, Service, Technology,
};
use relais_core::domain::triage::Grade;
use relais_core::reference::communes::communes;
use relais_core::reference::places::places;
use uuid::Uuid;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;
use crate::samples::Samples;

const REGION: &str = "52";
const FIRMS: usize = 10_000;
const MATCH_MS: Goal = Goal::AtMost(10.0);
const TURNS: u64 = 51;

const CRISIS_CASES: usize = 50;
const CRISIS_FIRMS: usize = 2_000;
const CRISIS_S: Goal = Goal::AtMost(1.0);
const CRISIS_TURNS: u64 = 9;

const LINES: usize = 50_000;
const LINES_IN_A_SECOND: Goal = Goal::AtLeast(20_000.0);

/// The list and the assignment: pure rules, in memory.
pub fn rules(board: &mut Board) -> Outcome {
    let on = NaiveDate::from_ymd_opt(2026, 3, 12).ok_or("no day")?;
    let firms = firms(FIRMS, on)?;
    let needs = needs("85109")?;
    let (mut times, mut passed) = (Samples::default(), 0);
    for seed in 0..TURNS {
        let list = times.time(|| match_providers(&needs, &firms, &Rules::default(), seed, on));
        passed = list.ranked.len();
    }
    let against = format!("{FIRMS} firms, {passed} pass; p95 {:.1} ms", times.p95());
    board.put(
        "list for a case, with its reasons, median",
        times.median(),
        "ms",
        MATCH_MS,
        &against,
    );
    let towns = communes().of_region(REGION);
    let cases: Vec<CrisisCase> = (0..CRISIS_CASES)
        .map(|number| {
            Ok(CrisisCase {
                id: Uuid::from_u128(number as u128 + 1),
                needs: self::needs(towns[number * 24 % towns.len()].code)?,
                grade: [Grade::G2, Grade::G3, Grade::G4][number % 3],
            })
        })
        .collect::<Outcome<_>>()?;
    let mut times = Samples::default();
    let mut served = 0;
    for seed in 0..CRISIS_TURNS {
        let done = times.time(|| assign(&cases, &firms[..CRISIS_FIRMS], &[], seed, on))?;
        served = CRISIS_CASES - done.unserved.len();
    }
    let against = format!("{CRISIS_CASES} cases, {CRISIS_FIRMS} firms, {served} served");
    board.put(
        "assignment of a crisis, median",
        times.median() / 1000.0,
        "s",
        CRISIS_S,
        &against,
    );
    Ok(())
}

/// Firms taken into the vault, and how many it then has; and a case that came after all others.
pub fn register(desk: &Desk, many: usize) -> Outcome<usize> {
    let mut session = desk.unlock_lead()?;
    let known = session.providers(&ProviderQuery::default())?.len();
    session.import_providers(table(many.saturating_sub(known))?.as_bytes(), None, false)?;
    session.open_case(relais_tests::ransomware_report(), None, None)?;
    Ok(session.providers(&ProviderQuery::default())?.len())
}

/// A table of firms all over the region.
fn table(lines: usize) -> Outcome<String> {
    let towns = communes().of_region(REGION);
    let mut table = String::from(
        "nom;commune;zones;sur place;labels;incidents;prestations;technologies;capacité;charte\n",
    );
    for number in 0..lines {
        let town = towns[number % towns.len()].code;
        writeln!(
            table,
            "Firme {number} sur {lines};{town};44, 49 | 80 km;oui;ExpertCyber jusqu’au 2027-05-01;rançongiciel, hameçonnage;\
             endiguement, reconstruction;AD, sauvegarde;3;2025-02-01"
        )?;
    }
    Ok(table)
}

/// A long table, taken into the vault.
pub fn import(desk: &Desk, board: &mut Board) -> Outcome {
    let table = table(LINES)?;
    let mut session = desk.unlock_lead()?;
    for (name, dry_run, goal) in [
        ("lines of firms tried in a second", true, Goal::None),
        ("lines of firms taken in a second", false, LINES_IN_A_SECOND),
    ] {
        let mut times = Samples::default();
        let told = times.time(|| session.import_providers(table.as_bytes(), None, dry_run))?;
        if told.new as usize != LINES {
            return Err(format!("{} of {LINES} firms were new", told.new).into());
        }
        let against = format!("{LINES} lines, {} MB", table.len() / 1_000_000);
        let rate = LINES as f64 * 1000.0 / times.sum();
        board.put(name, rate, "", goal, &against);
    }
    Ok(())
}

/// Firms all over the region, none like the one before.
fn firms(many: usize, on: NaiveDate) -> Outcome<Vec<Firm>> {
    let towns = communes().of_region(REGION);
    let firm = |number: usize| {
        let town = &towns[number * 7 % towns.len()];
        let label = [LabelKind::Pris, LabelKind::ExpertCyber, LabelKind::Passi][number % 3];
        let track = Track {
            by_category: [(Category::Ransomware, number as u32 % 9)].into(),
            referrals: number as u32 % 4,
            open: number as u32 % 3,
            ..Track::default()
        };
        Firm {
            id: Uuid::from_u128((number as u128) << 64 | 1),
            place: places().of(town.code).map(|found| found.place),
            key: [KeyState::Absent, KeyState::Seen, KeyState::Verified][number % 3],
            track,
            provider: Provider {
                name: format!("Firme {number}"),
                commune: town.code.to_owned(),
                areas: vec![Area::Region {
                    code: REGION.to_owned(),
                }],
                on_site: !number.is_multiple_of(5),
                labels: vec![Label::of(label)],
                categories: vec![Category::Ransomware, Category::DataLeak],
                services: vec![Service::Containment, Service::Rebuilding],
                technologies: vec![Technology::ActiveDirectory, Technology::Backup],
                on_site_within_hours: Some(8 + (number % 40) as u16),
                reaction_hours: Some(1 + (number % 4) as u16),
                capacity: 1 + (number % 4) as u16,
                charter_signed: on.pred_opt(),
                confirmed_on: on.pred_opt(),
                ..Provider::default()
            },
        }
    };
    Ok((0..many).map(firm).collect())
}

/// A ransomware at a firm of this commune.
fn needs(commune: &str) -> Outcome<Needs> {
    let found = communes().by_insee(commune).ok_or("no such commune")?;
    Ok(Needs {
        categories: vec![Category::Ransomware],
        services: vec![Service::Containment, Service::Rebuilding],
        technologies: vec![Technology::ActiveDirectory, Technology::Virtualisation],
        headcount: Some(46),
        reaction_hours: Some(4),
        site_visit: true,
        on_site_hours: Some(24),
        maximum_km: Some(150),
        labels: vec![LabelKind::Pris, LabelKind::ExpertCyber],
        location: Some(Location {
            commune: found.code.to_owned(),
            departement: found.departement.to_owned(),
            region: found.region.to_owned(),
            epci: found.epci.map(|epci| epci.siren.to_owned()),
            place: places().of(found.code).map(|found| found.place),
        }),
        ..Needs::default()
    })
}
