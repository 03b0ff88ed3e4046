//! The key ring: the keys of correspondents, which of them is used, and what the team thinks of each. The rules are those
//! of [`crate::domain::mail::trust`]; here they meet the database.

mod import;
mod lookups;
mod recipients;
mod settle;
mod view;

pub use lookups::Looking;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::commit::{fields_of, instant};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use crate::db::correspondent_key::{self, CorrespondentKeyState};
use crate::domain::entity::EntityKind;
use crate::domain::mail::trust::chosen;
use crate::domain::mail::{Address, KeyStanding, KeyTrust};
use crate::domain::people::Ability;
use crate::journal::Change;
use crate::mail::read::Known;
use crate::pgp::{Certificate, Fingerprint};

/// A key of the ring, read.
#[derive(Clone)]
pub(super) struct Correspondent {
    /// Its name in the registry.
    pub id: Uuid,
    /// What the journal keeps of it.
    pub state: CorrespondentKeyState,
    /// The certificate.
    pub certificate: Certificate,
}

impl Correspondent {
    fn standing(&self, at: DateTime<Utc>) -> KeyStanding {
        KeyStanding {
            trust: self.state.trust,
            fitness: self.certificate.fitness(at),
            first_seen: instant(self.state.first_seen),
            beside_verified: false,
        }
    }

    /// What turns the key as it was into the key as it is.
    fn changes_since(&self, before: Option<&CorrespondentKeyState>) -> Result<Vec<Change>> {
        let kind = EntityKind::CorrespondentKey;
        let fields = fields_of("", &self.state, 1)?;
        let Some(before) = before else {
            return Ok(vec![Change::new(kind, self.id, fields)]);
        };
        let old = fields_of("", before, 1)?;
        let changed = fields
            .into_iter()
            .filter(|(name, value)| old.get(name) != Some(value));
        Ok(changed
            .map(|(name, value): (String, Value)| Change::set(kind, self.id, name, value))
            .collect())
    }
}

/// The name of a key in the registry: made from its fingerprint, so that two workstations that meet the same key speak of
/// the same thing.
fn id_of(fingerprint: &Fingerprint) -> Uuid {
    let digest = Sha256::digest(format!("correspondent key {fingerprint}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// An address as the key ring looks it up.
fn folded(mail: &str) -> Result<String> {
    Address::new("", mail)
        .map(|address| address.folded())
        .ok_or_else(|| ApiError::field(Code::Invalid, "mail", "not a mail address"))
}

impl Session {
    fn read_key(&self, (id, state): (Uuid, CorrespondentKeyState)) -> Result<Correspondent> {
        let certificate = self.read_certificates().read(&state.certificate)?;
        Ok(Correspondent {
            id,
            state,
            certificate,
        })
    }

    fn correspondent(&self, id: Uuid) -> Result<Correspondent> {
        let state = correspondent_key::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such key"))?;
        self.read_key((id, state))
    }

    fn keys_of(&self, address: &str) -> Result<Vec<Correspondent>> {
        let found = correspondent_key::of_address(self.conn(), address)?;
        found.into_iter().map(|row| self.read_key(row)).collect()
    }

    /// The key of an address that is used, or the nearest that cannot be; nothing when there is none.
    fn key_of(&self, mail: &str) -> Result<Option<Correspondent>> {
        let mut keys = self.keys_of(&folded(mail)?)?;
        let now = self.now();
        let standings: Vec<KeyStanding> = keys.iter().map(|key| key.standing(now)).collect();
        Ok(chosen(&standings).map(|place| keys.swap_remove(place)))
    }

    /// How the key of an address stands: what the rule of protection asks for. Nothing when there is none.
    ///
    /// # Errors
    /// What is no mail address.
    pub fn key_standing(&self, mail: &str) -> Result<Option<KeyStanding>> {
        self.require(Ability::ReadCases)?;
        let Some(key) = self.key_of(mail)? else {
            return Ok(None);
        };
        let mut others = self.keys_of(&folded(mail)?)?.into_iter();
        Ok(Some(KeyStanding {
            beside_verified: others
                .any(|other| other.id != key.id && other.state.trust.was_verified()),
            ..key.standing(self.now())
        }))
    }

    /// The certificate to encrypt to for an address: nothing when there is none that is fit and was not refused. Whether
    /// the marking of a mail allows it is for the rule of protection to say.
    ///
    /// # Errors
    /// What is no mail address.
    pub fn certificate_for(&self, mail: &str) -> Result<Option<Certificate>> {
        self.require(Ability::ReadCases)?;
        let key = self.key_of(mail)?;
        let now = self.now();
        let open = crate::domain::marking::Tlp::Clear;
        Ok(key
            .filter(|key| key.standing(now).serves(open))
            .map(|key| key.certificate))
    }

    /// Every key that was not refused, dead ones too, with the addresses that it is used for: what verifies signatures. One
    /// that does not read any more is left out; it must not keep the others from being asked.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn known(&self) -> Result<Known> {
        self.require(Ability::ReadCases)?;
        let mut known = Known::default();
        for key in correspondent_key::judging(self.conn())? {
            if let Ok(certificate) = self.read_certificates().read(&key.certificate) {
                known.add(certificate, key.addresses, key.trust.was_verified());
            }
        }
        Ok(known)
    }

    /// What the key that signed a mail is worth for its sender; nothing when it is not used for that address. One that
    /// nobody verified, where another key of the address was, is to be verified whatever else it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn signer_trust(&self, fingerprint: &str, sender: &Address) -> Result<Option<KeyTrust>> {
        self.require(Ability::ReadCases)?;
        let Ok(signer) = fingerprint.parse::<Fingerprint>() else {
            return Ok(None);
        };
        let keys = correspondent_key::trusts(self.conn(), &sender.folded())?;
        let found = keys.iter().find(|(id, _)| *id == id_of(&signer));
        let Some((_, trust)) = found else {
            let mut own = self.team_keys()?.into_iter();
            return Ok(own
                .any(|key| key.certificate.fingerprint() == signer)
                .then_some(KeyTrust::Verified));
        };
        let is_chosen = matches!(trust, KeyTrust::Seen | KeyTrust::Accepted);
        let mut all = keys.iter();
        Ok(Some(match all.any(|(_, other)| other.was_verified()) {
            true if is_chosen => KeyTrust::ToVerifyAgain,
            _ => *trust,
        }))
    }

    /// The key of a fingerprint, however it is typed.
    ///
    /// # Errors
    /// What is no fingerprint; an unknown key.
    pub fn key_by_fingerprint(&self, typed: &str) -> Result<Uuid> {
        self.require(Ability::ReadCases)?;
        let fingerprint: Fingerprint = typed
            .parse()
            .map_err(|_| ApiError::field(Code::Invalid, "fingerprint", "not a fingerprint"))?;
        Ok(self.correspondent(id_of(&fingerprint))?.id)
    }

    /// A key for another program, armoured.
    ///
    /// # Errors
    /// An unknown key.
    pub fn export_correspondent_key(&self, id: Uuid) -> Result<String> {
        self.require(Ability::ReadCases)?;
        Ok(self.correspondent(id)?.certificate.armoured()?)
    }
}
