//! A mail that came: kept as it is, read, and filed if it is sure where it belongs.

use rusqlite::{Connection, Transaction};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::filing;
use super::kept::Kept;
use crate::api::commit::{instant, salt};
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::team_key::parts::{self, Part};
use crate::db::{blob, mail};
use crate::domain::entity::{EntityKind, Fields};
use crate::domain::mail::marking::parse_subject;
use crate::domain::mail::{KeyOrigin, KeyTrust, Reading, SignatureStatus, Warning};
use crate::domain::people::Ability;
use crate::journal::history::hex;
use crate::journal::{Author, Change, Scope, commit};
use crate::mail::read::{Known, Mail, Ring, Unreadable, read};
use crate::pgp::MailKeys;

/// With what this session reads mail.
pub(in crate::api) struct Reader {
    keys: Option<MailKeys>,
    known: Known,
}

impl Reader {
    pub fn ring(&self) -> Ring<'_> {
        Ring {
            keys: self.keys.as_ref(),
            known: &self.known,
        }
    }
}

/// When a mail came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::api) enum Came {
    /// Just now.
    Now,
    /// When it says that it was written, but never later than now: an old one that is brought by hand.
    AsDated,
}

/// What became of a mail that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::api) struct Received {
    /// The mail.
    pub id: Uuid,
    /// Whether it was not there yet.
    pub new: bool,
    /// Whether it filed itself.
    pub filed: bool,
    /// The key that its sender announced, if it takes no verified one's place.
    pub announced: Option<Announced>,
}

/// A key that came in the header of a mail: nobody looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::api) struct Announced {
    address: String,
    key: Vec<u8>,
}

/// A mail that came and was read; nothing of it is kept yet.
pub(in crate::api) struct Incoming<'m> {
    raw: &'m [u8],
    sha256: [u8; 32],
    mail: Mail,
}

impl<'m> Incoming<'m> {
    /// A mail as it came, and what was read of it.
    pub fn of(raw: &'m [u8], mail: Mail) -> Self {
        Self {
            raw,
            sha256: Sha256::digest(raw).into(),
            mail,
        }
    }
}

impl Session {
    /// The team's secrets for mail, the key in force first; nothing for an access that does not open them.
    pub(in crate::api) fn mail_keys(&self) -> Result<Option<MailKeys>> {
        let keyring = self.opened().keyring();
        if keyring.mail.is_none() {
            return Ok(None);
        }
        let keys = self.team_keys()?;
        let mut opened = Vec::new();
        for key in &keys {
            // A key whose secret was never here cannot open anything.
            if let Ok(part) = parts::open(self.conn(), keyring, Part::Mail, key.id) {
                opened.push((part, &key.certificate));
            }
        }
        if opened.is_empty() {
            return Ok(None);
        }
        let parts = opened
            .iter()
            .map(|(part, certificate)| (part.as_slice(), *certificate));
        Ok(Some(MailKeys::open(parts)?))
    }

    /// Reads a mail and keeps nothing of it.
    ///
    /// # Errors
    /// [`Code::Invalid`] for what is no mail, [`Code::TooLong`] for one that is too large.
    pub fn read_mail(&self, raw: &[u8]) -> Result<Reading> {
        self.require(Ability::ReadCases)?;
        let reader = self.reader()?;
        Ok(read(raw, reader.ring(), self.now())
            .map_err(unreadable)?
            .reading)
    }

    /// What the team thinks of the key that signed a mail, for the sender who is shown; nothing when the signature is not
    /// good, or its key is not used for that address any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn sender_trust(&self, reading: &Reading) -> Result<Option<KeyTrust>> {
        let signature = &reading.signature;
        match (&signature.fingerprint, &reading.from) {
            (Some(fingerprint), Some(from)) if signature.status == SignatureStatus::Good => {
                self.signer_trust(fingerprint, from)
            }
            _ => Ok(None),
        }
    }

    /// Puts a key that came with a mail into the key ring, as seen. One that is none, or another's, is left out: its mail
    /// stays.
    pub(in crate::api) fn key_was_announced(&mut self, announced: Option<Announced>) -> Result<()> {
        if let Some(Announced { address, key }) = announced {
            self.import_keys(&key, KeyOrigin::Autocrypt, Some(&address))?;
        }
        Ok(())
    }

    /// What mail is read with now: the secrets of this access, and every key that is not refused.
    pub(in crate::api) fn reader(&self) -> Result<Reader> {
        let mut known = self.known()?;
        for key in self.team_keys()? {
            let addresses = key.certificate.mail_addresses(self.now());
            known.add(key.certificate, addresses, true);
        }
        Ok(Reader {
            keys: self.mail_keys()?,
            known,
        })
    }
}

/// Keeps a mail, in the caller's transaction: the same bytes once.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn receive(
    tx: &Transaction<'_>,
    author: Author<'_>,
    incoming: Incoming<'_>,
    came: Came,
) -> Result<Received> {
    let Incoming {
        raw,
        sha256,
        mail: read,
    } = incoming;
    if let Some(id) = mail::with_bytes(tx, &sha256)? {
        return Ok(Received {
            id,
            new: false,
            filed: false,
            announced: None,
        });
    }
    let now = instant(author.at);
    let at = match (came, read.reading.date) {
        (Came::AsDated, Some(date)) => date.min(now),
        _ => now,
    };
    blob::keep(tx, &sha256, raw)?;
    let id = Uuid::now_v7();
    let sender = read
        .reading
        .from
        .as_ref()
        .map(crate::domain::mail::Address::folded);
    let may_go_in = !read.reading.warnings.contains(&Warning::OtherKeyAnnounced);
    let announced = sender
        .zip(read.autocrypt.filter(|_| may_go_in))
        .map(|(address, key)| Announced { address, key });
    let kept = Kept {
        tlp: parse_subject(&read.reading.subject).tlp,
        reading: read.reading,
        ..Kept::default()
    };
    let thread = thread_of(tx, &kept)?.unwrap_or(id);
    let row = mail::MailRow {
        id,
        sent: false,
        at: at.timestamp_millis(),
        unread: true,
        case: None,
        thread,
        message_id: kept.reading.message_id.clone(),
        sha256,
        face: kept.face(),
    };
    let (people, files) = (kept.people(), kept.files());
    mail::keep(
        tx,
        &row,
        &serde_json::to_string(&kept)?,
        kept.words(&people, &files),
    )?;
    let filed = match filing::decide(tx, &kept.reading)? {
        Some(case) => {
            let author = Author {
                salt: salt()?,
                ..author
            };
            commit(
                tx,
                author,
                Scope::Case(case),
                vec![begun(&row, &kept, Some(case))],
            )?;
            true
        }
        None => false,
    };
    Ok(Received {
        id,
        new: true,
        filed,
        announced,
    })
}

fn unreadable(why: Unreadable) -> ApiError {
    let code = match why {
        Unreadable::TooLarge => Code::TooLong,
        Unreadable::NotAMail => Code::Invalid,
    };
    ApiError::field(code, "mail", why.to_string())
}

/// The thread of what a mail answers.
pub(super) fn thread_of(conn: &Connection, kept: &Kept) -> Result<Option<Uuid>> {
    let reading = &kept.reading;
    let named: Vec<String> = reading
        .in_reply_to
        .iter()
        .chain(reading.references.iter().rev())
        .cloned()
        .collect();
    Ok(mail::with_message_ids(conn, &named)?
        .first()
        .map(|known| known.thread))
}

/// The journal's word of a mail, and of the case that it belongs to: who wrote what to whom when, and the hash of its bytes.
pub(super) fn begun(row: &mail::MailRow, kept: &Kept, case: Option<Uuid>) -> Change {
    let addresses = |all: &[crate::domain::mail::Address]| -> Value {
        all.iter()
            .map(|one| Value::from(one.mail.as_str()))
            .collect()
    };
    let mut fields = Fields::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    if let Some(case) = case {
        put("case", case.to_string().into());
    }
    put("sent", row.sent.into());
    put("at", row.at.into());
    put("from", row.face.from.mail.as_str().into());
    put("to", addresses(&kept.reading.to));
    put("cc", addresses(&kept.reading.cc));
    put("subject", row.face.subject.as_str().into());
    put("message_id", row.message_id.as_str().into());
    put("bytes_sha256", hex(&row.sha256).into());
    put(
        "encryption",
        serde_json::to_value(row.face.encryption).unwrap_or_default(),
    );
    put(
        "signature",
        serde_json::to_value(row.face.signature).unwrap_or_default(),
    );
    put("attachments", row.face.attachments.into());
    Change::new(EntityKind::Message, row.id, fields)
}
