//! What was told becomes what is asked for, and the window can say why.

use super::*;
use crate::domain::intake::{Answer, Report, ReportedOrganisation};
use crate::domain::triage::SeverityAxes;

fn reasons(deduced: &DeducedNeeds, need: Need) -> Vec<NeedReason> {
    let of_need = deduced.because.iter().filter(|one| one.need == need);
    of_need.map(|one| one.because.clone()).collect()
}

fn told(text: &str) -> Report {
    Report {
        architecture: Answer::Known(text.into()),
        ..Report::default()
    }
}

fn technologies(text: &str) -> Vec<Technology> {
    let report = told(text);
    let facts = CaseFacts {
        report: Some(&report),
        ..CaseFacts::default()
    };
    Needs::of_triage(&facts).needs.technologies
}

#[test]
fn of_a_case_of_which_nothing_is_known_nothing_is_asked() {
    let empty = Report::default();
    for report in [None, Some(&empty)] {
        let facts = CaseFacts {
            report,
            ..CaseFacts::default()
        };
        assert_eq!(Needs::of_triage(&facts), DeducedNeeds::default());
    }
}

#[test]
fn a_grave_ransomware_calls_for_a_visit_and_a_label_and_says_why() {
    let axes = SeverityAxes {
        core_systems_hit: true,
        encryption_under_way: true,
        ..SeverityAxes::default()
    };
    let facts = CaseFacts {
        categories: &[Category::Ransomware],
        axes: Some(&axes),
        grade: Some(Grade::G3),
        kind: Some(OrganisationKind::Commune),
        naf: "84.11Z",
        siren: "214400004",
        ..CaseFacts::default()
    };
    let deduced = Needs::of_triage(&facts);
    let needs = &deduced.needs;
    assert_eq!(needs.services, [Service::Containment, Service::Rebuilding]);
    assert_eq!(
        needs.technologies,
        [
            Technology::ActiveDirectory,
            Technology::Virtualisation,
            Technology::Backup
        ]
    );
    assert_eq!(
        (needs.reaction_hours, needs.on_site_hours),
        (Some(2), Some(24))
    );
    assert!(needs.site_visit && needs.public_body && needs.is_public());
    assert_eq!(needs.maximum_km, Some(150));
    assert_eq!(needs.labels, [LabelKind::Pris, LabelKind::ExpertCyber]);
    assert_eq!(needs.sector, Some(Sector::O));
    let grade = Grade::G3;
    assert_eq!(
        reasons(&deduced, Need::SiteVisit),
        [NeedReason::Grade { grade }]
    );
    assert_eq!(
        reasons(&deduced, Need::ReactionHours),
        [NeedReason::EncryptionUnderWay]
    );
    assert_eq!(
        reasons(&deduced, Need::Technology(Technology::Backup)),
        [NeedReason::CoreSystemsHit]
    );
    let category = Category::Ransomware;
    assert_eq!(
        reasons(&deduced, Need::Service(Service::Rebuilding)),
        [NeedReason::Category { category }]
    );
    let kind = OrganisationKind::Commune;
    assert_eq!(
        reasons(&deduced, Need::PublicBody),
        [NeedReason::Kind { kind }]
    );
}

#[test]
fn the_triage_comes_before_the_caller_and_the_record_before_both() {
    let report = Report {
        categories: Answer::Known(vec![Category::Phishing, Category::Other]),
        organisation: Answer::Known(ReportedOrganisation {
            kind: Some(OrganisationKind::Association),
            headcount: Some(12),
            naf: "94.99Z".into(),
            identifier: "526 018 155 32561".into(),
            ..ReportedOrganisation::default()
        }),
        ..Report::default()
    };
    let by_report = CaseFacts {
        report: Some(&report),
        ..CaseFacts::default()
    };
    let deduced = Needs::of_triage(&by_report);
    assert_eq!(deduced.needs.categories, [Category::Phishing]);
    assert_eq!(deduced.needs.kind, Some(OrganisationKind::Association));
    assert_eq!(deduced.needs.beneficiary, "526018155");
    assert_eq!(reasons(&deduced, Need::Kind), [NeedReason::Report]);
    let by_record = CaseFacts {
        categories: &[Category::DataLeak],
        kind: Some(OrganisationKind::Pme),
        headcount: Some(40),
        ..by_report
    };
    let deduced = Needs::of_triage(&by_record);
    assert_eq!(deduced.needs.categories, [Category::DataLeak]);
    assert_eq!(deduced.needs.kind, Some(OrganisationKind::Pme));
    assert_eq!(deduced.needs.headcount, Some(40));
    assert_eq!(reasons(&deduced, Need::Kind), [NeedReason::Organisation]);
}

#[test]
fn figures_that_settle_the_class_give_the_kind() {
    let report = Report {
        organisation: Answer::Known(ReportedOrganisation {
            headcount: Some(30),
            turnover_euros: Some(4_000_000),
            ..ReportedOrganisation::default()
        }),
        ..Report::default()
    };
    let facts = CaseFacts {
        report: Some(&report),
        ..CaseFacts::default()
    };
    let deduced = Needs::of_triage(&facts);
    assert_eq!(deduced.needs.kind, Some(OrganisationKind::Pme));
    assert_eq!(reasons(&deduced, Need::Kind), [NeedReason::Figures]);
}

#[test]
fn technologies_are_read_as_whole_words_without_accents() {
    assert_eq!(
        technologies("Deux serveurs Hyper-V ; contrôleur de domaine."),
        [Technology::ActiveDirectory, Technology::Virtualisation]
    );
    assert_eq!(technologies("Téléphonie 3CX"), [Technology::Telephony]);
    assert_eq!(
        technologies("VPN Fortinet, Exchange"),
        [Technology::Mail, Technology::NetworkEdge]
    );
    assert_eq!(
        technologies("L’AD est tombé"),
        [Technology::ActiveDirectory]
    );
    // "ad" and "nas" inside other words, and "ad" in Latin.
    assert_eq!(technologies("Une réunion ad hoc, le cadre, un ananas"), []);
    let report = told("VMware");
    let facts = CaseFacts {
        report: Some(&report),
        ..CaseFacts::default()
    };
    let word = "vmware".to_owned();
    assert_eq!(
        reasons(
            &Needs::of_triage(&facts),
            Need::Technology(Technology::Virtualisation)
        ),
        [NeedReason::Word { word }]
    );
}

#[test]
fn urgency_takes_the_shortest_delay() {
    let report = Report {
        urgent: true,
        ..Report::default()
    };
    let hours = |grade| {
        let facts = CaseFacts {
            report: Some(&report),
            grade,
            ..CaseFacts::default()
        };
        Needs::of_triage(&facts).needs.reaction_hours
    };
    assert_eq!(hours(None), Some(4));
    assert_eq!(hours(Some(Grade::G1)), Some(4));
    assert_eq!(hours(Some(Grade::G4)), Some(2));
}

#[test]
fn a_provider_that_is_there_is_named_and_no_provider_is_nobody() {
    let present = |answer: &str| {
        let report = Report {
            provider: Answer::Known(answer.into()),
            ..Report::default()
        };
        let facts = CaseFacts {
            report: Some(&report),
            ..CaseFacts::default()
        };
        Needs::of_triage(&facts).needs.present.map(|firm| firm.name)
    };
    for none in ["", "Aucun", "Néant.", "Non", "Pas de prestataire connu"] {
        assert_eq!(present(none), None, "{none}");
    }
    assert_eq!(
        present(" Trois-Ponts Informatique "),
        Some("Trois-Ponts Informatique".to_owned())
    );
}

#[test]
fn needs_kept_by_an_older_edition_still_read() {
    assert_eq!(
        serde_json::from_str::<Needs>("{}").unwrap(),
        Needs::default()
    );
    let needs = Needs {
        categories: vec![Category::Ransomware],
        ..Needs::default()
    };
    let text = serde_json::to_string(&needs).unwrap();
    assert_eq!(serde_json::from_str::<Needs>(&text).unwrap(), needs);
}
