//! The key that goes along in the header of every mail (Autocrypt 1.1 §2.1).

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use openpgp::{Cert, Packet, packet::UserID, serialize::SerializeInto};
use sequoia_openpgp as openpgp;

use super::{encrypt::transport_keys, keys::newest_signing};
use crate::pgp::{Certificate, Fingerprint, PgpError, policy};

/// The most that a header carries: mail servers cut or refuse longer ones (Autocrypt 1.1 §2.1).
pub const MAX_AUTOCRYPT_BYTES: usize = 10 * 1024;

/// The smallest certificate that serves to answer and to verify, in binary: the primary key, the one name with this
/// address (else the first name), the newest live encryption key and the newest key that signs mail, each with the one
/// signature that counts at `at`.
///
/// # Errors
/// [`PgpError::TooLarge`] beyond [`MAX_AUTOCRYPT_BYTES`]; a certificate that is revoked, expired, weak, without a name
/// ([`PgpError::UserId`]), without a live encryption key or without one that signs.
pub fn autocrypt_key(
    certificate: &Certificate,
    mail: &str,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, PgpError> {
    let cert = certificate.cert();
    let policy = policy::standard(at);
    let encryption = transport_keys(cert, &policy, at)?
        .into_iter()
        .max_by_key(|key| key.key().creation_time())
        .ok_or(PgpError::NoEncryptionKey)?;
    let signing = newest_signing(cert, at, |_| true).ok_or(PgpError::NoSigningKey)?;
    let valid = cert
        .with_policy(&policy, SystemTime::from(at))
        .map_err(PgpError::library)?;

    let mut kept: Vec<Packet> = vec![cert.primary_key().key().clone().into()];
    if let Ok(direct) = valid.direct_key_signature() {
        kept.push(direct.clone().into());
    }
    let name = valid
        .userids()
        .revoked(false)
        .find(|name| has_address(name.userid(), mail))
        .or_else(|| valid.primary_userid().ok())
        .ok_or(PgpError::UserId)?;
    kept.push(name.userid().clone().into());
    kept.push(name.binding_signature().clone().into());
    for key in valid.keys().subkeys() {
        let fingerprint = Fingerprint::from(key.key().fingerprint());
        if fingerprint == signing.fingerprint
            || key.key().fingerprint() == encryption.key().fingerprint()
        {
            kept.push(key.key().clone().into());
            kept.push(key.binding_signature().clone().into());
        }
    }
    let bytes = Cert::from_packets(kept.into_iter())
        .and_then(|cert| cert.export_to_vec())
        .map_err(PgpError::library)?;
    if bytes.len() > MAX_AUTOCRYPT_BYTES {
        return Err(PgpError::TooLarge {
            limit_bytes: MAX_AUTOCRYPT_BYTES,
        });
    }
    Ok(bytes)
}

fn has_address(name: &UserID, mail: &str) -> bool {
    let address = name.email().ok().flatten();
    address.is_some_and(|address| address.to_lowercase() == mail.to_lowercase())
}
