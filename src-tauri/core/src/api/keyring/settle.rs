//! What people decide about a key: accepted, verified by telephone, refused, taken back.

use uuid::Uuid;

use super::Correspondent;
use super::import::Pending;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::CorrespondentKey;
use crate::domain::intake::clean_line;
use crate::domain::mail::trust::{alarm_ends, may_accept};
use crate::domain::mail::{KeyTrust, KeyVerification};
use crate::domain::people::Ability;

/// The longest word on how a key was verified, or why it was refused, in characters.
const MOST_CHARS: usize = 300;

fn sentence(field: &str, text: &str) -> Result<String> {
    let text = clean_line(text).trim().to_owned();
    match text.chars().count() {
        0 => Err(ApiError::field(
            Code::ReasonMissing,
            field,
            "a word is needed",
        )),
        1..=MOST_CHARS => Ok(text),
        _ => Err(ApiError::field(
            Code::TooLong,
            field,
            "the text is too long",
        )),
    }
}

impl Session {
    /// Says that the fingerprint of a key was read over the telephone, `with` whom and at which number.
    ///
    /// # Errors
    /// An operator; an unknown key; nobody named.
    pub fn verify_key(&mut self, id: Uuid, with: &str) -> Result<CorrespondentKey> {
        let verification = KeyVerification {
            by: self.person().id,
            with: sentence("with", with)?,
            at: self.now(),
        };
        self.settle_key(id, |_, key| {
            key.state.trust = KeyTrust::Verified;
            key.state.verification = Some(verification);
            key.state.refused_for.clear();
            Ok(())
        })
    }

    /// Chooses to use a key, for every address that it bears and that no other verified key holds.
    ///
    /// # Errors
    /// An operator; an unknown key; [`Code::KeyToVerify`] where a key of the same address was verified.
    pub fn accept_key(&mut self, id: Uuid) -> Result<CorrespondentKey> {
        self.settle_key(id, |rivals, key| {
            let others = rivals.iter().map(|rival| rival.state.trust);
            let alarm = key.state.trust == KeyTrust::ToVerifyAgain;
            if alarm || !may_accept(others) {
                let message = "a key of the same address was verified";
                return Err(ApiError::new(Code::KeyToVerify, message));
            }
            if key.state.trust != KeyTrust::Verified {
                key.state.trust = KeyTrust::Accepted;
            }
            key.state.refused_for.clear();
            Ok(())
        })
    }

    /// Never uses a key, nor verifies by it.
    ///
    /// # Errors
    /// An operator; an unknown key; no reason.
    pub fn refuse_key(&mut self, id: Uuid, why: &str) -> Result<CorrespondentKey> {
        let why = sentence("why", why)?;
        self.settle_key(id, |_, key| {
            key.state.trust = KeyTrust::Refused;
            key.state.refused_for = why;
            Ok(())
        })
    }

    /// Takes a refusal back: the key is as one that just came, or to be verified again if it ever was verified.
    ///
    /// # Errors
    /// An operator; an unknown key, or one that was not refused.
    pub fn restore_key(&mut self, id: Uuid) -> Result<CorrespondentKey> {
        self.settle_key(id, |_, key| {
            if key.state.trust != KeyTrust::Refused {
                return Err(ApiError::new(Code::NotFound, "the key was not refused"));
            }
            key.state.trust = match key.state.verification {
                Some(_) => KeyTrust::ToVerifyAgain,
                None => KeyTrust::Seen,
            };
            key.state.refused_for.clear();
            Ok(())
        })
    }

    /// Changes one key, and with it the alarms that it raised or raises.
    fn settle_key(
        &mut self,
        id: Uuid,
        change: impl FnOnce(&[Correspondent], &mut Correspondent) -> Result<()>,
    ) -> Result<CorrespondentKey> {
        self.require(Ability::Triage)?;
        let now = self.now();
        let mut key = self.correspondent(id)?;
        let before = key.state.clone();
        // Whoever decides about a key decides about all that it bears today.
        let borne = key.certificate.mail_addresses(now);
        if !borne.is_empty() {
            key.state.addresses = borne.into_iter().collect();
        }
        let mut pending = Pending::default();
        let rivals = self.rivals(&pending, &key)?;
        change(&rivals, &mut key)?;
        // But not about an address that came after it and whose verified key is another: whoever is called proves to be the
        // owner of a key, not whatever they wrote on it.
        let is_of_another = |address: &String| {
            let mut holders = rivals
                .iter()
                .filter(|rival| rival.state.trust.was_verified());
            !before.addresses.contains(address)
                && holders.any(|rival| rival.state.addresses.contains(address))
        };
        key.state
            .addresses
            .retain(|address| !is_of_another(address));
        if matches!(key.state.trust, KeyTrust::Refused | KeyTrust::Seen)
            || key.state.addresses.is_empty()
        {
            key.state.addresses.clone_from(&before.addresses);
        }
        pending.put(Some(before), key);
        self.alarm(&mut pending)?;
        for other in rivals {
            if other.state.trust != KeyTrust::ToVerifyAgain {
                continue;
            }
            let around = self.rivals(&pending, &other)?;
            if alarm_ends(around.iter().map(|one| one.standing(now))) {
                pending.set_trust(other, KeyTrust::Verified);
            }
        }
        let done = self.write_keys(pending)?;
        let mut view = self.correspondent_key(id)?;
        view.entry = done.entry;
        Ok(view)
    }
}
