//! Messages under a passphrase, for a recipient who has OpenPGP and no key.

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::{
    MailKeys,
    encrypt::{Lock, seal, signing_pair},
};
use crate::pgp::{PgpError, backup};

/// Encrypts `plain` under a passphrase, signed by the key in force if there is a signer: an armoured message that
/// `gpg --decrypt` of any version opens. AES-256 with a modification check, the key derived by the longest iteration that
/// gpg 2.2 reads (RFC 9580 §3.7.1.3).
///
/// # Errors
/// [`PgpError::PassphraseRequired`] for a blank passphrase, [`PgpError::NoSigningKey`] if the key in force signs no mail.
pub fn encrypt_with_passphrase(
    plain: &[u8],
    passphrase: &str,
    signer: Option<&MailKeys>,
    at: DateTime<Utc>,
) -> Result<String, PgpError> {
    if passphrase.trim().is_empty() {
        return Err(PgpError::PassphraseRequired);
    }
    let signing = signer.map(|ours| signing_pair(ours, at)).transpose()?;
    seal(plain, Lock::Passphrase(passphrase), signing, &[], at).map_err(PgpError::library)
}

/// Opens what is under a passphrase: an answer to [`encrypt_with_passphrase`]. Gives at most `limit` bytes, and only when
/// the message was processed to its end; says nothing of a signature inside.
///
/// # Errors
/// [`PgpError::WrongPassphrase`]; [`PgpError::Damaged`] or [`PgpError::Truncated`] for an altered message;
/// [`PgpError::UnsupportedProtection`] for one that would exhaust the machine, or that has no passphrase;
/// [`PgpError::TooLarge`].
pub fn open_with_passphrase(
    message: &[u8],
    passphrase: &str,
    limit: usize,
    at: DateTime<Utc>,
) -> Result<Zeroizing<Vec<u8>>, PgpError> {
    backup::open_message(message, passphrase, limit, at)
}
