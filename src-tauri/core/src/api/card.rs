//! The lead's OpenPGP card in the place of the key in the vault. What waits for hardware holds no session.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::team_key::of_the_teams_key;
use super::view::{CardFace, CardStanding as Stands, CardView, DocumentView};
use crate::domain::people::Ability;
use crate::pgp::card::{CardError, CardInfo, CardSigner, Holds, look};
use crate::pgp::{Certificate, Fingerprint};

/// The key that a card has to hold: what is asked of the card without the vault, as the card may take its time.
pub struct CardKey {
    certificate: Certificate,
    document_key: Fingerprint,
    at: DateTime<Utc>,
}

/// What a card signed, found good against the team's key.
pub struct CardSignature(String);

impl CardKey {
    /// Whether a card that signs documents is there, and if not, what stands in the way. Asks for no PIN.
    #[must_use]
    pub fn status(&self) -> CardView {
        let found = self.find();
        let standing = found.as_ref().map_or_else(standing, |_| Stands::Ready);
        let card = match found {
            Ok(signer) => Some(signer.info().clone()),
            Err(_) => any_card(),
        };
        CardView {
            standing,
            card: card.as_ref().map(face),
        }
    }

    /// Signs exactly these bytes; waits for a touch if the card asks for one.
    ///
    /// # Errors
    /// No card that signs documents; a PIN that is wrong ([`Code::CardPin`], whose field is the number of tries left) or
    /// blocked; a card that was not touched or went away.
    pub fn sign(&self, bytes: &[u8], pin: &Zeroizing<String>) -> Result<CardSignature> {
        Ok(CardSignature(self.find()?.sign(bytes, pin, self.at)?))
    }

    fn find(&self) -> std::result::Result<CardSigner, CardError> {
        CardSigner::find(&self.certificate, &self.document_key, self.at)
    }
}

impl Session {
    /// The key that the lead's card has to hold.
    ///
    /// # Errors
    /// Not the lead; a database that cannot be read.
    pub fn card_key(&self) -> Result<CardKey> {
        self.require(Ability::SignDocument)?;
        let (key, at) = (self.team_key()?, self.now());
        Ok(CardKey {
            document_key: key.document_key(at)?,
            certificate: key.certificate,
            at,
        })
    }

    /// The bytes of a document that waits for a signature.
    ///
    /// # Errors
    /// Not the lead; a document that is settled already.
    pub fn bytes_to_sign(&self, id: Uuid) -> Result<Vec<u8>> {
        self.require(Ability::SignDocument)?;
        self.waiting(id)?;
        self.document_bytes(id)
    }

    /// Keeps what the card signed with its document.
    ///
    /// # Errors
    /// Not the lead; a document that was settled in the meantime.
    pub fn keep_card_signature(
        &mut self,
        id: Uuid,
        signature: CardSignature,
    ) -> Result<DocumentView> {
        self.require(Ability::SignDocument)?;
        self.keep_signature(id, signature.0)
    }
}

/// The first OpenPGP card in any reader.
fn any_card() -> Option<CardInfo> {
    let slots = look().unwrap_or_default().into_iter();
    slots
        .filter_map(|slot| match slot.holds {
            Holds::OpenPgp(info) => Some(info),
            _ => None,
        })
        .next()
}

fn face(info: &CardInfo) -> CardFace {
    CardFace {
        maker: info.maker.clone(),
        serial: info.serial.clone(),
        holder: info.holder.clone(),
        key: info.signing.as_ref().map(Fingerprint::grouped),
        pin_tries: info.pin_tries,
        touch: info.touch_to_sign,
    }
}

fn standing(error: &CardError) -> Stands {
    use CardError as E;
    match error {
        E::NoService => Stands::NoService,
        E::NotAllowed => Stands::NotAllowed,
        E::NoReader => Stands::NoReader,
        E::NoCard | E::Withdrawn => Stands::NoCard,
        E::Foreign => Stands::Foreign,
        E::InUse => Stands::InUse,
        E::NoSigningKey => Stands::Empty,
        E::NotOfTheTeam(_) => Stands::NotOurs,
        E::NotTheDocumentsKey { .. } => Stands::OtherKey,
        E::Key(_) => Stands::KeyUnfit,
        E::Unreadable(_)
        | E::Refused(_)
        | E::Algorithm(_)
        | E::FalseKey
        | E::PinLength { .. }
        | E::WrongPin { .. }
        | E::PinBlocked
        | E::NotTouched => Stands::Unreadable,
    }
}

impl From<CardError> for ApiError {
    fn from(error: CardError) -> Self {
        use CardError as E;
        let message = error.to_string();
        let code = match error {
            E::Key(key) => return of_the_teams_key(key),
            E::PinLength { .. } => return Self::field(Code::Invalid, "pin", message),
            E::WrongPin { left } => return Self::field(Code::CardPin, left.to_string(), message),
            E::PinBlocked => Code::CardBlocked,
            E::NotTouched => Code::CardNotTouched,
            E::Withdrawn => Code::CardWithdrawn,
            E::FalseKey | E::Refused(_) | E::Algorithm(_) => Code::CardRefused,
            E::NoService
            | E::NotAllowed
            | E::NoReader
            | E::NoCard
            | E::Foreign
            | E::InUse
            | E::Unreadable(_)
            | E::NoSigningKey
            | E::NotOfTheTeam(_)
            | E::NotTheDocumentsKey { .. } => Code::CardAbsent,
        };
        Self::new(code, message)
    }
}
