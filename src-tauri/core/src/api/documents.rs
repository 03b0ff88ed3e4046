//! Documents of a case: prepared by whoever coordinates, signed or sent back by the lead, kept byte for byte.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::commit::instant;
use super::commit::{fields_of, word};
use super::error::{ApiError, Code, Result};
use super::export::write_new;
use super::providers::Delegation;
use super::session::Session;
use super::team_key::of_the_teams_key;
use super::team_key::parts::{self, Part};
use super::triage::reason;
use super::view::{DocumentKind, DocumentState as Stands, DocumentView, Exported, Language};
use crate::db::{blob, member};
use crate::domain::case::Audience;
use crate::domain::entity::EntityKind;
use crate::domain::marking::Tlp;
use crate::domain::people::Ability;
use crate::journal::history::hex;
use crate::journal::{Change, Scope, commit};
use crate::pgp::{PgpError, SigningMaterial};
use crate::report::{self, Pdf};

/// Signed documents that stay in the lead's list.
const LATELY_SIGNED: u32 = 20;

/// A document as the journal keeps it; its bytes lie beside, under their hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DocumentState {
    /// Its case.
    pub case: Uuid,
    /// What it is.
    #[serde(default)]
    pub kind: DocumentKind,
    /// For whom.
    pub audience: Audience,
    /// File name.
    pub file_name: String,
    /// Marking at the time.
    pub tlp: Tlp,
    /// "`to_sign`", "signed", "returned", "delegated".
    pub state: String,
    /// Bytes.
    pub size: u32,
    /// Pages.
    pub pages: u32,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Who prepared it.
    pub prepared_by: Uuid,
    /// When, milliseconds.
    pub prepared_at: i64,
    /// Who signed it or sent it back.
    #[serde(default)]
    pub settled_by: Option<Uuid>,
    /// When, milliseconds.
    #[serde(default)]
    pub settled_at: Option<i64>,
    /// Why it was sent back.
    #[serde(default)]
    pub reason: String,
    /// Detached signature, armoured.
    #[serde(default)]
    pub signature: Option<String>,
    /// The lead's word under which it leaves without a signature of its own.
    #[serde(default)]
    pub mandate: Option<Delegation>,
}

/// A document that was just made.
pub(super) struct NewDocument {
    pub case: Uuid,
    pub kind: DocumentKind,
    pub audience: Audience,
    pub file_name: String,
    pub tlp: Tlp,
    pub pdf: Pdf,
    pub mandate: Option<Delegation>,
}

impl Session {
    /// The summary as it would be now; nothing is kept.
    ///
    /// # Errors
    /// An unknown case.
    pub fn preview_summary(
        &self,
        case: Uuid,
        audience: Audience,
        language: Language,
    ) -> Result<Pdf> {
        self.require(Ability::ReadCases)?;
        let view = self.summary(case, audience, language)?;
        Ok(report::render(&report::summary::document(&view))?)
    }

    /// Keeps the summary and hands it to the lead.
    ///
    /// # Errors
    /// An unknown case; not allowed to prepare documents.
    pub fn submit_summary(
        &mut self,
        case: Uuid,
        audience: Audience,
        language: Language,
    ) -> Result<DocumentView> {
        self.require(Ability::PrepareDocument)?;
        let pdf = self.preview_summary(case, audience, language)?;
        let state = self.case_state(case)?;
        self.keep_document(NewDocument {
            case,
            kind: DocumentKind::Summary,
            audience,
            file_name: summary_file(&state.reference, audience),
            tlp: summary_marking(state.tlp, audience),
            pdf,
            mandate: None,
        })
    }

    /// Keeps a document: it waits for the lead, or leaves under the lead's word.
    pub(super) fn keep_document(&mut self, made: NewDocument) -> Result<DocumentView> {
        let NewDocument { case, pdf, .. } = made;
        let sha256: [u8; 32] = Sha256::digest(&pdf.bytes).into();
        let now = self.now().timestamp_millis();
        let stands = match &made.mandate {
            Some(_) => Stands::Delegated,
            None => Stands::ToSign,
        };
        let document = DocumentState {
            case,
            kind: made.kind,
            audience: made.audience,
            file_name: made.file_name,
            tlp: made.tlp,
            state: word(&stands),
            size: u32::try_from(pdf.bytes.len()).unwrap_or(u32::MAX),
            pages: u32::try_from(pdf.pages).unwrap_or(u32::MAX),
            sha256: hex(&sha256),
            prepared_by: self.person().id,
            prepared_at: now,
            settled_by: made.mandate.as_ref().map(|word| word.signed_by),
            settled_at: made.mandate.as_ref().map(|_| now),
            reason: String::new(),
            signature: None,
            mandate: made.mandate,
        };
        let id = Uuid::now_v7();
        let change = Change::new(EntityKind::Document, id, fields_of("", &document, 1)?);
        self.write(|tx, author| {
            blob::keep(tx, &sha256, &pdf.bytes)?;
            Ok(commit(tx, author, Scope::Case(case), vec![change])?)
        })?;
        self.document(id)
    }

    /// The documents that wait for the lead, oldest first; those that came back; and those that were signed lately, to be
    /// exported or looked at again.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn documents_to_sign(&self) -> Result<Vec<DocumentView>> {
        self.require(Ability::ReadCases)?;
        let mut documents = Vec::new();
        for (state, limit) in [
            (Stands::ToSign, 1000),
            (Stands::Returned, 200),
            (Stands::Signed, LATELY_SIGNED),
            (Stands::Delegated, LATELY_SIGNED),
        ] {
            documents.extend(member::documents_in::<DocumentState>(
                self.conn(),
                &word(&state),
                limit,
            )?);
        }
        documents
            .into_iter()
            .map(|(id, document)| self.document_view(id, document))
            .collect()
    }

    pub(super) fn documents_of(&self, case: Uuid) -> Result<Vec<DocumentView>> {
        let documents = member::of_case::<DocumentState>(self.conn(), case, EntityKind::Document)?;
        documents
            .into_iter()
            .rev()
            .map(|(id, document)| self.document_view(id, document))
            .collect()
    }

    fn document_state(&self, id: Uuid) -> Result<DocumentState> {
        member::get(self.conn(), id, EntityKind::Document)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such document"))
    }

    /// One document.
    ///
    /// # Errors
    /// An unknown document.
    pub fn document(&self, id: Uuid) -> Result<DocumentView> {
        self.require(Ability::ReadCases)?;
        let document = self.document_state(id)?;
        self.document_view(id, document)
    }

    /// The lead's word under which a document leaves, and its signature.
    pub(super) fn mandate_of(&self, id: Uuid) -> Result<Option<(String, String)>> {
        let mandate = self.document_state(id)?.mandate;
        Ok(mandate.map(|word| (word.text, word.signature)))
    }

    fn document_view(&self, id: Uuid, document: DocumentState) -> Result<DocumentView> {
        Ok(DocumentView {
            id,
            case: self.case_ref(document.case)?,
            kind: document.kind,
            audience: document.audience,
            file_name: document.file_name,
            tlp: document.tlp,
            state: serde_json::from_value(Value::String(document.state))?,
            size: document.size,
            pages: document.pages,
            sha256: document.sha256,
            prepared_by: Some(document.prepared_by),
            prepared_at: instant(document.prepared_at),
            settled_by: document.settled_by,
            settled_at: document.settled_at.map(instant),
            reason: document.reason,
            signature: document.signature,
        })
    }

    /// The exact bytes of a document.
    ///
    /// # Errors
    /// An unknown document; bytes that no longer have their hash.
    pub fn document_bytes(&self, id: Uuid) -> Result<Vec<u8>> {
        self.require(Ability::ReadCases)?;
        let document = self.document_state(id)?;
        let damaged = || {
            ApiError::new(
                Code::DatabaseDamaged,
                "the document's bytes do not have their hash",
            )
        };
        let sha256 = unhex(&document.sha256).ok_or_else(damaged)?;
        let bytes = blob::get(self.conn(), &sha256)?.ok_or_else(damaged)?;
        if hex(&Sha256::digest(&bytes)) == document.sha256 {
            Ok(bytes)
        } else {
            Err(damaged())
        }
    }

    /// Signs a document: the exact bytes that were prepared, with a key that only the lead's slot opens.
    ///
    /// # Errors
    /// Not the lead; a document that is settled already.
    pub fn sign_document(&mut self, id: Uuid) -> Result<DocumentView> {
        self.require(Ability::SignDocument)?;
        self.waiting(id)?;
        let bytes = self.document_bytes(id)?;
        let signature = self.signing_material()?.sign(&bytes, self.now())?;
        self.keep_signature(id, signature)
    }

    /// The end of a signing, whatever held the key.
    pub(super) fn keep_signature(&mut self, id: Uuid, signature: String) -> Result<DocumentView> {
        let document = self.waiting(id)?;
        self.settle(id, &document, Stands::Signed, ("signature", signature))
    }

    /// Sends a document back with a reason.
    ///
    /// # Errors
    /// Not the lead; no reason; a document that is settled already.
    pub fn return_document(&mut self, id: Uuid, why: &str) -> Result<DocumentView> {
        self.require(Ability::SignDocument)?;
        let why = reason(why)?;
        let document = self.waiting(id)?;
        self.settle(id, &document, Stands::Returned, ("reason", why))
    }

    pub(super) fn waiting(&self, id: Uuid) -> Result<DocumentState> {
        let document = self.document_state(id)?;
        if document.state == word(&Stands::ToSign) {
            Ok(document)
        } else {
            Err(ApiError::new(
                Code::DocumentSettled,
                "signed or sent back already",
            ))
        }
    }

    fn settle(
        &mut self,
        id: Uuid,
        document: &DocumentState,
        state: Stands,
        (field, value): (&str, String),
    ) -> Result<DocumentView> {
        let now = self.now().timestamp_millis();
        let set = |field: &str, value: Value| Change::set(EntityKind::Document, id, field, value);
        let changes = vec![
            set("state", word(&state).into()),
            set("settled_by", self.person().id.to_string().into()),
            set("settled_at", now.into()),
            set(field, value.into()),
        ];
        self.commit(Scope::Case(document.case), changes)?;
        self.document(id)
    }

    /// The document-signing key; only the lead's slot holds what unseals it.
    pub(super) fn signing_material(&self) -> Result<SigningMaterial> {
        let key = self.team_key()?;
        let part = parts::open(self.conn(), self.opened().keyring(), Part::Lead, key.id)?;
        // The part does not know of a revocation that came on paper.
        if key.certificate.is_revoked(self.now()) {
            return Err(of_the_teams_key(PgpError::Revoked));
        }
        let document_key = key.document_key(self.now())?;
        SigningMaterial::open(&part, &document_key, self.now()).map_err(of_the_teams_key)
    }

    /// Writes a document and its signature in clear, where the user asks; the one way out of the vault.
    ///
    /// # Errors
    /// An unknown document; a folder that cannot be written; a full disk.
    pub fn export_document(&self, id: Uuid, folder: &Path) -> Result<Exported> {
        let document = self.document(id)?;
        let bytes = self.document_bytes(id)?;
        let mut files = vec![write_new(folder, &document.file_name, &bytes)?];
        if let Some((text, signature)) = self.mandate_of(id)? {
            let name = mandate_file(&document.file_name);
            let text = write_new(folder, &name, text.as_bytes())?;
            let signature = signature.as_bytes();
            files.push(text.clone());
            files.push(write_new(folder, &format!("{text}.asc"), signature)?);
        }
        if let Some(signature) = &document.signature {
            // Beside the PDF under its name, whatever number that had to take.
            files.push(write_new(
                folder,
                &format!("{}.asc", files[0]),
                signature.as_bytes(),
            )?);
        }
        Ok(Exported {
            folder: folder.display().to_string(),
            files,
        })
    }
}

/// The file of the lead's word, beside the document that leaves under it.
pub(super) fn mandate_file(document: &str) -> String {
    format!("{}-delegation.txt", document.trim_end_matches(".pdf"))
}

/// The file of a summary: a firm gets a hand-over.
pub(super) fn summary_file(reference: &str, audience: Audience) -> String {
    let what = match audience {
        Audience::Provider => "transmission",
        _ => "synthese",
    };
    format!("{reference}-{what}.pdf")
}

/// The marking of a summary: what is handed to a firm stays with it, however freely the case may be spoken of.
pub(super) fn summary_marking(case: Tlp, audience: Audience) -> Tlp {
    match audience {
        Audience::Provider => case.max(Tlp::Amber),
        _ => case,
    }
}

pub(super) fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}
