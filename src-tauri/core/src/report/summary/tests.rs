#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::{Block, Lang, Level};
use super::*;
use crate::domain::case::{Confirmation, EventKind, Status};
use crate::domain::marking::Tlp;

fn view() -> SummaryView {
    SummaryView {
        audience: Audience::Beneficiary,
        lang: Lang::Fr,
        reference: "PDL-2026-0042".into(),
        title: "Rançongiciel".into(),
        team: Team {
            name: "CSIRT".into(),
            phone: "02 61 91 00 00".into(),
            mail: "a@csirt.example".into(),
            ..Team::default()
        },
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: "2026-03-12T08:42:00Z".parse().unwrap(),
        signature: None,
        tlp: Tlp::Amber,
        pap: None,
        restriction: None,
        organisation: None,
        people: Vec::new(),
        event_kind: EventKind::Incident,
        categories: Vec::new(),
        status: Status::Coordination,
        confirmation: Confirmation::Confirmed,
        severity: None,
        perimeter: None,
        description: None,
        impact: None,
        chronology: Vec::new(),
        actions: None,
        measures: Vec::new(),
        findings: None,
        architecture: None,
        defences: None,
        provider: None,
        expected: None,
        recommendations: Vec::new(),
        consents: Vec::new(),
        notes: Vec::new(),
        authorities: Vec::new(),
        disclaimer: "Sans garantie.".into(),
    }
}

fn sections(view: &SummaryView) -> Vec<String> {
    let headings = document(view)
        .blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Heading(Level::Section, text) => Some(text),
            _ => None,
        });
    headings.collect()
}

#[test]
fn a_section_without_content_does_not_appear() {
    assert_eq!(
        sections(&view()),
        ["Qualification", "Contacts utiles", "Avertissement"]
    );
    let blank = SummaryView {
        description: Some(" \n ".into()),
        recommendations: vec![String::new()],
        people: vec![Person {
            role: "Contact".into(),
            ..Person::default()
        }],
        perimeter: Some(String::new()),
        ..view()
    };
    assert_eq!(sections(&blank), sections(&view()));
}

#[test]
fn advice_comes_first_for_the_beneficiary_and_last_for_others() {
    let advised = SummaryView {
        recommendations: vec!["Débrancher".into()],
        description: Some("Faits".into()),
        ..view()
    };
    let advice = "Recommandations et suites";
    assert_eq!(sections(&advised)[1], advice);
    let told = SummaryView {
        audience: Audience::CertFr,
        ..advised
    };
    assert_eq!(sections(&told)[2], advice);
}

#[test]
fn a_masked_organisation_says_so() {
    let masked = SummaryView {
        organisation: Some(Organisation::default()),
        ..view()
    };
    assert!(format!("{:?}", document(&masked).blocks).contains("Non communiqué"));
}

#[test]
fn facts_are_told_in_order_and_grouped_by_day_of_paris() {
    let fact = |at: &str, estimated| ChronologyFact {
        at: at.parse().unwrap(),
        estimated,
        text: at.into(),
        source: None,
    };
    let view = SummaryView {
        chronology: vec![
            fact("2026-03-12T08:00:00Z", false),
            fact("2026-03-11T22:30:00Z", false),
            fact("2026-03-11T23:30:00Z", true),
        ],
        ..view()
    };
    let days = document(&view)
        .blocks
        .into_iter()
        .find_map(|block| match block {
            Block::Chronology(days) => Some(days),
            _ => None,
        });
    let days = days.unwrap();
    assert_eq!(days.len(), 2);
    assert_eq!(days[0].facts[0].hour, "23\u{202f}h\u{202f}30");
    assert_eq!(days[1].date, "Jeudi 12\u{a0}mars 2026");
    assert_eq!(days[1].facts[0].remark.as_deref(), Some("estimée"));
}

#[test]
fn no_address_in_a_text_becomes_a_link() {
    let view = SummaryView {
        description: Some("voir https://piege.example/ et mailto:x@piege.example".into()),
        authorities: vec![Authority {
            name: "A".into(),
            site: "javascript:alert(1)".into(),
            mail: "pas une adresse".into(),
            ..Authority::default()
        }],
        ..view()
    };
    let shown = format!("{:?}", document(&view).blocks);
    assert!(
        !shown.contains("Some(\"https://piege")
            && !shown.contains("Some(\"javascript")
            && !shown.contains("Some(\"mailto:pas"),
        "{shown}"
    );
    assert!(
        shown.contains("Some(\"mailto:a@csirt.example\")"),
        "{shown}"
    );
}

#[test]
fn each_language_has_its_own_words() {
    let english = SummaryView {
        lang: Lang::En,
        ..view()
    };
    assert_eq!(
        sections(&english),
        ["Assessment", "Useful contacts", "Disclaimer"]
    );
    assert_eq!(
        document(&english).running_title,
        "PDL-2026-0042 · Incident summary"
    );
}
