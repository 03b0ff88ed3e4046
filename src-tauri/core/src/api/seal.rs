//! Secrets kept in the database under a key that only some slots hold.
//!
//! While the keys are renewed a secret lies there twice, under the old key and under the new one, so that a kill between
//! the steps leaves one that opens whichever key is in force.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use crate::db::sealed;
use crate::vault::Key;

const NONCE_BYTES: usize = 24;

/// Which renewal of the keys a sealed secret belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Under the keys in force.
    Current,
    /// Under the keys to come.
    Next,
}

fn stored_name(name: &str, age: Age) -> String {
    match age {
        Age::Current => name.to_owned(),
        Age::Next => format!("{name}.next"),
    }
}

/// Seals a secret under a key and keeps it.
///
/// # Errors
/// When the database refuses, or the system gives no randomness.
pub fn keep(conn: &Connection, name: &str, age: Age, key: &Key, secret: &[u8]) -> Result<()> {
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce).map_err(|_| ApiError::new(Code::Internal, "no randomness"))?;
    let sealed_bytes = XChaCha20Poly1305::new(key.bytes().into())
        .encrypt(
            XNonce::from_slice(&nonce),
            Payload {
                msg: secret,
                aad: name.as_bytes(),
            },
        )
        .map_err(|_| ApiError::new(Code::Internal, "sealing failed"))?;
    Ok(sealed::keep(
        conn,
        &stored_name(name, age),
        &[&nonce[..], &sealed_bytes].concat(),
    )?)
}

/// Forgets a secret, of both ages.
///
/// # Errors
/// When the database refuses.
pub fn forget(conn: &Connection, name: &str) -> Result<()> {
    for age in [Age::Current, Age::Next] {
        sealed::forget(conn, &stored_name(name, age))?;
    }
    Ok(())
}

/// Seals a secret that `from` opens under `to` as well; nothing where either is missing.
///
/// # Errors
/// When the database refuses.
pub fn carry_over(
    conn: &Connection,
    name: &str,
    (from, to): (Option<&Key>, Option<&Key>),
    age: Age,
) -> Result<()> {
    let (Some(from), Some(to)) = (from, to) else {
        return Ok(());
    };
    match open(conn, name, from)? {
        Some(secret) => keep(conn, name, age, to, &secret),
        None => Ok(()),
    }
}

/// The secret that a key opens, of either age; `None` when there is none or the key opens neither.
///
/// # Errors
/// When the database refuses.
pub fn open(conn: &Connection, name: &str, key: &Key) -> Result<Option<Zeroizing<Vec<u8>>>> {
    for age in [Age::Current, Age::Next] {
        let Some(bytes) = sealed::get(conn, &stored_name(name, age))? else {
            continue;
        };
        let Some((nonce, sealed_bytes)) = bytes.split_at_checked(NONCE_BYTES) else {
            continue;
        };
        let opened = XChaCha20Poly1305::new(key.bytes().into()).decrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: sealed_bytes,
                aad: name.as_bytes(),
            },
        );
        if let Ok(secret) = opened {
            return Ok(Some(Zeroizing::new(secret)));
        }
    }
    Ok(None)
}
