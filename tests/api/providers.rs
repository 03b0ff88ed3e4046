//! The registry of firms and the lists drawn from it, on a real vault.

use relais_core::api::view::ProviderQuery;
use relais_core::api::{Code, Session};
use relais_core::domain::calendar::in_paris;
use relais_core::domain::people::Role;
use relais_core::domain::provider::matching::{Exclusion, Replacement, Replay, Rules};
use relais_core::table::Charset;
use relais_core::table::providers::Trouble;
use relais_tests::{Team, ransomware_report};
use uuid::Uuid;

const HEADER: &str = "nom;siret;commune;zones;sur place;labels;incidents;prestations;technologies;capacité;charte;assurance;délai sur place;délai de réponse\n";

/// A firm that fits a ransomware in Pays de la Loire.
fn line(name: &str, siret: &str, commune: &str) -> String {
    format!(
        "{name};{siret};{commune};région 52;oui;PRIS | ExpertCyber jusqu’au 2027-05-01;rançongiciel;endiguement, reconstruction;\
         AD, sauvegarde;3;2025-02-01;2027-01-01;8;2\n"
    )
}

pub fn five() -> String {
    let firms = [
        ("Digue et Rempart", "", "44184"),
        ("Ligérys Réponse", "", "49007"),
        ("Bocalys", "", "85191"),
        ("Ardenvor Sécurité", "", "44109"),
        ("Octobaie", "", "85194"),
    ];
    let lines = firms.map(|(name, siret, commune)| line(name, siret, commune));
    format!("{HEADER}{}", lines.concat())
}

pub fn case(session: &mut Session) -> Uuid {
    session
        .open_case(ransomware_report(), None, None)
        .unwrap()
        .id
}

fn names(session: &Session, text: &str) -> Vec<String> {
    let query = ProviderQuery {
        text: text.to_owned(),
        ..ProviderQuery::default()
    };
    let firms = session.providers(&query).unwrap();
    firms.into_iter().map(|firm| firm.name).collect()
}

#[test]
fn a_table_becomes_the_registry_and_comes_out_again() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let latin: Vec<u8> = five()
        .replace('’', "'")
        .chars()
        .map(|c| u8::try_from(c as u32).unwrap())
        .collect();
    let trial = lead.import_providers(&latin, None, true).unwrap();
    assert_eq!((trial.new, trial.left_out), (5, 0), "{:?}", trial.problems);
    assert_eq!(trial.charset, Charset::Windows1252);
    assert!(names(&lead, "").is_empty());
    lead.import_providers(&latin, None, false).unwrap();
    assert_eq!(
        names(&lead, ""),
        [
            "Ardenvor Sécurité",
            "Bocalys",
            "Digue et Rempart",
            "Ligérys Réponse",
            "Octobaie"
        ]
    );
    assert_eq!(names(&lead, "angers"), ["Ligérys Réponse"]);
    assert_eq!(names(&lead, "expertcyber 49"), ["Ligérys Réponse"]);
    // None of them ever confirmed its record; one does.
    let to_ask = ProviderQuery {
        to_ask: true,
        ..ProviderQuery::default()
    };
    let asked = lead.providers(&to_ask).unwrap();
    assert_eq!(asked.len(), 5);
    let mut known = lead.provider(asked[0].id).unwrap().provider;
    known.confirmed_on = Some(in_paris(team.now()).date_naive());
    lead.set_provider(Some(asked[0].id), &known).unwrap();
    assert_eq!(lead.providers(&to_ask).unwrap().len(), 4);
    // What was written is what is known.
    let table = lead.export_providers().unwrap();
    let again = lead.import_providers(&table, None, false).unwrap();
    assert_eq!(
        (again.same, again.new, again.changed),
        (5, 0, 0),
        "{:?}",
        again.problems
    );
    // One column changed, by the name alone.
    let changed = "nom;commune;capacité\nBOCALYS;La Roche-sur-Yon;0\n";
    let told = lead
        .import_providers(changed.as_bytes(), None, false)
        .unwrap();
    assert_eq!((told.changed, told.new), (1, 0), "{:?}", told.problems);
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_line_with_a_fault_keeps_no_other_out_and_nobody_stands_twice() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let file = format!(
        "{HEADER}{}{}{}{}",
        line("Digue et Rempart", "73282932000074", "Nantes"),
        line("Digue", "732 829 320 00074", "44109"),
        line("Nulle part", "", "Nulle-Part-les-Bains"),
        line("Deux fois", "", "Saint-Martin"),
    );
    let told = lead.import_providers(file.as_bytes(), None, false).unwrap();
    let troubles: Vec<(u64, Trouble)> = told
        .problems
        .iter()
        .map(|one| (one.line, one.trouble))
        .collect();
    assert_eq!(
        troubles,
        [
            (3, Trouble::Repeated),
            (4, Trouble::UnknownCommune),
            (5, Trouble::AmbiguousCommune)
        ]
    );
    assert_eq!((told.new, told.left_out), (1, 3));
    assert_eq!(names(&lead, ""), ["Digue et Rempart"]);
    for (bytes, code) in [
        (&b"PK\0\0"[..], Code::Invalid),
        (b"ville\nNantes\n", Code::Invalid),
    ] {
        let refused = lead.import_providers(bytes, None, false).unwrap_err();
        assert_eq!(refused.code, code);
    }
    drop(lead);
    let mut analyst = team.unlock(Role::Analyst);
    let refused = analyst.import_providers(five().as_bytes(), None, false);
    assert_eq!(refused.unwrap_err().code, Code::NotAllowed);
}

#[test]
fn a_kept_list_is_the_same_whenever_it_is_made_again_and_weighs_in_the_next() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    lead.import_providers(five().as_bytes(), None, false)
        .unwrap();
    let first = case(&mut lead);
    let shown = lead.match_case(first, None, None).unwrap();
    assert_eq!(shown.shortlist.len(), 3, "{:?}", shown.excluded);
    let kept = lead.keep_shortlist(first, None, &[]).unwrap();
    // What was shown is what is kept: the seed is the case's.
    assert_eq!(kept.list.shortlist, shown.shortlist);
    assert_eq!(kept.list.inputs, shown.inputs);
    let chosen = kept.list.shortlist[1].id;
    let stranger = shown.ranked.iter().find(|firm| firm.drawn.is_none());
    let refused = lead.choose_provider(kept.id, Some(stranger.unwrap().provider.id));
    assert_eq!(refused.unwrap_err().code, Code::Invalid);
    lead.choose_provider(kept.id, Some(chosen)).unwrap();
    assert_eq!(lead.shortlists(first).unwrap()[0].chosen, Some(chosen));
    // The registry changes; the list does not.
    let gone = kept.list.shortlist[0].id;
    let mut provider = lead.provider(gone).unwrap().provider;
    provider.archived = true;
    lead.set_provider(Some(gone), &provider).unwrap();
    let again = lead.replay_shortlist(kept.id).unwrap();
    assert_eq!(again.replay, Replay::Same);
    // Another case: who stood on the list counts one referral, and who left is told.
    let second = case(&mut lead);
    let next = lead.match_case(second, None, None).unwrap();
    for firm in &next.ranked {
        let stood = kept
            .list
            .shortlist
            .iter()
            .any(|one| one.id == firm.provider.id);
        assert_eq!(firm.referrals, u32::from(stood), "{}", firm.provider.name);
    }
    let excluded = next.excluded.iter().find(|one| one.provider.id == gone);
    assert!(excluded.unwrap().reasons.contains(&Exclusion::Archived));
    // What an auditor asks for: five firms share three names.
    let today = kept.list.on;
    let told = lead.provider_equality(today, today).unwrap();
    assert_eq!((told.report.lists, told.report.names), (1, 3));
    let shares = &told.report.firms;
    assert_eq!(shares.iter().map(|firm| firm.drawn).sum::<u32>(), 3);
    let expected: u64 = shares.iter().map(|firm| firm.expected_millionths).sum();
    assert!(expected.abs_diff(3_000_000) < 10, "{expected}");
    assert_eq!(shares.iter().map(|firm| firm.chosen).sum::<u32>(), 1);
    // After ninety days nobody remembers.
    team.wait(chrono::Duration::days(91));
    let later = lead.match_case(second, None, None).unwrap();
    assert!(later.ranked.iter().all(|firm| firm.referrals == 0));
}

#[test]
fn a_name_is_replaced_for_a_reason_and_by_a_firm_that_fits() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    lead.import_providers(five().as_bytes(), None, false)
        .unwrap();
    let id = case(&mut lead);
    let list = lead.match_case(id, None, None).unwrap();
    let out = list.shortlist[0].id;
    let other = list
        .ranked
        .iter()
        .find(|firm| firm.drawn.is_none())
        .unwrap();
    let change = |by, reason: &str| Replacement {
        out,
        by,
        reason: reason.to_owned(),
    };
    let by = other.provider.id;
    let refused = lead.keep_shortlist(id, None, &[change(by, " ")]);
    assert_eq!(refused.unwrap_err().code, Code::ReasonMissing);
    let refused = lead.keep_shortlist(id, None, &[change(Uuid::nil(), "connue")]);
    assert_eq!(refused.unwrap_err().code, Code::Invalid);
    let kept = lead
        .keep_shortlist(id, None, &[change(by, "injoignable au téléphone")])
        .unwrap();
    assert_eq!(kept.list.shortlist[0].id, by);
    assert_eq!(lead.replay_shortlist(kept.id).unwrap().replay, Replay::Same);
    assert_eq!(lead.shortlists(id).unwrap().len(), 1);
}

#[test]
fn with_no_firm_left_it_says_what_would_change_that_and_keeps_nothing() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let id = case(&mut lead);
    let list = lead.match_case(id, None, None).unwrap();
    assert!(list.shortlist.is_empty() && list.nobody_left.is_some());
    assert_eq!(
        lead.keep_shortlist(id, None, &[]).unwrap_err().code,
        Code::Invalid
    );
    // Weights are the lead's.
    let rules = Rules {
        names: 9,
        ..Rules::default()
    };
    assert_eq!(lead.set_match_rules(&rules).unwrap().names, 5);
    drop(lead);
    let mut analyst = team.unlock(Role::Analyst);
    assert_eq!(
        analyst.set_match_rules(&rules).unwrap_err().code,
        Code::NotAllowed
    );
}
