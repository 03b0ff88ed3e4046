//! Mails being written: begun from a case, a template or an answer, saved as they are typed, and what sending them means.

use chrono::Duration;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::api::commit::instant;
use crate::api::documents::{mandate_file, unhex};
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{
    DraftAttachment, Following, MailDraft, MailDraftView, ProtectionView, RecipientView,
};
use crate::db::blob;
use crate::db::mail_draft::{self, MailDraftRow};
use crate::domain::mail::template::{Field, TemplateLang, placeholders_left};
use crate::domain::mail::{Address, KeyTrust, Leaving, MAX_SENT_BYTES, TeamMailKey, Way, marking};
use crate::domain::marking::Tlp;
use crate::domain::people::Ability;
use crate::journal::history::hex;

/// A draft that was put aside can be taken up again for so long.
pub(super) const DISCARDED_FOR: Duration = Duration::days(30);
/// The most files on a mail.
const MAX_FILES: usize = 50;
/// Texts on a mail are looked through for the passphrase up to that: who writes it down writes a note, not a log.
const MAX_NOTE_BYTES: u32 = 256 * 1024;
/// The most recipients of a mail: a bulletin is another thing.
const MAX_RECIPIENTS: usize = 100;

/// A draft with what it needs to be judged.
pub(super) struct Considered {
    pub leaving: Leaving,
    /// To, then Cc, then Bcc.
    pub recipients: Vec<Address>,
    pub reference: Option<String>,
    pub from: Option<Address>,
}

impl Session {
    /// The drafts that are to be ended, last saved first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mail_drafts(&self) -> Result<Vec<MailDraftView>> {
        self.require(Ability::PrepareDocument)?;
        mail_draft::list(self.conn())?
            .into_iter()
            .map(|row| self.mail_draft_view(row))
            .collect()
    }

    /// Begins a draft: of a case, from a template, as what follows another mail.
    ///
    /// # Errors
    /// An unknown case, template or mail.
    pub fn new_mail_draft(
        &mut self,
        case: Option<Uuid>,
        template: Option<&str>,
        lang: TemplateLang,
        follows: Option<Following>,
    ) -> Result<MailDraftView> {
        self.require(Ability::PrepareDocument)?;
        let mut draft = MailDraft {
            case,
            lang,
            ..MailDraft::default()
        };
        if let Some(following) = follows {
            self.follow(&mut draft, following)?;
        }
        if let Some(case) = draft.case {
            let state = self.case_state(case)?;
            draft.tlp = draft.tlp.max(state.tlp);
            if follows.is_none() {
                draft.to = self.beneficiary(case)?.into_iter().collect();
            }
        }
        if let Some(template) = template {
            self.fill_template(&mut draft, template)?;
        }
        self.keep_draft(Uuid::now_v7(), draft)
    }

    /// Begins a draft outside any case, from a template and what only the caller knows.
    pub(in crate::api) fn new_mail_to(
        &mut self,
        to: Address,
        template: &str,
        lang: TemplateLang,
        known: &[(Field, String)],
    ) -> Result<MailDraftView> {
        let mut draft = MailDraft {
            to: vec![to],
            lang,
            ..MailDraft::default()
        };
        self.fill_template_with(&mut draft, template, known)?;
        self.keep_draft(Uuid::now_v7(), draft)
    }

    /// The person of a case whom mail goes to: the requester, else the first contact with an address.
    fn beneficiary(&self, case: Uuid) -> Result<Option<Address>> {
        let state = self.case_state(case)?;
        let requester = state
            .report
            .requester
            .known()
            .and_then(|person| Address::new(&person.name, &person.mail));
        Ok(requester.or(self.case_addresses(case)?.into_iter().next()))
    }

    /// The addresses of a case's own people.
    pub(super) fn case_addresses(&self, case: Uuid) -> Result<Vec<Address>> {
        let view = self.case(case)?;
        let people = view.contacts.into_iter().map(|contact| contact.person);
        let mut all: Vec<Address> = people
            .filter_map(|person| Address::new(&person.name, &person.mail))
            .collect();
        let report = view.report;
        let told = report.requester.known().into_iter();
        let organisation = report.organisation.known().into_iter();
        let told = told.chain(organisation.flat_map(|one| [&one.management, &one.technical]));
        for address in told.filter_map(|person| Address::new(&person.name, &person.mail)) {
            if !all.iter().any(|known| known.is(&address.mail)) {
                all.push(address);
            }
        }
        Ok(all)
    }

    /// The addresses of the team's directory.
    fn authority_addresses(&self) -> Result<Vec<Address>> {
        let authorities = self.team()?.profile.authorities;
        let addresses = authorities
            .iter()
            .filter_map(|one| Address::new(&one.name, &one.mail));
        Ok(addresses.collect())
    }

    /// The addresses of the keys that hold these words, with the first name on each key.
    fn key_addresses(&self, text: &str) -> Result<Vec<Address>> {
        let mut all = Vec::new();
        for key in self.keyring(text)? {
            let name = key
                .user_ids
                .first()
                .map_or("", |id| id.split('<').next().unwrap_or_default().trim());
            let addresses = key.addresses.iter();
            all.extend(addresses.filter_map(|mail| Address::new(name, mail)));
        }
        Ok(all)
    }

    /// Addresses that begin like a text: of the case first, then of the key ring and of whom the team wrote to.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mail_recipients(&self, text: &str, case: Option<Uuid>) -> Result<Vec<Address>> {
        self.require(Ability::ReadCases)?;
        const MOST: usize = 12;
        let mut all = match case {
            Some(case) => self.case_addresses(case)?,
            None => Vec::new(),
        };
        all.extend(self.authority_addresses()?);
        all.extend(self.key_addresses(text)?);
        let wanted = crate::domain::fold::fold(text);
        let fits = |one: &Address| {
            let shown = crate::domain::fold::fold(&format!("{} {}", one.name, one.mail));
            wanted.is_empty()
                || shown.split(' ').any(|word| word.starts_with(&wanted))
                || shown.contains(&wanted)
        };
        let mut found: Vec<Address> = Vec::new();
        for address in all.into_iter().filter(fits) {
            if found.len() < MOST && !found.iter().any(|known| known.is(&address.mail)) {
                found.push(address);
            }
        }
        Ok(found)
    }

    /// One draft.
    ///
    /// # Errors
    /// An unknown draft.
    pub fn mail_draft(&self, id: Uuid) -> Result<MailDraftView> {
        self.require(Ability::PrepareDocument)?;
        let row = self.draft_row(id)?;
        self.mail_draft_view(row)
    }

    /// Saves a draft as it is typed.
    ///
    /// # Errors
    /// An unknown draft, one that was sent; too many recipients or files.
    pub fn save_mail_draft(&mut self, id: Uuid, draft: MailDraft) -> Result<MailDraftView> {
        self.require(Ability::PrepareDocument)?;
        let row = self.draft_row(id)?;
        if row.sent_as.is_some() {
            return Err(ApiError::new(
                Code::DocumentSettled,
                "the mail was told to leave",
            ));
        }
        self.keep_draft(id, draft)
    }

    fn keep_draft(&mut self, id: Uuid, mut draft: MailDraft) -> Result<MailDraftView> {
        if draft.to.len() + draft.cc.len() + draft.bcc.len() > MAX_RECIPIENTS {
            return Err(ApiError::field(
                Code::TooLong,
                "recipients",
                MAX_RECIPIENTS.to_string(),
            ));
        }
        if draft.attachments.len() > MAX_FILES {
            return Err(ApiError::field(
                Code::TooLong,
                "attachments",
                MAX_FILES.to_string(),
            ));
        }
        let people = [&mut draft.to, &mut draft.cc, &mut draft.bcc];
        for address in people.into_iter().flatten() {
            self.name(address, draft.case)?;
        }
        let row = MailDraftRow {
            id,
            author: self.person().id,
            case: draft.case,
            saved_at: self.now().timestamp_millis(),
            discarded_at: None,
            sent_as: None,
            body: serde_json::to_string(&draft)?,
        };
        mail_draft::save(self.conn(), &row)?;
        self.mail_draft(id)
    }

    /// An address that was typed alone takes the name that the case or the team's directory gives it, or a verified key:
    /// on any other key stands whatever somebody wished.
    fn name(&self, address: &mut Address, case: Option<Uuid>) -> Result<()> {
        if !address.name.is_empty() {
            return Ok(());
        }
        let mut known = match case {
            Some(case) => self.case_addresses(case)?,
            None => Vec::new(),
        };
        known.extend(self.authority_addresses()?);
        let key = self.key_standing(&address.mail)?;
        if key.is_some_and(|key| key.trust == KeyTrust::Verified) {
            known.extend(self.key_addresses(&address.mail)?);
        }
        if let Some(known) = known.into_iter().find(|known| known.is(&address.mail)) {
            address.name = known.name;
        }
        Ok(())
    }

    /// Puts a draft aside; it can be taken up again for thirty days.
    ///
    /// # Errors
    /// An unknown draft.
    pub fn discard_mail_draft(&mut self, id: Uuid) -> Result<()> {
        self.require(Ability::PrepareDocument)?;
        let now = self.now();
        mail_draft::forget_discarded_before(self.conn(), (now - DISCARDED_FOR).timestamp_millis())?;
        let row = MailDraftRow {
            discarded_at: Some(now.timestamp_millis()),
            ..self.draft_row(id)?
        };
        Ok(mail_draft::save(self.conn(), &row)?)
    }

    /// Takes up again a draft that was put aside.
    ///
    /// # Errors
    /// An unknown draft.
    pub fn restore_mail_draft(&mut self, id: Uuid) -> Result<MailDraftView> {
        self.require(Ability::PrepareDocument)?;
        let row = MailDraftRow {
            discarded_at: None,
            ..self.draft_row(id)?
        };
        mail_draft::save(self.conn(), &row)?;
        self.mail_draft_view(row)
    }

    /// Hangs a file on a draft; its bytes lie in the vault.
    ///
    /// # Errors
    /// An unknown draft; more than mail carries.
    pub fn attach_to_mail(&mut self, id: Uuid, name: &str, bytes: &[u8]) -> Result<MailDraftView> {
        self.require(Ability::PrepareDocument)?;
        let row = self.draft_row(id)?;
        let mut draft: MailDraft = serde_json::from_str(&row.body)?;
        let held: usize = draft.attachments.iter().map(|one| one.size as usize).sum();
        if held + bytes.len() > MAX_SENT_BYTES {
            return Err(ApiError::field(
                Code::TooLong,
                "attachments",
                MAX_SENT_BYTES.to_string(),
            ));
        }
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        blob::keep(self.conn(), &sha256, bytes)?;
        draft.attachments.push(DraftAttachment {
            name: crate::mail::read::safe_name(name, draft.attachments.len() + 1),
            mime: media_type(name).to_owned(),
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            sha256: hex(&sha256),
        });
        self.save_mail_draft(id, draft)
    }

    /// Hangs a document of the case on a draft, with the lead's signature or standing word when it bears one.
    ///
    /// # Errors
    /// An unknown draft or document.
    pub fn attach_document(&mut self, id: Uuid, document: Uuid) -> Result<MailDraftView> {
        let view = self.document(document)?;
        let bytes = self.document_bytes(document)?;
        let attached = self.attach_to_mail(id, &view.file_name, &bytes)?;
        if let Some((text, signature)) = self.mandate_of(document)? {
            let name = mandate_file(&view.file_name);
            self.attach_to_mail(id, &name, text.as_bytes())?;
            return self.attach_to_mail(id, &format!("{name}.asc"), signature.as_bytes());
        }
        match view.signature {
            Some(signature) => {
                let name = format!("{}.asc", view.file_name);
                self.attach_to_mail(id, &name, signature.as_bytes())
            }
            None => Ok(attached),
        }
    }

    pub(super) fn draft_row(&self, id: Uuid) -> Result<MailDraftRow> {
        mail_draft::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such draft"))
    }

    fn mail_draft_view(&self, row: MailDraftRow) -> Result<MailDraftView> {
        let draft: MailDraft = serde_json::from_str(&row.body)?;
        Ok(MailDraftView {
            id: row.id,
            protection: self.protection_of(&draft)?,
            case: draft.case.map(|case| self.case_ref(case)).transpose()?,
            draft,
            saved_at: instant(row.saved_at),
            author: Some(row.author),
        })
    }

    /// The draft as the rule of protection sees it.
    pub(super) fn consider(&self, draft: &MailDraft) -> Result<Considered> {
        let all = draft.to.iter().chain(&draft.cc).chain(&draft.bcc);
        let all: Vec<Address> = all.cloned().collect();
        let recipients = all.iter().map(|one| self.recipient(&one.mail, draft.case));
        let recipients = recipients.collect::<Result<_>>()?;
        let reference = draft.case.map(|case| self.case_ref(case)).transpose()?;
        let said = format!("{}\n{}", draft.subject, draft.text);
        let passphrase_inside = self.tells_passphrase(draft)?;
        let from = self.sender()?;
        let files: usize = draft.attachments.iter().map(|one| one.size as usize).sum();
        let leaving = Leaving {
            recipients,
            tlp: draft.tlp,
            case: draft
                .case
                .map(|case| self.case_standing(case))
                .transpose()?,
            keyless: draft.keyless,
            team_key: self.mail_key_standing()?,
            // Base64 of base64 for what is encrypted, and lines.
            size: (files + draft.text.len()) * 14 / 10 + 20_000,
            no_subject: draft.subject.trim().is_empty(),
            empty: draft.text.trim().is_empty() && draft.attachments.is_empty(),
            placeholder_left: !placeholders_left(&said).is_empty(),
            passphrase_inside,
            repeats_secret: self.repeats_secret(draft)?,
            no_sender: from.is_none(),
        };
        Ok(Considered {
            leaving,
            recipients: all,
            reference: reference.map(|case| case.reference),
            from,
        })
    }

    /// Whether the passphrase of the case stands in the words of a draft, in a name or in a text that hangs on it.
    fn tells_passphrase(&self, draft: &MailDraft) -> Result<bool> {
        let Some(case) = draft.case else {
            return Ok(false);
        };
        let mut words = vec![draft.subject.clone(), draft.text.clone()];
        let people = draft.to.iter().chain(&draft.cc).chain(&draft.bcc);
        words.extend(people.map(|one| one.name.clone()));
        for file in &draft.attachments {
            words.push(file.name.clone());
            let is_note = file.mime.starts_with("text/") && file.size <= MAX_NOTE_BYTES;
            if let Some(sha256) = unhex(&file.sha256).filter(|_| is_note)
                && let Some(bytes) = blob::get(self.conn(), &sha256)?
            {
                words.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        self.holds_passphrase(case, &words.join("\n"))
    }

    /// Whether the team's own key serves this access today.
    fn mail_key_standing(&self) -> Result<TeamMailKey> {
        let certificate = self.team_key()?.certificate;
        let ended = certificate.is_revoked(self.now())
            || certificate
                .expires_at(self.now())
                .is_some_and(|end| end <= self.now());
        Ok(match self.mail_keys() {
            _ if ended => TeamMailKey::Ended,
            Ok(Some(_)) => TeamMailKey::Ready,
            Ok(None) => TeamMailKey::Absent,
            Err(error) => return Err(error),
        })
    }

    /// What sending a draft means.
    pub(super) fn protection_of(&self, draft: &MailDraft) -> Result<ProtectionView> {
        let considered = self.consider(draft)?;
        let protection = considered.leaving.protection();
        let mut recipients = Vec::new();
        for (address, way) in considered.recipients.iter().zip(&protection.ways) {
            recipients.push(RecipientView {
                address: address.clone(),
                key: self.recipient_key(&address.mail)?,
                way: *way,
            });
        }
        let encrypted = protection.ways.contains(&Way::Encrypted);
        let subject = marking::subject(considered.reference.as_deref(), draft.tlp, &draft.subject);
        let settings = self.team()?.settings;
        let locked = protection.ways.contains(&Way::Locked);
        // Of two messages the cover shows more.
        let outer = if locked {
            self.cover_subject(draft)?
        } else if encrypted || draft.tlp >= Tlp::Amber {
            // What cannot leave in clear shows no server its subject, even while it is not settled how it leaves.
            "[...]".to_owned()
        } else {
            subject.clone()
        };
        Ok(ProtectionView {
            recipients,
            obstacles: protection.obstacles,
            signed: protection.signed,
            outer_subject: if encrypted && !locked && settings.tlp_outside {
                format!("[{}] {outer}", draft.tlp.label())
            } else {
                outer
            },
            subject,
            from: considered.from.unwrap_or_default(),
            size: u32::try_from(considered.leaving.size).unwrap_or(u32::MAX),
            four_eyes: settings.four_eyes,
            fingerprint: self.team_key()?.certificate.fingerprint().grouped(),
        })
    }
}

/// The media type that the ending of a name stands for; bytes for any other.
fn media_type(name: &str) -> &'static str {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    match ending.as_deref() {
        Some("pdf") => "application/pdf",
        Some("txt" | "log") => "text/plain",
        Some("csv") => "text/csv",
        Some("asc") => "application/pgp-signature",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("zip") => "application/zip",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("odt") => "application/vnd.oasis.opendocument.text",
        Some("eml") => "message/rfc822",
        _ => "application/octet-stream",
    }
}
