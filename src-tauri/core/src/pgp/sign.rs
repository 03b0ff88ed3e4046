//! The lead's signature on what leaves the house, beside a file or around a text.

use std::{fmt, io::Write, time::SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Packet, armor,
    crypto::{self, KeyPair},
    packet::{
        Key,
        key::{SecretParts, UnspecifiedRole},
        signature::SignatureBuilder,
    },
    serialize::{
        SerializeInto,
        stream::{Message, Signer},
    },
    types::{HashAlgorithm, SignatureType},
};
use sequoia_openpgp as openpgp;

use super::{Fingerprint, PgpError, TeamKey, key_entry, packets, sharing::signs_documents};

/// The document-signing secret. Exists only out of a lead's part, so that a function which
/// takes it cannot be called without.
pub struct SigningMaterial {
    public: Cert,
    key: Key<SecretParts, UnspecifiedRole>,
}

impl SigningMaterial {
    /// Takes `document_key` (see [`super::Sharing::document_key`]) out of the lead's part.
    ///
    /// # Errors
    /// [`PgpError::NotTheLeadPart`] if its secret is not in these bytes, or is a mail key;
    /// what [`TeamKey::open`] refuses; a key that is expired, revoked or weak at `at`.
    pub fn open(
        lead_part: &[u8],
        document_key: &Fingerprint,
        at: DateTime<Utc>,
    ) -> Result<Self, PgpError> {
        let cert = TeamKey::open(lead_part)?.cert().clone();
        let key = cert
            .keys()
            .secret()
            .map(|key| key.key().clone())
            .find(|key| Fingerprint::from(key.fingerprint()) == *document_key)
            .ok_or(PgpError::NotTheLeadPart)?;
        let material = Self {
            public: cert.strip_secret_key_material(),
            key,
        };
        material.usable(at)?;
        Ok(material)
    }

    /// Fingerprint of the signing key, as [`super::Signer::key`] names it.
    pub fn key(&self) -> Fingerprint {
        self.key.fingerprint().into()
    }

    /// Signs the exact bytes of a file: an armoured detached signature, the text of an `.asc`.
    /// The same call signs the statement that certifies a device's key.
    ///
    /// # Errors
    /// A key that is expired, revoked or weak at `at`.
    pub fn sign(&self, file: &[u8], at: DateTime<Utc>) -> Result<String, PgpError> {
        self.usable(at)?;
        detached(&mut self.keypair()?, file, at).map_err(PgpError::library)
    }

    /// Signs a text that stays readable (RFC 9580 §7): `text` between two marks, lines that begin with
    /// a dash escaped, then the signature. Every line ends in LF and the last one does; blanks
    /// at the ends of lines, which the framework does not protect, are taken away.
    ///
    /// # Errors
    /// A key that is expired, revoked or weak at `at`.
    pub fn clear_sign(&self, text: &str, at: DateTime<Utc>) -> Result<String, PgpError> {
        self.usable(at)?;
        clear_text(self.keypair()?, text, at).map_err(PgpError::library)
    }

    fn usable(&self, at: DateTime<Utc>) -> Result<(), PgpError> {
        usable(&self.public, &self.key(), at)
    }

    fn keypair(&self) -> Result<KeyPair, PgpError> {
        self.key.clone().into_keypair().map_err(PgpError::library)
    }
}

/// A signature by an expired or revoked key would be refused by every reader.
pub(super) fn usable(
    public: &Cert,
    wanted: &Fingerprint,
    at: DateTime<Utc>,
) -> Result<(), PgpError> {
    let entries = key_entry::entries(public, at);
    let Some(key) = entries.iter().find(|k| k.fingerprint == *wanted) else {
        let mut keys = public.keys().map(|key| key.key().clone());
        let key = keys.find(|key| Fingerprint::from(key.fingerprint()) == *wanted);
        return Err(match key {
            Some(key) => PgpError::NotYetValid {
                created: key.creation_time().into(),
            },
            None => PgpError::NoSigningKey,
        });
    };
    match key.expires {
        _ if !signs_documents(key) => Err(PgpError::NotTheLeadPart),
        _ if key.revoked => Err(PgpError::Revoked),
        _ if key.weak => Err(PgpError::WeakKey),
        Some(on) if on <= at => Err(PgpError::Expired { on }),
        _ => Ok(()),
    }
}

/// The armoured detached signature of the exact bytes of a file, wherever the secret lies.
pub(super) fn detached(
    signer: &mut dyn crypto::Signer,
    file: &[u8],
    at: DateTime<Utc>,
) -> openpgp::Result<String> {
    let version = signer.public().version();
    let signature = SignatureBuilder::new(SignatureType::Binary)
        .set_hash_algo(HashAlgorithm::SHA512)
        .set_signature_creation_time(SystemTime::from(at))?
        .sign_message(signer, file)?;
    let bytes = Packet::from(signature).to_vec()?;
    Ok(packets::armour(armor::Kind::Signature, version, &bytes)?)
}

/// A text signed in the clear, wherever the secret lies; see [`SigningMaterial::clear_sign`].
pub(super) fn clear_text(
    signer: impl crypto::Signer + Send + Sync,
    text: &str,
    at: DateTime<Utc>,
) -> openpgp::Result<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // The frame brings the last line's end.
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let mut framed = Vec::new();
    let mut message = Signer::new(Message::new(&mut framed), signer)?
        .cleartext()
        .hash_algo(HashAlgorithm::SHA512)?
        .creation_time(SystemTime::from(at))
        .build()?;
    message.write_all(text.as_bytes())?;
    message.finalize()?;
    Ok(String::from_utf8(framed)?)
}

impl fmt::Debug for SigningMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningMaterial({})", self.key())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pgp::{
        Sharing,
        testing::{day, lead, team},
    };

    #[test]
    fn the_signature_is_armoured_with_its_checksum() {
        let text = lead(&team()).sign(b"synthese", day(2026, 3, 2)).unwrap();
        assert!(text.starts_with("-----BEGIN PGP SIGNATURE-----\n"));
        assert!(
            text.lines().any(|l| l.len() == 5 && l.starts_with('=')),
            "no CRC24 in\n{text}"
        );
    }

    #[test]
    fn a_text_stays_readable_between_its_marks() {
        let text = "CSIRT Estuaire\r\n- Téléphone  \n\n-----BEGIN\t\nFrom: nous";
        let framed = lead(&team()).clear_sign(text, day(2026, 3, 2)).unwrap();
        let (readable, signature) = framed
            .split_once("-----BEGIN PGP SIGNATURE-----\n")
            .unwrap();
        assert_eq!(
            readable,
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n\
             CSIRT Estuaire\n- - Téléphone\n\n- -----BEGIN\nFrom: nous\n"
        );
        assert!(
            signature
                .lines()
                .any(|l| l.len() == 5 && l.starts_with('=')),
            "no CRC24 in\n{framed}"
        );
    }

    #[test]
    fn an_expired_key_signs_nothing_and_says_since_when() {
        let lead = lead(&team());
        let refused = lead.clear_sign("synthèse", day(2028, 3, 1)).unwrap_err();
        assert!(matches!(refused, PgpError::Expired { .. }));
        let expired = PgpError::Expired {
            on: day(2028, 3, 1),
        };
        assert_eq!(
            lead.sign(b"synthese", day(2028, 3, 1)).unwrap_err(),
            expired
        );
        assert!(lead.sign(b"synthese", day(2028, 2, 29)).is_ok());
    }

    #[test]
    fn a_clock_before_the_keys_creation_signs_nothing() {
        let refused = lead(&team())
            .sign(b"synthese", day(2025, 1, 1))
            .unwrap_err();
        assert_eq!(
            refused,
            PgpError::NotYetValid {
                created: day(2026, 3, 1)
            }
        );
    }

    #[test]
    fn a_mail_key_does_not_sign_documents_even_in_the_leads_hands() {
        let team = team();
        let sharing = Sharing::by_role(&team, day(2026, 3, 2)).unwrap();
        let part = team.lead_part().unwrap();
        for shared in sharing.shared() {
            assert_eq!(
                SigningMaterial::open(&part, shared, day(2026, 3, 2)).unwrap_err(),
                PgpError::NotTheLeadPart
            );
        }
    }
}
