//! The signature beside a mail that stays readable (RFC 3156 §5).

use chrono::{DateTime, Utc};

use super::{MailKeys, encrypt::signing_pair};
use crate::pgp::{PgpError, sign::detached};

/// What the header names the digest of [`sign_detached`].
pub const MICALG: &str = "pgp-sha512";

/// Signs the exact bytes: an armoured detached binary signature, and its `micalg`.
///
/// # Errors
/// [`PgpError::NoSigningKey`] if the key in force signs no mail at `at`.
pub fn sign_detached(
    bytes: &[u8],
    signer: &MailKeys,
    at: DateTime<Utc>,
) -> Result<(String, &'static str), PgpError> {
    let mut pair = signing_pair(signer, at)?;
    let signature = detached(&mut pair, bytes, at).map_err(PgpError::library)?;
    Ok((signature, MICALG))
}
