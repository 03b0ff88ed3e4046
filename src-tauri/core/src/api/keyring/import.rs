//! Keys that come: from a file, a mail, a directory, a server. Each is seen, none is believed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Correspondent, folded, id_of};
use crate::api::commit::word;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{Done, KeysImported};
use crate::db::correspondent_key::{self, CorrespondentKeyState};
use crate::domain::mail::trust::alarmed;
use crate::domain::mail::{KeyOrigin, KeyTrust};
use crate::domain::people::Ability;
use crate::journal::Scope;
use crate::pgp::{self, Certificate, Fingerprint};

/// The key ring as an import makes it, before it is written: each key with what it was.
#[derive(Default)]
pub(super) struct Pending(BTreeMap<Uuid, (Option<CorrespondentKeyState>, Correspondent)>);

impl Session {
    /// Takes the keys of a file, an attachment, an Autocrypt header or an answer of a server. `address` is the one that
    /// they came for, where they came for one: then a key must bear it, and is used for no other.
    ///
    /// # Errors
    /// When the database refuses. What is no key is told in the answer.
    pub fn import_keys(
        &mut self,
        bytes: &[u8],
        origin: KeyOrigin,
        address: Option<&str>,
    ) -> Result<KeysImported> {
        let claim = address.map(folded).transpose()?.map(Claim::Address);
        self.import_claimed(bytes, origin, claim.as_ref())
    }

    /// Takes keys that came for what was asked.
    pub(super) fn import_claimed(
        &mut self,
        bytes: &[u8],
        origin: KeyOrigin,
        claim: Option<&Claim>,
    ) -> Result<KeysImported> {
        self.require(Ability::TakeReport)?;
        let own: BTreeSet<String> = self
            .team_keys()?
            .iter()
            .map(|key| key.certificate.fingerprint().to_string())
            .collect();
        let mut pending = Pending::default();
        let mut told = KeysImported::default();
        for read in pgp::parse_many(bytes) {
            let taken = read.map_err(ApiError::from).and_then(|certificate| {
                if own.contains(&certificate.fingerprint().to_string()) {
                    return Err(ApiError::new(Code::KeyOwn, "the team's own key"));
                }
                self.take(&mut pending, &certificate, origin, claim)
            });
            match taken {
                Ok((id, Novelty::New)) => note(&mut told.new, id),
                Ok((id, _)) if told.new.contains(&id) => {}
                Ok((id, Novelty::Renewed)) => note(&mut told.renewed, id),
                Ok((id, Novelty::None)) => note(&mut told.known, id),
                Err(error) => told.refused.push(word(&error.code)),
            }
        }
        told.known.retain(|id| !told.renewed.contains(id));
        told.alarms = self.alarm(&mut pending)?;
        self.write_keys(pending)?;
        Ok(told)
    }

    fn take(
        &self,
        pending: &mut Pending,
        certificate: &Certificate,
        origin: KeyOrigin,
        claim: Option<&Claim>,
    ) -> Result<(Uuid, Novelty)> {
        let now = self.now();
        let borne = certificate.mail_addresses(now);
        let wanted = match claim {
            Some(Claim::Address(address)) if borne.contains(address) => {
                BTreeSet::from([address.clone()])
            }
            Some(Claim::Fingerprint(wanted)) if has_key(certificate, wanted, now) => borne,
            None => borne,
            Some(_) => {
                let message = "not the key that it came for";
                return Err(ApiError::new(Code::KeyOtherAddress, message));
            }
        };
        let id = id_of(&certificate.fingerprint());
        let Some(mut known) = self.pending_or_kept(pending, id)? else {
            let state = CorrespondentKeyState {
                certificate: certificate.armoured()?,
                fingerprint: certificate.fingerprint().to_string(),
                addresses: wanted.into_iter().collect(),
                trust: KeyTrust::Seen,
                origin,
                first_seen: now.timestamp_millis(),
                verification: None,
                refused_for: String::new(),
            };
            let certificate = self.read_certificates().read(&state.certificate)?;
            let new = Correspondent {
                id,
                state,
                certificate,
            };
            pending.put(None, new);
            return Ok((id, Novelty::New));
        };
        let before = known.state.clone();
        if let Some(merged) = known.certificate.merged_with(certificate)? {
            known.state.certificate = merged.armoured()?;
            known.certificate = self.read_certificates().read(&known.state.certificate)?;
        }
        // A key that somebody chose gets no address behind their back: who accepts or verifies it again takes the new ones.
        if known.state.trust == KeyTrust::Seen {
            known.state.addresses.extend(wanted);
        }
        known.keep_living_addresses(now);
        let same = known.state.certificate == before.certificate
            && known.state.addresses == before.addresses;
        pending.put(Some(before), known);
        Ok((
            id,
            if same {
                Novelty::None
            } else {
                Novelty::Renewed
            },
        ))
    }

    fn pending_or_kept(&self, pending: &Pending, id: Uuid) -> Result<Option<Correspondent>> {
        if let Some((_, pending)) = pending.0.get(&id) {
            return Ok(Some(pending.clone()));
        }
        let kept = correspondent_key::get(self.conn(), id)?;
        kept.map(|state| self.read_key((id, state))).transpose()
    }

    /// The other keys of a key's addresses, as they are about to be.
    pub(super) fn rivals(
        &self,
        pending: &Pending,
        key: &Correspondent,
    ) -> Result<Vec<Correspondent>> {
        let mut found: BTreeMap<Uuid, Correspondent> = BTreeMap::new();
        for address in &key.state.addresses {
            for other in self.keys_of(address)? {
                found.insert(other.id, other);
            }
        }
        for (_, other) in pending.0.values() {
            let shares = |address| key.state.addresses.contains(address);
            match other.state.addresses.iter().any(shares) {
                true => found.insert(other.id, other.clone()),
                false => found.remove(&other.id),
            };
        }
        found.remove(&key.id);
        Ok(found.into_values().collect())
    }

    /// Sets every verified key of an address that a changed key came for to « à revérifier »; gives those.
    pub(super) fn alarm(&self, pending: &mut Pending) -> Result<Vec<Uuid>> {
        let now = self.now();
        let mut alarms = Vec::new();
        let changed: Vec<_> = pending.0.values().cloned().collect();
        for (before, key) in changed {
            let standing = key.standing(now);
            let threatened = match before {
                Some(state) => {
                    let before = self.read_key((key.id, state))?;
                    match alarmed(before.standing(now), KeyTrust::Verified) {
                        true => before.state.addresses,
                        false => Vec::new(),
                    }
                }
                None => Vec::new(),
            };
            for other in self.rivals(pending, &key)? {
                let newly = |address: &String| {
                    other.state.addresses.contains(address) && !threatened.contains(address)
                };
                if key.state.addresses.iter().any(newly) && alarmed(standing, other.state.trust) {
                    alarms.push(other.id);
                    pending.set_trust(other, KeyTrust::ToVerifyAgain);
                }
            }
        }
        Ok(alarms)
    }

    pub(super) fn write_keys(&mut self, pending: Pending) -> Result<Done> {
        let mut changes = Vec::new();
        for (before, key) in pending.0.values() {
            changes.extend(key.changes_since(before.as_ref())?);
        }
        self.commit(Scope::Registry, changes)
    }
}

/// What keys were asked for by.
#[derive(Clone, Debug)]
pub(super) enum Claim {
    /// An address, in small letters.
    Address(String),
    /// A fingerprint, of the key or of a subkey.
    Fingerprint(Fingerprint),
}

fn has_key(certificate: &Certificate, wanted: &Fingerprint, now: DateTime<Utc>) -> bool {
    let mut keys = certificate.keys(now).into_iter();
    certificate.fingerprint() == *wanted || keys.any(|key| key.fingerprint == *wanted)
}

enum Novelty {
    New,
    Renewed,
    None,
}

fn note(list: &mut Vec<Uuid>, id: Uuid) {
    if !list.contains(&id) {
        list.push(id);
    }
}

impl Pending {
    /// Puts a key as it is to be; `before` counts only the first time.
    pub(super) fn put(&mut self, before: Option<CorrespondentKeyState>, key: Correspondent) {
        match self.0.get_mut(&key.id) {
            Some((_, known)) => *known = key,
            None => {
                self.0.insert(key.id, (before, key));
            }
        }
    }

    pub(super) fn set_trust(&mut self, mut key: Correspondent, trust: KeyTrust) {
        let before = key.state.clone();
        key.state.trust = trust;
        self.put(Some(before), key);
    }
}

impl Correspondent {
    /// Drops the addresses whose names its owner took back. A key of the dead keeps them: it is told by them.
    fn keep_living_addresses(&mut self, now: DateTime<Utc>) {
        let borne = self.certificate.mail_addresses(now);
        let addresses: BTreeSet<String> = self.state.addresses.drain(..).collect();
        let living: Vec<String> = addresses.intersection(&borne).cloned().collect();
        self.state.addresses = match living.is_empty() {
            true => addresses.into_iter().collect(),
            false => living,
        };
    }
}
