//! Taking a report.

use relais_core::api::Code;
use relais_core::api::view::{FinishRequest, ReorientationView};
use relais_core::domain::case::Status;
use relais_core::domain::intake::{Answer, Report, ReportedOrganisation};
use relais_core::domain::organisation::{OrganisationKind, Reorientation, Scope};
use relais_core::domain::people::Role;
use relais_tests::{Team, ransomware_report};

#[test]
fn a_report_becomes_a_case_with_its_organisation_and_contacts() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let draft = operator.save_draft(None, ransomware_report()).unwrap();
    let made = operator
        .finish_report(&FinishRequest {
            draft: draft.id,
            reorientation: None,
        })
        .unwrap();
    assert_eq!(made.reference, "PDL-2026-0001");
    assert!(operator.drafts().unwrap().is_empty());
    let case = operator.case(made.id).unwrap();
    assert_eq!(case.status, Status::Reported);
    assert!(case.urgent);
    let organisation = case.organisation.unwrap();
    assert_eq!(organisation.name, "Menuiserie Batardière");
    assert_eq!(organisation.kind, Some(OrganisationKind::Pme));
    assert_eq!(organisation.commune_name, "Les Herbiers");
    assert_eq!(organisation.department, "85");
    assert_eq!(case.contacts.len(), 1);
    assert_eq!(case.axes.machines, Some(21));
}

#[test]
fn a_draft_is_found_again_after_a_kill() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let saved = operator.save_draft(None, ransomware_report()).unwrap();
    // A process that is killed runs nothing on its way out.
    std::mem::forget(operator.save_draft(Some(saved.id), ransomware_report()));
    drop(operator);
    let operator = team.unlock(Role::Operator);
    let drafts = operator.drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].report.narrative, ransomware_report().narrative);
}

#[test]
fn a_draft_put_aside_can_be_taken_up_again() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let saved = operator.save_draft(None, ransomware_report()).unwrap();
    operator.discard_draft(saved.id).unwrap();
    assert!(operator.drafts().unwrap().is_empty());
    operator.restore_draft(saved.id).unwrap();
    assert_eq!(operator.drafts().unwrap().len(), 1);
}

#[test]
fn nothing_need_be_known_to_end_a_call() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let made = operator.open_case(Report::default(), None, None).unwrap();
    let case = operator.case(made.id).unwrap();
    assert_eq!(case.completeness.known, 0);
    assert!(case.organisation.is_none());
}

#[test]
fn references_go_on_without_a_gap_and_begin_again_with_the_year() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let first = operator.open_case(Report::default(), None, None).unwrap();
    let second = operator.open_case(Report::default(), None, None).unwrap();
    team.wait(chrono::Duration::days(365));
    let next_year = operator.open_case(Report::default(), None, None).unwrap();
    assert_eq!(
        [first.reference, second.reference, next_year.reference],
        ["PDL-2026-0001", "PDL-2026-0002", "PDL-2027-0001"]
    );
}

#[test]
fn a_known_organisation_is_recognised_and_its_open_case_told() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let first = operator.open_case(ransomware_report(), None, None).unwrap();
    let told = ReportedOrganisation {
        name: "menuiserie batard".to_owned(),
        ..ReportedOrganisation::default()
    };
    let check = operator.check_organisation(&told).unwrap();
    assert_eq!(check.matches.len(), 1);
    assert_eq!(check.matches[0].open_cases, vec![first]);
    let known = check.matches[0].organisation.id;
    let mut again = ransomware_report();
    again.organisation = Answer::Known(ReportedOrganisation {
        known_as: Some(known),
        ..ReportedOrganisation::default()
    });
    let second = operator.open_case(again, None, None).unwrap();
    assert_eq!(second.title, "Menuiserie Batardière");
    assert_eq!(operator.case(second.id).unwrap().siblings.len(), 1);
    assert_eq!(operator.organisations("Batardière").unwrap().len(), 1);
}

#[test]
fn a_large_firm_is_out_of_scope_and_its_reorientation_leaves_a_trace() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let mut report = ransomware_report();
    let large = ReportedOrganisation {
        name: "Aciéries du Ponant".to_owned(),
        headcount: Some(12_000),
        turnover_euros: Some(4_000_000_000),
        balance_euros: Some(5_000_000_000),
        ..ReportedOrganisation::default()
    };
    assert!(matches!(
        operator.check_organisation(&large).unwrap().scope,
        Scope::OutOfScope(_)
    ));
    report.organisation = Answer::Known(large);
    let draft = operator.save_draft(None, report).unwrap();
    let silent = ReorientationView {
        target: Reorientation::CertFr,
        name: String::new(),
        reason: " ".to_owned(),
    };
    let refused = operator.finish_report(&FinishRequest {
        draft: draft.id,
        reorientation: Some(silent.clone()),
    });
    assert_eq!(refused.unwrap_err().code, Code::ReasonMissing);
    let told = ReorientationView {
        reason: "grande entreprise".to_owned(),
        ..silent
    };
    let made = operator
        .finish_report(&FinishRequest {
            draft: draft.id,
            reorientation: Some(told.clone()),
        })
        .unwrap();
    let case = operator.case(made.id).unwrap();
    assert_eq!(case.status, Status::Closed);
    assert_eq!(case.reorientation, Some(told));
}

#[test]
fn a_paste_of_ten_megabytes_is_refused_and_the_draft_stays() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let saved = operator.save_draft(None, ransomware_report()).unwrap();
    let mut huge = ransomware_report();
    huge.narrative = Answer::Known("é".repeat(5 * 1024 * 1024));
    let refused = operator.save_draft(Some(saved.id), huge).unwrap_err();
    assert_eq!(refused.code, Code::TooLong);
    assert_eq!(refused.field.as_deref(), Some("narrative"));
    assert_eq!(
        operator.drafts().unwrap()[0].report.narrative,
        ransomware_report().narrative
    );
}

#[test]
fn a_wrong_company_number_is_told_by_its_error() {
    let team = Team::of_three();
    let operator = team.unlock(Role::Operator);
    let check = |identifier: &str| {
        let told = ReportedOrganisation {
            identifier: identifier.to_owned(),
            ..ReportedOrganisation::default()
        };
        operator.check_organisation(&told).unwrap().identifier_error
    };
    assert_eq!(check("732 829 320"), None);
    assert_eq!(check("732 829 321").as_deref(), Some("bad_check_digit"));
    assert_eq!(check("1234").as_deref(), Some("too_short"));
    assert_eq!(check(""), None);
}
