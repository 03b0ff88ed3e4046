//! Lists of mails, a thread to be read, and what hangs on it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::envelope;
use super::filing::missing;
use super::kept::Kept;
use super::receive::Reader;
use crate::api::commit::{fields_of, instant};
use crate::api::documents::unhex;
use crate::api::error::{ApiError, Code, Result};
use crate::api::export::write_new;
use crate::api::session::Session;
use crate::api::view::{
    CaseRef, Done, EvidenceView, Exported, KeysImported, MailAttachment, MailCounts, MailFolder,
    MailPage, MailQuery, MailRow, MailView, ThreadView,
};
use crate::db::{blob, mail, mail_draft, member, outbox};
use crate::domain::entity::EntityKind;
use crate::domain::mail::{
    Address, KeyOrigin, KeyTrust, Reading, SignatureStatus, Warning, observables, runs,
};
use crate::domain::people::Ability;
use crate::journal::history::hex;
use crate::journal::{Change, Scope, commit};
use crate::mail::read::read;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 500;

/// A file that a case keeps as evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct EvidenceState {
    case: Uuid,
    name: String,
    mime: String,
    size: u32,
    /// SHA-256 of its bytes, hexadecimal.
    file_sha256: String,
    /// The mail that brought it.
    mail: Uuid,
    kept_by: Uuid,
    kept_at: i64,
}

/// What mails that are shown together have in common: each is looked up once.
#[derive(Default)]
struct Known {
    reader: Option<Reader>,
    cases: BTreeMap<Uuid, CaseRef>,
    evidence: BTreeMap<Uuid, Vec<String>>,
    /// By the fingerprint that signed and the address that wrote.
    trust: BTreeMap<(String, String), Option<KeyTrust>>,
}

impl Known {
    fn reader(&mut self, session: &Session) -> Result<&Reader> {
        match &mut self.reader {
            Some(reader) => Ok(reader),
            none => Ok(none.insert(session.reader()?)),
        }
    }

    fn case(&mut self, session: &Session, id: Uuid) -> Result<CaseRef> {
        let known = match self.cases.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(session.case_ref(id)?),
        };
        Ok(known.clone())
    }

    /// SHA-256 of the files that a case keeps, hexadecimal.
    fn evidence(&mut self, session: &Session, case: Uuid) -> Result<&[String]> {
        match self.evidence.entry(case) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(session.evidence_hashes(case)?)),
        }
    }

    /// What the team thinks of the key that signed, for the sender who is shown.
    fn signer_trust(
        &mut self,
        session: &Session,
        fingerprint: &str,
        from: &Address,
    ) -> Result<Option<KeyTrust>> {
        let asked = (fingerprint.to_owned(), from.folded());
        if let Some(known) = self.trust.get(&asked) {
            return Ok(*known);
        }
        let trust = session.signer_trust(fingerprint, from)?;
        self.trust.insert(asked, trust);
        Ok(trust)
    }

    /// The same for a mail that was read: nothing when its signature is not good.
    fn sender_trust(&mut self, session: &Session, reading: &Reading) -> Result<Option<KeyTrust>> {
        let signature = &reading.signature;
        match (&signature.fingerprint, &reading.from) {
            (Some(fingerprint), Some(from)) if signature.status == SignatureStatus::Good => {
                self.signer_trust(session, fingerprint, from)
            }
            _ => Ok(None),
        }
    }
}

impl Session {
    /// A page of mails, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mails(&self, query: &MailQuery) -> Result<MailPage> {
        self.require(Ability::ReadCases)?;
        let begun = Instant::now();
        let filter = mail::Filter {
            text: query.text.clone(),
            sent: match query.folder {
                MailFolder::Sent => Some(true),
                MailFolder::Received => Some(false),
                MailFolder::Unfiled | MailFolder::All => None,
            },
            case: query.case,
            unfiled: query.folder == MailFolder::Unfiled && query.case.is_none(),
            unread: query.unread,
        };
        let limit = if query.limit == 0 {
            DEFAULT_LIMIT
        } else {
            query.limit.min(MAX_LIMIT)
        };
        let page = mail::page(self.conn(), &filter, query.offset, limit)?;
        let mut known = Known::default();
        let rows = page
            .rows
            .into_iter()
            .map(|(row, passage)| self.mail_row(row, passage, &mut known));
        Ok(MailPage {
            rows: rows.collect::<Result<_>>()?,
            total: page.total,
            more: page.more,
            took_ms: begun.elapsed().as_secs_f64() * 1000.0,
        })
    }

    fn mail_row(&self, row: mail::MailRow, passage: String, known: &mut Known) -> Result<MailRow> {
        let face = row.face;
        let (mut signature, mut sender_trust) = (face.signature, None);
        if signature == SignatureStatus::Good && !row.sent {
            let fingerprint = face.fingerprint.unwrap_or_default();
            sender_trust = known.signer_trust(self, &fingerprint, &face.from)?;
            // As whoever opens it reads: the key does not serve this sender any more.
            if sender_trust.is_none() {
                signature = SignatureStatus::Mismatch;
            }
        }
        Ok(MailRow {
            id: row.id,
            sent: row.sent,
            at: instant(row.at),
            from: face.from,
            to: face.to,
            more_recipients: face.more,
            subject: face.subject,
            passage: if passage.is_empty() {
                face.beginning
            } else {
                passage
            },
            case: row.case.map(|case| known.case(self, case)).transpose()?,
            unread: row.unread,
            tlp: face.tlp,
            urgent: face.urgent,
            attachments: face.attachments,
            encryption: face.encryption,
            signature,
            sender_trust,
            warnings: face.warnings,
        })
    }

    /// Counts for the navigation.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mail_counts(&self) -> Result<MailCounts> {
        self.require(Ability::ReadCases)?;
        let (unfiled, unread) = mail::count_unfiled(self.conn())?;
        let (waiting, stuck) = outbox::counts(self.conn())?;
        Ok(MailCounts {
            unfiled,
            unread,
            drafts: mail_draft::count(self.conn())?,
            outbox: waiting,
            stuck,
        })
    }

    /// The thread of a mail. It marks nothing as read: who unfolds a mail says so.
    ///
    /// # Errors
    /// An unknown mail.
    pub fn mail_thread(&self, id: Uuid) -> Result<ThreadView> {
        self.require(Ability::ReadCases)?;
        let begun = Instant::now();
        let thread = mail::get(self.conn(), id)?.ok_or_else(missing)?.thread;
        let mails = mail::of_thread(self.conn(), thread)?;
        let mut known = Known::default();
        let mails = mails
            .into_iter()
            .map(|row| self.mail_view(row, &mut known))
            .collect::<Result<_>>()?;
        Ok(ThreadView {
            mails,
            took_ms: begun.elapsed().as_secs_f64() * 1000.0,
        })
    }

    fn mail_view(&self, row: mail::MailRow, known: &mut Known) -> Result<MailView> {
        let (row, kept) = self.read_again(row, known)?;
        let sender_trust = match row.sent {
            true => None,
            false => known.sender_trust(self, &kept.reading)?,
        };
        let case = row.case.map(|case| known.case(self, case)).transpose()?;
        let evidence = match row.case {
            Some(case) => known.evidence(self, case)?,
            None => &[],
        };
        let suggestions = match (row.case, row.sent) {
            (None, false) => self.suggestions(&kept.reading)?,
            _ => Vec::new(),
        };
        let deliveries = if row.sent {
            envelope::deliveries(self.conn(), row.id)?
        } else {
            Vec::new()
        };
        let reading = kept.reading;
        let offers_key = !row.sent
            && (reading.attachments.iter().any(|file| file.is_key)
                || reading.warnings.contains(&Warning::OtherKeyAnnounced));
        let attachments = reading
            .attachments
            .into_iter()
            .zip(0..)
            .map(|(reading, index)| MailAttachment {
                index,
                kept: evidence.contains(&reading.sha256),
                reading,
            })
            .collect();
        Ok(MailView {
            id: row.id,
            sent: row.sent,
            at: instant(row.at),
            unread: row.unread,
            urgent: row.face.urgent,
            message_id: row.message_id,
            from: reading.from.unwrap_or_default(),
            sender_trust,
            to: reading.to,
            cc: reading.cc,
            bcc: kept.bcc,
            subject: reading.subject,
            subject_protected: reading.subject_protected,
            tlp: kept.tlp,
            case,
            suggestions,
            encryption: reading.encryption,
            signature: reading.signature,
            warnings: reading.warnings,
            observables: observables(&reading.text),
            text: runs(&reading.text),
            has_html: reading.html.is_some(),
            attachments,
            deliveries,
            offers_key,
        })
    }

    /// A mail, looked at once more if a key that was missing may have come since, or if the one that signed it does not
    /// serve its sender any more.
    fn read_again(
        &self,
        mut row: mail::MailRow,
        known: &mut Known,
    ) -> Result<(mail::MailRow, Kept)> {
        let mut kept = self.kept(row.id)?;
        let proves_less = kept.reading.signature.status == SignatureStatus::Good
            && known.sender_trust(self, &kept.reading)?.is_none();
        if row.sent || !(kept.may_prove_more() || proves_less) {
            return Ok((row, kept));
        }
        let reader = known.reader(self)?;
        let raw = self.mail_bytes(row.id)?;
        if let Ok(mail) = read(&raw, reader.ring(), self.now())
            && mail.reading != kept.reading
        {
            kept.reading = mail.reading;
            row.face = kept.face();
            mail::read_again(
                self.conn(),
                row.id,
                &row.face,
                &serde_json::to_string(&kept)?,
            )?;
        }
        Ok((row, kept))
    }

    /// The bytes of a mail as it came or left.
    ///
    /// # Errors
    /// An unknown mail; bytes that no longer have their hash.
    pub fn mail_bytes(&self, id: Uuid) -> Result<Vec<u8>> {
        self.require(Ability::ReadCases)?;
        let row = mail::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such mail"))?;
        let bytes = blob::get(self.conn(), &row.sha256)?
            .filter(|bytes| Sha256::digest(bytes)[..] == row.sha256);
        bytes.ok_or_else(|| {
            ApiError::new(
                Code::DatabaseDamaged,
                "the mail's bytes do not have their hash",
            )
        })
    }

    /// The HTML of a mail, made harmless.
    ///
    /// # Errors
    /// An unknown mail, one without HTML.
    pub fn mail_html(&self, id: Uuid) -> Result<String> {
        self.require(Ability::ReadCases)?;
        let (_, kept) = self.kept_mail(id)?;
        kept.reading
            .html
            .ok_or_else(|| ApiError::new(Code::NotFound, "the mail has no HTML"))
    }

    /// Marks a mail as read or not.
    ///
    /// # Errors
    /// An unknown mail.
    pub fn mark_mail(&self, id: Uuid, unread: bool) -> Result<()> {
        self.require(Ability::ReadCases)?;
        if mail::mark(self.conn(), id, unread)? {
            Ok(())
        } else {
            Err(ApiError::new(Code::NotFound, "no such mail"))
        }
    }

    /// A file on a mail: its name, its type, its bytes.
    fn mail_file(&self, id: Uuid, index: u32) -> Result<(String, String, Vec<u8>)> {
        let missing = || ApiError::new(Code::NotFound, "no such attachment");
        let (row, kept) = self.kept_mail(id)?;
        let wanted = kept
            .reading
            .attachments
            .get(index as usize)
            .ok_or_else(missing)?;
        if row.sent {
            // What the team sent lies beside the mail as it was hung on it, whatever form it left in.
            let sha256 = unhex(&wanted.sha256).ok_or_else(missing)?;
            let bytes = blob::get(self.conn(), &sha256)?.ok_or_else(missing)?;
            return Ok((wanted.name.clone(), wanted.mime.clone(), bytes));
        }
        let raw = self.mail_bytes(id)?;
        let reader = self.reader()?;
        let mail = read(&raw, reader.ring(), self.now())
            .map_err(|why| ApiError::new(Code::Invalid, why.to_string()))?;
        // Found by its hash: another key may have changed what hangs on it.
        let found = mail
            .reading
            .attachments
            .iter()
            .position(|one| one.sha256 == wanted.sha256)
            .ok_or_else(missing)?;
        let bytes = mail.files.into_iter().nth(found).ok_or_else(missing)?;
        Ok((wanted.name.clone(), wanted.mime.clone(), bytes))
    }

    /// Puts the keys that hang on a mail into the key ring, as seen; the one of its header, too, if it did not go there by
    /// itself.
    ///
    /// # Errors
    /// An unknown mail.
    pub fn take_mail_keys(&mut self, id: Uuid) -> Result<KeysImported> {
        self.require(Ability::TakeReport)?;
        let (_, kept) = self.kept_mail(id)?;
        let mut told = KeysImported::default();
        for (file, index) in kept.reading.attachments.iter().zip(0..) {
            if file.is_key {
                let (_, _, bytes) = self.mail_file(id, index)?;
                told.add(self.import_keys(&bytes, KeyOrigin::Attachment, None)?);
            }
        }
        if let Some(from) = &kept.reading.from
            && kept.reading.warnings.contains(&Warning::OtherKeyAnnounced)
        {
            let reader = self.reader()?;
            let mail = read(&self.mail_bytes(id)?, reader.ring(), self.now());
            if let Some(key) = mail.ok().and_then(|mail| mail.autocrypt) {
                told.add(self.import_keys(&key, KeyOrigin::Autocrypt, Some(&from.mail))?);
            }
        }
        Ok(told)
    }

    /// Keeps a file of a mail as evidence of its case.
    ///
    /// # Errors
    /// An unknown mail or file; a mail that is in no case.
    pub fn keep_attachment(&mut self, id: Uuid, index: u32) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        let (row, _) = self.kept_mail(id)?;
        let case = row
            .case
            .ok_or_else(|| ApiError::field(Code::Invalid, "case", "the mail is in no case"))?;
        let (name, mime, bytes) = self.mail_file(id, index)?;
        let sha256: [u8; 32] = Sha256::digest(&bytes).into();
        if self.evidence_hashes(case)?.contains(&hex(&sha256)) {
            return Ok(Done::of(None));
        }
        let state = EvidenceState {
            case,
            name,
            mime,
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            file_sha256: hex(&sha256),
            mail: id,
            kept_by: self.person().id,
            kept_at: self.now().timestamp_millis(),
        };
        let change = Change::new(
            EntityKind::Evidence,
            Uuid::now_v7(),
            fields_of("", &state, 1)?,
        );
        let committed = self.write(|tx, author| {
            blob::keep(tx, &sha256, &bytes)?;
            Ok(commit(tx, author, Scope::Case(case), vec![change])?)
        })?;
        Ok(Done::of(committed))
    }

    /// Writes a file of a mail in clear, where the user asks.
    ///
    /// # Errors
    /// An unknown mail or file; a folder that cannot be written.
    pub fn export_attachment(&self, id: Uuid, index: u32, folder: &Path) -> Result<Exported> {
        let (name, _, bytes) = self.mail_file(id, index)?;
        Ok(Exported {
            folder: folder.display().to_string(),
            files: vec![write_new(folder, &name, &bytes)?],
        })
    }

    fn evidence_hashes(&self, case: Uuid) -> Result<Vec<String>> {
        let kept = member::of_case::<EvidenceState>(self.conn(), case, EntityKind::Evidence)?;
        Ok(kept
            .into_iter()
            .map(|(_, state)| state.file_sha256)
            .collect())
    }

    /// The files that a case keeps as evidence, newest first.
    pub(in crate::api) fn evidence_of(&self, case: Uuid) -> Result<Vec<EvidenceView>> {
        let kept = member::of_case::<EvidenceState>(self.conn(), case, EntityKind::Evidence)?;
        let view = |(id, state): (Uuid, EvidenceState)| EvidenceView {
            id,
            name: state.name,
            mime: state.mime,
            size: state.size,
            sha256: state.file_sha256,
            mail: state.mail,
            kept_by: state.kept_by,
            kept_at: instant(state.kept_at),
        };
        Ok(kept.into_iter().rev().map(view).collect())
    }

    /// Writes a piece of evidence in clear, where the user asks.
    ///
    /// # Errors
    /// An unknown piece; a folder that cannot be written.
    pub fn export_evidence(&self, id: Uuid, folder: &Path) -> Result<Exported> {
        self.require(Ability::ReadCases)?;
        let missing = || ApiError::new(Code::NotFound, "no such evidence");
        let state: EvidenceState =
            member::get(self.conn(), id, EntityKind::Evidence)?.ok_or_else(missing)?;
        let sha256 = unhex(&state.file_sha256).ok_or_else(missing)?;
        let bytes = blob::get(self.conn(), &sha256)?.ok_or_else(missing)?;
        Ok(Exported {
            folder: folder.display().to_string(),
            files: vec![write_new(folder, &state.name, &bytes)?],
        })
    }
}
