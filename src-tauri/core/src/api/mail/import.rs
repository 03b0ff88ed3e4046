//! Mails brought by hand: one `.eml`, a mailbox, or an encrypted block alone.

use super::receive::{Came, Reader, Received, receive};
use crate::api::error::{Code, Result};
use crate::api::session::Session;
use crate::api::view::FetchedView;
use crate::domain::people::Ability;
use crate::mail::mailbox::mails;

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
        match self.write(|tx, author| receive(tx, author, reader, raw, Came::AsDated)) {
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
