//! Envelopes: how they get into the outbox, what becomes of them recipient by recipient, and what a report says later.

use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::api::commit::instant;
use crate::api::error::Result;
use crate::api::view::{DeliveryState, DeliveryView};
use crate::db::blob;
use crate::db::outbox::{self, EnvelopeRecipient, EnvelopeRow, EnvelopeState};
use crate::domain::mail::{Address, pause_after};
use crate::mail::delivery_report::{Action, DeliveryReport};
use crate::net::line::LineError;
use crate::net::smtp::Reply;

/// One message as it leaves, and whom it goes to. A mail with secret recipients leaves in several.
pub(in crate::api) struct Envelope {
    /// The mail.
    pub mail: Uuid,
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// Its subject, for the list of what waits.
    pub subject: String,
    /// Its case.
    pub case: Option<Uuid>,
    /// Where reports go.
    pub sender: Address,
    /// To whom.
    pub to: Vec<Address>,
    /// The message, with CRLF line ends.
    pub raw: Vec<u8>,
}

/// Puts envelopes into the outbox, in the caller's transaction. They leave once `hold_until` (milliseconds) is over and
/// nobody has to look at them any more.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn enqueue(
    tx: &Transaction<'_>,
    envelopes: Vec<Envelope>,
    hold_until: Option<i64>,
    awaits_approval: bool,
    now: i64,
) -> Result<()> {
    for envelope in envelopes {
        let sha256: [u8; 32] = Sha256::digest(&envelope.raw).into();
        blob::keep(tx, &sha256, &envelope.raw)?;
        let recipients = envelope.to.into_iter().map(|to| EnvelopeRecipient {
            to,
            state: DeliveryState::Waiting,
            at: now,
            answer: String::new(),
        });
        outbox::save(
            tx,
            &EnvelopeRow {
                id: Uuid::now_v7(),
                mail: envelope.mail,
                message_id: envelope.message_id,
                subject: envelope.subject,
                case: envelope.case,
                sender: envelope.sender,
                recipients: recipients.collect(),
                sha256,
                state: EnvelopeState::Held,
                held_until: hold_until,
                awaits_approval,
                tries: 0,
                next_try_at: now,
                failure: String::new(),
                answer: String::new(),
                created_at: now,
            },
        )?;
    }
    Ok(())
}

/// A second person looked at a mail: it leaves once its hold is over. Says no, and changes nothing, where nothing waits.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn approve(tx: &Transaction<'_>, mail: Uuid) -> Result<bool> {
    let mut waited = false;
    for mut row in outbox::of_mail(tx, mail)? {
        if row.awaits_approval && row.state == EnvelopeState::Held {
            waited = true;
            row.awaits_approval = false;
            outbox::save(tx, &row)?;
        }
    }
    Ok(waited)
}

/// Takes a whole mail back; says no, and changes nothing, once part of it is on its way.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn take_back(tx: &Transaction<'_>, mail: Uuid, now: i64) -> Result<bool> {
    let mut rows = outbox::of_mail(tx, mail)?;
    let untouched = |row: &EnvelopeRow| is_cancellable(row) && !row.recipients.iter().any(has_left);
    if !rows.iter().all(untouched) {
        return Ok(false);
    }
    for row in &mut rows {
        cancel(row, now);
        outbox::save(tx, row)?;
    }
    Ok(true)
}

/// A mail was written out as files: another program sends it, and nothing waits here.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn was_exported(tx: &Transaction<'_>, mail: Uuid, now: i64) -> Result<()> {
    for mut row in outbox::of_mail(tx, mail)? {
        for recipient in &mut row.recipients {
            recipient.state = DeliveryState::Exported;
            recipient.at = now;
        }
        row.state = EnvelopeState::Done;
        row.held_until = None;
        outbox::save(tx, &row)?;
    }
    Ok(())
}

/// How a mail stands, recipient by recipient.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn deliveries(conn: &Connection, mail: Uuid) -> Result<Vec<DeliveryView>> {
    let rows = outbox::of_mail(conn, mail)?;
    Ok(rows
        .iter()
        .flat_map(|row| &row.recipients)
        .map(shown)
        .collect())
}

/// Keeps what a report says of a mail of ours; gives the mail. A report about nothing of ours changes nothing.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn note_report(
    tx: &Transaction<'_>,
    report: &DeliveryReport,
    now: i64,
) -> Result<Option<Uuid>> {
    let mut mail = None;
    for mut row in outbox::of_message_id(tx, &report.message_id)? {
        mail = Some(row.mail);
        for told in report
            .recipients
            .iter()
            .filter(|told| told.action == Action::Failed)
        {
            let ours = row.recipients.iter_mut().find(|ours| {
                matches!(ours.state, DeliveryState::Sent | DeliveryState::Uncertain)
                    && ours.to.is(&told.address)
            });
            if let Some(ours) = ours {
                ours.state = DeliveryState::Bounced;
                ours.at = now;
                ours.answer = format!("{} {}", told.status, told.diagnostic)
                    .trim()
                    .to_owned();
                row.failure = "bounced".to_owned();
                row.answer.clone_from(&ours.answer);
            }
        }
        if row.failure == "bounced" && row.state == EnvelopeState::Done {
            row.state = EnvelopeState::Stuck;
        }
        outbox::save(tx, &row)?;
    }
    Ok(mail)
}

/// Why an envelope stands still that may have left.
pub(super) const UNCERTAIN: &str = "uncertain";

pub(super) fn waits(recipient: &EnvelopeRecipient) -> bool {
    recipient.state == DeliveryState::Waiting
}

fn has_left(recipient: &EnvelopeRecipient) -> bool {
    !matches!(
        recipient.state,
        DeliveryState::Waiting | DeliveryState::Refused
    )
}

pub(super) fn is_cancellable(row: &EnvelopeRow) -> bool {
    matches!(row.state, EnvelopeState::Held | EnvelopeState::Waiting)
}

pub(super) fn cancel(row: &mut EnvelopeRow, now: i64) {
    for recipient in row
        .recipients
        .iter_mut()
        .filter(|recipient| waits(recipient))
    {
        recipient.state = DeliveryState::Cancelled;
        recipient.at = now;
    }
    row.state = EnvelopeState::Cancelled;
}

pub(super) fn shown(recipient: &EnvelopeRecipient) -> DeliveryView {
    DeliveryView {
        to: recipient.to.clone(),
        state: recipient.state,
        at: instant(recipient.at),
        answer: recipient.answer.clone(),
    }
}

/// Keeps what a server said, recipient by recipient, and what is to be done next.
pub(super) fn note(
    row: &mut EnvelopeRow,
    asked: &[Address],
    outcome: &std::result::Result<Vec<Reply>, LineError>,
    now: i64,
) {
    let (mut failure, mut answer) = (String::new(), String::new());
    let mut keep = |recipient: &mut EnvelopeRecipient, state, why: &str, words: &str| {
        (recipient.state, recipient.at) = (state, now);
        words.clone_into(&mut recipient.answer);
        if !why.is_empty() {
            (failure, answer) = (why.to_owned(), words.to_owned());
        }
    };
    for (place, address) in asked.iter().enumerate() {
        // One that the line was lost for before is known better by now.
        let open = |known: &&mut EnvelopeRecipient| {
            matches!(
                known.state,
                DeliveryState::Waiting | DeliveryState::Uncertain
            ) && known.to.mail == address.mail
        };
        let Some(recipient) = row.recipients.iter_mut().find(open) else {
            continue;
        };
        match outcome {
            Ok(replies) => match replies.get(place) {
                Some(Reply::Taken(_)) => keep(recipient, DeliveryState::Sent, "", ""),
                Some(Reply::Refused(refusal)) => {
                    let state = if refusal.permanent {
                        DeliveryState::Refused
                    } else {
                        DeliveryState::Waiting
                    };
                    keep(recipient, state, "refused", &refusal.to_string());
                }
                Some(Reply::Uncertain(words)) => {
                    keep(recipient, DeliveryState::Uncertain, UNCERTAIN, words);
                }
                None => {}
            },
            Err(error) => {
                let is_final = match error {
                    LineError::Refused(refusal) => refusal.permanent,
                    LineError::TooLarge { .. } => true,
                    _ => false,
                };
                let state = if is_final {
                    DeliveryState::Refused
                } else {
                    DeliveryState::Waiting
                };
                keep(recipient, state, error.code(), &error.words());
            }
        }
    }
    let any = |state| {
        row.recipients
            .iter()
            .any(|recipient| recipient.state == state)
    };
    row.state = if any(DeliveryState::Waiting) {
        match pause_after(row.tries) {
            Some(pause) => {
                row.next_try_at = now + pause;
                EnvelopeState::Waiting
            }
            None => EnvelopeState::Stuck,
        }
    } else if any(DeliveryState::Uncertain) || any(DeliveryState::Refused) {
        EnvelopeState::Stuck
    } else {
        EnvelopeState::Done
    };
    (row.failure, row.answer) = (failure, answer);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
