//! What is true of a file and a signature.

use sha2::{Digest, Sha256};

use super::documents::DocumentState;
use super::error::Result;
use super::session::Session;
use super::view::{VerdictKind, VerdictView};
use crate::db::member;
use crate::domain::people::Ability;
use crate::journal::history::hex;
use crate::pgp::{self, Certificate, Fingerprint, Issuer, Signer, Verdict};

impl Session {
    /// Says what is true of any file and signature. Without a signature, looks the file up among the documents of the
    /// cases and checks it against the signature kept there.
    ///
    /// # Errors
    /// When the database refuses. A bad signature is an answer, not an error.
    pub fn verify_file(&self, file: &[u8], signature: Option<&[u8]>) -> Result<VerdictView> {
        self.require(Ability::ReadCases)?;
        let sha256 = hex(&Sha256::digest(file));
        let known = member::documents_with::<DocumentState>(self.conn(), &sha256)?
            .into_iter()
            .next();
        let kept = known
            .as_ref()
            .and_then(|(_, document)| document.signature.clone());
        let document = known
            .map(|(_, document)| self.case_ref(document.case))
            .transpose()?;
        let keys = self.team_keys()?;
        let certificates: Vec<Certificate> =
            keys.iter().map(|key| key.certificate.clone()).collect();
        let given = signature
            .map(<[u8]>::to_vec)
            .or(kept.map(String::into_bytes));
        let mut view = VerdictView {
            kind: VerdictKind::NoSignature,
            fingerprint: None,
            signer: None,
            own_key: false,
            by_lead: false,
            signed_at: None,
            sha256,
            document,
        };
        if let Some(signature) = given {
            let verdict = pgp::verify(file, &signature, &certificates, self.now()).verdict;
            view.take(&verdict, &certificates);
            view.by_lead = signing_key(&verdict)
                .is_some_and(|signing| keys.iter().any(|key| key.signed_documents(signing)));
        }
        Ok(view)
    }
}

/// The key that signed, when the signature matches.
const fn signing_key(verdict: &Verdict) -> Option<&Fingerprint> {
    match verdict {
        Verdict::Good(signer)
        | Verdict::ExpiredKey { signer, .. }
        | Verdict::RevokedKey { signer }
        | Verdict::Weak { signer } => Some(&signer.key),
        _ => None,
    }
}

impl VerdictView {
    fn take(&mut self, verdict: &Verdict, own: &[Certificate]) {
        let (kind, signer, issuer) = match verdict {
            Verdict::Good(signer) => (VerdictKind::Good, Some(signer), None),
            Verdict::Bad { issuer } => (VerdictKind::Bad, None, Some(issuer)),
            Verdict::UnknownKey { issuer } => (VerdictKind::UnknownKey, None, Some(issuer)),
            Verdict::ExpiredKey { signer, .. } => (VerdictKind::ExpiredKey, Some(signer), None),
            Verdict::RevokedKey { signer } => (VerdictKind::RevokedKey, Some(signer), None),
            Verdict::Weak { signer } => (VerdictKind::Weak, Some(signer), None),
            Verdict::NotForSigning { signer } => (VerdictKind::NotForSigning, Some(signer), None),
            Verdict::OutOfTime { signer } => (VerdictKind::OutOfTime, Some(signer), None),
            Verdict::Unsupported { issuer } => (VerdictKind::Unsupported, None, Some(issuer)),
            Verdict::NotASignature(_) => (VerdictKind::NotASignature, None, None),
        };
        self.kind = kind;
        if let Some(Signer {
            certificate,
            user_id,
            signed_at,
            ..
        }) = signer
        {
            self.fingerprint = Some(certificate.grouped());
            self.signer.clone_from(user_id);
            self.signed_at = Some(*signed_at);
            self.own_key = own.iter().any(|own| own.fingerprint() == *certificate);
        }
        match issuer {
            Some(Issuer::Fingerprint(fingerprint)) => {
                self.fingerprint = Some(Fingerprint::grouped(fingerprint))
            }
            Some(Issuer::KeyId(id)) => self.fingerprint = Some(id.clone()),
            Some(Issuer::Unstated) | None => {}
        }
    }
}
