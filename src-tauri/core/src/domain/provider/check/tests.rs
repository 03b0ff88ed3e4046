//! Each mistake has its field and its name.

use super::*;
use crate::domain::calendar::OpeningRule;
use crate::domain::provider::testing::{day, firm};
use crate::domain::provider::{Absence, PrisActivity, PrisLevel};

fn mistakes(change: impl FnOnce(&mut Provider)) -> Vec<(Field, Mistake)> {
    let mut provider = firm(1).provider;
    change(&mut provider);
    let found = provider.check(day("2026-11-22"));
    found.iter().map(|one| (one.field, one.mistake)).collect()
}

#[test]
fn a_complete_record_has_nothing_wrong() {
    assert_eq!(mistakes(|_| {}), []);
}

#[test]
fn an_empty_record_names_all_that_is_missing() {
    assert_eq!(
        mistakes(|firm| *firm = Provider::default()),
        [
            (Field::Name, Mistake::Missing),
            (Field::Areas, Mistake::Missing),
            (Field::Categories, Mistake::Missing),
            (Field::Services, Mistake::Missing),
        ]
    );
}

#[test]
fn a_siret_of_another_firm_is_seen() {
    assert_eq!(
        mistakes(|firm| {
            firm.siren = "526018155".into();
            firm.siret = "90830166623562".into();
        }),
        [(Field::Siret, Mistake::OfAnotherFirm)]
    );
    assert_eq!(
        mistakes(|firm| {
            firm.siren = "526018156".into();
            firm.siret = "1".into();
        }),
        [
            (Field::Siren, Mistake::Malformed),
            (Field::Siret, Mistake::Malformed)
        ]
    );
}

#[test]
fn codes_of_places_have_their_shapes() {
    for code in ["44", "2A", "01", "974"] {
        let code = code.to_owned();
        assert_eq!(
            mistakes(|firm| firm.areas = vec![Area::Departement { code }]),
            []
        );
    }
    for code in ["", "4", "20", "2C", "4 4", "444", "é"] {
        let code = code.to_owned();
        assert_eq!(
            mistakes(|firm| firm.areas = vec![Area::Departement { code }]),
            [(Field::Areas, Mistake::Malformed)]
        );
    }
    for commune in ["44109", "2A004", "97411"] {
        assert_eq!(mistakes(|firm| firm.commune = commune.into()), []);
    }
    for commune in ["4410", "2C004", "ééa", "4410A"] {
        assert_eq!(
            mistakes(|firm| firm.commune = commune.into()),
            [(Field::Commune, Mistake::Malformed)]
        );
    }
}

#[test]
fn a_circle_needs_a_centre_and_an_area_is_named_once() {
    assert_eq!(
        mistakes(|firm| {
            firm.commune.clear();
            firm.areas = vec![Area::Radius { km: 50 }, Area::France, Area::France];
        }),
        [
            (Field::Areas, Mistake::Contradictory),
            (Field::Areas, Mistake::Repeated)
        ]
    );
}

#[test]
fn a_label_says_what_its_kind_asks_for() {
    assert_eq!(
        mistakes(|firm| firm.labels = vec![Label::of(LabelKind::Pris)]),
        [(Field::Labels, Mistake::Missing)]
    );
    assert_eq!(
        mistakes(|firm| firm.labels = vec![Label {
            level: Some(PrisLevel::High),
            activities: vec![PrisActivity::Inv],
            ..Label::of(LabelKind::Passi)
        }]),
        [(Field::Labels, Mistake::Contradictory)]
    );
    assert_eq!(
        mistakes(|firm| firm.labels = vec![Label::of(LabelKind::ExpertCyber)]),
        [(Field::LabelExpires, Mistake::Missing)]
    );
    let expert_until = |text| Label {
        expires: Some(day(text)),
        ..Label::of(LabelKind::ExpertCyber)
    };
    assert_eq!(
        mistakes(|firm| firm.labels = vec![expert_until("2028-11-22")]),
        []
    );
    assert_eq!(
        mistakes(|firm| firm.labels = vec![expert_until("2028-11-23")]),
        [(Field::LabelExpires, Mistake::TooFarAhead)]
    );
    assert_eq!(
        mistakes(|firm| firm.labels[0].evidence = "abc".into()),
        [(Field::LabelEvidence, Mistake::Malformed)]
    );
}

#[test]
fn days_hours_and_ties_hold_together() {
    let (from, to) = (day("2026-12-24"), day("2026-12-23"));
    assert_eq!(
        mistakes(|firm| {
            let reason = String::new();
            firm.hours = Some(OpeningRule::WorkingDays {
                from_minute: 600,
                until_minute: 600,
            });
            firm.on_site = false;
            firm.languages = vec!["fr".into(), "french".into()];
            firm.absences = vec![Absence { from, to, reason }];
            firm.charter_signed = Some(to);
            firm.confirmed_on = Some(to);
            firm.conflicts = vec![
                Conflict::Beneficiary {
                    siren: "123".into(),
                    note: String::new(),
                },
                Conflict::Noted { note: " ".into() },
            ];
        }),
        [
            (Field::Hours, Mistake::EndsBeforeItBegins),
            (Field::OnSiteWithinHours, Mistake::Contradictory),
            (Field::Languages, Mistake::Malformed),
            (Field::Absences, Mistake::EndsBeforeItBegins),
            (Field::CharterSigned, Mistake::InTheFuture),
            (Field::ConfirmedOn, Mistake::InTheFuture),
            (Field::Conflicts, Mistake::Malformed),
            (Field::Conflicts, Mistake::Missing),
        ]
    );
}
