//! The list of cases.

use chrono::{Duration, Utc};
use relais_core::api::Workstation;
use relais_core::api::view::{CaseQuery, CaseSort, TriagePatch};
use relais_core::domain::case::{Category, EventKind, Status};
use relais_core::domain::intake::Answer;
use relais_core::domain::people::Role;
use relais_core::domain::triage::{Grade, SeverityAxes};
use relais_core::vault::VaultKind;
use relais_tests::{Team, ransomware_report};

fn found(session: &relais_core::api::Session, text: &str) -> Vec<String> {
    let query = CaseQuery {
        text: text.to_owned(),
        ..CaseQuery::default()
    };
    session
        .cases(&query)
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.reference)
        .collect()
}

#[test]
fn words_are_found_by_their_beginning_without_accents_and_with_either_ligature() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mut report = ransomware_report();
    report.narrative =
        Answer::Known("Le cœur du réseau de l’Établissement est chiffré.".to_owned());
    let case = analyst.open_case(report, None, None).unwrap();
    for text in [
        "etablissement",
        "ÉTABL",
        "coeur",
        "cœur",
        "chiffre reseau",
        "batardiere",
        "herbiers",
        "PDL-2026-0001",
    ] {
        assert_eq!(found(&analyst, text), [case.reference.as_str()], "{text}");
    }
    for text in ["absent", "coeur absent", "PDL-2026-0002"] {
        assert!(found(&analyst, text).is_empty(), "{text}");
    }
    assert_eq!(found(&analyst, "\" OR NEAR( *").len(), 0);
}

#[test]
fn the_passage_that_matched_is_shown() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    analyst
        .add_note(case.id, "L’infogérant confirme la passerelle VPN.")
        .unwrap();
    let query = CaseQuery {
        text: "passerelle".to_owned(),
        ..CaseQuery::default()
    };
    let passage = analyst.cases(&query).unwrap().rows.remove(0).passage;
    assert!(passage.contains("\u{e000}passerelle\u{e001}"), "{passage}");
}

#[test]
fn filters_and_orders_add_up() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    for hour in 0..6u8 {
        let mut report = ransomware_report();
        report.urgent = hour % 2 == 0;
        report.categories = Answer::Known(vec![if hour < 3 {
            Category::Phishing
        } else {
            Category::DataLeak
        }]);
        let case = analyst.open_case(report, None, None).unwrap();
        let axes = SeverityAxes {
            vital_service_stopped: hour == 1,
            ..SeverityAxes::default()
        };
        analyst
            .triage(
                case.id,
                &TriagePatch {
                    axes: Some(axes),
                    ..TriagePatch::default()
                },
            )
            .unwrap();
        if hour == 5 {
            analyst
                .set_status(case.id, Status::Closed, "réglé")
                .unwrap();
        }
        team.wait(chrono::Duration::hours(1));
    }
    let count = |query: CaseQuery| analyst.cases(&query).unwrap().total;
    assert_eq!(count(CaseQuery::default()), 6);
    assert_eq!(
        count(CaseQuery {
            urgent: Some(true),
            ..CaseQuery::default()
        }),
        3
    );
    assert_eq!(
        count(CaseQuery {
            categories: vec![Category::Phishing],
            ..CaseQuery::default()
        }),
        3
    );
    assert_eq!(
        count(CaseQuery {
            grades: vec![Grade::G4],
            ..CaseQuery::default()
        }),
        1
    );
    assert_eq!(
        count(CaseQuery {
            departments: vec!["85".to_owned()],
            ..CaseQuery::default()
        }),
        6
    );
    assert_eq!(
        count(CaseQuery {
            statuses: vec![Status::Closed],
            text: "rancon".to_owned(),
            ..CaseQuery::default()
        }),
        1
    );
    let first = |sort| {
        analyst
            .cases(&CaseQuery {
                sort,
                ..CaseQuery::default()
            })
            .unwrap()
            .rows[0]
            .reference
            .clone()
    };
    assert_eq!(first(CaseSort::Newest), "PDL-2026-0006");
    assert_eq!(first(CaseSort::Oldest), "PDL-2026-0001");
    assert_eq!(first(CaseSort::Gravity), "PDL-2026-0002");
    let page = analyst
        .cases(&CaseQuery {
            offset: 4,
            limit: 2,
            ..CaseQuery::default()
        })
        .unwrap();
    assert_eq!((page.rows.len(), page.total), (2, 6));
    let counts = analyst.case_counts().unwrap();
    assert_eq!(
        (counts.all, counts.open, counts.grave, counts.this_year),
        (6, 5, 1, 6)
    );
}

#[test]
fn a_filter_keeps_of_a_search_what_it_keeps_of_all() {
    let folder = tempfile::tempdir().unwrap();
    let workstation = Workstation::at(folder.path());
    let made = workstation.create_demo(120, 7, |_| true).unwrap();
    let vaults = workstation.status("test", None).unwrap().vaults;
    let lead = made.users.iter().find(|user| user.role == Role::Lead);
    let face = vaults[0].people.iter().find(|face| face.role == Role::Lead);
    let session = workstation
        .unlock(VaultKind::Demo, face.unwrap().id, &lead.unwrap().passphrase)
        .unwrap();
    let list = |query: CaseQuery| -> Vec<String> {
        let query = CaseQuery {
            limit: 500,
            ..query
        };
        let page = session.cases(&query).unwrap();
        assert_eq!(page.total as usize, page.rows.len());
        page.rows.into_iter().map(|row| row.reference).collect()
    };
    let all = CaseQuery::default;
    let analyst = made
        .users
        .iter()
        .position(|user| user.role == Role::Analyst);
    let filters = [
        CaseQuery {
            statuses: vec![Status::Closed, Status::Reported],
            ..all()
        },
        CaseQuery {
            grades: vec![Grade::G2, Grade::G4],
            ..all()
        },
        CaseQuery {
            categories: vec![Category::Ransomware, Category::Phishing],
            ..all()
        },
        CaseQuery {
            departments: vec!["44".to_owned(), "85".to_owned()],
            ..all()
        },
        CaseQuery {
            kind: Some(EventKind::Incident),
            ..all()
        },
        CaseQuery {
            urgent: Some(true),
            ..all()
        },
        CaseQuery {
            assignee: analyst.map(|place| vaults[0].people[place].id),
            ..all()
        },
        CaseQuery {
            from: Some(Utc::now() - Duration::days(200)),
            ..all()
        },
        CaseQuery {
            until: Some(Utc::now() - Duration::days(200)),
            ..all()
        },
        CaseQuery {
            quiet_since: Some(Utc::now() - Duration::days(30)),
            ..all()
        },
    ];
    // A letter, a beginning, a word, several words; none of them is common to all cases.
    for text in ["p", "serv", "messagerie", "poste chif", "a la"] {
        let matching = list(CaseQuery {
            text: text.to_owned(),
            ..all()
        });
        assert!(!matching.is_empty(), "{text}");
        for filter in &filters {
            let kept = list(filter.clone());
            let expected: Vec<_> = matching.iter().filter(|case| kept.contains(case)).collect();
            let both = list(CaseQuery {
                text: text.to_owned(),
                ..filter.clone()
            });
            assert_eq!(
                both.iter().collect::<Vec<_>>(),
                expected,
                "{text}, {filter:?}"
            );
        }
    }
}
