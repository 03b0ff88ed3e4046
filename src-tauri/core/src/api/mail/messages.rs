//! The messages that a mail leaves in: as many as it takes that each recipient can read theirs and nobody reads what is not
//! for them.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::draft::Considered;
use super::envelope::Envelope;
use super::kept::Kept;
use super::receive::thread_of;
use super::send::{Ready, chance};
use crate::api::documents::unhex;
use crate::api::error::{ApiError, Code, Result};
use crate::api::locked_mail::NeutralFile;
use crate::api::session::Session;
use crate::api::view::{DraftAttachment, KeylessWay, MailDraft};
use crate::db::{blob, mail};
use crate::domain::mail::template::TemplateLang;
use crate::domain::mail::{
    Address, AttachmentReading, Encryption, Reading, SignatureReading, SignatureStatus, Way,
    marking,
};
use crate::domain::rfc2350::Lang as TextLang;
use crate::mail::{Outgoing, Part, WriteError, encrypted, encrypted_to_each, message_id, signed};
use crate::pgp::{Certificate, MailKeys, autocrypt_key};
use crate::report::archive::File;
use crate::report::message::{AttachedFile, MessageView};
use crate::report::{Issuer, Lang};

/// The template of the mail around what is locked.
pub(super) const COVER: &str = "cover";

impl Session {
    pub(super) fn ready(
        &mut self,
        draft: &MailDraft,
        considered: &Considered,
        ways: &[Way],
    ) -> Result<Ready> {
        let from = considered
            .from
            .clone()
            .ok_or_else(|| ApiError::new(Code::Internal, "no sender"))?;
        let keys = self
            .mail_keys()?
            .ok_or_else(|| ApiError::new(Code::CannotSign, "no mail key"))?;
        let now = self.now();
        let files = self.draft_files(draft)?;
        let mut outgoing = self.outgoing(draft, considered, &from, &files)?;
        if draft.with_key {
            outgoing.attachments.push(self.team_key_part()?);
        }
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
        let secret = by_way(Way::Encrypted, true);
        let certificates = self.certificates_of(&secret)?;
        let alone = encrypted_to_each(&outgoing, &certificates, &keys, now).map_err(unwritten)?;
        messages.extend(secret.into_iter().map(|one| vec![one]).zip(alone));
        if reaches(Way::Clear) {
            let all = [by_way(Way::Clear, false), by_way(Way::Clear, true)].concat();
            messages.push((all, signed(&outgoing, &keys, now).map_err(unwritten)?));
        }
        let locked = reaches(Way::Locked);
        if locked {
            let cover = self.locked_cover(draft, considered, &outgoing, &files, &keys)?;
            let raw = signed(&cover, &keys, now).map_err(unwritten)?;
            let open = by_way(Way::Locked, false);
            if !open.is_empty() {
                messages.push((open, raw.clone()));
            }
            let secret = by_way(Way::Locked, true).into_iter();
            messages.extend(secret.map(|one| (vec![one], raw.clone())));
        }
        let first = messages
            .first()
            .map(|(_, raw)| raw.as_slice())
            .unwrap_or_default();
        let kept = self.kept_of(draft, &outgoing, reaches(Way::Encrypted) || locked, &keys);
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
            locked,
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
        Ok(files)
    }

    /// The team's public key, as a file.
    fn team_key_part(&self) -> Result<Part> {
        Ok(Part {
            name: "cle-openpgp.asc".to_owned(),
            mime: "application/pgp-keys".to_owned(),
            bytes: self.team_key()?.certificate.armoured()?.into_bytes(),
        })
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

    /// The mail around what is locked: the template for it says how it is opened, and nothing of the case.
    fn locked_cover(
        &mut self,
        draft: &MailDraft,
        considered: &Considered,
        outgoing: &Outgoing,
        files: &[Part],
        keys: &MailKeys,
    ) -> Result<Outgoing> {
        // Without a case nobody could find the passphrase again.
        let case = draft.case.ok_or_else(|| {
            ApiError::field(
                Code::MailBlocked,
                "keyless_undecided",
                "a passphrase belongs to a case",
            )
        })?;
        let mut parts = self.locked_parts(case, draft, considered, outgoing, files, keys)?;
        let hung = parts.iter().map(|part| DraftAttachment {
            name: part.name.clone(),
            ..DraftAttachment::default()
        });
        let mut cover = MailDraft {
            to: greeted(draft, considered),
            lang: draft.lang,
            attachments: hung.take(1).collect(),
            ..MailDraft::default()
        };
        self.fill_template(&mut cover, COVER)?;
        if draft.with_key {
            // In the open: who has no key yet opens no locked file to find ours.
            parts.push(self.team_key_part()?);
        }
        Ok(Outgoing {
            subject: cover.subject,
            text: cover.text,
            attachments: parts,
            outer_label: None,
            chance: chance()?,
            ..outgoing.clone()
        })
    }

    /// The subject of the mail around what is locked, as every server sees it.
    pub(super) fn cover_subject(&self, draft: &MailDraft) -> Result<String> {
        let mut cover = MailDraft {
            lang: draft.lang,
            ..MailDraft::default()
        };
        self.fill_template(&mut cover, COVER)?;
        Ok(cover.subject)
    }

    fn locked_parts(
        &mut self,
        case: Uuid,
        draft: &MailDraft,
        considered: &Considered,
        outgoing: &Outgoing,
        files: &[Part],
        keys: &MailKeys,
    ) -> Result<Vec<Part>> {
        let team = self.team()?.profile;
        let attached = files.iter().map(|file| AttachedFile {
            name: file.name.clone(),
            size: file.bytes.len() as u64,
        });
        let view = MessageView {
            lang: page_lang(draft),
            team: Issuer {
                name: team.full_name,
                phone: team.phone,
                mail: team.mail,
            },
            reference: considered.reference.clone().unwrap_or_default(),
            subject: draft.subject.trim().to_owned(),
            from: outgoing.from.clone(),
            to: draft.to.clone(),
            cc: draft.cc.clone(),
            at: outgoing.date,
            tlp: draft.tlp,
            text: draft.text.clone(),
            files: attached.collect(),
        };
        let inside: Vec<File<'_>> = files
            .iter()
            .map(|file| File {
                name: &file.name,
                bytes: &file.bytes,
            })
            .collect();
        let part = |file: NeutralFile| Part {
            name: file.name.to_owned(),
            mime: file.mime.to_owned(),
            bytes: file.bytes,
        };
        if draft.keyless == KeylessWay::Password {
            let made = self.seal_mail(case, &view, &inside, keys)?;
            let messages = made.messages.into_iter().map(|(name, message)| Part {
                name,
                mime: "application/pgp-encrypted".to_owned(),
                bytes: message.into_bytes(),
            });
            return Ok(messages.chain([part(made.receipt)]).collect());
        }
        let made = self.lock_mail(case, &view, &inside)?;
        Ok(vec![part(made.locked), part(made.receipt)])
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
            sent_by: None,
        }
    }
}

/// Whom the mail around what is locked speaks to: nobody who reads another form of it, and nobody who is told in secret.
fn greeted(draft: &MailDraft, considered: &Considered) -> Vec<Address> {
    let ways = considered.leaving.protection().ways;
    let visible = draft.to.len() + draft.cc.len();
    let all = considered.recipients.iter().zip(ways).take(visible);
    all.filter(|(_, way)| *way == Way::Locked)
        .map(|(address, _)| address.clone())
        .collect()
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

fn unwritten(error: WriteError) -> ApiError {
    match error {
        WriteError::Pgp(error) => error.into(),
        WriteError::Header { field } | WriteError::AddressNotAscii { field } => {
            ApiError::field(Code::Invalid, place_of(field), error.to_string())
        }
        WriteError::TooLarge { .. } => {
            ApiError::field(Code::TooLong, "attachments", error.to_string())
        }
    }
}

/// Where the writer of a draft finds what a header could not take.
fn place_of(header: &str) -> &'static str {
    match header {
        "From" => "from",
        "To" => "to",
        "Cc" => "cc",
        "Subject" => "subject",
        "Content-Disposition" | "Content-Type" => "attachments",
        // The names of messages, which nobody types.
        _ => "answers",
    }
}
