//! The key ring as it is shown.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Correspondent;
use super::import::Pending;
use crate::api::commit::instant;
use crate::api::error::Result;
use crate::api::opening::role_name;
use crate::api::session::Session;
use crate::api::view::{CorrespondentKey, KeyEntryView, KeyState, RecipientKey};
use crate::db::correspondent_key;
use crate::domain::fold::fold;
use crate::domain::mail::{KeyFitness, KeyTrust};
use crate::domain::people::Ability;
use crate::pgp::{KeyEntry, days_left};
use crate::report::qr::QrCode;

/// Keys shown at once; a word finds the others.
const MOST_SHOWN: usize = 500;
/// From how many days before it the end of a key is told (MAIL.md: 60 and 15).
const SOON_DAYS: i64 = 60;

impl Session {
    /// The keys whose names, addresses, fingerprint or organisations hold every word of a text, all for an empty one: first
    /// those to verify again, then what ends soon or has ended, the refused last; each group by name. At most 500.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keyring(&self, text: &str) -> Result<Vec<CorrespondentKey>> {
        self.require(Ability::ReadCases)?;
        let now = self.now();
        let words = fold(text);
        let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
        let mut found = Vec::new();
        for row in correspondent_key::all(self.conn())? {
            let key = self.read_key(row)?;
            let mut shown = key.certificate.user_ids(now);
            shown.extend(key.state.addresses.iter().cloned());
            let by_fingerprint =
                digits.len() >= 8 && key.state.fingerprint.contains(&digits.to_ascii_uppercase());
            let holds = |shown: &[String]| {
                let text = fold(&shown.join(" "));
                words.iter().all(|word| text.contains(word))
            };
            if !by_fingerprint && !holds(&shown) {
                shown.extend(self.organisations_of(&key)?);
                if !holds(&shown) {
                    continue;
                }
            }
            let order = (urgency(&key, now), fold(&shown.join(" ")));
            found.push((order, key));
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.truncate(MOST_SHOWN);
        found
            .into_iter()
            .map(|(_, key)| self.key_view(key))
            .collect()
    }

    /// One key of the ring.
    ///
    /// # Errors
    /// An unknown key.
    pub fn correspondent_key(&self, id: Uuid) -> Result<CorrespondentKey> {
        self.require(Ability::ReadCases)?;
        self.key_view(self.correspondent(id)?)
    }

    /// The key of an address at a glance: the one that would be used, or the nearest that cannot be.
    ///
    /// # Errors
    /// What is no mail address.
    pub fn recipient_key(&self, mail: &str) -> Result<RecipientKey> {
        self.require(Ability::ReadCases)?;
        let now = self.now();
        let Some(key) = self.key_of(mail)? else {
            return Ok(RecipientKey {
                id: None,
                fingerprint: String::new(),
                trust: None,
                fitness: None,
                expires: None,
                verification: None,
            });
        };
        Ok(RecipientKey {
            id: Some(key.id),
            fingerprint: key.certificate.fingerprint().grouped(),
            trust: Some(key.state.trust),
            fitness: Some(key.certificate.fitness(now)),
            expires: key.certificate.encryption_ends(now),
            verification: key.state.verification,
        })
    }

    fn organisations_of(&self, key: &Correspondent) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for address in &key.state.addresses {
            for name in correspondent_key::organisations(self.conn(), address)? {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Ok(names)
    }

    fn key_view(&self, key: Correspondent) -> Result<CorrespondentKey> {
        let now = self.now();
        let certificate = &key.certificate;
        let fingerprint = certificate.fingerprint();
        let rivals = self.rivals(&Pending::default(), &key)?.into_iter();
        let rivals = rivals.filter(|rival| rival.state.trust != KeyTrust::Refused);
        Ok(CorrespondentKey {
            // The form that key managers on telephones read.
            qr: QrCode::of(format!("OPENPGP4FPR:{fingerprint}").as_bytes())?,
            fingerprint: fingerprint.grouped(),
            user_ids: certificate.user_ids(now),
            fitness: certificate.fitness(now),
            expires: certificate.encryption_ends(now),
            days: days(&key, now),
            keys: certificate
                .keys(now)
                .into_iter()
                .map(|key| KeyEntryView {
                    state: state(&key, now),
                    fingerprint: key.fingerprint.grouped(),
                    role: role_name(key.role).map(str::to_owned),
                    algorithm: key.algorithm,
                    created: key.created,
                    expires: key.expires,
                })
                .collect(),
            organisations: self.organisations_of(&key)?,
            rivals: rivals.map(|rival| rival.id).collect(),
            entry: String::new(),
            id: key.id,
            addresses: key.state.addresses,
            trust: key.state.trust,
            origin: key.state.origin,
            first_seen: instant(key.state.first_seen),
            verification: key.state.verification,
            refused_for: key.state.refused_for,
        })
    }
}

fn state(key: &KeyEntry, now: DateTime<Utc>) -> KeyState {
    if key.revoked {
        KeyState::Revoked
    } else if key.expires.is_some_and(|end| end <= now) {
        KeyState::Expired
    } else if key.weak {
        KeyState::Weak
    } else {
        KeyState::InForce
    }
}

/// Whole days left of a key that receives mail or did, once they are few.
fn days(key: &Correspondent, now: DateTime<Utc>) -> Option<i32> {
    let ends = key.certificate.encryption_ends(now)?;
    let told = matches!(
        key.certificate.fitness(now),
        KeyFitness::Fit | KeyFitness::Expired
    );
    let days = days_left(ends, now);
    (told && days <= SOON_DAYS).then(|| i32::try_from(days).unwrap_or(i32::MIN))
}

/// The group of a key in the list.
fn urgency(key: &Correspondent, now: DateTime<Utc>) -> u8 {
    match key.state.trust {
        KeyTrust::Refused => 3,
        KeyTrust::ToVerifyAgain => 0,
        _ if days(key, now).is_some() => 1,
        _ => 2,
    }
}
