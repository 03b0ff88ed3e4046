//! The lead's OpenPGP card in the place of the key in the vault. Both calls wait for hardware.

use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::team_key::of_the_teams_key;
use super::view::{CardFace, CardStanding as Stands, CardView, DocumentView};
use crate::domain::people::Ability;
use crate::pgp::Fingerprint;
use crate::pgp::card::{CardError, CardInfo, CardSigner, Holds, look};

impl Session {
    /// Whether a card that signs documents is there, and if not, what stands in the way. Asks for no PIN.
    ///
    /// # Errors
    /// Not the lead; a database that cannot be read.
    pub fn card_status(&self) -> Result<CardView> {
        self.require(Ability::SignDocument)?;
        let found = self.card()?;
        let standing = found.as_ref().map_or_else(standing, |_| Stands::Ready);
        let card = match found {
            Ok(signer) => Some(signer.info().clone()),
            Err(_) => any_card(),
        };
        Ok(CardView {
            standing,
            card: card.as_ref().map(face),
        })
    }

    /// Signs a document with the card: the exact bytes that were prepared, as
    /// [`sign_document`](Self::sign_document) does with the key in the vault.
    ///
    /// # Errors
    /// Not the lead; a document that is settled already; no card that signs documents; a PIN that is wrong
    /// ([`Code::CardPin`], whose field is the number of tries left) or blocked; a card that was not touched
    /// or went away.
    pub fn sign_document_with_card(
        &mut self,
        id: Uuid,
        pin: &Zeroizing<String>,
    ) -> Result<DocumentView> {
        self.require(Ability::SignDocument)?;
        self.waiting(id)?;
        let bytes = self.document_bytes(id)?;
        let signature = self.card()??.sign(&bytes, pin, self.now())?;
        self.keep_signature(id, signature)
    }

    fn card(&self) -> Result<std::result::Result<CardSigner, CardError>> {
        let key = self.team_key()?;
        let document_key = key.document_key(self.now())?;
        Ok(CardSigner::find(
            &key.certificate,
            &document_key,
            self.now(),
        ))
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
