#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::Duration;
use proptest::prelude::*;

use super::super::fix::apply;
use super::super::html::html;
use super::super::plain::plain;
use super::super::testing::{date, document, key, profile};
use super::*;
use crate::domain::calendar::OpeningRule;
use crate::domain::team::AuthorityContact;

const TODAY: &str = "2026-11-03";

fn found(document: &Rfc2350) -> Vec<Finding> {
    check(document, &profile(), &key(), None, date(TODAY))
}

fn codes(findings: &[Finding]) -> Vec<(FindingCode, &'static str)> {
    let number = |finding: &Finding| finding.section.map_or("", Section::number);
    findings
        .iter()
        .map(|finding| (finding.code, number(finding)))
        .collect()
}

fn typed(section: Section, text: &str) -> Rfc2350 {
    let mut document = document();
    for lang in Lang::ALL {
        document.set_text(section, lang, text).unwrap();
    }
    document
}

/// What is found is put right by its own fix, done by the product.
fn settled_by_its_fix(mut document: Rfc2350) {
    for finding in found(&document) {
        let fix = finding.fix.unwrap();
        assert!(fix.is_automatic(), "{fix:?}");
        apply(&fix, &mut document);
    }
    assert_eq!(found(&document), []);
}

#[test]
fn a_document_in_order_has_nothing_to_settle() {
    assert_eq!(found(&document()), []);
}

#[test]
fn an_empty_document_lacks_every_section_that_is_typed() {
    let findings = found(&Rfc2350::default());
    let missing: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.code == FindingCode::Missing)
        .filter_map(|finding| finding.section)
        .map(Section::number)
        .collect();
    assert_eq!(
        missing.join(" "),
        "1 1.1 1.2 1.3 1.4 2.5 2.6 2.9 2.10 3.1 3.2 3.3 3.4 4.1 4.2 4.3 5.1 5.1.1 5.1.2 5.1.3 5.2 6"
    );
    let weight = |section| {
        let finding = findings
            .iter()
            .find(|finding| finding.section == Some(section))
            .unwrap();
        finding.level
    };
    assert_eq!(weight(Section::Fax), Level::Warns);
    assert_eq!(weight(Section::Mission), Level::Blocks);
}

#[test]
fn a_field_that_the_profile_lacks_is_named() {
    let mut profile = profile();
    profile.phone = String::new();
    let findings = check(&document(), &profile, &key(), None, date(TODAY));
    assert_eq!(codes(&findings), [(FindingCode::Missing, "2.4")]);
    assert_eq!(
        findings[0].fix,
        Some(Fix::FillProfile {
            field: "phone".into()
        })
    );
}

#[test]
fn a_document_without_marking_or_with_the_old_one_is_held_back() {
    let mut document = typed(Section::Cooperation, "Diffusé en TLP:WHITE.");
    document.tlp = None;
    let findings = found(&document);
    assert_eq!(
        codes(&findings),
        [(FindingCode::NoTlp, ""), (FindingCode::TlpOne, "4.2")]
    );
    assert!(
        findings
            .iter()
            .all(|finding| finding.level == Level::Blocks)
    );
    settled_by_its_fix(document);
}

#[test]
fn a_key_named_by_its_last_digits_is_held_back() {
    let document = typed(
        Section::Communication,
        "Clé 0x01234567.\nKey ID: 89AB CDEF 0123 4567",
    );
    assert_eq!(
        codes(&found(&document)),
        [
            (FindingCode::ShortKeyId, "4.3"),
            (FindingCode::ShortKeyId, "4.3")
        ]
    );
    settled_by_its_fix(document);
}

#[test]
fn another_fingerprint_than_the_team_s_is_held_back() {
    let own = typed(
        Section::Keys,
        "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567",
    );
    assert_eq!(found(&own), []);
    let other = typed(
        Section::Keys,
        "FFFF 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567",
    );
    assert_eq!(
        codes(&found(&other)),
        [(FindingCode::OtherFingerprint, "2.8")]
    );
    settled_by_its_fix(other);
}

#[test]
fn a_key_is_told_of_sixty_days_before_it_lapses() {
    let on = |days: i64| {
        let expires = in_paris(key().expires.unwrap()).date_naive();
        codes(&check(
            &document(),
            &profile(),
            &key(),
            None,
            expires - Duration::days(days),
        ))
    };
    assert_eq!(on(61), []);
    assert_eq!(on(60), [(FindingCode::KeyExpiring, "2.8")]);
    assert_eq!(on(1), [(FindingCode::KeyExpiring, "2.8")]);
    assert_eq!(on(0), [(FindingCode::KeyExpired, "2.8")]);
    let none = check(
        &document(),
        &profile(),
        &TeamKeyFacts::default(),
        None,
        date(TODAY),
    );
    assert_eq!(codes(&none), [(FindingCode::NoKey, "2.8")]);
}

#[test]
fn a_key_of_somebody_else_is_seen_by_its_user_id() {
    let mut key = key();
    key.user_id = "autre@csirt.example".into();
    let findings = check(&document(), &profile(), &key, None, date(TODAY));
    assert_eq!(codes(&findings), [(FindingCode::ContactDiffers, "2.8")]);
}

#[test]
fn links_that_lead_to_the_document_itself_are_told() {
    let mut document = document();
    document.announced_at = document.found_at.clone();
    assert_eq!(
        codes(&found(&document)),
        [
            (FindingCode::SelfLink, "1.2"),
            (FindingCode::SelfLink, "1.3")
        ]
    );
    document.key_at = Place::default();
    document
        .set_text(
            Section::Keys,
            Lang::Fr,
            "Ici : http://www.region.example/csirt#page=3",
        )
        .unwrap();
    document.set_text(Section::Keys, Lang::En, "Here").unwrap();
    assert_eq!(
        codes(&found(&document)),
        [
            (FindingCode::SelfLink, "1.2"),
            (FindingCode::SelfLink, "1.3"),
            (FindingCode::SelfLink, "2.8")
        ]
    );
}

#[test]
fn a_link_through_a_proxy_is_held_back_and_undone() {
    let hex = |host: &str| host.bytes().map(|b| format!("{b:02x}")).collect::<String>();
    let relay = format!(
        "https://i{}o{}z.relay.example/cle.asc",
        hex("region"),
        hex("test")
    );
    let mut document = typed(Section::Cooperation, &format!("Voir {relay}."));
    document.key_at.url = relay;
    assert_eq!(
        codes(&found(&document)),
        [
            (FindingCode::ProxyLink, "2.8"),
            (FindingCode::ProxyLink, "4.2")
        ]
    );
    settled_by_its_fix(document.clone());
    for finding in found(&document) {
        apply(&finding.fix.unwrap(), &mut document);
    }
    assert_eq!(document.key_at.url, "https://region.test/cle.asc");
}

#[test]
fn a_contact_other_than_the_profile_s_is_told_unless_it_is_an_authority_s() {
    let text = "Au 02 61 91 10 10 ou 02 61 91 20 20, à Equipe@csirt.example ou autre@csirt.example, 44000 Nantes, 49000 Angers.";
    let document = typed(Section::Contact, text);
    let findings = found(&document);
    let values: Vec<&str> = findings
        .iter()
        .map(|finding| finding.values["found"].as_str())
        .collect();
    assert_eq!(values, ["02 61 91 20 20", "autre@csirt.example", "49000"]);
    assert!(
        findings
            .iter()
            .all(|finding| finding.code == FindingCode::ContactDiffers)
    );

    let mut profile = profile();
    profile.authorities = vec![AuthorityContact {
        phone: "3218".into(),
        note: "Ou 02 61 91 20 20.".into(),
        mail: "autre@csirt.example".into(),
        ..AuthorityContact::default()
    }];
    assert_eq!(
        check(&document, &profile, &key(), None, date(TODAY)).len(),
        1
    );
}

#[test]
fn a_typed_contact_gives_way_to_the_profile() {
    settled_by_its_fix(typed(
        Section::Contact,
        "Au 02 61 91 20 20, à autre@csirt.example.",
    ));
}

#[test]
fn english_missing_blocks_and_english_behind_warns() {
    let mut document = document();
    document
        .set_text(Section::Mission, Lang::Fr, "Autre mission.")
        .unwrap();
    document.set_text(Section::Triage, Lang::En, "").unwrap();
    let findings = found(&document);
    assert_eq!(
        codes(&findings),
        [
            (FindingCode::EnglishBehind, "3.1"),
            (FindingCode::EnglishMissing, "5.1.1")
        ]
    );
    assert_eq!(
        findings.iter().map(|f| f.level).collect::<Vec<_>>(),
        [Level::Warns, Level::Blocks]
    );
    let mut profile = profile();
    profile.disclaimer_en = String::new();
    let findings = check(
        &super::super::testing::document(),
        &profile,
        &key(),
        None,
        date(TODAY),
    );
    assert_eq!(codes(&findings), [(FindingCode::EnglishMissing, "7")]);
}

#[test]
fn what_changes_after_a_publication_raises_version_and_date() {
    let published = Published {
        version: "1.2".into(),
        dated: date(TODAY),
        digest: content_digest(&document(), &profile(), &key()),
    };
    let later = date("2026-12-01");
    let found =
        |document: &Rfc2350, today| check(document, &profile(), &key(), Some(&published), today);
    assert_eq!(found(&document(), later), [], "nothing new to publish");

    let mut changed = typed(Section::Mission, "Autre mission.");
    let findings = found(&changed, later);
    assert_eq!(
        codes(&findings),
        [
            (FindingCode::VersionNotRaised, "1.1"),
            (FindingCode::DateNotRaised, "1.1")
        ]
    );
    assert_eq!(
        codes(&found(&changed, date(TODAY))),
        [(FindingCode::VersionNotRaised, "1.1")]
    );
    for finding in findings {
        assert!(apply(&finding.fix.unwrap(), &mut changed));
    }
    assert_eq!(
        (changed.version.as_str(), changed.dated),
        ("1.3", Some(later))
    );
    assert_eq!(found(&changed, later), []);
}

#[test]
fn hours_in_a_text_agree_with_the_rule_that_the_product_applies() {
    let findings = |text: &str, rule| {
        let mut profile = profile();
        profile.opening.rule = rule;
        codes(&check(
            &typed(Section::Contact, text),
            &profile,
            &key(),
            None,
            date(TODAY),
        ))
    };
    let differs = [(FindingCode::OpeningDiffers, "2.11")];
    let except = "24 h/24 et 7 j/7, hors jours fériés";
    let office = OpeningRule::WorkingDays {
        from_minute: 540,
        until_minute: 1_080,
    };
    assert_eq!(
        findings("24 h/24 et 7 j/7", OpeningRule::ExceptHolidays),
        differs
    );
    assert_eq!(findings(except, OpeningRule::ExceptHolidays), []);
    assert_eq!(findings(except, OpeningRule::Always), differs);
    assert_eq!(findings("24 h/24 et 7 j/7", OpeningRule::Always), []);
    assert_eq!(findings(except, office), differs);
    assert_eq!(
        findings("Répond {opening}.", OpeningRule::Always),
        differs,
        "the profile's own words"
    );
    assert_eq!(
        findings("Répond {opening}.", OpeningRule::ExceptHolidays),
        []
    );
}

#[test]
fn a_constituency_that_names_the_pme_names_the_tpe() {
    let document = typed(Section::Constituency, "- Les PME ;\n- Les ETI.");
    assert_eq!(
        codes(&found(&document)),
        [(FindingCode::TpeNotNamed, "3.2")]
    );
    settled_by_its_fix(document);
    assert_eq!(found(&typed(Section::Constituency, "Les communes.")), []);
}

#[test]
fn a_placeholder_without_meaning_or_without_value_is_held_back() {
    let mut document = typed(Section::Members, "Équipe {equipe} de {leader}.");
    let findings = found(&document);
    assert_eq!(
        codes(&findings),
        [
            (FindingCode::UnknownPlaceholder, "2.9"),
            (FindingCode::EmptyPlaceholder, "2.9")
        ]
    );
    document.leader = Some("Camille Exemple".into());
    assert_eq!(
        codes(&found(&document)),
        [(FindingCode::UnknownPlaceholder, "2.9")]
    );
}

#[test]
fn a_text_left_out_on_purpose_is_not_looked_at() {
    let mut document = typed(Section::Fax, "Au 02 61 91 99 99");
    assert_eq!(found(&document).len(), 1);
    document.not_applicable.insert(Section::Fax);
    assert_eq!(found(&document), []);
}

proptest! {
    #[test]
    fn no_text_stops_the_check_its_fixes_or_an_export(
        words in prop::collection::vec(
            prop_oneof![
                "\\PC{0,6}",
                Just("0x".to_owned()), Just("89ab cdef".to_owned()), Just("key id: ".to_owned()),
                Just("https://".to_owned()), Just("é@a.example".to_owned()), Just("a@b.example".to_owned()),
                Just("tlp\u{a0}white".to_owned()), Just("TLP v1.0".to_owned()), Just("{phone}".to_owned()),
                Just("{".to_owned()), Just("}".to_owned()), Just("+33 2 61 91 10 10".to_owned()),
                Just("\n- PME".to_owned()), Just("24/7".to_owned()), Just("44000 Île".to_owned()),
            ],
            0..12,
        )
    ) {
        let text = words.concat();
        let mut document = typed(Section::Constituency, &text);
        for finding in found(&document) {
            if let Some(fix) = finding.fix {
                prop_assert!(fix.is_automatic() || !apply(&fix, &mut document));
                apply(&fix, &mut document);
            }
        }
        for lang in Lang::ALL {
            let composed = compose(&document, &profile(), &key(), lang);
            prop_assert!(!plain(&composed).is_empty() && !html(&composed).is_empty());
        }
    }
}
