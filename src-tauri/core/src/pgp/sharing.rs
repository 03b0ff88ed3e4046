//! Which secrets every analyst holds, and which one is left to sign documents.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Fingerprint, KeyEntry, KeyRole, PgpError, TeamKey};

/// A division of a key that leaves the lead a signing key of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    shared: BTreeSet<Fingerprint>,
    document_key: Fingerprint,
}

impl Sharing {
    /// What the roles say: mail and encryption subkeys are shared. For a key not made by
    /// Relais the encryption subkeys alone: who signs mail is for the lead to say.
    ///
    /// # Errors
    /// [`PgpError::NoDocumentKeyLeft`] if the certificate has no other signing key.
    pub fn by_role(key: &TeamKey, at: DateTime<Utc>) -> Result<Self, PgpError> {
        let keys = key.secret_keys(at);
        let shared = keys
            .iter()
            .filter(|k| !k.primary && matches!(k.role, KeyRole::Mail | KeyRole::Encryption));
        let shared: Vec<Fingerprint> = shared.map(|k| k.fingerprint.clone()).collect();
        Self::chosen(key, &shared, at)
    }

    /// What the lead chose.
    ///
    /// # Errors
    /// The primary key, the documents key, a key that is not there, or a choice that leaves
    /// no live signing key to the lead alone.
    pub fn chosen(
        key: &TeamKey,
        shared: &[Fingerprint],
        at: DateTime<Utc>,
    ) -> Result<Self, PgpError> {
        let keys = key.secret_keys(at);
        let shared: BTreeSet<Fingerprint> = shared.iter().cloned().collect();
        for fingerprint in &shared {
            match keys.iter().find(|k| k.fingerprint == *fingerprint) {
                None => return Err(PgpError::NoSuchSecret(fingerprint.clone())),
                Some(k) if k.primary => return Err(PgpError::PrimaryNotShared),
                Some(_) => {}
            }
        }
        let document_key = keys
            .into_iter()
            .filter(|k| !shared.contains(&k.fingerprint) && signs_documents(k) && k.is_usable(at))
            // A stated role first, then a subkey before the primary, then the newest.
            .max_by_key(|k| (k.role == KeyRole::Documents, !k.primary, k.created))
            .ok_or(PgpError::NoDocumentKeyLeft)?;
        Ok(Self {
            shared,
            document_key: document_key.fingerprint,
        })
    }

    /// The keys in every analyst's part.
    pub fn shared(&self) -> impl Iterator<Item = &Fingerprint> {
        self.shared.iter()
    }

    /// The key that signs documents, in the lead's part alone. To be kept with the vault:
    /// a key not made by Relais does not say it by itself.
    pub fn document_key(&self) -> &Fingerprint {
        &self.document_key
    }
}

/// Whether a key may sign a document: a mail key never does, whoever holds it.
pub(super) fn signs_documents(key: &KeyEntry) -> bool {
    key.capabilities.sign && key.role != KeyRole::Mail
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openpgp::{
        crypto::mpi::SecretKeyMaterial as Mpis, packet::key::SecretKeyMaterial,
        serialize::MarshalInto,
    };
    use sequoia_openpgp as openpgp;

    use super::*;
    use crate::pgp::{
        SigningMaterial,
        testing::{day, team},
    };

    const NOW: (i32, u32, u32) = (2026, 3, 2);

    fn now() -> DateTime<Utc> {
        day(NOW.0, NOW.1, NOW.2)
    }

    /// The raw secret number of a key, as it lies in an unprotected key file.
    fn secret_bytes(team: &TeamKey, fingerprint: &Fingerprint) -> Vec<u8> {
        let mut keys = team.cert().keys().secret();
        let key = keys
            .find(|k| Fingerprint::from(k.key().fingerprint()) == *fingerprint)
            .unwrap();
        let SecretKeyMaterial::Unencrypted(secret) = key.key().secret() else {
            unreachable!("unprotected")
        };
        secret.map(|mpis| match mpis {
            Mpis::EdDSA { scalar } | Mpis::ECDH { scalar } => scalar.value().to_vec(),
            other => other.to_vec().unwrap(),
        })
    }

    #[test]
    fn the_analysts_bytes_hold_the_shared_secrets_and_no_other() {
        let team = team();
        let sharing = Sharing::by_role(&team, now()).unwrap();
        let (lead, analyst) = (
            team.lead_part().unwrap(),
            team.analyst_part(&sharing).unwrap(),
        );
        let holds = |part: &[u8], secret: &[u8]| part.windows(secret.len()).any(|w| w == secret);
        for key in team.secret_keys(now()) {
            let secret = secret_bytes(&team, &key.fingerprint);
            assert!(secret.len() >= 24);
            assert!(
                holds(&lead, &secret),
                "{:?} is missing from the lead's part",
                key.role
            );
            let shared = matches!(key.role, KeyRole::Mail | KeyRole::Encryption);
            assert_eq!(holds(&analyst, &secret), shared, "{:?}", key.role);
        }
        let opened = TeamKey::open(&analyst).unwrap();
        let roles: Vec<KeyRole> = opened.secret_keys(now()).iter().map(|k| k.role).collect();
        assert_eq!(roles, [KeyRole::Mail, KeyRole::Encryption]);
        assert_eq!(opened.certificate(), team.certificate());
    }

    #[test]
    fn nobody_signs_a_document_with_the_analysts_part() {
        let team = team();
        let sharing = Sharing::by_role(&team, now()).unwrap();
        let analyst = team.analyst_part(&sharing).unwrap();
        for key in team.secret_keys(now()) {
            let refused = SigningMaterial::open(&analyst, &key.fingerprint, now()).unwrap_err();
            assert_eq!(refused, PgpError::NotTheLeadPart, "{:?}", key.role);
        }
    }

    #[test]
    fn nobody_signs_a_document_with_the_published_key() {
        let team = team();
        let public = team.certificate().to_bytes().unwrap();
        let document_key = Sharing::by_role(&team, now())
            .unwrap()
            .document_key()
            .clone();
        assert_eq!(
            SigningMaterial::open(&public, &document_key, now()).unwrap_err(),
            PgpError::PublicKeyOnly
        );
    }

    #[test]
    fn the_primary_key_and_the_last_signing_key_stay_with_the_lead() {
        let team = team();
        let keys = team.secret_keys(now());
        let of = |role| {
            keys.iter()
                .find(|k| k.role == role)
                .unwrap()
                .fingerprint
                .clone()
        };
        let choose = |shared: &[Fingerprint]| Sharing::chosen(&team, shared, now());
        assert_eq!(
            choose(&[of(KeyRole::Certification)]),
            Err(PgpError::PrimaryNotShared)
        );
        assert_eq!(
            choose(&[of(KeyRole::Documents), of(KeyRole::Mail)]),
            Err(PgpError::NoDocumentKeyLeft)
        );
        let stranger = crate::pgp::testing::team().certificate().fingerprint();
        assert_eq!(
            choose(std::slice::from_ref(&stranger)),
            Err(PgpError::NoSuchSecret(stranger))
        );
        let chosen = choose(&[of(KeyRole::Encryption)]).unwrap();
        assert_eq!(*chosen.document_key(), of(KeyRole::Documents));
    }

    #[test]
    fn a_sharing_made_for_another_key_divides_nothing() {
        let sharing = Sharing::by_role(&team(), now()).unwrap();
        assert!(matches!(
            team().analyst_part(&sharing),
            Err(PgpError::NoSuchSecret(_))
        ));
    }
}
