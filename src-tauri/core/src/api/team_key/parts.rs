//! The two parts of each key of the team, sealed under what only some slots hold: the lead's own, with every secret, and
//! the one that the analysts share. A key that was replaced keeps its parts, for old mail.

use rusqlite::Connection;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::api::error::{ApiError, Code, Result};
use crate::api::seal::{self, Age};
use crate::pgp::{Sharing, TeamKey};
use crate::vault::{Key, Keyring};

/// Who holds it.
#[derive(Clone, Copy)]
pub(in crate::api) enum Part {
    /// Every secret.
    Lead,
    /// What serves mail.
    Mail,
}

impl Part {
    fn name(self, key: Uuid) -> String {
        let part = match self {
            Self::Lead => "lead",
            Self::Mail => "mail",
        };
        format!("team_key.{part}.{key}")
    }

    const fn opened_by(self, keyring: &Keyring) -> Option<&Key> {
        match self {
            Self::Lead => keyring.lead.as_ref(),
            Self::Mail => keyring.mail.as_ref(),
        }
    }
}

/// Keeps both parts of a key.
///
/// # Errors
/// An access that does not hold both; a sharing of another key.
pub(in crate::api) fn keep(
    conn: &Connection,
    keyring: &Keyring,
    id: Uuid,
    key: &TeamKey,
    sharing: &Sharing,
) -> Result<()> {
    for (part, secret) in [
        (Part::Lead, key.lead_part()?),
        (Part::Mail, key.analyst_part(sharing)?),
    ] {
        let under = part.opened_by(keyring).ok_or_else(cannot_open)?;
        seal::keep(conn, &part.name(id), Age::Current, under, &secret)?;
    }
    Ok(())
}

/// A part of a key, as [`TeamKey::open`] reads it.
///
/// # Errors
/// An access that does not open it.
pub(in crate::api) fn open(
    conn: &Connection,
    keyring: &Keyring,
    part: Part,
    id: Uuid,
) -> Result<Zeroizing<Vec<u8>>> {
    let under = part.opened_by(keyring).ok_or_else(cannot_open)?;
    seal::open(conn, &part.name(id), under)?.ok_or_else(cannot_open)
}

/// Seals every part that `from` opens under `to` as well.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn carry_over(
    conn: &Connection,
    keys: &[Uuid],
    (from, to): (&Keyring, &Keyring),
    age: Age,
) -> Result<()> {
    for (key, part) in keys
        .iter()
        .flat_map(|key| [(*key, Part::Lead), (*key, Part::Mail)])
    {
        let held = (part.opened_by(from), part.opened_by(to));
        seal::carry_over(conn, &part.name(key), held, age)?;
    }
    Ok(())
}

fn cannot_open() -> ApiError {
    ApiError::new(
        Code::CannotSign,
        "this access does not open the team's secret key",
    )
}
