//! Mails brought by hand: one `.eml`, a mailbox, or an encrypted block alone.

use sha2::{Digest, Sha256};

use super::receive::{Came, Incoming, receive};
use crate::api::error::Result;
use crate::api::session::Session;
use crate::api::view::FetchedView;
use crate::db::mail;
use crate::domain::people::Ability;
use crate::mail::mailbox::mails;
use crate::mail::read::read_each;

/// Mails that are read side by side and kept together.
const TOGETHER: usize = 64;
/// Bytes from which on no other mail joins them: all that is read of them is held at once.
const TOGETHER_BYTES: usize = 32 * 1024 * 1024;

impl Session {
    /// Takes in mails from a file. Each stands for itself: one that cannot be read is counted and keeps no other out.
    ///
    /// # Errors
    /// When the database refuses: what was kept before stays.
    pub fn import_mail(&mut self, name: &str, bytes: &[u8]) -> Result<FetchedView> {
        self.require(Ability::TakeReport)?;
        let mut fetched = FetchedView::default();
        let all = mails(name, bytes);
        let mut left = all.as_slice();
        while !left.is_empty() {
            let mut held = 0;
            let fitting = left.iter().take(TOGETHER).take_while(|mail| {
                let fits = held < TOGETHER_BYTES;
                held += mail.as_ref().map_or(0, |mail| mail.len());
                fits
            });
            let (some, rest) = left.split_at(fitting.count());
            left = rest;
            let mails = some.iter().flatten().map(AsRef::as_ref);
            fetched.unreadable += count(some.iter().filter(|mail| mail.is_none()));
            self.take_in(mails, &mut fetched)?;
        }
        Ok(fetched)
    }

    fn take_in<'m>(
        &mut self,
        mails: impl Iterator<Item = &'m [u8]>,
        fetched: &mut FetchedView,
    ) -> Result<()> {
        let mut unknown: Vec<&[u8]> = Vec::new();
        for raw in mails {
            match mail::with_bytes(self.conn(), &Sha256::digest(raw).into())? {
                Some(_) => fetched.known += 1,
                None => unknown.push(raw),
            }
        }
        // With the keys that the mails before announced.
        let (reader, now) = (self.reader()?, self.now());
        let read = read_each(&unknown, reader.ring(), now);
        let received = self.write(|tx, author| {
            let read = unknown.iter().zip(read);
            let legible = read.filter_map(|(raw, mail)| Some(Incoming::of(raw, mail.ok()?)));
            legible
                .map(|incoming| receive(tx, author, incoming, Came::AsDated))
                .collect::<Result<Vec<_>>>()
        })?;
        fetched.unreadable += count(received.len()..unknown.len());
        for one in received {
            fetched.new += u32::from(one.new);
            fetched.known += u32::from(!one.new);
            fetched.filed += u32::from(one.filed);
            self.key_was_announced(one.announced)?;
        }
        Ok(())
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}
