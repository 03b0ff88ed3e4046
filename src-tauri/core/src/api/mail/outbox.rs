//! The outbox: envelopes wait here to leave, each once.
//!
//! An envelope is marked as going out, and that is on the disk, before the mark that ends its message is written to the
//! server. A program that is killed between that and the server's answer finds it so marked: it may have left, and a person
//! decides. Everything else is tried again by itself.

use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

use super::Lender;
use super::account::{Access, no_access};
use crate::api::commit::instant;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{DeliveryState, DeliveryView, OutboxRow};
use crate::db::blob;
use crate::db::outbox::{self, EnvelopeRecipient, EnvelopeRow, EnvelopeState};
use crate::domain::mail::{Address, pause_after};
use crate::domain::people::Ability;
use crate::mail::delivery_report::{Action, DeliveryReport};
use crate::net::line::LineError;
use crate::net::smtp::{self, Message, Reply};

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

/// A second person looked at a mail: it leaves once its hold is over.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn approve(tx: &Transaction<'_>, mail: Uuid) -> Result<()> {
    for mut row in outbox::of_mail(tx, mail)? {
        row.awaits_approval = false;
        outbox::save(tx, &row)?;
    }
    Ok(())
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

/// How many envelopes wait to leave, and how many for somebody's decision.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn counts(conn: &Connection) -> Result<(u32, u32)> {
    let rows = outbox::open(conn)?;
    let decides = |row: &&EnvelopeRow| row.state == EnvelopeState::Stuck || row.awaits_approval;
    let stuck = rows.iter().filter(decides).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok((number(rows.len() - stuck), number(stuck)))
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

/// One envelope under way: what can be sent without the vault.
pub struct Sending {
    id: Uuid,
    tries: u32,
    access: Access,
    sender: Address,
    recipients: Vec<Address>,
    raw: Vec<u8>,
    is_out: AtomicBool,
}

impl Sending {
    /// Sends it; takes as long as the network does. `about_to_deliver` is asked before it counts.
    ///
    /// # Errors
    /// Those of [`smtp::deliver`].
    pub fn send(
        &self,
        mut about_to_deliver: impl FnMut() -> bool + Send,
    ) -> std::result::Result<Vec<Reply>, LineError> {
        let Some(server) = &self.access.account.smtp else {
            return Err(LineError::Stopped);
        };
        let message = Message {
            sender: &self.sender,
            recipients: &self.recipients,
            raw: &self.raw,
        };
        self.access.speak(server, |line| {
            smtp::deliver(line, &message, || {
                let may = about_to_deliver();
                self.is_out.store(may, Ordering::Relaxed);
                may
            })
        })
    }
}

/// Sends what is due, one after the other; with `at_once`, before its next try is due as well.
///
/// # Errors
/// Those of the use cases; a mail that does not leave is no error.
pub fn send_due(desk: &impl Lender, at_once: bool) -> Result<()> {
    for id in desk.lend(|session| session.outbox_due(at_once))? {
        let Some(sending) = desk.lend(|session| session.outbox_sending(id, at_once))? else {
            continue;
        };
        let outcome = sending.send(|| desk.lend(|s| s.outbox_leaves(&sending)).unwrap_or(false));
        let no_line = matches!(
            outcome,
            Err(LineError::Unreachable(_)
                | LineError::Untrusted(_)
                | LineError::NoTls(_)
                | LineError::Login(_))
        );
        desk.lend(|session| session.outbox_was_sent(&sending, &outcome))?;
        if no_line {
            // The others would wait for the same server.
            break;
        }
    }
    Ok(())
}

impl Session {
    /// What has not come to its end, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outbox(&self) -> Result<Vec<OutboxRow>> {
        self.require(Ability::ReadCases)?;
        let rows = outbox::open(self.conn())?;
        rows.into_iter().map(|row| self.outbox_row(row)).collect()
    }

    fn outbox_row(&self, row: EnvelopeRow) -> Result<OutboxRow> {
        let waits = row.state == EnvelopeState::Waiting;
        let holds = row.state == EnvelopeState::Held;
        Ok(OutboxRow {
            id: row.id,
            mail: row.mail,
            subject: row.subject,
            case: row.case.map(|case| self.case_ref(case)).transpose()?,
            deliveries: row.recipients.iter().map(shown).collect(),
            held_until: row.held_until.filter(|_| holds).map(instant),
            awaits_approval: row.awaits_approval,
            next_try_at: waits.then(|| instant(row.next_try_at)),
            tries: row.tries,
            failure: row.failure,
            answer: row.answer,
        })
    }

    /// The envelopes that may leave now; none where this access does not open the account.
    ///
    /// # Errors
    /// No account to send by, where somebody asks for it `at_once`.
    pub fn outbox_due(&self, at_once: bool) -> Result<Vec<Uuid>> {
        if at_once {
            self.require(Ability::Triage)?;
        }
        let access = self.mail_access()?;
        if access.is_none_or(|access| access.account.smtp.is_none()) {
            return if at_once {
                Err(no_access())
            } else {
                Ok(Vec::new())
            };
        }
        Ok(outbox::due(
            self.conn(),
            self.now().timestamp_millis(),
            at_once,
        )?)
    }

    /// All that it takes to send an envelope; nothing when it is not due any more.
    ///
    /// # Errors
    /// No account; when the database refuses.
    pub fn outbox_sending(&mut self, id: Uuid, at_once: bool) -> Result<Option<Sending>> {
        let now = self.now().timestamp_millis();
        if !outbox::due(self.conn(), now, at_once)?.contains(&id) {
            return Ok(None);
        }
        let access = self.mail_access()?.ok_or_else(no_access)?;
        let mut row = self.envelope(id)?;
        if row.state == EnvelopeState::Held {
            row.state = EnvelopeState::Waiting;
            self.write(|tx, _| Ok(outbox::save(tx, &row)?))?;
        }
        let raw = blob::get(self.conn(), &row.sha256)?
            .ok_or_else(|| ApiError::new(Code::DatabaseDamaged, "a message is missing"))?;
        let waiting = row.recipients.into_iter().filter(waits);
        Ok(Some(Sending {
            id,
            tries: row.tries,
            access,
            sender: row.sender,
            recipients: waiting.map(|recipient| recipient.to).collect(),
            raw,
            is_out: AtomicBool::new(false),
        }))
    }

    /// Marks an envelope as going out; says no when it was taken back, or another sends it.
    ///
    /// # Errors
    /// When the database refuses: then it must not go out.
    pub fn outbox_leaves(&mut self, sending: &Sending) -> Result<bool> {
        let mut row = self.envelope(sending.id)?;
        if row.state != EnvelopeState::Waiting || row.tries != sending.tries {
            return Ok(false);
        }
        row.state = EnvelopeState::Delivering;
        row.tries += 1;
        self.write(|tx, _| Ok(outbox::save(tx, &row)?))?;
        Ok(true)
    }

    /// Keeps what came of a sending. One that was overtaken in the meantime changes nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outbox_was_sent(
        &mut self,
        sending: &Sending,
        outcome: &std::result::Result<Vec<Reply>, LineError>,
    ) -> Result<()> {
        let mut row = self.envelope(sending.id)?;
        let is_ours = if sending.is_out.load(Ordering::Relaxed) {
            // The vault may have been locked and opened in between: then it was taken for uncertain.
            row.tries == sending.tries + 1
                && (row.state == EnvelopeState::Delivering || row.failure == UNCERTAIN)
        } else {
            row.tries == sending.tries && row.state == EnvelopeState::Waiting
        };
        if !is_ours || matches!(outcome, Err(LineError::Stopped)) {
            return Ok(());
        }
        row.tries = sending.tries + 1;
        note(
            &mut row,
            &sending.recipients,
            outcome,
            self.now().timestamp_millis(),
        );
        self.write(|tx, _| Ok(outbox::save(tx, &row)?))
    }

    /// Takes an envelope back for those it has not left for.
    ///
    /// # Errors
    /// One that is on its way, or has come to its end.
    pub fn cancel_envelope(&mut self, id: Uuid) -> Result<Vec<OutboxRow>> {
        self.require(Ability::Triage)?;
        let mut row = self.envelope(id)?;
        if !is_cancellable(&row) {
            return Err(ApiError::new(
                Code::CannotUndo,
                "it is on its way, or has ended",
            ));
        }
        cancel(&mut row, self.now().timestamp_millis());
        self.write(|tx, _| Ok(outbox::save(tx, &row)?))?;
        self.outbox()
    }

    /// Somebody decides about an envelope that stands still. `left`: what is uncertain has left, and what was refused is
    /// seen to otherwise. Else all of it is sent again to those whom it did not surely reach.
    ///
    /// # Errors
    /// An envelope that does not stand still.
    pub fn settle_envelope(&mut self, id: Uuid, left: bool) -> Result<Vec<OutboxRow>> {
        self.require(Ability::Triage)?;
        let now = self.now().timestamp_millis();
        let mut row = self.envelope(id)?;
        if row.state != EnvelopeState::Stuck {
            return Err(ApiError::new(Code::NotFound, "nothing is to be decided"));
        }
        for recipient in &mut row.recipients {
            let settled = match (recipient.state, left) {
                (DeliveryState::Uncertain, true) => DeliveryState::Sent,
                (DeliveryState::Waiting, true) => DeliveryState::Cancelled,
                (
                    DeliveryState::Uncertain | DeliveryState::Refused | DeliveryState::Bounced,
                    false,
                ) => DeliveryState::Waiting,
                (state, _) => state,
            };
            if settled != recipient.state {
                recipient.state = settled;
                recipient.at = now;
            }
        }
        row.failure.clear();
        row.answer.clear();
        row.next_try_at = now;
        row.state = if left {
            EnvelopeState::Done
        } else {
            EnvelopeState::Waiting
        };
        self.write(|tx, _| Ok(outbox::save(tx, &row)?))?;
        self.outbox()
    }

    /// What was going out when the program ended may have left: somebody decides.
    pub(in crate::api) fn find_broken_deliveries(&mut self) -> Result<()> {
        let rows = outbox::delivering(self.conn())?;
        if rows.is_empty() {
            return Ok(());
        }
        let now = self.now().timestamp_millis();
        self.write(|tx, _| {
            for mut row in rows {
                for recipient in row
                    .recipients
                    .iter_mut()
                    .filter(|recipient| waits(recipient))
                {
                    recipient.state = DeliveryState::Uncertain;
                    recipient.at = now;
                }
                row.state = EnvelopeState::Stuck;
                row.failure = UNCERTAIN.to_owned();
                outbox::save(tx, &row)?;
            }
            Ok(())
        })
    }

    fn envelope(&self, id: Uuid) -> Result<EnvelopeRow> {
        outbox::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such envelope"))
    }
}

/// Why an envelope stands still that may have left.
const UNCERTAIN: &str = "uncertain";

fn waits(recipient: &EnvelopeRecipient) -> bool {
    recipient.state == DeliveryState::Waiting
}

fn has_left(recipient: &EnvelopeRecipient) -> bool {
    !matches!(
        recipient.state,
        DeliveryState::Waiting | DeliveryState::Refused
    )
}

fn is_cancellable(row: &EnvelopeRow) -> bool {
    matches!(row.state, EnvelopeState::Held | EnvelopeState::Waiting)
}

fn cancel(row: &mut EnvelopeRow, now: i64) {
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

fn shown(recipient: &EnvelopeRecipient) -> DeliveryView {
    DeliveryView {
        to: recipient.to.clone(),
        state: recipient.state,
        at: instant(recipient.at),
        answer: recipient.answer.clone(),
    }
}

/// Keeps what a server said, recipient by recipient, and what is to be done next.
fn note(
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
