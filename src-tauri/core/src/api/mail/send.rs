//! Sending: a draft becomes a mail of its case, in as many messages as it takes that each recipient can read theirs and nobody
//! reads what is not for them.
//!
//! One transaction keeps the mail, its bytes, the journal's word and the envelopes: what was told to leave either waits in
//! the outbox or was never told.

use std::path::Path;

use chrono::Duration;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::draft::Considered;
use super::envelope::{self, Envelope};
use super::kept::Kept;
use super::receive::{begun, thread_of};
use crate::api::documents::unhex;
use crate::api::error::{ApiError, Code, Result};
use crate::api::export::{write_new, write_together};
use crate::api::session::Session;
use crate::api::view::{Exported, KeylessWay, MailDraft, MailDraftView, SentView};
use crate::db::mail_draft::{self, MailDraftRow};
use crate::db::{blob, mail};
use crate::domain::entity::EntityKind;
use crate::domain::mail::template::TemplateLang;
use crate::domain::mail::{
    Address, AttachmentReading, Encryption, Reading, SignatureReading, SignatureStatus, Way,
    marking,
};
use crate::domain::people::Ability;
use crate::domain::rfc2350::Lang as TextLang;
use crate::journal::{Change, Scope, commit};
use crate::mail::{Outgoing, Part, WriteError, encrypted, message_id, signed};
use crate::pgp::{Certificate, MailKeys, autocrypt_key, encrypt_with_passphrase};
use crate::report::{self, Issuer, Lang};

/// Random bytes of the system.
fn chance<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::new(Code::Internal, "no randomness"))?;
    Ok(bytes)
}

/// A mail that is ready to leave.
struct Ready {
    row: mail::MailRow,
    kept: Kept,
    envelopes: Vec<Envelope>,
    passphrase: Option<Zeroizing<String>>,
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
        let passphrase = ready.passphrase.clone();
        let hold = Some(held_until.timestamp_millis());
        self.keep_sent(draft_row, ready, hold, settings.four_eyes)?;
        let told = case.filter(|_| passphrase.is_some());
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
        self.keep_exported(draft_row, ready)?;
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
    /// [`Code::NotAllowed`] for who wrote it.
    pub fn approve_mail(&mut self, id: Uuid) -> Result<()> {
        self.require(Ability::PrepareDocument)?;
        let draft = mail_draft::of_mail(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such mail"))?;
        if draft.author == self.person().id {
            return Err(ApiError::field(
                Code::NotAllowed,
                "four_eyes",
                "who wrote it does not approve it",
            ));
        }
        let person = self.person().id;
        let scope = draft.case.map_or(Scope::Registry, Scope::Case);
        self.write(|tx, author| {
            envelope::approve(tx, id)?;
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
            kept,
            envelopes,
            ..
        } = ready;
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

    fn ready(&mut self, draft: &MailDraft, considered: &Considered, ways: &[Way]) -> Result<Ready> {
        let from = considered
            .from
            .clone()
            .ok_or_else(|| ApiError::new(Code::Internal, "no sender"))?;
        let keys = self
            .mail_keys()?
            .ok_or_else(|| ApiError::new(Code::CannotSign, "no mail key"))?;
        let now = self.now();
        let files = self.draft_files(draft)?;
        let outgoing = self.outgoing(draft, considered, &from, &files)?;
        let visible = draft.to.len() + draft.cc.len();
        let by_way = |way: Way, in_secret: bool| -> Vec<Address> {
            let all = considered.recipients.iter().zip(ways).enumerate();
            let chosen =
                all.filter(|(place, (_, is))| **is == way && (*place >= visible) == in_secret);
            chosen.map(|(_, (address, _))| address.clone()).collect()
        };
        let reaches = |way: Way| ways.contains(&way);
        let mut messages: Vec<(Vec<Address>, Vec<u8>)> = Vec::new();
        let open = by_way(Way::Encrypted, false);
        if !open.is_empty() {
            let certificates = self.certificates_of(&open)?;
            messages.push((
                open,
                encrypted(&outgoing, &certificates, &keys, now).map_err(unwritten)?,
            ));
        }
        for secret in by_way(Way::Encrypted, true) {
            let to = vec![secret];
            let certificates = self.certificates_of(&to)?;
            let raw = encrypted(&outgoing, &certificates, &keys, now).map_err(unwritten)?;
            messages.push((to, raw));
        }
        if reaches(Way::Clear) {
            let all = [by_way(Way::Clear, false), by_way(Way::Clear, true)].concat();
            messages.push((all, signed(&outgoing, &keys, now).map_err(unwritten)?));
        }
        let mut passphrase = None;
        if reaches(Way::Locked) {
            let words = self.passphrase_for(draft)?;
            let cover = self.locked_cover(draft, considered, &outgoing, &files, &words, &keys)?;
            let raw = signed(&cover, &keys, now).map_err(unwritten)?;
            let groups = [
                vec![by_way(Way::Locked, false)],
                by_way(Way::Locked, true)
                    .into_iter()
                    .map(|one| vec![one])
                    .collect(),
            ];
            for group in groups.concat() {
                if !group.is_empty() {
                    messages.push((group, raw.clone()));
                }
            }
            passphrase = Some(words);
        }
        let first = messages
            .first()
            .map(|(_, raw)| raw.as_slice())
            .unwrap_or_default();
        let kept = self.kept_of(
            draft,
            &outgoing,
            reaches(Way::Encrypted) || reaches(Way::Locked),
            &keys,
        );
        let mail_id = Uuid::now_v7();
        let row = mail::MailRow {
            id: mail_id,
            sent: true,
            at: now.timestamp_millis(),
            unread: false,
            case: draft.case,
            thread: thread_of(self.conn(), &kept)?.unwrap_or(mail_id),
            message_id: outgoing.message_id.clone(),
            sha256: Sha256::digest(first).into(),
            face: kept.face(),
        };
        let envelopes = messages.into_iter().map(|(to, raw)| Envelope {
            mail: mail_id,
            message_id: outgoing.message_id.clone(),
            subject: outgoing.subject.clone(),
            case: draft.case,
            sender: from.clone(),
            to,
            raw,
        });
        Ok(Ready {
            row,
            envelopes: envelopes.collect(),
            kept,
            passphrase,
        })
    }

    /// Every recipient here has a key: the rule said so.
    fn certificates_of(&self, to: &[Address]) -> Result<Vec<Certificate>> {
        let key = |one: &Address| {
            let known = self.certificate_for(&one.mail)?;
            known.ok_or_else(|| ApiError::field(Code::KeyUnfit, one.mail.as_str(), "no key"))
        };
        to.iter().map(key).collect()
    }

    fn draft_files(&self, draft: &MailDraft) -> Result<Vec<Part>> {
        let mut files = Vec::new();
        for file in &draft.attachments {
            let damaged = || ApiError::new(Code::DatabaseDamaged, "a file of the draft is missing");
            let sha256 = unhex(&file.sha256).ok_or_else(damaged)?;
            let bytes = blob::get(self.conn(), &sha256)?.ok_or_else(damaged)?;
            files.push(Part {
                name: file.name.clone(),
                mime: file.mime.clone(),
                bytes,
            });
        }
        if draft.with_key {
            let key = self.team_key()?.certificate.armoured()?;
            files.push(Part {
                name: "cle-openpgp.asc".to_owned(),
                mime: "application/pgp-keys".to_owned(),
                bytes: key.into_bytes(),
            });
        }
        Ok(files)
    }

    fn outgoing(
        &self,
        draft: &MailDraft,
        considered: &Considered,
        from: &Address,
        files: &[Part],
    ) -> Result<Outgoing> {
        let now = self.now();
        let (mut in_reply_to, mut references) = (Vec::new(), Vec::new());
        if let Some(answered) = draft.answers {
            let (row, kept) = self.kept_mail(answered)?;
            references = kept.reading.references;
            references.retain(|one| *one != row.message_id);
            references.push(row.message_id.clone());
            in_reply_to.push(row.message_id);
        }
        let certificate = self.team_key()?.certificate;
        let settings = self.team()?.settings;
        Ok(Outgoing {
            from: from.clone(),
            to: draft.to.clone(),
            cc: draft.cc.clone(),
            subject: marking::subject(
                considered.reference.as_deref(),
                draft.tlp,
                draft.subject.trim(),
            ),
            outer_label: settings.tlp_outside.then_some(draft.tlp),
            date: now,
            message_id: message_id(chance()?, from),
            in_reply_to,
            references,
            text: marking::framed(&draft.text, draft.tlp, text_lang(draft)),
            attachments: files.to_vec(),
            autocrypt: autocrypt_key(&certificate, &from.mail, now).ok(),
            unsubscribe: None,
            chance: chance()?,
        })
    }

    /// The case's passphrase; a mail of no case has none, since nobody could find it again.
    fn passphrase_for(&mut self, draft: &MailDraft) -> Result<Zeroizing<String>> {
        let case = draft.case.ok_or_else(|| {
            ApiError::field(
                Code::MailBlocked,
                "keyless_undecided",
                "a passphrase belongs to a case",
            )
        })?;
        self.passphrase_of(case)
    }

    /// The mail around what is locked: it says how to open it, and nothing of the case.
    fn locked_cover(
        &self,
        draft: &MailDraft,
        considered: &Considered,
        outgoing: &Outgoing,
        files: &[Part],
        passphrase: &str,
        keys: &MailKeys,
    ) -> Result<Outgoing> {
        let team = self.team()?.profile;
        let lang = page_lang(draft);
        let issuer = || Issuer {
            name: team.full_name.clone(),
            phone: team.phone.clone(),
            mail: team.mail.clone(),
        };
        let now = self.now();
        let mut parts = Vec::new();
        let locked_name;
        if draft.keyless == KeylessWay::Password {
            locked_name = "message.asc".to_owned();
            let seal = |bytes: &[u8]| encrypt_with_passphrase(bytes, passphrase, Some(keys), now);
            parts.push(openpgp_part(&locked_name, seal(outgoing.text.as_bytes())?));
            for file in files {
                parts.push(openpgp_part(
                    &format!("{}.asc", file.name),
                    seal(&file.bytes)?,
                ));
            }
        } else {
            let view = report::message::MessageView {
                lang,
                team: issuer(),
                reference: considered.reference.clone().unwrap_or_default(),
                subject: draft.subject.trim().to_owned(),
                from: outgoing.from.clone(),
                to: draft.to.clone(),
                cc: draft.cc.clone(),
                at: now,
                tlp: draft.tlp,
                text: draft.text.clone(),
                files: files
                    .iter()
                    .map(|file| report::message::AttachedFile {
                        name: file.name.clone(),
                        size: file.bytes.len() as u64,
                    })
                    .collect(),
            };
            let pdf = report::render(&report::message::document(&view))?.bytes;
            if files.is_empty() {
                locked_name = "message.pdf".to_owned();
                let bytes = report::locked::lock(&pdf, passphrase, &chance()?)?;
                parts.push(Part {
                    name: locked_name.clone(),
                    mime: "application/pdf".to_owned(),
                    bytes,
                });
            } else {
                locked_name = "message.7z".to_owned();
                let inside = std::iter::once(report::archive::File {
                    name: "message.pdf",
                    bytes: &pdf,
                });
                let inside = inside.chain(files.iter().map(|file| report::archive::File {
                    name: &file.name,
                    bytes: &file.bytes,
                }));
                let all: Vec<report::archive::File<'_>> = inside.collect();
                let bytes =
                    report::archive::archive(&all, passphrase, &chance()?).map_err(|why| {
                        ApiError::field(Code::TooLong, "attachments", why.to_string())
                    })?;
                parts.push(Part {
                    name: locked_name.clone(),
                    mime: "application/x-7z-compressed".to_owned(),
                    bytes,
                });
            }
        }
        if draft.keyless == KeylessWay::Locked {
            let receipt = report::receipt::ReceiptView {
                lang,
                team: issuer(),
                website: team.website.clone(),
                opening: String::new(),
                locked: if files.is_empty() {
                    report::receipt::LockedFile::Document
                } else {
                    report::receipt::LockedFile::Archive
                },
                file: locked_name.clone(),
                fingerprint: self.team_key()?.certificate.fingerprint().grouped(),
                made_at: now,
            };
            let page = report::render(&report::receipt::document(&receipt))?.bytes;
            let name = if lang == Lang::Fr {
                "comment-ouvrir.pdf"
            } else {
                "how-to-open.pdf"
            };
            parts.push(Part {
                name: name.to_owned(),
                mime: "application/pdf".to_owned(),
                bytes: page,
            });
        }
        let (subject, text) = cover_words(
            lang,
            considered.reference.as_deref(),
            &locked_name,
            &team.phone,
            &team.full_name,
        );
        Ok(Outgoing {
            subject,
            text,
            attachments: parts,
            outer_label: None,
            chance: chance()?,
            ..outgoing.clone()
        })
    }

    /// What the case keeps to read: the mail as it was written, whatever form it left in.
    fn kept_of(
        &self,
        draft: &MailDraft,
        outgoing: &Outgoing,
        is_encrypted: bool,
        keys: &MailKeys,
    ) -> Kept {
        let signer = keys.certificates().into_iter().next();
        Kept {
            reading: Reading {
                encryption: if is_encrypted {
                    Encryption::Full
                } else {
                    Encryption::None
                },
                signature: SignatureReading {
                    status: SignatureStatus::Good,
                    fingerprint: signer.as_ref().map(|one| one.fingerprint().to_string()),
                    signer: signer.and_then(|one| one.user_id(self.now())),
                    signed_at: Some(self.now()),
                },
                from: Some(outgoing.from.clone()),
                to: draft.to.clone(),
                cc: draft.cc.clone(),
                date: Some(outgoing.date),
                message_id: outgoing.message_id.clone(),
                in_reply_to: outgoing.in_reply_to.clone(),
                references: outgoing.references.clone(),
                subject: outgoing.subject.clone(),
                subject_protected: true,
                text: draft.text.trim().to_owned(),
                attachments: draft
                    .attachments
                    .iter()
                    .map(|file| AttachmentReading {
                        name: file.name.clone(),
                        mime: file.mime.clone(),
                        size: file.size,
                        sha256: file.sha256.clone(),
                        is_key: false,
                    })
                    .collect(),
                ..Reading::default()
            },
            bcc: draft.bcc.clone(),
            tlp: Some(draft.tlp),
        }
    }
}

fn openpgp_part(name: &str, message: String) -> Part {
    Part {
        name: name.to_owned(),
        mime: "application/pgp-encrypted".to_owned(),
        bytes: message.into_bytes(),
    }
}

fn text_lang(draft: &MailDraft) -> TextLang {
    match draft.lang {
        TemplateLang::Fr => TextLang::Fr,
        TemplateLang::En => TextLang::En,
    }
}

fn page_lang(draft: &MailDraft) -> Lang {
    match draft.lang {
        TemplateLang::Fr => Lang::Fr,
        TemplateLang::En => Lang::En,
    }
}

fn cover_words(
    lang: Lang,
    reference: Option<&str>,
    file: &str,
    phone: &str,
    team: &str,
) -> (String, String) {
    let mark = reference.map(|one| format!("[{one}] ")).unwrap_or_default();
    match lang {
        Lang::Fr => (
            format!("{mark}Document protégé"),
            format!(
                "Bonjour,\n\nVous trouverez ci-joint le fichier protégé «\u{202f}{file}\u{202f}». Il s’ouvre avec une phrase de passe que nous \
                 vous donnons de vive voix ou par SMS, jamais par courriel.\n\nLa page «\u{202f}comment-ouvrir\u{202f}» explique la marche à \
                 suivre. En cas de doute, appelez-nous au {phone}.\n\n{team}\n"
            ),
        ),
        Lang::En => (
            format!("{mark}Protected document"),
            format!(
                "Good morning,\n\nThe attached file “{file}” is locked. It opens with a passphrase that we give you by voice or by \
                 text message, never by mail.\n\nThe page “how-to-open” explains what to do. If in doubt, call us on {phone}.\n\n{team}\n"
            ),
        ),
    }
}

fn unwritten(error: WriteError) -> ApiError {
    match error {
        WriteError::Pgp(error) => error.into(),
        WriteError::Header { field } | WriteError::AddressNotAscii { field } => {
            ApiError::field(Code::Invalid, field, error.to_string())
        }
        WriteError::TooLarge { .. } => {
            ApiError::field(Code::TooLong, "attachments", error.to_string())
        }
    }
}
