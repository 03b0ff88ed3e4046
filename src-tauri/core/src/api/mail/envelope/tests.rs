use super::*;
use crate::mail::delivery_report::ReportedRecipient;
use crate::net::line::Refusal;

const MAIL: Uuid = Uuid::from_u128(42);
const NOW: i64 = 1_000_000;

fn to(mail: &str) -> Address {
    Address::new("", mail).unwrap()
}

fn database(folder: &tempfile::TempDir) -> Connection {
    crate::db::open(&folder.path().join("relais.db"), &[7; 32]).unwrap()
}

/// One mail in the outbox: to two people, and to a third in secret.
fn outbox_of_one(conn: &mut Connection, hold: Option<i64>, awaits_approval: bool) {
    let envelope = |to: Vec<Address>, raw: &[u8]| Envelope {
        mail: MAIL,
        message_id: "1@csirt.example".to_owned(),
        subject: "Point".to_owned(),
        case: None,
        sender: Address::new("", "csirt@region.example").unwrap(),
        to,
        raw: raw.to_vec(),
    };
    let envelopes = vec![
        envelope(vec![to("a@firme.example"), to("b@firme.example")], b"1"),
        envelope(vec![to("c@firme.example")], b"2"),
    ];
    let tx = conn.transaction().unwrap();
    enqueue(&tx, envelopes, hold, awaits_approval, NOW).unwrap();
    tx.commit().unwrap();
}

fn refused(permanent: bool) -> Refusal {
    Refusal {
        code: if permanent { 550 } else { 450 },
        text: "no".to_owned(),
        permanent,
    }
}

/// The first envelope after its first try.
fn after(outcome: &std::result::Result<Vec<Reply>, LineError>) -> EnvelopeRow {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = database(&folder);
    outbox_of_one(&mut conn, None, false);
    let mut row = outbox::of_mail(&conn, MAIL).unwrap().remove(0);
    row.tries = 1;
    let asked: Vec<Address> = row
        .recipients
        .iter()
        .map(|known| known.to.clone())
        .collect();
    note(&mut row, &asked, outcome, NOW);
    row
}

fn states(row: &EnvelopeRow) -> Vec<DeliveryState> {
    row.recipients
        .iter()
        .map(|recipient| recipient.state)
        .collect()
}

#[test]
fn a_mail_that_is_held_or_not_approved_does_not_leave() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = database(&folder);
    outbox_of_one(&mut conn, Some(NOW + 10_000), true);
    assert!(outbox::due(&conn, NOW + 20_000, true).unwrap().is_empty());
    let tx = conn.transaction().unwrap();
    approve(&tx, MAIL).unwrap();
    tx.commit().unwrap();
    assert!(outbox::due(&conn, NOW + 9_999, true).unwrap().is_empty());
    assert_eq!(outbox::due(&conn, NOW + 10_000, false).unwrap().len(), 2);
    let deliveries = deliveries(&conn, MAIL).unwrap();
    assert_eq!(deliveries.len(), 3);
    assert!(
        deliveries
            .iter()
            .all(|delivery| delivery.state == DeliveryState::Waiting)
    );
}

#[test]
fn a_mail_is_taken_back_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = database(&folder);
    outbox_of_one(&mut conn, None, false);
    let mut row = outbox::of_mail(&conn, MAIL).unwrap().remove(1);
    row.state = EnvelopeState::Delivering;
    outbox::save(&conn, &row).unwrap();
    let tx = conn.transaction().unwrap();
    assert!(!take_back(&tx, MAIL, NOW).unwrap());
    assert_eq!(outbox::due(&tx, NOW, false).unwrap().len(), 1);
    row.state = EnvelopeState::Waiting;
    outbox::save(&tx, &row).unwrap();
    assert!(take_back(&tx, MAIL, NOW).unwrap());
    assert!(outbox::due(&tx, NOW, true).unwrap().is_empty());
    let deliveries = deliveries(&tx, MAIL).unwrap();
    assert!(
        deliveries
            .iter()
            .all(|delivery| delivery.state == DeliveryState::Cancelled)
    );
}

#[test]
fn what_is_refused_for_a_while_is_tried_again_and_the_rest_is_not() {
    use DeliveryState::{Refused, Sent, Waiting};
    let taken = || Reply::Taken("250 ok".to_owned());
    let row = after(&Ok(vec![taken(), taken()]));
    assert_eq!(
        (row.state, states(&row), row.failure.as_str()),
        (EnvelopeState::Done, vec![Sent, Sent], "")
    );
    let row = after(&Ok(vec![taken(), Reply::Refused(refused(false))]));
    assert_eq!(
        (row.state, states(&row)),
        (EnvelopeState::Waiting, vec![Sent, Waiting])
    );
    assert_eq!(row.next_try_at, NOW + 60_000);
    let row = after(&Ok(vec![Reply::Refused(refused(true)), taken()]));
    assert_eq!(
        (row.state, states(&row)),
        (EnvelopeState::Stuck, vec![Refused, Sent])
    );
    assert_eq!(
        (row.failure.as_str(), row.answer.as_str()),
        ("refused", "550 no")
    );
}

#[test]
fn what_may_have_left_waits_for_a_person() {
    use DeliveryState::{Refused, Uncertain};
    let row = after(&Ok(vec![
        Reply::Uncertain("the line ended".to_owned()),
        Reply::Refused(refused(true)),
    ]));
    assert_eq!(
        (row.state, states(&row)),
        (EnvelopeState::Stuck, vec![Uncertain, Refused])
    );
}

#[test]
fn a_line_that_fails_is_tried_again_and_a_no_to_the_message_is_not() {
    use DeliveryState::{Refused, Waiting};
    for error in [
        LineError::Unreachable("x".to_owned()),
        LineError::Untrusted("x".to_owned()),
        LineError::Login("x".to_owned()),
        LineError::Refused(refused(false)),
        LineError::Hostile("x".to_owned()),
    ] {
        let code = error.code();
        let row = after(&Err(error));
        assert_eq!(
            (row.state, row.failure.as_str()),
            (EnvelopeState::Waiting, code)
        );
        assert_eq!(states(&row), [Waiting, Waiting]);
    }
    for error in [
        LineError::TooLarge { limit: 9 },
        LineError::Refused(refused(true)),
    ] {
        let row = after(&Err(error));
        assert_eq!(
            (row.state, states(&row)),
            (EnvelopeState::Stuck, vec![Refused, Refused])
        );
    }
}

#[test]
fn a_report_counts_against_those_whom_the_mail_was_sent_to_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = database(&folder);
    outbox_of_one(&mut conn, None, false);
    let mut row = outbox::of_mail(&conn, MAIL).unwrap().remove(0);
    row.state = EnvelopeState::Done;
    row.recipients[0].state = DeliveryState::Sent;
    row.recipients[1].state = DeliveryState::Sent;
    outbox::save(&conn, &row).unwrap();
    let told = |address: &str, action| ReportedRecipient {
        address: address.to_owned(),
        action,
        status: "5.1.1".to_owned(),
        diagnostic: "no such user".to_owned(),
    };
    let mut report = DeliveryReport {
        message_id: "2@csirt.example".to_owned(),
        recipients: vec![
            told("A@firme.example", Action::Failed),
            told("b@firme.example", Action::Delayed),
            told("x@firme.example", Action::Failed),
        ],
    };
    let tx = conn.transaction().unwrap();
    assert_eq!(note_report(&tx, &report, NOW).unwrap(), None);
    report.message_id = "1@csirt.example".to_owned();
    assert_eq!(note_report(&tx, &report, NOW).unwrap(), Some(MAIL));
    let row = outbox::get(&tx, row.id).unwrap().unwrap();
    assert_eq!(states(&row), [DeliveryState::Bounced, DeliveryState::Sent]);
    assert_eq!(
        (row.state, row.answer.as_str()),
        (EnvelopeState::Stuck, "5.1.1 no such user")
    );
}
