//! The lead's OpenPGP card.

use serde::Serialize;
use ts_rs::TS;

/// Whether a card can sign documents now, and what stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardStanding {
    /// It holds the key for documents.
    Ready,
    /// The system's PC/SC service is not installed or not started.
    NoService,
    /// The service refuses this session: one that is not at the machine's own screen.
    NotAllowed,
    /// No reader is plugged in.
    NoReader,
    /// No card in the reader.
    NoCard,
    /// A card that is not OpenPGP.
    Foreign,
    /// Another program keeps the card for itself.
    InUse,
    /// The card does not answer.
    Unreadable,
    /// An OpenPGP card without a signing key.
    Empty,
    /// A signing key that is not the team's.
    NotOurs,
    /// A key of the team that is not the one for documents.
    OtherKey,
    /// The right key, which is expired, revoked or weak.
    KeyUnfit,
}

/// What a card says of itself; its PIN is not asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CardFace {
    /// Who made it.
    pub maker: String,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// Name of the holder, if it bears one.
    pub holder: Option<String>,
    /// Fingerprint of its signing key in groups of four.
    pub key: Option<String>,
    /// Wrong PINs until it blocks; 0: blocked.
    pub pin_tries: u8,
    /// Whether it is to be touched for each signature.
    pub touch: bool,
}

/// The card of this workstation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CardView {
    /// Whether it can sign.
    pub standing: CardStanding,
    /// The OpenPGP card that is there, ready or not.
    pub card: Option<CardFace>,
}
