//! What stands in the readers of this workstation.

use std::{
    ffi::{CStr, CString},
    time::{Duration, Instant},
};

use card_backend_pcsc::PcscBackend;
use openpgp_card::{
    Card,
    ocard::{
        KeyType, StatusBytes,
        data::{Fingerprint as CardFingerprint, TouchPolicy},
    },
    state::{Open, Transaction},
};
use pcsc::{Context, Protocols, ReaderState, Scope, ShareMode, State};
use sequoia_openpgp as openpgp;

use super::CardError;
use crate::pgp::Fingerprint;

/// How long the service is given to notice that a card went: it looks every 400 ms.
const NOTICED_WITHIN: Duration = Duration::from_secs(2);

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Name that the service gives it.
    pub reader: String,
    /// What is in it.
    pub holds: Holds,
}

/// What a reader holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// No card.
    Nothing,
    /// A card without the OpenPGP application.
    Foreign,
    /// A card that another program keeps for itself.
    InUse,
    /// A card that does not answer as one should; the reason, for the log.
    Unreadable(String),
    /// An OpenPGP card.
    OpenPgp(CardInfo),
}

/// What an OpenPGP card says of itself to anybody.
///
/// The fingerprints are words that were written on the card: only a signature proves the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardInfo {
    /// Who made it.
    pub maker: String,
    /// Serial number in hexadecimal, as printed on many cards.
    pub serial: String,
    /// Name of the holder, if one was written.
    pub holder: Option<String>,
    /// Key that signs.
    pub signing: Option<Fingerprint>,
    /// Key that decrypts.
    pub decryption: Option<Fingerprint>,
    /// Key that logs in.
    pub authentication: Option<Fingerprint>,
    /// Wrong PINs until the card blocks; 0: blocked.
    pub pin_tries: u8,
    /// Whether the card is to be touched for each signature.
    pub touch_to_sign: bool,
    /// How many signatures it has made with its key.
    pub signatures: u32,
}

/// Looks into each reader; asks for no PIN and changes nothing.
///
/// # Errors
/// No service, a service that refuses, no reader.
pub fn look() -> Result<Vec<Slot>, CardError> {
    let (context, readers) = readers()?;
    let slot = |reader: &CString| Slot {
        reader: reader.to_string_lossy().into_owned(),
        holds: holds(&context, reader),
    };
    Ok(readers.iter().map(slot).collect())
}

/// The service and its readers, at least one.
pub(super) fn readers() -> Result<(Context, Vec<CString>), CardError> {
    let context = Context::establish(Scope::User).map_err(no_service)?;
    let readers = context.list_readers_owned().map_err(no_service)?;
    if readers.is_empty() {
        return Err(CardError::NoReader);
    }
    Ok((context, readers))
}

fn no_service(error: pcsc::Error) -> CardError {
    match error {
        pcsc::Error::NoService | pcsc::Error::ServiceStopped => CardError::NoService,
        pcsc::Error::SecurityViolation => CardError::NotAllowed,
        pcsc::Error::NoReadersAvailable => CardError::NoReader,
        other => CardError::Unreadable(other.to_string()),
    }
}

fn holds(context: &Context, reader: &CStr) -> Holds {
    let told = open(context, reader).and_then(|mut card| {
        let mut card = card.transaction().map_err(|e| failed(context, reader, e))?;
        info(&mut card).map_err(|e| failed(context, reader, e))
    });
    match told {
        Ok(info) => Holds::OpenPgp(info),
        Err(CardError::NoCard | CardError::Withdrawn) => Holds::Nothing,
        Err(CardError::Foreign) => Holds::Foreign,
        Err(CardError::InUse) => Holds::InUse,
        Err(CardError::Unreadable(why) | CardError::Refused(why)) => Holds::Unreadable(why),
        Err(other) => Holds::Unreadable(other.to_string()),
    }
}

/// Selects the OpenPGP application of the card in `reader`.
pub(super) fn open(context: &Context, reader: &CStr) -> Result<Card<Open>, CardError> {
    // Shared, so that a program which only looks does not shut the others out.
    let mode = ShareMode::Shared;
    let card = context
        .connect(reader, mode, Protocols::ANY)
        .map_err(|error| match error {
            pcsc::Error::NoSmartcard | pcsc::Error::RemovedCard | pcsc::Error::UnknownReader => {
                CardError::NoCard
            }
            pcsc::Error::SharingViolation => CardError::InUse,
            other => CardError::Unreadable(other.to_string()),
        })?;
    let backend = PcscBackend::from_pcsc_card(reader, mode, card)
        .map_err(|e| failed(context, reader, e.into()))?;
    Card::new(backend).map_err(|error| match error {
        // Where the application is, only a dead one answers its selection with this status.
        openpgp_card::Error::CardStatus(StatusBytes::TerminationState) => {
            CardError::Unreadable(error.to_string())
        }
        openpgp_card::Error::CardStatus(_) => CardError::Foreign,
        other => failed(context, reader, other),
    })
}

/// What the card says of itself.
pub(super) fn info(card: &mut Card<Transaction<'_>>) -> Result<CardInfo, openpgp_card::Error> {
    let application = card.application_identifier()?;
    let keys = card.fingerprints()?;
    let touch = card.user_interaction_flag(KeyType::Signing)?;
    Ok(CardInfo {
        maker: application.manufacturer_name().to_owned(),
        serial: format!("{:08X}", application.serial()),
        holder: Some(person(&card.cardholder_name()?)).filter(|name| !name.is_empty()),
        signing: keys.signature().map(fingerprint),
        decryption: keys.decryption().map(fingerprint),
        authentication: keys.authentication().map(fingerprint),
        pin_tries: card.pw_status_bytes()?.err_count_pw1(),
        touch_to_sign: touch.is_some_and(|flag| flag.touch_policy() != TouchPolicy::Off),
        signatures: card.digital_signature_count()?,
    })
}

/// `Kerdreux<<Anne<Marie` on the card is Anne Marie Kerdreux (ISO/IEC 7501-1).
fn person(written: &str) -> String {
    let (family, given) = written.split_once("<<").unwrap_or((written, ""));
    let words = given.split('<').chain(family.split('<'));
    let words: Vec<&str> = words
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

/// Cards know version 4 alone: twenty bytes.
fn fingerprint(on_card: &CardFingerprint) -> Fingerprint {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(on_card.as_bytes());
    openpgp::Fingerprint::V4(bytes).into()
}

/// Tells a card that went from one that fails: the library has the same errors for both, so the service is
/// asked.
pub(super) fn failed(context: &Context, reader: &CStr, error: openpgp_card::Error) -> CardError {
    use openpgp_card::Error as E;
    match error {
        E::Smartcard(_) | E::ResponseLength(_) if is_gone(context, reader) => CardError::Withdrawn,
        E::Smartcard(_) | E::ResponseLength(_) => CardError::Unreadable(error.to_string()),
        other => CardError::Refused(other.to_string()),
    }
}

fn is_gone(context: &Context, reader: &CStr) -> bool {
    let until = Instant::now() + NOTICED_WITHIN;
    let mut states = [ReaderState::new(reader, State::PRESENT)];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        match context.get_status_change(left, &mut states) {
            Ok(()) if states[0].event_state().contains(State::PRESENT) => {
                states[0].sync_current_state();
            }
            Err(pcsc::Error::Timeout) => return false,
            // No card, no such reader, no service: gone in one way or another.
            Ok(()) | Err(_) => return true,
        }
        if left.is_zero() {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holders_name_is_read_in_the_order_in_which_one_says_it() {
        assert_eq!(person("Kerdreux<<Anne<Marie"), "Anne Marie Kerdreux");
        assert_eq!(person("Le<Goff<<Yann"), "Yann Le Goff");
        assert_eq!(person("CSIRT Estuaire"), "CSIRT Estuaire");
        assert_eq!(person("<<\u{7}"), "");
    }
}
