//! Mails brought by hand: one `.eml`, a mailbox, or an encrypted block alone.

use chrono::{DateTime, Utc};

use super::receive::{Reader, Received, receive};
use crate::api::error::{Code, Result};
use crate::api::session::Session;
use crate::api::view::FetchedView;
use crate::domain::mail::MAX_MAIL_BYTES;
use crate::domain::people::Ability;
use crate::mail::mailbox::mails;
use crate::mail::read::read;

impl Session {
    /// Takes in mails from a file. Each stands for itself: one that cannot be read is counted and keeps no other out.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn import_mail(&mut self, name: &str, bytes: &[u8]) -> Result<FetchedView> {
        self.require(Ability::TakeReport)?;
        let reader = self.reader()?;
        let mut fetched = FetchedView::default();
        for mail in mails(name, bytes) {
            match mail {
                Some(mail) => self.take_in(&mail, &reader, &mut fetched)?,
                None => fetched.unreadable += 1,
            }
        }
        Ok(fetched)
    }

    fn take_in(&mut self, raw: &[u8], reader: &Reader, fetched: &mut FetchedView) -> Result<()> {
        let at = if raw.len() > MAX_MAIL_BYTES {
            self.now()
        } else {
            written_at(raw, reader, self.now())
        };
        match self.write(|tx, author| receive(tx, author, reader, raw, at)) {
            Ok(Received { new: false, .. }) => fetched.known += 1,
            Ok(Received {
                filed, announced, ..
            }) => {
                fetched.new += 1;
                fetched.filed += u32::from(filed);
                self.key_was_announced(announced)?;
            }
            Err(error) if matches!(error.code, Code::Invalid | Code::TooLong) => {
                fetched.unreadable += 1
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// When an old mail says that it was written, but never later than now.
fn written_at(raw: &[u8], reader: &Reader, now: DateTime<Utc>) -> DateTime<Utc> {
    let date = read(raw, reader.ring(), now)
        .ok()
        .and_then(|mail| mail.reading.date);
    date.map_or(now, |date| date.min(now))
}
