//! Sending: a draft becomes a mail of its case, in as many messages as it takes that each recipient can read theirs and nobody
//! reads what is not for them.
//!
//! One transaction keeps the mail, its bytes, the journal's word and the envelopes: what was told to leave either waits in
//! the outbox or was never told.

use std::path::Path;

use chrono::Duration;
use uuid::Uuid;

use super::envelope::{self, Envelope};
use super::kept::Kept;
use super::receive::begun;
use crate::api::error::{ApiError, Code, Result};
use crate::api::export::{write_new, write_together};
use crate::api::session::Session;
use crate::api::view::{Exported, MailDraft, MailDraftView, SentView};
use crate::db::mail_draft::{self, MailDraftRow};
use crate::db::{blob, mail};
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::journal::{Change, Scope, commit};

/// Random bytes of the system.
pub(super) fn chance<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::new(Code::Internal, "no randomness"))?;
    Ok(bytes)
}

/// A mail that is ready to leave.
pub(super) struct Ready {
    pub row: mail::MailRow,
    pub kept: Kept,
    pub envelopes: Vec<Envelope>,
    /// Whether somebody needs the passphrase of the case to read it.
    pub locked: bool,
}

impl Session {
    /// Tells a draft to leave: it waits for some seconds in which it can be taken back, and for a second person where the
    /// team wants one.
    ///
    /// # Errors
    /// [`Code::MailBlocked`] with the first obstacle; a draft that is told already.
    pub fn send_mail(&mut self, id: Uuid) -> Result<SentView> {
        let (draft_row, ready) = self.make_ready(id)?;
        let settings = self.team()?.settings;
        let now = self.now();
        let held_until = now + Duration::seconds(i64::from(settings.hold_seconds));
        let (mail_id, case) = (ready.row.id, ready.row.case);
        let locked = ready.locked;
        let hold = Some(held_until.timestamp_millis());
        self.keep_sent(draft_row, ready, hold, settings.four_eyes)?;
        let told = case.filter(|_| locked);
        Ok(SentView {
            id: mail_id,
            held_until,
            awaits_approval: settings.four_eyes,
            passphrase: told.map(|case| self.case_passphrase(case)).transpose()?,
        })
    }

    /// Writes a draft out as files for another mail program, in a folder of its own; it counts as sent by it.
    ///
    /// # Errors
    /// Those of [`Self::send_mail`]; a folder that cannot be written.
    pub fn export_mail(&mut self, id: Uuid, folder: &Path) -> Result<Exported> {
        self.may_leave_by_file()?;
        let (draft_row, ready) = self.make_ready(id)?;
        let name = |number: usize| match ready.envelopes.len() {
            1 => "message.eml".to_owned(),
            _ => format!("message-{number}.eml"),
        };
        let names: Vec<String> = (1..=ready.envelopes.len()).map(name).collect();
        let messages = names.iter().zip(&ready.envelopes);
        let files: Vec<(&str, &[u8])> = messages
            .map(|(name, one)| (name.as_str(), one.raw.as_slice()))
            .collect();
        let place = write_together(
            &folder.join(format!("courriel-{}", ready.row.id.simple())),
            &files,
        )?;
        let mail = ready.row.id;
        self.keep_exported(draft_row, ready)?;
        self.told_by_mail(mail)?;
        Ok(Exported {
            folder: place.display().to_string(),
            files: names,
        })
    }

    /// The same for a mail that is one message, as one file that is not there yet.
    ///
    /// # Errors
    /// Those of [`Self::export_mail`]; a mail that takes several messages.
    pub fn write_mail(&mut self, id: Uuid, file: &Path) -> Result<Exported> {
        self.may_leave_by_file()?;
        let (draft_row, ready) = self.make_ready(id)?;
        let [envelope] = &ready.envelopes[..] else {
            return Err(ApiError::field(
                Code::Invalid,
                "out",
                "the mail takes several messages: export it",
            ));
        };
        let folder = file.parent().unwrap_or_else(|| Path::new("."));
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let written = write_new(folder, &name, &envelope.raw)?;
        self.keep_exported(draft_row, ready)?;
        Ok(Exported {
            folder: folder.display().to_string(),
            files: vec![written],
        })
    }

    /// Where a second person looks at each mail and the team's account sends it, a file for another program would go past
    /// both. Without an account, that program is the only way.
    fn may_leave_by_file(&self) -> Result<()> {
        self.require(Ability::PrepareDocument)?;
        let account = self.known_account()?;
        let sends = account.is_some_and(|account| account.smtp.is_some());
        if sends && self.team()?.settings.four_eyes {
            return Err(ApiError::field(
                Code::MailBlocked,
                "four_eyes",
                "a second person approves each mail: it leaves by the outbox",
            ));
        }
        Ok(())
    }

    fn keep_exported(&mut self, draft: MailDraftRow, ready: Ready) -> Result<()> {
        let (mail, now) = (ready.row.id, self.now().timestamp_millis());
        self.keep_sent(draft, ready, None, false)?;
        self.write(|tx, _| envelope::was_exported(tx, mail, now))
    }

    /// Takes a mail back that is still held; its draft is there again.
    ///
    /// # Errors
    /// [`Code::CannotUndo`] once part of it is on its way.
    pub fn hold_mail(&mut self, id: Uuid) -> Result<MailDraftView> {
        self.require(Ability::PrepareDocument)?;
        let draft = mail_draft::of_mail(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such mail"))?;
        let scope = draft.case.map_or(Scope::Registry, Scope::Case);
        let draft_id = draft.id;
        let now = self.now().timestamp_millis();
        let taken_back = self.write(|tx, author| {
            if !envelope::take_back(tx, id, now)? {
                return Ok(false);
            }
            commit(
                tx,
                author,
                scope,
                vec![Change::set(EntityKind::Message, id, "removed", true)],
            )?;
            mail::forget(tx, id)?;
            mail_draft::save(
                tx,
                &MailDraftRow {
                    sent_as: None,
                    saved_at: now,
                    ..draft
                },
            )?;
            Ok(true)
        })?;
        if taken_back {
            self.mail_draft(draft_id)
        } else {
            Err(ApiError::new(
                Code::CannotUndo,
                "part of the mail is on its way",
            ))
        }
    }

    /// A second person looked at a mail and lets it leave.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] for who told it to leave; [`Code::NotFound`] where it waits for nobody.
    pub fn approve_mail(&mut self, id: Uuid) -> Result<()> {
        self.require(Ability::PrepareDocument)?;
        let draft = mail_draft::of_mail(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such mail"))?;
        // Who only typed in it may: then two people have read it.
        let sender = self.kept_mail(id)?.1.sent_by.unwrap_or(draft.author);
        if sender == self.person().id {
            return Err(ApiError::field(
                Code::NotAllowed,
                "four_eyes",
                "who sends it does not approve it",
            ));
        }
        let person = self.person().id;
        let scope = draft.case.map_or(Scope::Registry, Scope::Case);
        self.write(|tx, author| {
            if !envelope::approve(tx, id)? {
                return Err(ApiError::new(Code::NotFound, "it waits for nobody"));
            }
            let approved = Change::set(EntityKind::Message, id, "approved_by", person.to_string());
            commit(tx, author, scope, vec![approved])?;
            Ok(())
        })
    }

    fn keep_sent(
        &mut self,
        draft: MailDraftRow,
        ready: Ready,
        hold: Option<i64>,
        awaits: bool,
    ) -> Result<()> {
        let now = self.now().timestamp_millis();
        let Ready {
            row,
            mut kept,
            envelopes,
            ..
        } = ready;
        kept.sent_by = Some(self.person().id);
        let reading = serde_json::to_string(&kept)?;
        let (people, files) = (kept.people(), kept.files());
        let raw = envelopes
            .first()
            .map(|one| one.raw.clone())
            .unwrap_or_default();
        self.write(|tx, author| {
            blob::keep(tx, &row.sha256, &raw)?;
            mail::keep(tx, &row, &reading, kept.words(&people, &files))?;
            let scope = row.case.map_or(Scope::Registry, Scope::Case);
            commit(tx, author, scope, vec![begun(&row, &kept, row.case)])?;
            envelope::enqueue(tx, envelopes, hold, awaits, now)?;
            mail_draft::save(
                tx,
                &MailDraftRow {
                    sent_as: Some(row.id),
                    saved_at: now,
                    ..draft
                },
            )?;
            Ok(())
        })
    }

    fn make_ready(&mut self, id: Uuid) -> Result<(MailDraftRow, Ready)> {
        self.require(Ability::PrepareDocument)?;
        let row = self.draft_row(id)?;
        if row.sent_as.is_some() {
            return Err(ApiError::new(
                Code::DocumentSettled,
                "the mail was told to leave",
            ));
        }
        let draft: MailDraft = serde_json::from_str(&row.body)?;
        let considered = self.consider(&draft)?;
        let protection = considered.leaving.protection();
        if let Some(obstacle) = protection.obstacles.first() {
            let name = serde_json::to_value(obstacle)?;
            return Err(ApiError::field(
                Code::MailBlocked,
                name.as_str().unwrap_or_default(),
                "something stands in the way",
            ));
        }
        let ready = self.ready(&draft, &considered, &protection.ways)?;
        Ok((row, ready))
    }
}
