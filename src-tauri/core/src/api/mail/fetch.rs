//! What comes: each new mail of the team's mailbox is kept together with how far the mailbox was read, in one transaction.

use std::ops::ControlFlow;
use std::time::Duration;

use rusqlite::Transaction;
use tokio::sync::watch;

use super::account::{Access, mailbox_name, no_access};
use super::receive::{Announced, Came, Incoming, Reader, receive};
use super::{Lender, envelope};
use crate::api::commit::instant;
use crate::api::error::{ApiError, Result};
use crate::api::session::Session;
use crate::api::view::FetchedView;
use crate::db::mailbox;
use crate::journal::Author;
use crate::mail::delivery_report;
use crate::mail::read::read;
use crate::net::imap::{self, Found, Place};
pub use crate::net::imap::{LONGEST_WAIT, Woken};
use crate::net::line::LineError;

/// What became of a mail that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is new.
    New {
        /// It found its case by itself.
        filed: bool,
    },
    /// It was there already.
    Known,
    /// It cannot be read at all; it stays on the server.
    Unreadable,
}

impl FetchedView {
    /// Counts one mail.
    pub(in crate::api) const fn count(&mut self, received: Received) {
        match received {
            Received::New { filed } => {
                self.new += 1;
                self.filed += filed as u32;
            }
            Received::Known => self.known += 1,
            Received::Unreadable => self.unreadable += 1,
        }
    }
}

/// A mailbox to be read: what can be done without the vault.
pub struct Fetching {
    name: String,
    access: Access,
    place: Place,
}

impl Fetching {
    /// Gives away what is new; takes as long as the network does.
    ///
    /// # Errors
    /// Those of [`imap::fetch`].
    pub fn run(
        &self,
        take: impl FnMut(Place, &Found<'_>) -> ControlFlow<()> + Send,
    ) -> std::result::Result<(), LineError> {
        let Some(server) = &self.access.account.imap else {
            return Err(LineError::Stopped);
        };
        let folder = self.access.account.read_folder();
        self.access
            .speak(server, |line| imap::fetch(line, folder, self.place, take))
    }

    /// Waits until there is something new.
    ///
    /// # Errors
    /// Those of [`imap::wait`].
    pub fn wait(
        &self,
        stop: watch::Receiver<()>,
        limit: Duration,
    ) -> std::result::Result<Woken, LineError> {
        let Some(server) = &self.access.account.imap else {
            return Ok(Woken::CannotTell);
        };
        let folder = self.access.account.read_folder();
        self.access.speak(server, |line| {
            imap::wait(line, folder, self.place, stop, limit)
        })
    }
}

/// Fetches what is new: each mail is kept as it comes. A server that fails in the middle keeps the rest.
///
/// # Errors
/// No account to read; what keeps a mail from being kept, as a full disk.
pub fn fetch_new(desk: &impl Lender) -> Result<FetchedView> {
    let fetching = desk.lend(|session| session.mail_fetching())?;
    let fetching = fetching.ok_or_else(no_access)?;
    let (mut view, mut problem) = (FetchedView::default(), None);
    let outcome = fetching.run(|place, found| {
        match desk.lend(|session| session.mail_came(&fetching, place, found)) {
            Ok(received) => {
                view.count(received);
                ControlFlow::Continue(())
            }
            Err(error) => {
                problem = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    match problem {
        Some(error) => Err(error),
        None => {
            desk.lend(|session| session.mail_was_fetched(&fetching, &outcome))?;
            Ok(view)
        }
    }
}

/// Waits until there is something new; at once where there is no account to wait for.
///
/// # Errors
/// No account that this access opens; the server's failure is told as [`Woken::CannotTell`].
pub fn wait_for_new(
    desk: &impl Lender,
    stop: watch::Receiver<()>,
    limit: Duration,
) -> Result<Woken> {
    let fetching = desk.lend(|session| session.mail_fetching())?;
    let fetching = fetching.ok_or_else(no_access)?;
    Ok(fetching.wait(stop, limit).unwrap_or(Woken::CannotTell))
}

/// Keeps one mail; what is none is passed over, and stays on the server. A report about a mail of ours is noted.
fn take_in(
    tx: &Transaction<'_>,
    author: Author<'_>,
    reader: &Reader,
    raw: &[u8],
) -> Result<(Received, Option<Announced>)> {
    let Ok(mail) = read(raw, reader.ring(), instant(author.at)) else {
        return Ok((Received::Unreadable, None));
    };
    let kept = receive(tx, author, Incoming::of(raw, mail), Came::Now)?;
    if !kept.new {
        return Ok((Received::Known, None));
    }
    if let Some(report) = delivery_report::read(raw) {
        envelope::note_report(tx, &report, author.at)?;
    }
    Ok((Received::New { filed: kept.filed }, kept.announced))
}

impl Session {
    /// All that it takes to read the mailbox; nothing where there is none that this access opens.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mail_fetching(&self) -> Result<Option<Fetching>> {
        let Some(access) = self.mail_access()? else {
            return Ok(None);
        };
        if access.account.imap.is_none() {
            return Ok(None);
        }
        let name = mailbox_name(&access.account);
        let read = mailbox::get(self.conn(), &name)?;
        Ok(Some(Fetching {
            name,
            access,
            place: Place {
                validity: read.validity,
                last_uid: read.last_uid,
            },
        }))
    }

    /// Keeps a mail, and in the same transaction that it was dealt with.
    ///
    /// # Errors
    /// When the database refuses: then the mail comes again.
    pub(in crate::api) fn mail_came(
        &mut self,
        fetching: &Fetching,
        place: Place,
        found: &Found<'_>,
    ) -> Result<Received> {
        let reader = self.reader()?;
        let (received, announced) = self.write(|tx, author| {
            let mut read = mailbox::get(tx, &fetching.name)?;
            // Another fetching was faster.
            if read.validity == place.validity && read.last_uid >= place.last_uid {
                return Ok((Received::Known, None));
            }
            let (received, announced) = match found {
                Found::Mail(raw) => take_in(tx, author, &reader, raw)?,
                Found::TooLarge(_) => (Received::Unreadable, None),
            };
            (read.validity, read.last_uid) = (place.validity, place.last_uid);
            mailbox::save(tx, &fetching.name, &read)?;
            Ok((received, announced))
        })?;
        self.key_was_announced(announced)?;
        Ok(received)
    }

    /// Keeps how the reading ended.
    ///
    /// # Errors
    /// When the database refuses.
    pub(in crate::api) fn mail_was_fetched(
        &mut self,
        fetching: &Fetching,
        outcome: &std::result::Result<(), LineError>,
    ) -> Result<()> {
        self.write(|tx, author| {
            let mut read = mailbox::get(tx, &fetching.name)?;
            match outcome {
                Ok(()) => {
                    read.fetched_at = Some(author.at);
                    read.failure.clear();
                }
                Err(error) => error.code().clone_into(&mut read.failure),
            }
            Ok::<_, ApiError>(mailbox::save(tx, &fetching.name, &read)?)
        })
    }
}
