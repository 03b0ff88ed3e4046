//! Which case a mail belongs to.

use std::collections::BTreeMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::kept::Kept;
use super::receive::begun;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{Done, FilingSuggestion};
use crate::db::{case, mail, member};
use crate::domain::case::Status;
use crate::domain::entity::EntityKind;
use crate::domain::mail::{Candidate, Filing, Reading, filing, references_in};
use crate::domain::people::Ability;
use crate::journal::{Change, Scope};

/// The most cases that are suggested.
const MAX_SUGGESTIONS: usize = 5;

/// The case that a mail belongs to for sure.
pub(super) fn decide(conn: &Connection, reading: &Reading) -> Result<Option<Uuid>> {
    Ok(match filing(candidates(conn, reading)?) {
        Filing::Into(candidate) => Some(candidate.case),
        Filing::Ask(_) => None,
    })
}

fn candidates(conn: &Connection, reading: &Reading) -> Result<Vec<Candidate>> {
    let mut found: BTreeMap<Uuid, Candidate> = BTreeMap::new();
    let mut note = |case: Uuid, what: fn(&mut Candidate)| {
        let candidate = found.entry(case).or_insert(Candidate {
            case,
            thread: false,
            reference: false,
            inner: false,
            sender: false,
            closed: false,
        });
        what(candidate);
    };
    let named: Vec<String> = reading
        .in_reply_to
        .iter()
        .chain(&reading.references)
        .cloned()
        .collect();
    for known in mail::with_message_ids(conn, &named)? {
        if let Some(case) = known.case {
            note(case, |one| one.thread = true);
        }
    }
    for reference in references_in(&reading.subject) {
        if let Some(case) = case::by_reference(conn, &reference)? {
            note(case, |one| one.reference = true);
            if reading.subject_protected {
                note(case, |one| one.inner = true);
            }
        }
    }
    if let Some(from) = &reading.from {
        for case in mail::cases_of_sender(conn, &from.folded())? {
            note(case, |one| one.sender = true);
        }
    }
    let mut candidates: Vec<Candidate> = found.into_values().collect();
    for candidate in &mut candidates {
        let state = case::get(conn, candidate.case)?;
        candidate.closed = state.is_none_or(|row| row.state.status == Status::Closed);
    }
    Ok(candidates)
}

impl Session {
    /// Where a mail may belong, the likeliest first.
    pub(super) fn suggestions(&self, reading: &Reading) -> Result<Vec<FilingSuggestion>> {
        let candidates = match filing(candidates(self.conn(), reading)?) {
            Filing::Into(one) => vec![one],
            Filing::Ask(all) => all,
        };
        candidates
            .into_iter()
            .take(MAX_SUGGESTIONS)
            .map(|one| {
                Ok(FilingSuggestion {
                    case: self.case_ref(one.case)?,
                    reason: one.reason(),
                })
            })
            .collect()
    }

    /// Files a mail into a case; one that is filed elsewhere moves.
    ///
    /// # Errors
    /// An unknown mail or case; a mail that the team sent stays where it is.
    pub fn file_mail(&mut self, id: Uuid, into: Uuid) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        self.case_state(into)?;
        let (row, kept) = self.kept_mail(id)?;
        if row.sent {
            return Err(ApiError::field(
                Code::Invalid,
                "case",
                "a mail that was sent stays in its case",
            ));
        }
        if row.case == Some(into) {
            return Ok(Done::of(None));
        }
        let changes = self.filing_changes(&row, &kept, into)?;
        self.commit(Scope::Case(into), changes)
    }

    /// What puts the mail of a report into the case that the report opens; one that somebody filed meanwhile stays there.
    pub(in crate::api) fn mail_of_report(&self, id: Uuid, case: Uuid) -> Result<Vec<Change>> {
        match self.kept_mail(id) {
            Ok((row, kept)) if row.case.is_none() && !row.sent => {
                self.filing_changes(&row, &kept, case)
            }
            Ok(_) => Ok(Vec::new()),
            Err(problem) if problem.code == Code::NotFound => Ok(Vec::new()),
            Err(problem) => Err(problem),
        }
    }

    fn filing_changes(&self, row: &mail::MailRow, kept: &Kept, into: Uuid) -> Result<Vec<Change>> {
        let id = row.id;
        let begun_before =
            member::get::<serde_json::Value>(self.conn(), id, EntityKind::Message)?.is_some();
        Ok(if begun_before {
            let set = |field: &str, value: serde_json::Value| {
                Change::set(EntityKind::Message, id, field, value)
            };
            vec![
                set("case", into.to_string().into()),
                set("removed", false.into()),
            ]
        } else {
            vec![begun(row, kept, Some(into))]
        })
    }

    /// A mail and what was read of it.
    ///
    /// # Errors
    /// An unknown mail.
    pub(super) fn kept_mail(&self, id: Uuid) -> Result<(mail::MailRow, Kept)> {
        let row = mail::get(self.conn(), id)?.ok_or_else(missing)?;
        Ok((row, self.kept(id)?))
    }

    /// What was read of a mail.
    ///
    /// # Errors
    /// An unknown mail.
    pub(super) fn kept(&self, id: Uuid) -> Result<Kept> {
        let reading = mail::reading(self.conn(), id)?.ok_or_else(missing)?;
        Ok(serde_json::from_str(&reading)?)
    }
}

pub(super) fn missing() -> ApiError {
    ApiError::new(Code::NotFound, "no such mail")
}
