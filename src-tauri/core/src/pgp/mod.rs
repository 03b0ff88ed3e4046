//! OpenPGP: the team's key, what it signs, and what others signed.
//!
//! The only importer of sequoia: no type of the library leaves this module, so
//! that the rest of the application cannot bypass the rules made here. Nothing
//! reads a clock or a file: the moment of a check is always an argument, since
//! a key is good or bad *at a time*, and a laptop may check last year's document.
//!
//! A team's certificate is held in two parts:
//! the *lead part* with every secret, and the *analyst part*, which decrypts and
//! signs mail but has not the bytes that a document's signature needs.

mod armour;
mod backup;
mod bounds;
pub mod card;
mod certificate;
mod correspondent;
mod error;
mod fingerprint;
mod import;
mod key_entry;
mod life;
mod message;
mod packets;
mod policy;
mod read_once;
mod reminder;
mod role;
mod sharing;
mod sign;
mod team_key;
#[cfg(test)]
mod testing;
mod verify;
mod wkd;

pub use backup::MAX_BACKUP_BYTES;
pub use certificate::{Certificate, days_left};
pub use correspondent::{MAX_CERTIFICATES, MAX_KEY_FILE_BYTES, parse_many};
pub use error::PgpError;
pub use fingerprint::Fingerprint;
pub use import::{ImportedKey, KeyWarning, import};
pub use key_entry::{Capabilities, KeyEntry};
pub use life::{
    ChangeRefused, Changed, KeyChange, MAX_LIFE_YEARS, MAX_MESSAGE_BYTES, RevocationReason,
    Rotation,
};
pub use message::{
    MAX_AUTOCRYPT_BYTES, MICALG, MailKeys, OpenedMessage, Unopened, autocrypt_key, encrypt,
    encrypt_with_passphrase, open_message, open_with_passphrase, sign_detached,
};
pub use packets::MAX_KEY_BYTES;
pub use read_once::ReadCertificates;
pub use reminder::{Nearness, Reminder};
pub use role::KeyRole;
pub use sharing::Sharing;
pub use sign::SigningMaterial;
pub use team_key::{NewTeamKey, TeamKey};
pub use verify::{
    ClearTextVerification, Found, Issuer, MAX_CLEAR_TEXT_BYTES, MAX_SIGNATURE_BYTES,
    MAX_SIGNATURES, Signer, Verdict, Verification, verify, verify_clear_text,
};
pub use wkd::{WkdFile, WkdPlace, wkd_places};
