//! Keeping the registry true: the papers that a firm showed, and the mail that asks it to confirm its record.

use std::path::Path;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::api::documents::unhex;
use crate::api::error::{ApiError, Code, Result};
use crate::api::export::write_new;
use crate::api::session::Session;
use crate::api::view::{Exported, MailDraftView, ProviderView};
use crate::db::blob;
use crate::domain::entity::EntityKind;
use crate::domain::mail::Address;
use crate::domain::mail::template::{Field, TemplateLang};
use crate::domain::people::Ability;
use crate::domain::provider::{Paper, PaperKind, Reminder, reminders};
use crate::journal::history::hex;
use crate::journal::{Change, Scope, commit};
use crate::report::{self, Lang};
use crate::table::providers::written;

/// The largest paper, bytes.
const MAX_PAPER_BYTES: usize = 20 * 1024 * 1024;
/// As many papers as a record holds.
const MAX_PAPERS: usize = 50;
/// The mail that asks a firm.
const REVIEW: &str = "firm_review";

impl Session {
    /// Keeps a paper of a firm: the certificate of a label, an attestation of insurance, the signed charter.
    ///
    /// # Errors
    /// Not the lead; an unknown firm; an empty file or more than 20 MiB; more than 50 papers.
    pub fn add_firm_paper(
        &mut self,
        firm: Uuid,
        kind: PaperKind,
        name: &str,
        bytes: &[u8],
    ) -> Result<ProviderView> {
        self.require(Ability::ManageTeam)?;
        if bytes.is_empty() {
            return Err(ApiError::field(Code::Invalid, "bytes", "an empty file"));
        }
        if bytes.len() > MAX_PAPER_BYTES {
            let limit = MAX_PAPER_BYTES.to_string();
            return Err(ApiError::field(Code::TooLong, "bytes", limit));
        }
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        let mut papers = self.registered_one(firm)?.papers;
        papers.retain(|known| known.sha256 != hex(&sha256));
        if papers.len() >= MAX_PAPERS {
            return Err(ApiError::field(
                Code::TooLong,
                "papers",
                MAX_PAPERS.to_string(),
            ));
        }
        papers.push(Paper {
            kind,
            name: crate::mail::read::safe_name(name, papers.len() + 1),
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            sha256: hex(&sha256),
            added_on: self.today(),
        });
        let change = papers_of(firm, &papers)?;
        self.write(|tx, author| {
            blob::keep(tx, &sha256, bytes)?;
            Ok(commit(tx, author, Scope::Registry, vec![change])?)
        })?;
        self.provider(firm)
    }

    /// Takes a paper out of a firm's record; the journal keeps that it was there.
    ///
    /// # Errors
    /// Not the lead; an unknown firm.
    pub fn remove_firm_paper(&mut self, firm: Uuid, sha256: &str) -> Result<ProviderView> {
        self.require(Ability::ManageTeam)?;
        let mut papers = self.registered_one(firm)?.papers;
        papers.retain(|known| known.sha256 != sha256);
        let change = papers_of(firm, &papers)?;
        self.commit(Scope::Registry, vec![change])?;
        self.provider(firm)
    }

    /// Writes a paper of a firm where the user asks.
    ///
    /// # Errors
    /// An unknown firm or paper; bytes that no longer have their hash; a folder that cannot be written.
    pub fn export_firm_paper(&self, firm: Uuid, sha256: &str, folder: &Path) -> Result<Exported> {
        self.require(Ability::ReadCases)?;
        let papers = self.registered_one(firm)?.papers;
        let paper = papers.into_iter().find(|known| known.sha256 == sha256);
        let paper = paper.ok_or_else(|| ApiError::new(Code::NotFound, "no such paper"))?;
        let damaged = || ApiError::new(Code::DatabaseDamaged, "a paper does not have its hash");
        let hash = unhex(sha256).ok_or_else(damaged)?;
        let bytes = blob::get(self.conn(), &hash)?
            .filter(|bytes| Sha256::digest(bytes)[..] == hash)
            .ok_or_else(damaged)?;
        Ok(Exported {
            files: vec![write_new(folder, &paper.name, &bytes)?],
            folder: folder.display().to_string(),
        })
    }

    /// Begins the mail that asks a firm about what its record has to be asked, with the record as a table.
    ///
    /// # Errors
    /// An unknown firm; one without an address.
    pub fn firm_review_draft(&mut self, firm: Uuid) -> Result<MailDraftView> {
        self.require(Ability::PrepareDocument)?;
        let provider = self.registered_one(firm)?;
        let people = provider.contacts.iter();
        let to = people
            .filter_map(|one| Address::new(&one.name, &one.mail))
            .next();
        let to = to.ok_or_else(|| {
            ApiError::field(Code::Invalid, "contacts", "the firm has no mail address")
        })?;
        let mut questions: Vec<String> = reminders(&provider, self.today())
            .iter()
            .map(|one| format!("- {}", question(one)))
            .collect();
        if questions.is_empty() {
            questions.push(format!("- {ALL_RIGHT}"));
        }
        let table = written(std::iter::once(&provider))
            .map_err(|error| ApiError::new(Code::Internal, error.to_string()))?;
        let values = [(Field::Questions, questions.join("\n"))];
        let draft = self.new_mail_to(to, REVIEW, TemplateLang::Fr, &values)?;
        self.attach_to_mail(draft.id, "fiche.csv", &table)
    }
}

const ALL_RIGHT: &str = "Tout ce que dit votre fiche est-il encore exact\u{202f}?";

/// What a reminder asks the firm, in French: firms of the region are written to in French.
fn question(reminder: &Reminder) -> String {
    let day = |day: &chrono::NaiveDate| report::calendar_day(*day, Lang::Fr);
    match reminder {
        Reminder::LabelExpiring { label, on } => format!(
            "Votre label {} prend fin le {}. Est-il renouvelé\u{202f}? Merci de joindre le nouveau certificat.",
            label.name(),
            day(on)
        ),
        Reminder::LabelExpired { label, on } => format!(
            "Votre label {} a pris fin le {}. L’avez-vous encore\u{202f}? Merci de joindre le certificat.",
            label.name(),
            day(on)
        ),
        Reminder::ConfirmationDue { last: Some(last) } => format!(
            "Votre fiche a été confirmée pour la dernière fois le {}. {ALL_RIGHT}",
            day(last)
        ),
        Reminder::ConfirmationDue { last: None } => ALL_RIGHT.to_owned(),
        Reminder::InsuranceEnded { on } => format!(
            "Votre assurance professionnelle a pris fin le {}. Merci de joindre la nouvelle attestation.",
            day(on)
        ),
        Reminder::InsuranceUnknown => {
            "Merci de joindre une attestation d’assurance professionnelle.".to_owned()
        }
    }
}

fn papers_of(firm: Uuid, papers: &[Paper]) -> Result<Change> {
    let value = serde_json::to_value(papers)?;
    Ok(Change::set(EntityKind::Provider, firm, "papers", value))
}
