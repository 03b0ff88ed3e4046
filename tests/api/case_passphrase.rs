//! The passphrase of a case.

use relais_core::api::view::{FactKind, PassphraseChannel};
use relais_core::api::{Code, Session};
use relais_core::domain::mail::Address;
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::report::archive::File;
use relais_core::report::message::MessageView;
use relais_core::report::{Issuer, Lang};
use relais_tests::{Team, ransomware_report};
use uuid::Uuid;

fn opened(session: &mut Session) -> Uuid {
    session
        .open_case(ransomware_report(), None, None)
        .unwrap()
        .id
}

/// All that the journal and the tables hold, as text; the sealed secrets aside, which are bytes.
fn everything_written(session: &Session) -> String {
    let mut text = String::new();
    for query in [
        "SELECT coalesce(body, '') FROM entry",
        "SELECT state FROM member",
        "SELECT state FROM case_state",
    ] {
        let mut statement = session.conn().prepare(query).unwrap();
        let rows = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        for row in rows {
            text.push_str(&row.unwrap());
        }
    }
    text
}

#[test]
fn it_is_made_once_and_is_the_same_for_the_analyst_and_the_lead() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = opened(&mut lead);
    let other = opened(&mut lead);
    let first = lead.case_passphrase(case).unwrap();
    assert!(first.told.is_none() && first.passphrase.len() <= 32);
    assert_ne!(
        lead.case_passphrase(other).unwrap().passphrase,
        first.passphrase
    );
    drop(lead);
    let mut analyst = team.unlock(Role::Analyst);
    assert_eq!(
        analyst.case_passphrase(case).unwrap().passphrase,
        first.passphrase
    );
    let nowhere = analyst.case_passphrase(Uuid::now_v7()).unwrap_err();
    assert_eq!(nowhere.code, Code::NotFound);
    assert!(!everything_written(&analyst).contains(&first.passphrase));
    assert!(!format!("{:?}", first).contains(&first.passphrase));
    drop(analyst);
    let mut operator = team.unlock(Role::Operator);
    assert_eq!(
        operator.case_passphrase(case).unwrap_err().code,
        Code::NotAllowed
    );
}

#[test]
fn that_it_was_told_stands_in_the_chronology_without_the_words() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = opened(&mut analyst);
    let early = analyst.case_passphrase_was_told(case, PassphraseChannel::Phone, "M. Morvault");
    assert_eq!(early.unwrap_err().code, Code::NotFound);
    let passphrase = analyst.case_passphrase(case).unwrap().passphrase;
    let told = analyst
        .case_passphrase_was_told(case, PassphraseChannel::Phone, " Gaëtan Morvault ")
        .unwrap()
        .told
        .unwrap();
    assert_eq!(told.to, "Gaëtan Morvault");
    assert_eq!(
        (told.channel, told.at),
        (PassphraseChannel::Phone, team.now())
    );
    let view = analyst.case(case).unwrap();
    let fact = view
        .facts
        .iter()
        .find(|fact| fact.title == "Phrase de passe donnée par téléphone")
        .unwrap();
    assert_eq!(
        (fact.kind, fact.detail.as_str()),
        (FactKind::Exchange, "Gaëtan Morvault")
    );
    // Whoever types the words where they would be written down is stopped, however they are typed.
    let spaced: String = passphrase.chars().flat_map(|c| [c, ' ']).collect();
    for to in [passphrase.to_uppercase(), format!("lui, {spaced}")] {
        let refused = analyst
            .case_passphrase_was_told(case, PassphraseChannel::Sms, &to)
            .unwrap_err();
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (Code::Invalid, Some("to"))
        );
        assert!(!refused.to_string().contains(&passphrase));
    }
    assert!(
        analyst
            .holds_passphrase(case, &format!("Voici : {spaced}"))
            .unwrap()
    );
    assert!(!analyst.holds_passphrase(case, "Voici.").unwrap());
    assert!(!everything_written(&analyst).contains(&passphrase));
    assert!(analyst.verify_journal(|_| true).unwrap().good);
}

#[test]
fn another_one_needs_a_reason_and_has_not_been_told() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = opened(&mut analyst);
    let first = analyst.case_passphrase(case).unwrap().passphrase;
    analyst
        .case_passphrase_was_told(case, PassphraseChannel::InPerson, "Gaëtan Morvault")
        .unwrap();
    let refused = analyst.renew_case_passphrase(case, " ").unwrap_err();
    assert_eq!(refused.code, Code::ReasonMissing);
    let reason = format!("elle traîne : {first}");
    assert_eq!(
        analyst
            .renew_case_passphrase(case, &reason)
            .unwrap_err()
            .code,
        Code::Invalid
    );
    assert_eq!(analyst.case_passphrase(case).unwrap().passphrase, first);
    let second = analyst
        .renew_case_passphrase(case, "Donnée à la mauvaise personne")
        .unwrap();
    assert!(second.passphrase != first && second.told.is_none());
    assert_eq!(
        analyst.case_passphrase(case).unwrap().passphrase,
        second.passphrase
    );
    let view = analyst.case(case).unwrap();
    assert!(
        view.facts
            .iter()
            .any(|fact| fact.detail == "Donnée à la mauvaise personne")
    );
}

#[test]
fn it_survives_the_renewal_of_the_keys() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let cases = [opened(&mut lead), opened(&mut lead)];
    let before = cases.map(|case| lead.case_passphrase(case).unwrap().passphrase);
    lead.remove_person(team.person(Role::Operator).id).unwrap();
    let after = cases.map(|case| lead.case_passphrase(case).unwrap().passphrase);
    assert_eq!(before, after);
    drop(lead);
    let mut analyst = team.unlock(Role::Analyst);
    let after = cases.map(|case| analyst.case_passphrase(case).unwrap().passphrase);
    assert_eq!(before, after);
}

#[test]
fn a_mail_is_locked_with_it_and_the_open_page_names_no_case() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = opened(&mut analyst);
    let passphrase = analyst.case_passphrase(case).unwrap().passphrase;
    let view = MessageView {
        lang: Lang::Fr,
        team: Issuer {
            name: "CSIRT d’essai".to_owned(),
            phone: "02 99 00 12 34".to_owned(),
            mail: "equipe@csirt.example".to_owned(),
        },
        reference: "PDL-2026-0001".to_owned(),
        subject: "Questions".to_owned(),
        from: Address::new("", "equipe@csirt.example").unwrap(),
        to: vec![Address::new("", "secours@batardiere.example").unwrap()],
        cc: Vec::new(),
        at: team.now(),
        tlp: Tlp::Amber,
        text: "Bonjour.".to_owned(),
        files: Vec::new(),
    };
    let alone = analyst.lock_mail(case, &view, &[]).unwrap();
    assert_eq!(
        (alone.locked.name, alone.receipt.name),
        ("message-protege.pdf", "mode-d-emploi.pdf")
    );
    let with = |password: &str, bytes: &[u8]| {
        let file = team.folder().join("essai.pdf");
        std::fs::write(&file, bytes).unwrap();
        let password = format!("--password={password}");
        let asked = std::process::Command::new("qpdf")
            .arg(password)
            .arg("--check")
            .arg(&file)
            .output();
        asked.expect("qpdf (Debian package qpdf)").status.success()
    };
    assert!(with(&passphrase, &alone.locked.bytes) && !with("", &alone.locked.bytes));
    assert!(with("", &alone.receipt.bytes));
    let file = File {
        name: "journal.log",
        bytes: b"10.0.0.7",
    };
    let several = analyst.lock_mail(case, &view, &[file]).unwrap();
    assert_eq!(several.locked.name, "fichiers-proteges.7z");
    let refused = analyst.lock_mail(case, &view, &[file; 201]).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::TooLong, Some("files"))
    );
}
