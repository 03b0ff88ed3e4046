//! What leaves for the recipients whom nothing can be encrypted to: one locked file, and the open page that explains it.

use std::fmt::Write as _;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use super::session::Session;
use crate::domain::mail::marking;
use crate::domain::rfc2350::Lang as TextLang;
use crate::pgp::{MailKeys, encrypt_with_passphrase};
use crate::report::archive::{self, ArchiveError, File, archive};
use crate::report::locked::{self, lock};
use crate::report::message::{self, MessageView};
use crate::report::receipt::{self, LockedFile, ReceiptView};
use crate::report::{Lang, render};

/// A file that may leave in clear: its name tells nothing of the case.
#[derive(Clone, Debug)]
pub struct NeutralFile {
    /// Its name.
    pub name: &'static str,
    /// "application/pdf".
    pub mime: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A mail as OpenPGP messages that the passphrase of the case opens.
#[derive(Clone, Debug)]
pub(super) struct SealedMail {
    /// The text, then each file: a name that tells nothing of the case, and an armoured message.
    pub messages: Vec<(String, String)>,
    /// How to open them.
    pub receipt: NeutralFile,
}

/// A locked mail.
#[derive(Clone, Debug)]
pub struct LockedMail {
    /// What the passphrase of the case opens.
    pub locked: NeutralFile,
    /// How to open it.
    pub receipt: NeutralFile,
}

impl Session {
    /// Locks a mail with the passphrase of its case, made if there is none: as a PDF, or with files as an archive of that
    /// PDF and the files. The view's own list of files is printed as it is given.
    ///
    /// # Errors
    /// Not an analyst or the lead; an unknown case; too many files, or too large ones.
    pub fn lock_mail(
        &mut self,
        case: Uuid,
        message: &MessageView,
        files: &[File<'_>],
    ) -> Result<LockedMail> {
        let passphrase = self.passphrase_of(case)?;
        let open = render(&message::document(message))?.bytes;
        let french = message.lang == Lang::Fr;
        let locked = if files.is_empty() {
            NeutralFile {
                name: if french {
                    "message-protege.pdf"
                } else {
                    "locked-message.pdf"
                },
                mime: "application/pdf",
                bytes: lock(&open, &passphrase, &*random::<{ locked::RANDOM_BYTES }>()?)?,
            }
        } else {
            let mut all = vec![File {
                name: "message.pdf",
                bytes: &open,
            }];
            all.extend_from_slice(files);
            NeutralFile {
                name: if french {
                    "fichiers-proteges.7z"
                } else {
                    "locked-files.7z"
                },
                mime: "application/x-7z-compressed",
                bytes: archive(&all, &passphrase, &*random::<{ archive::RANDOM_BYTES }>()?)?,
            }
        };
        let kind = if files.is_empty() {
            LockedFile::Document
        } else {
            LockedFile::Archive
        };
        let receipt = self.receipt(message, kind, locked.name)?;
        Ok(LockedMail { locked, receipt })
    }

    /// Encrypts a mail with the passphrase of its case for somebody who has OpenPGP and no key: its subject and its text,
    /// marked and with the true names of the files, then each file.
    ///
    /// # Errors
    /// Not an analyst or the lead; an unknown case.
    pub(super) fn seal_mail(
        &mut self,
        case: Uuid,
        message: &MessageView,
        files: &[File<'_>],
        keys: &MailKeys,
    ) -> Result<SealedMail> {
        let passphrase = self.passphrase_of(case)?;
        let seal = |bytes: &[u8]| {
            encrypt_with_passphrase(bytes, &passphrase, Some(keys), message.at)
                .map_err(ApiError::from)
        };
        let (stem, lang) = match message.lang {
            Lang::Fr => ("fichier", TextLang::Fr),
            Lang::En => ("file", TextLang::En),
        };
        let mut text = format!("{}\n\n{}", message.subject, message.text.trim_end());
        let mut messages = Vec::new();
        for (place, file) in files.iter().enumerate() {
            let name = format!("{stem}-{}{}", place + 1, plain_ending(file.name));
            let blank = if place == 0 { "\n" } else { "" };
            // Writing to a string does not fail.
            let _ = write!(text, "\n{blank}{name}: {}", file.name);
            messages.push((format!("{name}.asc"), seal(file.bytes)?));
        }
        let text = marking::framed(&text, message.tlp, lang);
        messages.insert(0, ("message.txt.asc".to_owned(), seal(text.as_bytes())?));
        let receipt = self.receipt(message, LockedFile::Message, &messages[0].0)?;
        Ok(SealedMail { messages, receipt })
    }

    fn receipt(
        &self,
        message: &MessageView,
        locked: LockedFile,
        file: &str,
    ) -> Result<NeutralFile> {
        let profile = self.team()?.profile;
        let opening = match message.lang {
            Lang::Fr => profile.opening.text_fr,
            Lang::En => profile.opening.text_en,
        };
        let page = receipt::document(&ReceiptView {
            lang: message.lang,
            team: message.team.clone(),
            website: profile.website,
            opening,
            locked,
            file: file.to_owned(),
            fingerprint: self.team_key()?.certificate.fingerprint().grouped(),
            made_at: message.at,
        });
        Ok(NeutralFile {
            name: match message.lang {
                Lang::Fr => "mode-d-emploi.pdf",
                Lang::En => "how-to-open.pdf",
            },
            mime: "application/pdf",
            bytes: render(&page)?.bytes,
        })
    }
}

/// The ending of a file's name, with its dot, where it says no more than a kind of file.
fn plain_ending(name: &str) -> String {
    const LONGEST: usize = 5;
    match name.rsplit_once('.') {
        Some((_, ending))
            if (1..=LONGEST).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            format!(".{}", ending.to_ascii_lowercase())
        }
        _ => String::new(),
    }
}

fn random<const BYTES: usize>() -> Result<Zeroizing<[u8; BYTES]>> {
    let mut random = Zeroizing::new([0; BYTES]);
    getrandom::fill(random.as_mut_slice())
        .map_err(|_| ApiError::new(Code::Internal, "no randomness"))?;
    Ok(random)
}

impl From<ArchiveError> for ApiError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::TooMany | ArchiveError::TooLarge => {
                Self::field(Code::TooLong, "files", error.to_string())
            }
            ArchiveError::Empty | ArchiveError::NoPassphrase | ArchiveError::Write => {
                Self::new(Code::Internal, error.to_string())
            }
        }
    }
}
