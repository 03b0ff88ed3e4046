//! What can be wrong with a card, in as many words as the user needs sentences.

use crate::pgp::{Fingerprint, KeyRole, PgpError};

/// Why no card was found, or why it did not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The PC/SC service (Debian package pcscd) is not installed or not started.
    #[error("no PC/SC service")]
    NoService,
    /// The service refuses this session, as it does for one that is not at the machine's own screen.
    #[error("the PC/SC service refuses this session")]
    NotAllowed,
    /// No reader is plugged in; a key with its own plug counts as one.
    #[error("no card reader")]
    NoReader,
    /// Readers, and no card in any.
    #[error("no card in the reader")]
    NoCard,
    /// A card without the OpenPGP application: a bank card, a badge.
    #[error("the card is not an OpenPGP card")]
    Foreign,
    /// Another program, most often gpg's scdaemon, holds the card for itself.
    #[error("another program is using the card")]
    InUse,
    /// Put in the wrong way round, dirty, or broken.
    #[error("the card does not answer: {0}")]
    Unreadable(String),
    /// An OpenPGP card whose place for the signing key is empty.
    #[error("no signing key on the card")]
    NoSigningKey,
    /// The card signs with a key that the team's certificate does not bind.
    #[error("the signing key {0} of the card is not the team's")]
    NotOfTheTeam(Fingerprint),
    /// The card signs with a key of the team that is not the one for documents: each analyst may hold it.
    #[error("the signing key {found} of the card ({role:?}) is not the one that signs documents")]
    NotTheDocumentsKey {
        /// Key on the card.
        found: Fingerprint,
        /// What it is for.
        role: KeyRole,
    },
    /// The key is the right one, and expired, revoked or weak.
    #[error(transparent)]
    Key(#[from] PgpError),
    /// An algorithm that cards have and that is not made use of here.
    #[error("the card's algorithm {0} is not supported")]
    Algorithm(String),
    /// Shorter or longer than any PIN of this card. Not shown to the card: no try is lost.
    #[error("a PIN has {min} to {max} characters")]
    PinLength {
        /// Fewest characters.
        min: usize,
        /// Most bytes.
        max: usize,
    },
    /// Wrong PIN.
    #[error("wrong PIN, {left} tries left")]
    WrongPin {
        /// Tries before the card blocks the PIN.
        left: u8,
    },
    /// Too many wrong PINs; the admin PIN or the resetting code unblocks it (`gpg --card-edit`, `unblock`).
    #[error("the PIN is blocked")]
    PinBlocked,
    /// The card asks to be touched and nobody did in time.
    #[error("the card was not touched in time")]
    NotTouched,
    /// The card or its reader went away in the middle.
    #[error("the card was withdrawn")]
    Withdrawn,
    /// The signature does not match the key whose fingerprint the card states.
    #[error("the card holds another key than it says")]
    FalseKey,
    /// The card refused for a reason of its own; its words, for the log.
    #[error("the card refused: {0}")]
    Refused(String),
}
