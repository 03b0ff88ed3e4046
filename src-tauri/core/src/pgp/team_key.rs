//! The team's certificate with its secrets: made, opened, and divided in two parts.

use std::{fmt, time::SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Packet, Profile, armor,
    cert::{CertBuilder, CipherSuite},
    packet::UserID,
    serialize::{Serialize, SerializeInto},
    types::{Features, KeyFlags},
};
use sequoia_openpgp as openpgp;
use zeroize::Zeroizing;

use super::{Certificate, Fingerprint, KeyEntry, KeyRole, PgpError, Sharing, key_entry, packets};

/// A certificate with its secrets, unprotected: they are wrapped by the vault,
/// and lie encrypted in memory inside the library.
pub struct TeamKey(Cert);

/// A key just made, with what revokes it.
#[derive(Debug)]
pub struct NewTeamKey {
    /// The key.
    pub key: TeamKey,
    /// Armoured revocation certificate. Who publishes it ends the key, so it is kept
    /// apart from the vault: printed, in the safe.
    pub revocation: Zeroizing<String>,
}

impl TeamKey {
    /// Makes the team's certificate: a primary key that only certifies, and three subkeys:
    /// documents, mail, encryption. The secrets are random; both times are arguments.
    ///
    /// v4 and SEIPDv1 on purpose: the library's default profile advertises what gpg 2.2
    /// and RNP (Thunderbird) cannot read.
    ///
    /// # Errors
    /// [`PgpError::UserId`] if `name <mail>` does not read back as itself,
    /// [`PgpError::Period`] if `expires` is not after `created` or either is not a 32-bit time.
    pub fn generate(
        name: &str,
        mail: &str,
        created: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Result<NewTeamKey, PgpError> {
        let user_id = user_id(name, mail)?;
        let domain = mail.rsplit_once('@').ok_or(PgpError::UserId)?.1;
        let validity = (expires - created)
            .to_std()
            .ok()
            .filter(|period| period.as_secs() > 0)
            .ok_or(PgpError::Period)?;
        if u32::try_from(created.timestamp()).is_err()
            || u32::try_from(expires.timestamp()).is_err()
        {
            return Err(PgpError::Period);
        }
        let build = || {
            CertBuilder::new()
                .set_profile(Profile::RFC4880)?
                .set_cipher_suite(CipherSuite::Cv25519)
                .set_features(Features::empty().set_seipdv1())?
                .set_creation_time(SystemTime::from(created))
                .set_validity_period(validity)
                .set_primary_key_flags(KeyFlags::empty().set_certification())
                .add_userid(user_id)
                .add_subkey_with(
                    KeyFlags::signing(),
                    None,
                    None,
                    KeyRole::Documents.binding(domain)?,
                )?
                .add_subkey_with(
                    KeyFlags::signing(),
                    None,
                    None,
                    KeyRole::Mail.binding(domain)?,
                )?
                .add_subkey(
                    KeyFlags::empty()
                        .set_storage_encryption()
                        .set_transport_encryption(),
                    None,
                    None,
                )
                .generate()
        };
        let (cert, revocation) = build().map_err(PgpError::library)?;
        let revocation = Packet::from(revocation)
            .to_vec()
            .map_err(PgpError::library)?;
        let revocation = packets::armour(armor::Kind::PublicKey, 4, &revocation)?;
        Ok(NewTeamKey {
            key: Self(cert),
            revocation: Zeroizing::new(revocation),
        })
    }

    pub(super) fn with_open_secrets(cert: Cert) -> Self {
        Self(cert)
    }

    pub(super) fn cert(&self) -> &Cert {
        &self.0
    }

    /// Opens what [`TeamKey::lead_part`] wrote.
    ///
    /// # Errors
    /// What is not a certificate with unprotected secrets.
    pub fn open(part: &[u8]) -> Result<Self, PgpError> {
        let cert = packets::one_certificate(part)?;
        if !cert.is_tsk() {
            return Err(PgpError::PublicKeyOnly);
        }
        if cert
            .keys()
            .secret()
            .any(|key| key.key().secret().is_encrypted())
        {
            return Err(PgpError::PassphraseRequired);
        }
        Ok(Self(cert))
    }

    /// The same secrets with all that a public certificate of this key says beyond it.
    ///
    /// # Errors
    /// The certificate of another key.
    pub fn with_public(self, certificate: &Certificate) -> Result<Self, PgpError> {
        let merged = self.0.merge_public(certificate.cert().clone());
        Ok(Self(merged.map_err(PgpError::library)?))
    }

    /// Every secret, for the lead's slot only.
    ///
    /// # Errors
    /// Only if the library fails to write what it holds.
    pub fn lead_part(&self) -> Result<Zeroizing<Vec<u8>>, PgpError> {
        self.part(|_| true)
    }

    /// The shared secrets and nothing else: the bytes that every analyst's slot wraps.
    ///
    /// # Errors
    /// [`PgpError::NoSuchSecret`] if the sharing was made for another key.
    pub fn analyst_part(&self, sharing: &Sharing) -> Result<Zeroizing<Vec<u8>>, PgpError> {
        if let Some(stranger) = sharing.shared().find(|f| !self.has_secret(f)) {
            return Err(PgpError::NoSuchSecret(stranger.clone()));
        }
        self.part(|fingerprint| sharing.shared().any(|f| f == fingerprint))
    }

    /// What may be published.
    pub fn certificate(&self) -> Certificate {
        Certificate::public_part_of(&self.0)
    }

    /// The keys whose secret is here, primary first, for the lead to choose what is shared.
    pub fn secret_keys(&self, at: DateTime<Utc>) -> Vec<KeyEntry> {
        key_entry::entries(&self.0, at)
            .into_iter()
            .filter(|key| key.has_secret)
            .collect()
    }

    fn has_secret(&self, fingerprint: &Fingerprint) -> bool {
        self.0
            .keys()
            .secret()
            .any(|key| Fingerprint::from(key.key().fingerprint()) == *fingerprint)
    }

    fn part(
        &self,
        keep: impl Fn(&Fingerprint) -> bool + Send + Sync,
    ) -> Result<Zeroizing<Vec<u8>>, PgpError> {
        let secrets = self
            .0
            .as_tsk()
            .set_filter(|key| keep(&key.fingerprint().into()));
        // Room for all of it at once: a vector that grows leaves copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(secrets.serialized_len()));
        secrets.serialize(&mut *bytes).map_err(PgpError::library)?;
        Ok(bytes)
    }
}

impl fmt::Debug for TeamKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TeamKey({})", self.0.fingerprint())
    }
}

/// `name <mail>`, if it reads back as these two.
pub(super) fn user_id(name: &str, mail: &str) -> Result<UserID, PgpError> {
    let user_id = UserID::from_address(name, None, mail).map_err(|_| PgpError::UserId)?;
    match (user_id.name(), user_id.comment(), user_id.email()) {
        (Ok(Some(n)), Ok(None), Ok(Some(m))) if n == name && m == mail => Ok(user_id),
        _ => Err(PgpError::UserId),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pgp::testing::{MAIL, NAME, day, team};

    #[test]
    fn a_new_key_has_four_keys_of_one_purpose_each() {
        let keys = team().secret_keys(day(2026, 3, 2));
        let roles: Vec<KeyRole> = keys.iter().map(|k| k.role).collect();
        assert_eq!(
            roles,
            [
                KeyRole::Certification,
                KeyRole::Documents,
                KeyRole::Mail,
                KeyRole::Encryption
            ]
        );
        for key in &keys {
            assert_eq!(
                (key.created, key.expires),
                (day(2026, 3, 1), Some(day(2028, 3, 1)))
            );
            let can = key.capabilities;
            assert_eq!(
                [can.certify, can.sign, can.encrypt, can.authenticate]
                    .iter()
                    .filter(|c| **c)
                    .count(),
                1
            );
        }
        let algorithms: Vec<&str> = keys.iter().map(|k| k.algorithm.as_str()).collect();
        assert_eq!(algorithms, ["Ed25519", "Ed25519", "Ed25519", "Curve25519"]);
    }

    #[test]
    fn a_new_key_promises_only_what_gpg_2_2_reads() {
        let team = team();
        let policy = crate::pgp::policy::standard(day(2026, 3, 2));
        let valid = team
            .cert()
            .with_policy(&policy, SystemTime::from(day(2026, 3, 2)))
            .unwrap();
        let features = valid
            .primary_userid()
            .unwrap()
            .binding_signature()
            .features()
            .unwrap();
        assert!(features.supports_seipdv1() && !features.supports_seipdv2());
        assert_eq!(team.cert().primary_key().key().version(), 4);
    }

    #[test]
    fn accents_stay_and_injections_are_refused() {
        let make = |name, mail| {
            TeamKey::generate(name, mail, day(2026, 3, 1), day(2028, 3, 1)).map(|new| new.key)
        };
        let name = "Équipe d’urgence de l’Estuaire";
        let key = make(name, MAIL).unwrap();
        assert_eq!(
            key.certificate().user_id(day(2026, 3, 2)).unwrap(),
            format!("{name} <{MAIL}>")
        );
        for (name, mail) in [
            ("", MAIL),
            (NAME, "sans-arobase"),
            (NAME, ""),
            ("Autre <a@b.example>", MAIL),
            ("a\nb", MAIL),
            (NAME, "a b@c.example"),
        ] {
            assert_eq!(
                make(name, mail).unwrap_err(),
                PgpError::UserId,
                "{name:?} {mail:?}"
            );
        }
    }

    #[test]
    fn a_period_that_runs_backwards_or_out_of_openpgp_is_refused() {
        for (from, to) in [
            (day(2026, 3, 1), day(2026, 3, 1)),
            (day(2026, 3, 1), day(2025, 1, 1)),
            (day(1969, 1, 1), day(2026, 1, 1)),
            (day(2026, 1, 1), day(2107, 1, 1)),
        ] {
            assert_eq!(
                TeamKey::generate(NAME, MAIL, from, to).unwrap_err(),
                PgpError::Period,
                "{from} {to}"
            );
        }
    }

    #[test]
    fn the_lead_part_opens_to_the_same_key() {
        let team = team();
        let opened = TeamKey::open(&team.lead_part().unwrap()).unwrap();
        assert_eq!(
            opened.secret_keys(day(2026, 3, 2)),
            team.secret_keys(day(2026, 3, 2))
        );
    }

    #[test]
    fn a_secret_never_shows_in_a_log() {
        let team = team();
        assert_eq!(
            format!("{team:?}"),
            format!("TeamKey({})", team.certificate().fingerprint())
        );
    }
}
