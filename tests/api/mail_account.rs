//! The team's mail account, and the outbox that uses it.

use chrono::Duration;
use relais_core::api::view::KeylessWay;
use relais_core::api::{Code, Session};
use relais_core::db::outbox::{self, EnvelopeRecipient, EnvelopeRow, EnvelopeState};
use relais_core::db::{blob, sealed};
use relais_core::domain::mail::{Address, DeliveryState};
use relais_core::domain::people::Role;
use relais_core::net::line::LineError;
use relais_tests::Team;
use uuid::Uuid;

use crate::correspondents::{
    Correspondent, GAETAN, PROVIDER, account, case_of, draft_to, exported, take_key,
};

fn queue(session: &Session) -> Uuid {
    blob::keep(session.conn(), &[1; 32], b"Subject: x\r\n\r\ntexte").unwrap();
    let row = EnvelopeRow {
        id: Uuid::now_v7(),
        mail: Uuid::now_v7(),
        message_id: "1@csirt.example".to_owned(),
        subject: "Point".to_owned(),
        case: None,
        sender: account().address,
        recipients: vec![EnvelopeRecipient {
            to: Address::new("", "secours@batardiere.example").unwrap(),
            state: DeliveryState::Waiting,
            at: 0,
            answer: String::new(),
        }],
        sha256: [1; 32],
        state: EnvelopeState::Held,
        held_until: None,
        awaits_approval: false,
        tries: 0,
        next_try_at: 0,
        failure: String::new(),
        answer: String::new(),
        created_at: 0,
    };
    outbox::save(session.conn(), &row).unwrap();
    row.id
}

#[test]
fn the_lead_sets_the_account_and_its_secret_is_for_those_who_write_mail() {
    let team = Team::of_three();
    let refused = team
        .unlock(Role::Analyst)
        .set_mail_account(Some(&account()), Some("secret"));
    assert_eq!(refused.unwrap_err().code, Code::NotAllowed);
    let mut lead = team.unlock(Role::Lead);
    let wrong = lead
        .set_mail_account(Some(&account()), Some("se\ncret"))
        .unwrap_err();
    assert_eq!(
        (wrong.code, wrong.field.as_deref()),
        (Code::Invalid, Some("secret"))
    );
    lead.set_mail_account(Some(&account()), Some("secret"))
        .unwrap();
    // Another server, the same password.
    let mut moved = account();
    moved.folder = "INBOX/csirt".to_owned();
    let view = lead.set_mail_account(Some(&moved), None).unwrap();
    assert_eq!(
        (view.account.as_ref(), view.has_secret),
        (Some(&moved), true)
    );
    let raw = sealed::get(lead.conn(), "mail_account.secret")
        .unwrap()
        .unwrap();
    assert!(!raw.windows(6).any(|window| window == b"secret"));
    drop(lead);
    for (role, holds) in [(Role::Analyst, true), (Role::Operator, false)] {
        let view = team.unlock(role).mail_account().unwrap();
        assert_eq!(
            (view.account.as_ref(), view.has_secret),
            (Some(&moved), holds),
            "{role:?}"
        );
    }
}

#[test]
fn the_secret_goes_along_when_the_keys_are_renewed_and_goes_with_the_account() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    lead.set_mail_account(Some(&account()), Some("secret"))
        .unwrap();
    let before = sealed::get(lead.conn(), "mail_account.secret").unwrap();
    lead.remove_person(team.person(Role::Operator).id).unwrap();
    assert_ne!(
        sealed::get(lead.conn(), "mail_account.secret").unwrap(),
        before
    );
    assert!(lead.mail_account().unwrap().has_secret);
    drop(lead);
    assert!(
        team.unlock(Role::Analyst)
            .mail_account()
            .unwrap()
            .has_secret
    );
    let mut lead = team.unlock(Role::Lead);
    let view = lead.set_mail_account(None, None).unwrap();
    assert!(view.account.is_none() && !view.has_secret);
    for name in ["mail_account.secret", "mail_account.secret.next"] {
        assert_eq!(sealed::get(lead.conn(), name).unwrap(), None);
    }
}

#[test]
fn of_two_who_send_the_same_mail_one_does() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    lead.set_mail_account(Some(&account()), Some("secret"))
        .unwrap();
    drop(lead);
    let mut analyst = team.unlock(Role::Analyst);
    let id = queue(&analyst);
    assert_eq!(analyst.outbox_due(false).unwrap(), [id]);
    let first = analyst.outbox_sending(id, false).unwrap().unwrap();
    let second = analyst.outbox_sending(id, false).unwrap().unwrap();
    assert!(analyst.outbox_leaves(&first).unwrap());
    assert!(!analyst.outbox_leaves(&second).unwrap());
    let late = Err(LineError::Unreachable("x".to_owned()));
    analyst.outbox_was_sent(&second, &late).unwrap();
    assert!(
        analyst.outbox_due(true).unwrap().is_empty(),
        "it is on its way"
    );
    assert_eq!(
        analyst.cancel_envelope(id).unwrap_err().code,
        Code::CannotUndo
    );
    drop(analyst);
    // The program ended before the server answered.
    let mut analyst = team.unlock(Role::Analyst);
    let row = analyst.outbox().unwrap().remove(0);
    assert_eq!(row.deliveries[0].state, DeliveryState::Uncertain);
    assert_eq!(row.failure, "uncertain");
    assert!(analyst.outbox_due(true).unwrap().is_empty());
    let rows = analyst.settle_envelope(id, false).unwrap();
    assert_eq!(rows[0].deliveries[0].state, DeliveryState::Waiting);
    assert_eq!(analyst.outbox_due(false).unwrap(), [id]);
    assert!(analyst.cancel_envelope(id).unwrap().is_empty());
}

#[test]
fn who_cannot_open_the_account_sends_nothing() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let id = queue(&operator);
    assert!(operator.outbox_due(false).unwrap().is_empty());
    assert_eq!(
        operator.outbox_due(true).unwrap_err().code,
        Code::NotAllowed
    );
    assert_eq!(
        operator.cancel_envelope(id).unwrap_err().code,
        Code::NotAllowed
    );
    assert_eq!(
        operator.settle_envelope(id, true).unwrap_err().code,
        Code::NotAllowed
    );
    drop(operator);
    let analyst = team.unlock(Role::Analyst);
    assert_eq!(analyst.outbox_due(true).unwrap_err().code, Code::NotFound);
}

#[test]
fn mail_comes_from_the_accounts_address_once_the_teams_key_bears_it() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let profile = lead.view().unwrap().profile.mail;
    let view = lead
        .set_mail_account(Some(&account()), Some("secret"))
        .unwrap();
    // Nobody could verify a signature by a key that does not bear the address.
    assert_eq!(view.sender.unwrap().mail, profile);
    // Within the second in which the key was made, a clock would seem to run behind.
    team.wait(Duration::seconds(2));
    lead.add_key_name("CSIRT", "csirt@region.example").unwrap();
    let sender = lead.mail_account().unwrap().sender.unwrap();
    assert_eq!(
        sender,
        Address::new("CSIRT", "csirt@region.example").unwrap()
    );
    let case = case_of(&mut lead);
    let id = draft_to(&mut lead, case, &[GAETAN], KeylessWay::Locked);
    let from = lead.mail_draft(id).unwrap().protection.from;
    assert_eq!(from, sender);
    let mails = exported(&mut lead, id);
    let mail = String::from_utf8_lossy(&mails[0]);
    assert!(
        mail.contains("From: \"CSIRT\" <csirt@region.example>"),
        "{mail:.300}"
    );
    assert!(mail.contains("@region.example>\r\n"), "{mail:.600}");
}

#[test]
fn an_address_that_was_typed_alone_takes_the_name_of_the_case_or_of_a_verified_key() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = case_of(&mut lead);
    let provider = Correspondent::new(PROVIDER, team.now());
    let key = take_key(&mut lead, &provider);
    let mut names = || {
        let to = ["SECOURS@batardiere.example", PROVIDER];
        let id = draft_to(&mut lead, case, &to, KeylessWay::Locked);
        let to = lead.mail_draft(id).unwrap().draft.to;
        (
            to[0].name.clone(),
            to[1].name.clone(),
            lead.verify_key(key, "Mme Roy, au 02 99 00 00 00"),
        )
    };
    let (gaetan, firm, verified) = names();
    assert_eq!(gaetan, "Gaëtan Morvault");
    // On a key that was only seen stands whatever somebody wished.
    assert_eq!(firm, "");
    verified.unwrap();
    assert_eq!(names().1, "Trois-Ponts Informatique");
}
