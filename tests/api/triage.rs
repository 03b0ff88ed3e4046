//! Qualifying a case.

use relais_core::api::Code;
use relais_core::api::view::TriagePatch;
use relais_core::domain::case::{Category, ConsentPurpose, EventKind, Status};
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::domain::triage::{Grade, SeverityAxes, SeverityOverride};
use relais_tests::{Team, ransomware_report};

#[test]
fn the_sum_is_shown_and_a_floor_lifts_the_grade() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let axes = SeverityAxes {
        functional: Some(2),
        information: Some(1),
        recovery: Some(1),
        urgency: Some(1),
        machines: Some(2),
        estate: Some(46),
        encryption_under_way: true,
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
    let view = analyst.case(case.id).unwrap();
    assert_eq!(view.severity.score, 3 * 2 + 2 + 2 + 2 + 1);
    assert_eq!(view.severity.by_score, Grade::G2);
    assert_eq!(view.grade, Grade::G3);
}

#[test]
fn a_grade_set_by_hand_needs_a_reason_and_can_be_taken_back() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let by_hand = |reason: &str| TriagePatch {
        severity_override: Some(SeverityOverride {
            grade: Grade::G4,
            reason: reason.to_owned(),
        }),
        ..TriagePatch::default()
    };
    assert_eq!(
        analyst.triage(case.id, &by_hand("  ")).unwrap_err().code,
        Code::ReasonMissing
    );
    let done = analyst
        .triage(case.id, &by_hand("hôpital voisin dépendant"))
        .unwrap();
    assert_eq!(analyst.case(case.id).unwrap().grade, Grade::G4);
    analyst.undo(&done.entry).unwrap();
    let back = analyst.case(case.id).unwrap();
    assert_eq!(back.severity_override, None);
    assert_ne!(back.grade, Grade::G4);
}

#[test]
fn a_level_over_three_is_refused_and_nothing_changes() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let axes = SeverityAxes {
        functional: Some(4),
        ..SeverityAxes::default()
    };
    let patch = TriagePatch {
        title: Some("Autre".to_owned()),
        axes: Some(axes),
        ..TriagePatch::default()
    };
    assert_eq!(
        analyst.triage(case.id, &patch).unwrap_err().code,
        Code::Invalid
    );
    assert_eq!(
        analyst.case(case.id).unwrap().title,
        "Menuiserie Batardière"
    );
}

#[test]
fn categories_come_and_go_one_by_one() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let categories = |all: &[Category]| TriagePatch {
        categories: Some(all.to_vec()),
        ..TriagePatch::default()
    };
    analyst
        .triage(
            case.id,
            &categories(&[Category::Ransomware, Category::DataLeak]),
        )
        .unwrap();
    analyst
        .triage(case.id, &categories(&[Category::DataLeak]))
        .unwrap();
    let view = analyst.case(case.id).unwrap();
    assert_eq!(view.categories, [Category::DataLeak]);
    assert_eq!(view.rsit, ["information-content-security:data-leak"]);
}

#[test]
fn a_case_moves_on_and_is_opened_again_with_a_reason() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    analyst
        .set_status(case.id, Status::Qualification, "")
        .unwrap();
    let no_reason = analyst.set_status(case.id, Status::Closed, "").unwrap_err();
    assert_eq!(no_reason.code, Code::ReasonMissing);
    analyst
        .set_status(case.id, Status::Closed, "fausse alerte")
        .unwrap();
    let sideways = analyst
        .set_status(case.id, Status::Coordination, "x")
        .unwrap_err();
    assert_eq!(sideways.code, Code::StatusNotReachable);
    analyst
        .set_status(case.id, Status::Resolution, "rechute")
        .unwrap();
    let view = analyst.case(case.id).unwrap();
    assert_eq!(view.status, Status::Resolution);
    assert!(view.reached.contains_key("qualification") && view.reached.contains_key("closed"));
}

#[test]
fn a_consent_says_who_gave_it_and_when() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let nobody = analyst.record_consent(case.id, ConsentPurpose::CertFr, true, "", team.now());
    assert_eq!(nobody.unwrap_err().code, Code::Invalid);
    analyst
        .record_consent(
            case.id,
            ConsentPurpose::CertFr,
            true,
            "G. Morvault",
            team.now(),
        )
        .unwrap();
    let view = analyst.case(case.id).unwrap();
    let given = view
        .consents
        .iter()
        .find(|consent| consent.purpose == ConsentPurpose::CertFr)
        .unwrap();
    assert_eq!(
        (given.given, given.by.as_str(), given.at),
        (Some(true), "G. Morvault", Some(team.now()))
    );
    assert_eq!(given.recorded_by, Some(team.person(Role::Analyst).id));
    let other = view
        .consents
        .iter()
        .find(|consent| consent.purpose == ConsentPurpose::Publish)
        .unwrap();
    assert_eq!(other.given, None);
}

#[test]
fn the_operator_notes_a_consent_heard_on_the_phone() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let case = operator.open_case(ransomware_report(), None, None).unwrap();
    let heard = operator.record_consent(
        case.id,
        ConsentPurpose::Providers,
        true,
        "G. Morvault",
        team.now(),
    );
    heard.unwrap();
    let consents = operator.case(case.id).unwrap().consents;
    let given = consents
        .iter()
        .find(|consent| consent.purpose == ConsentPurpose::Providers);
    assert_eq!(
        given.unwrap().recorded_by,
        Some(team.person(Role::Operator).id)
    );
}

#[test]
fn the_operator_reads_but_does_not_qualify() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let case = operator.open_case(ransomware_report(), None, None).unwrap();
    let patch = TriagePatch {
        kind: Some(EventKind::Incident),
        tlp: Some(Tlp::Clear),
        ..TriagePatch::default()
    };
    assert_eq!(
        operator.triage(case.id, &patch).unwrap_err().code,
        Code::NotAllowed
    );
    assert_eq!(operator.case(case.id).unwrap().tlp, Tlp::Amber);
}
