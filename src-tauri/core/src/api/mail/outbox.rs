//! The outbox: envelopes wait here to leave, each once.
//!
//! An envelope is marked as going out, and that is on the disk, before the mark that ends its message is written to the
//! server. A program that is killed between that and the server's answer finds it so marked: it may have left, and a person
//! decides. Everything else is tried again by itself.

use std::sync::atomic::{AtomicBool, Ordering};

use uuid::Uuid;

use super::Lender;
use super::account::{Access, no_access};
use super::envelope::{UNCERTAIN, cancel, is_cancellable, note, shown, waits};
use crate::api::commit::instant;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{DeliveryState, OutboxRow};
use crate::db::blob;
use crate::db::outbox::{self, EnvelopeRow, EnvelopeState};
use crate::domain::mail::Address;
use crate::domain::people::Ability;
use crate::net::line::LineError;
use crate::net::smtp::{self, Message, Reply};

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
        desk.lend(|session| session.outbox_was_sent(&sending, &outcome))?;
        if outcome.is_err_and(|error| error.is_of_the_line()) {
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
            case: row.case.and_then(|case| self.case_ref(case).ok()),
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
        let is_line = outcome.as_ref().is_err_and(LineError::is_of_the_line);
        self.write(|tx, _| {
            outbox::save(tx, &row)?;
            if is_line && row.state == EnvelopeState::Waiting {
                outbox::postpone(tx, row.next_try_at)?;
            }
            Ok(())
        })?;
        match row.state {
            EnvelopeState::Done => self.told_by_mail(row.mail),
            _ => Ok(()),
        }
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
