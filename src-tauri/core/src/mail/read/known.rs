//! Whom a mail is judged by: the certificates that are known, and what each of them may speak for.
//!
//! A certificate bears whatever names its owner wrote on it, anybody's among them. Only an address for which the key ring
//! holds the key makes it that sender's: otherwise whoever gets a key into the ring speaks for everybody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::domain::fold::fold;
use crate::domain::mail::Address;
use crate::pgp::{Certificate, Fingerprint};

/// The certificates by which mails are judged.
#[derive(Debug, Default)]
pub struct Known {
    certificates: Vec<Certificate>,
    held: BTreeMap<Fingerprint, Held>,
}

/// What a certificate is held for.
#[derive(Debug)]
struct Held {
    /// In small letters.
    addresses: BTreeSet<String>,
    /// Somebody of the team read its fingerprint over the telephone.
    verified: bool,
}

impl Known {
    /// Certificates that speak for every address that they bear at `at`: the team's own, or those that somebody has
    /// looked at name by name.
    #[must_use]
    pub fn by_their_names(certificates: &[Certificate], at: DateTime<Utc>) -> Self {
        let mut known = Self::default();
        for certificate in certificates {
            known.add(certificate.clone(), certificate.mail_addresses(at), true);
        }
        known
    }

    /// Adds a certificate that speaks for these addresses, in small letters, as far as it bears them. `verified`: somebody
    /// of the team read its fingerprint over the telephone, so that its names are its owner's.
    pub fn add(
        &mut self,
        certificate: Certificate,
        addresses: impl IntoIterator<Item = String>,
        verified: bool,
    ) {
        let addresses = addresses.into_iter().collect();
        self.held.insert(
            certificate.fingerprint(),
            Held {
                addresses,
                verified,
            },
        );
        self.certificates.push(certificate);
    }

    /// Whether a verified key other than this one is held for an address.
    pub(super) fn is_of_another(&self, mail: &str, fingerprint: &Fingerprint) -> bool {
        let mail = mail.trim().to_lowercase();
        let mut others = self.held.iter().filter(|(held, _)| *held != fingerprint);
        others.any(|(_, held)| held.verified && held.addresses.contains(&mail))
    }

    /// Whether this key is verified, and held for an address.
    pub(super) fn is_verified(&self, mail: &str, fingerprint: &Fingerprint) -> bool {
        let mail = mail.trim().to_lowercase();
        self.held
            .get(fingerprint)
            .is_some_and(|held| held.verified && held.addresses.contains(&mail))
    }

    /// The certificates, in the order in which they were added.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Whether a certificate is the address's: it bears it at `at`, and is held for it.
    pub(super) fn speaks_for(
        &self,
        fingerprint: &Fingerprint,
        address: &Address,
        at: DateTime<Utc>,
    ) -> bool {
        let is_held = self
            .held
            .get(fingerprint)
            .is_some_and(|held| held.addresses.contains(&address.folded()));
        let mut certificates = self.certificates.iter();
        is_held
            && certificates
                .any(|one| one.fingerprint() == *fingerprint && one.bears(&address.mail, at))
    }

    /// The name of a certificate that bears an address for which it is held, or else that address: the first name on a key
    /// may be anybody's. Nothing for one that is held for nothing.
    pub(super) fn name_of(&self, fingerprint: &Fingerprint, at: DateTime<Utc>) -> Option<String> {
        let held = self.held.get(fingerprint)?;
        let mut certificates = self.certificates.iter();
        let certificate = certificates.find(|one| one.fingerprint() == *fingerprint)?;
        let is_held = |name: &String| {
            let mail = name.rsplit_once('<').map_or(name.as_str(), |(_, rest)| {
                rest.trim_end().trim_end_matches('>')
            });
            held.addresses.contains(&mail.trim().to_lowercase())
        };
        let mut names = certificate.user_ids(at).into_iter();
        names
            .find(is_held)
            .or_else(|| held.addresses.first().cloned())
    }

    /// Whether the name beside an address is written on a key that is held for other addresses only, and on no verified
    /// key of this one.
    pub(super) fn name_is_of_another(&self, address: &Address) -> bool {
        let name = fold(&address.name);
        let mail = address.folded();
        if name.is_empty() {
            return false;
        }
        let mut of_another = false;
        for certificate in &self.certificates {
            let Some(held) = self.held.get(&certificate.fingerprint()) else {
                continue;
            };
            let is_of_address = held.addresses.contains(&mail);
            if is_of_address && !held.verified {
                continue;
            }
            if certificate
                .written_names()
                .iter()
                .any(|written| fold(written) == name)
            {
                if is_of_address {
                    return false;
                }
                of_another = true;
            }
        }
        of_another
    }
}
