//! The lead's card: which key it holds, and its signature.

use std::ffi::CString;

use chrono::{DateTime, Utc};
use openpgp::{
    Cert,
    packet::{
        Key,
        key::{PublicParts, UnspecifiedRole},
    },
};
use openpgp_card::{Card, ocard::StatusBytes, state::Transaction};
use pcsc::Context;
use secrecy::SecretString;
use sequoia_openpgp as openpgp;
use zeroize::Zeroizing;

use super::{
    CardError, CardInfo,
    on_card::OnCard,
    reader::{failed, info, open, readers},
};
use crate::pgp::{Certificate, Fingerprint, KeyRole, sign};

/// The shortest user PIN (§4.3 of the specification).
const MIN_PIN: usize = 6;

/// A card that holds the key which signs documents. It stays in its reader: each signature looks for it anew.
#[derive(Debug, Clone)]
pub struct CardSigner {
    public: Cert,
    key: Key<PublicParts, UnspecifiedRole>,
    reader: CString,
    info: CardInfo,
}

impl CardSigner {
    /// Finds the card whose signing key is `document_key`, the one that signs the team's documents
    /// (see [`crate::pgp::Sharing::document_key`]). Asks for no PIN.
    ///
    /// # Errors
    /// What stands in the way, of the card that comes nearest: no service, no reader, no card, a card that
    /// is not OpenPGP, one without a key, with a key of somebody else, with another key of the team; a key
    /// that is expired, revoked or weak at `at`.
    pub fn find(
        certificate: &Certificate,
        document_key: &Fingerprint,
        at: DateTime<Utc>,
    ) -> Result<Self, CardError> {
        let (context, readers) = readers()?;
        let mut nearest = CardError::NoCard;
        for reader in readers {
            let tried = Self::in_reader(&context, reader, certificate, document_key, at);
            match tried {
                Ok(found) => {
                    sign::usable(&found.public, document_key, at)?;
                    return Ok(found);
                }
                Err(error) if nearness(&error) > nearness(&nearest) => nearest = error,
                Err(_) => {}
            }
        }
        Err(nearest)
    }

    fn in_reader(
        context: &Context,
        reader: CString,
        certificate: &Certificate,
        document_key: &Fingerprint,
        at: DateTime<Utc>,
    ) -> Result<Self, CardError> {
        let mut card = open(context, &reader)?;
        let failed = |error| failed(context, &reader, error);
        let info = info(&mut card.transaction().map_err(failed)?).map_err(failed)?;
        drop(card);
        let key = team_key(certificate, &info, document_key, at)?;
        Ok(Self {
            public: certificate.cert().clone(),
            key,
            reader,
            info,
        })
    }

    /// What the card said when it was found.
    pub fn info(&self) -> &CardInfo {
        &self.info
    }

    /// Fingerprint of the signing key, as [`crate::pgp::Signer::key`] names it.
    pub fn key(&self) -> Fingerprint {
        self.key.fingerprint().into()
    }

    /// Signs the exact bytes of a file, as [`crate::pgp::SigningMaterial::sign`] does. Waits until the card
    /// is touched, where it asks for that; the card says itself for how long.
    ///
    /// # Errors
    /// A key that is expired, revoked or weak at `at`; a PIN that is wrong or blocked; a card that is not
    /// touched, was withdrawn, was exchanged for another, or is held by another program.
    pub fn sign(
        &self,
        file: &[u8],
        pin: &Zeroizing<String>,
        at: DateTime<Utc>,
    ) -> Result<String, CardError> {
        self.with_card(pin, at, |mut card| sign::detached(&mut card, file, at))
    }

    /// Signs a text that stays readable, as [`crate::pgp::SigningMaterial::clear_sign`] does.
    ///
    /// # Errors
    /// Those of [`Self::sign`].
    pub fn clear_sign(
        &self,
        text: &str,
        pin: &Zeroizing<String>,
        at: DateTime<Utc>,
    ) -> Result<String, CardError> {
        self.with_card(pin, at, |card| sign::clear_text(card, text, at))
    }

    /// One transaction: nobody else uses the card between the PIN and the signature.
    fn with_card(
        &self,
        pin: &Zeroizing<String>,
        at: DateTime<Utc>,
        sign: impl FnOnce(OnCard<'_, '_>) -> openpgp::Result<String>,
    ) -> Result<String, CardError> {
        sign::usable(&self.public, &self.key(), at)?;
        let (context, _) = readers()?;
        let mut card = open(&context, &self.reader)?;
        let failed = |error| failed(&context, &self.reader, error);
        let mut card = card.transaction().map_err(failed)?;
        let now = info(&mut card).map_err(failed)?;
        // Another card in the same reader would be shown a PIN that is not its own.
        match now.signing.clone() {
            Some(key) if key == self.key() => {}
            Some(key) => return Err(CardError::NotOfTheTeam(key)),
            None => return Err(CardError::NoSigningKey),
        }
        show(&mut card, pin, &now, &failed)?;
        let on_card = OnCard {
            card: card.card(),
            public: self.key.clone(),
            touch: now.touch_to_sign,
            failed: &failed,
        };
        sign(on_card).map_err(|error| match error.downcast::<CardError>() {
            Ok(refused) => refused,
            Err(other) => CardError::Refused(other.to_string()),
        })
    }
}

/// The key of the certificate that the card says it holds, if it is the one for documents.
fn team_key(
    certificate: &Certificate,
    card: &CardInfo,
    document_key: &Fingerprint,
    at: DateTime<Utc>,
) -> Result<Key<PublicParts, UnspecifiedRole>, CardError> {
    let found = card.signing.clone().ok_or(CardError::NoSigningKey)?;
    let mut keys = certificate.cert().keys();
    let key = keys
        .find(|key| Fingerprint::from(key.key().fingerprint()) == found)
        .ok_or_else(|| CardError::NotOfTheTeam(found.clone()))?;
    if found != *document_key {
        let mut roles = certificate.roles(at).into_iter();
        let role = roles.find(|(key, _)| *key == found);
        return Err(CardError::NotTheDocumentsKey {
            found,
            role: role.map_or(KeyRole::Other, |(_, role)| role),
        });
    }
    Ok(key.key().clone())
}

/// Shows the PIN for one signature (VERIFY, §7.2.2).
fn show(
    card: &mut Card<Transaction<'_>>,
    pin: &Zeroizing<String>,
    info: &CardInfo,
    failed: &dyn Fn(openpgp_card::Error) -> CardError,
) -> Result<(), CardError> {
    let max = usize::from(card.pw_status_bytes().map_err(failed)?.pw1_max_len());
    if info.pin_tries == 0 {
        return Err(CardError::PinBlocked);
    }
    if pin.chars().count() < MIN_PIN || pin.len() > max {
        return Err(CardError::PinLength { min: MIN_PIN, max });
    }
    let pin = SecretString::from(pin.as_str());
    let Err(error) = card.verify_user_signing_pin(pin) else {
        return Ok(());
    };
    match error {
        openpgp_card::Error::CardStatus(
            StatusBytes::PasswordNotChecked(_)
            | StatusBytes::SecurityStatusNotSatisfied
            | StatusBytes::ConditionOfUseNotSatisfied
            | StatusBytes::AuthenticationMethodBlocked,
        ) => {
            // Cards word a wrong PIN in four ways; the counter is the same in all. Read from the card itself:
            // the library's own copy is of before, and it panics where it cannot get another.
            let left = card.card().application_related_data();
            match left
                .and_then(|data| data.pw_status_bytes())
                .map_err(failed)?
                .err_count_pw1()
            {
                0 => Err(CardError::PinBlocked),
                left => Err(CardError::WrongPin { left }),
            }
        }
        other => Err(failed(other)),
    }
}

/// Which of two obstacles says more to somebody with several readers.
fn nearness(error: &CardError) -> u8 {
    match error {
        CardError::NoCard | CardError::Withdrawn => 0,
        CardError::Foreign => 1,
        CardError::Unreadable(_) | CardError::Refused(_) => 2,
        CardError::InUse => 3,
        CardError::NoSigningKey => 4,
        CardError::NotOfTheTeam(_) => 5,
        _ => 6,
    }
}
