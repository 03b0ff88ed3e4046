//! What was told to leave and may not leave yet: no program sends it, at a real server neither.

use std::time::Duration;

use relais_core::api::Session;
use relais_core::api::view::{KeylessWay, LineSecurity, SentView};
use relais_core::domain::mail::template::TemplateLang;
use relais_tests::servers::Smtp;

use crate::office::{Office, server};

fn settle(lead: &mut Session, hold_seconds: u32, four_eyes: bool) {
    let mut settings = lead.view().unwrap().settings;
    settings.hold_seconds = hold_seconds;
    settings.four_eyes = four_eyes;
    lead.set_settings(&settings).unwrap();
}

/// Tells a mail of the case to leave, to its own contact, who has no key.
fn told_to_leave(session: &mut Session) -> SentView {
    let case = session.cases(&Default::default()).unwrap().rows[0].id;
    let begun = session
        .new_mail_draft(Some(case), None, TemplateLang::Fr, None)
        .unwrap();
    let mut draft = begun.draft;
    draft.subject = "Point".to_owned();
    draft.text = "Bonjour.".to_owned();
    draft.keyless = KeylessWay::Locked;
    session.save_mail_draft(begun.id, draft).unwrap();
    session.send_mail(begun.id).unwrap()
}

#[test]
fn within_its_hold_no_program_sends_a_mail_and_after_it_one_does() {
    let smtp = Smtp::start(LineSecurity::StartTls);
    let office = Office::new(Some(server(smtp.port, LineSecurity::StartTls)), None);
    let mut lead = office.unlock();
    settle(&mut lead, 15, false);
    let sent = told_to_leave(&mut lead);
    drop(lead);
    let (code, rows) = office.send(Some(smtp.room.path()));
    assert_eq!(code, 1, "{rows}");
    assert_eq!(rows[0]["deliveries"][0]["state"], "waiting");
    assert!(smtp.mailbox().is_empty());
    while chrono::Utc::now() < sent.held_until {
        std::thread::sleep(Duration::from_millis(200));
    }
    let (code, rows) = office.send(Some(smtp.room.path()));
    assert_eq!(code, 0, "{rows}");
    assert_eq!(smtp.mailbox().len(), 1);
}

#[test]
fn what_waits_for_a_second_person_no_program_sends() {
    let smtp = Smtp::start(LineSecurity::StartTls);
    let office = Office::new(Some(server(smtp.port, LineSecurity::StartTls)), None);
    settle(&mut office.unlock(), 0, true);
    let sent = told_to_leave(&mut office.unlock_as("analyste"));
    for _ in 0..2 {
        let (code, rows) = office.send(Some(smtp.room.path()));
        assert_eq!(
            (code, &rows[0]["awaits_approval"]),
            (1, &true.into()),
            "{rows}"
        );
        assert!(smtp.mailbox().is_empty());
    }
    assert!(office.unlock_as("analyste").approve_mail(sent.id).is_err());
    office.unlock().approve_mail(sent.id).unwrap();
    let (code, rows) = office.send(Some(smtp.room.path()));
    assert_eq!(code, 0, "{rows}");
    assert_eq!(smtp.mailbox().len(), 1);
}
