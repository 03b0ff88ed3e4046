//! A public key: the team's, to publish, or a correspondent's.

use std::{fmt, sync::Arc, time::SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Packet, armor, packet::UserID, serialize::SerializeInto, types::RevocationStatus,
};
use sequoia_openpgp as openpgp;

use super::{Fingerprint, KeyEntry, KeyRole, PgpError, key_entry, packets, policy};

/// A certificate without any secret. A clone costs nothing, and shares what was verified of it.
#[derive(Clone, PartialEq)]
pub struct Certificate(Arc<Cert>);

impl Certificate {
    /// Reads one armoured or binary public key.
    ///
    /// # Errors
    /// What is not exactly one public key; a secret key by mistake is refused
    /// rather than stripped, since its owner has to know.
    pub fn parse(input: &[u8]) -> Result<Self, PgpError> {
        let cert = packets::one_certificate(input)?;
        if cert.is_tsk() {
            return Err(PgpError::UnexpectedSecretKey);
        }
        Ok(Self(Arc::new(cert)))
    }

    pub(super) fn public_part_of(cert: &Cert) -> Self {
        Self(Arc::new(cert.clone().strip_secret_key_material()))
    }

    /// Without the names and subkeys that the owner never signed.
    pub(super) fn bound(cert: Cert) -> Self {
        let cert = cert
            .retain_userids(|name| {
                name.self_signatures().next().is_some() || name.self_revocations().next().is_some()
            })
            .retain_user_attributes(|_| false)
            .retain_subkeys(|key| {
                key.self_signatures().next().is_some() || key.self_revocations().next().is_some()
            });
        Self(Arc::new(cert))
    }

    pub(super) fn cert(&self) -> &Cert {
        &self.0
    }

    /// For a web site or a mail: armoured and minimal, that is the keys and names with the
    /// owner's own signatures, without photographs and other people's certifications.
    ///
    /// # Errors
    /// Only if the library fails to write what it has read.
    pub fn armoured(&self) -> Result<String, PgpError> {
        packets::armour(
            armor::Kind::PublicKey,
            self.0.primary_key().key().version(),
            &self.to_bytes()?,
        )
    }

    /// The same in binary.
    ///
    /// # Errors
    /// Only if the library fails to write what it has read.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PgpError> {
        self.with_names(|_| true)
    }

    /// The binary export with some of the names only.
    pub(super) fn with_names(&self, keep: impl Fn(&UserID) -> bool) -> Result<Vec<u8>, PgpError> {
        self.minimal(keep)
            .and_then(|cert| cert.export_to_vec())
            .map_err(PgpError::library)
    }

    fn minimal(&self, keep: impl Fn(&UserID) -> bool) -> openpgp::Result<Cert> {
        let mut kept: Vec<Packet> = Vec::new();
        let primary = self.0.primary_key();
        kept.push(primary.key().clone().into());
        kept.extend(primary.self_signatures().cloned().map(Packet::from));
        kept.extend(primary.self_revocations().cloned().map(Packet::from));
        for user_id in self.0.userids().filter(|name| keep(name.userid())) {
            kept.push(user_id.userid().clone().into());
            kept.extend(
                user_id
                    .self_signatures()
                    .chain(user_id.self_revocations())
                    .cloned()
                    .map(Packet::from),
            );
        }
        for subkey in self.0.keys().subkeys() {
            kept.push(subkey.key().clone().into());
            kept.extend(
                subkey
                    .self_signatures()
                    .chain(subkey.self_revocations())
                    .cloned()
                    .map(Packet::from),
            );
        }
        Cert::from_packets(kept.into_iter())
    }

    /// Fingerprint of the primary key, the one that is published.
    pub fn fingerprint(&self) -> Fingerprint {
        self.0.fingerprint().into()
    }

    /// The name that the owner put first, `NAME <mail>`, without control characters;
    /// nothing if no name is bound at `at`.
    pub fn user_id(&self, at: DateTime<Utc>) -> Option<String> {
        let policy = policy::AnyAlgorithm::new(at);
        let valid = self.0.with_policy(&policy, SystemTime::from(at)).ok()?;
        Some(readable(valid.primary_userid().ok()?.userid()))
    }

    /// Each name that is bound and not retired at `at`, the first one first.
    pub fn user_ids(&self, at: DateTime<Utc>) -> Vec<String> {
        let mut names: Vec<String> = self.live_names(at).iter().map(readable).collect();
        let first = self.user_id(at);
        names.sort_by_key(|name| Some(name) != first.as_ref());
        names
    }

    pub(super) fn live_names(&self, at: DateTime<Utc>) -> Vec<UserID> {
        let policy = policy::AnyAlgorithm::new(at);
        let Ok(valid) = self.0.with_policy(&policy, SystemTime::from(at)) else {
            return Vec::new();
        };
        let live = valid.userids().revoked(false);
        live.map(|name| name.userid().clone()).collect()
    }

    /// Whether a name in force, bound by algorithms that still prove something, bears this address. Capitals make no
    /// difference; an address that only stands in the name's text is none.
    pub fn bears(&self, mail: &str, at: DateTime<Utc>) -> bool {
        let policy = policy::standard(at);
        let Ok(valid) = self.0.with_policy(&policy, SystemTime::from(at)) else {
            return false;
        };
        let mut names = valid.userids().revoked(false);
        names.any(|name| {
            let written = name.userid().email().ok().flatten();
            written.is_some_and(|written| written.to_lowercase() == mail.trim().to_lowercase())
        })
    }

    /// The names that stand before the addresses ("Gaëtan Morvault"), whoever wrote them and whatever became of them: good
    /// for a comparison that warns, never for one that trusts.
    pub fn written_names(&self) -> Vec<String> {
        let names = self.0.userids();
        names
            .filter_map(|name| name.userid().name().ok().flatten().map(str::to_owned))
            .collect()
    }

    /// Each key and subkey that is bound at `at`, primary first.
    pub fn keys(&self, at: DateTime<Utc>) -> Vec<KeyEntry> {
        key_entry::entries(&self.0, at)
    }

    /// What each key is for, primary first.
    pub fn roles(&self, at: DateTime<Utc>) -> Vec<(Fingerprint, KeyRole)> {
        self.keys(at)
            .into_iter()
            .map(|key| (key.fingerprint, key.role))
            .collect()
    }

    /// Whether the whole certificate is revoked, as known at `at`.
    pub fn is_revoked(&self, at: DateTime<Utc>) -> bool {
        let policy = policy::standard(at);
        matches!(
            self.0.revocation_status(&policy, SystemTime::from(at)),
            RevocationStatus::Revoked(_)
        )
    }

    /// When the certificate stops being fully usable: the end of its primary key, its last signing key or its
    /// last encryption key, whichever comes first. Nothing if never.
    pub fn expires_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let keys: Vec<KeyEntry> = self
            .keys(at)
            .into_iter()
            .filter(|k| !k.revoked && !k.weak)
            .collect();
        let end = |wanted: fn(&KeyEntry) -> bool| {
            let ends = keys
                .iter()
                .filter(|k| wanted(k))
                .map(|k| k.expires.unwrap_or(DateTime::<Utc>::MAX_UTC));
            ends.max()
        };
        [
            end(|k| k.primary),
            end(|k| k.capabilities.sign),
            end(|k| k.capabilities.encrypt),
        ]
        .into_iter()
        .flatten()
        .min()
        .filter(|end| *end < DateTime::<Utc>::MAX_UTC)
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.fingerprint())
    }
}

/// A name for the eye: without control characters.
pub(super) fn readable(name: &UserID) -> String {
    String::from_utf8_lossy(name.value())
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

/// Whole days from `at` to an expiry, rounded down; negative once it is past.
pub fn days_left(expires: DateTime<Utc>, at: DateTime<Utc>) -> i64 {
    (expires - at).num_seconds().div_euclid(86_400)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pgp::{
        TeamKey,
        testing::{MAIL, NAME, day, team},
    };

    #[test]
    fn the_published_key_holds_no_secret_and_reads_back() {
        let team = team();
        let text = team.certificate().armoured().unwrap();
        assert!(text.starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----"));
        assert!(
            text.lines().any(|l| l.len() == 5 && l.starts_with('=')),
            "no CRC24 in\n{text}"
        );
        let read = Certificate::parse(text.as_bytes()).unwrap();
        assert_eq!(read, team.certificate());
        assert_eq!(
            read.user_id(day(2026, 3, 2)).unwrap(),
            format!("{NAME} <{MAIL}>")
        );
        assert!(read.keys(day(2026, 3, 2)).iter().all(|k| !k.has_secret));
    }

    #[test]
    fn the_roles_survive_publication() {
        let read = Certificate::parse(team().certificate().armoured().unwrap().as_bytes()).unwrap();
        let roles: Vec<KeyRole> = read
            .roles(day(2026, 3, 2))
            .into_iter()
            .map(|(_, role)| role)
            .collect();
        assert_eq!(
            roles,
            [
                KeyRole::Certification,
                KeyRole::Documents,
                KeyRole::Mail,
                KeyRole::Encryption
            ]
        );
    }

    #[test]
    fn a_secret_key_is_not_taken_for_a_public_one() {
        let secret = team().lead_part().unwrap();
        assert_eq!(
            Certificate::parse(&secret).unwrap_err(),
            PgpError::UnexpectedSecretKey
        );
    }

    #[test]
    fn the_expiry_is_known_before_and_after_it() {
        let certificate = team().certificate();
        let end = day(2028, 3, 1);
        for at in [day(2026, 3, 2), day(2029, 1, 1)] {
            assert_eq!(certificate.expires_at(at), Some(end));
        }
        assert_eq!(days_left(end, day(2028, 2, 15)), 15);
        assert_eq!(days_left(end, end), 0);
        assert_eq!(days_left(end, end + chrono::Duration::seconds(1)), -1);
    }

    #[test]
    fn a_published_revocation_revokes() {
        let new = TeamKey::generate(NAME, MAIL, day(2026, 3, 1), day(2028, 3, 1)).unwrap();
        let blocks = packets::packets(new.revocation.as_bytes()).unwrap();
        let revoked = new
            .key
            .certificate()
            .cert()
            .clone()
            .insert_packets(blocks)
            .unwrap()
            .0;
        let revoked = Certificate::public_part_of(&revoked);
        assert!(!new.key.certificate().is_revoked(day(2026, 3, 2)));
        assert!(revoked.is_revoked(day(2026, 3, 2)));
        let again = Certificate::parse(revoked.armoured().unwrap().as_bytes()).unwrap();
        assert!(
            again.is_revoked(day(2026, 3, 2)),
            "the minimal export lost the revocation"
        );
    }
}
