//! Whether the journal holds: every chain, every signature, every body; and whether the tables are what it says.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Result;
use super::entries::Entries;
use super::header::{Header, body_hash};
use crate::db::entry::{self, EntryRow, LogRow};
use crate::db::{self};

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The header does not have its hash, or does not chain to the one before.
    Hash,
    /// The device did not sign this header.
    Signature,
    /// A number is missing in the chain.
    Gap,
    /// The body is not the one that the header binds.
    Body,
    /// The device that wrote the chain is not known.
    Device,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Scope number of the chain.
    pub scope: u8,
    /// Case or organisation.
    pub subject: Uuid,
    /// Place in the chain.
    pub seq: u64,
    /// What does not hold.
    pub kind: FaultKind,
}

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Chains checked.
    pub chains: u32,
    /// Entries checked.
    pub entries: u32,
    /// Faults, in the order of the chains.
    pub faults: Vec<Fault>,
}

/// Checks every chain. `devices` are the public keys that the registry knows; `progress` is told chains done and in all,
/// and stops the work by answering false.
///
/// # Errors
/// When the database refuses.
pub fn chains(
    conn: &Connection,
    devices: &BTreeMap<Uuid, VerifyingKey>,
    mut progress: impl FnMut(usize, usize) -> bool,
) -> Result<Found> {
    let logs = entry::logs(conn)?;
    let mut found = Found::default();
    for (done, log) in logs.iter().enumerate() {
        if done % 512 == 0 && !progress(done, logs.len()) {
            break;
        }
        chain(
            log,
            &entry::of_log(conn, log.id)?,
            devices.get(&log.device),
            &mut found,
        );
    }
    progress(logs.len(), logs.len());
    Ok(found)
}

fn chain(log: &LogRow, rows: &[EntryRow], key: Option<&VerifyingKey>, found: &mut Found) {
    found.chains += 1;
    let mut fault = |seq, kind| {
        found.faults.push(Fault {
            scope: log.scope,
            subject: log.subject,
            seq,
            kind,
        })
    };
    if key.is_none() {
        fault(0, FaultKind::Device);
    }
    let (mut expected, mut prev) = (1, [0; 32]);
    for row in rows {
        if row.seq != expected {
            fault(expected, FaultKind::Gap);
        }
        let header = Header {
            device: log.device,
            scope: log.scope,
            subject: log.subject,
            seq: row.seq,
            prev: row.prev,
            hlc: row.hlc,
            at: row.at,
            author: row.author,
            schema: row.schema,
            body_hash: row.body_hash,
        };
        if header.hash() != row.hash || (row.seq == expected && row.prev != prev) {
            fault(row.seq, FaultKind::Hash);
        } else if key.is_some_and(|key| !header.is_signed(key, &row.signature)) {
            fault(row.seq, FaultKind::Signature);
        }
        if row
            .body
            .as_deref()
            .is_some_and(|body| body_hash(&row.salt, body) != row.body_hash)
        {
            fault(row.seq, FaultKind::Body);
        }
        expected = row.seq + 1;
        prev = row.hash;
    }
    if log.last_seq + 1 != expected {
        fault(expected, FaultKind::Gap);
    } else if log.last_hash != prev {
        fault(log.last_seq, FaultKind::Hash);
    }
    found.entries += u32::try_from(rows.len()).unwrap_or(u32::MAX);
}

/// Makes the tables anew from the journal. `progress` is told entities done and in all, and stops the work by answering
/// false; the answer is then false, too.
///
/// # Errors
/// When the database refuses; the caller's transaction then rolls back the whole.
pub fn rebuild(conn: &Connection, mut progress: impl FnMut(usize, usize) -> bool) -> Result<bool> {
    db::clear_projections(conn)?;
    let ids = entry::entities(conn)?;
    let mut entries = Entries::new(conn);
    let mut entities = Vec::new();
    for (done, id) in ids.iter().enumerate() {
        if done % 512 == 0 && !progress(done, ids.len()) {
            return Ok(false);
        }
        entities.extend(entries.project(*id)?);
    }
    db::index_text(conn, &entities)?;
    Ok(true)
}

/// Whether the tables are what the journal says: they are made anew beside, compared, and left as they were. None when
/// `progress` stopped the work.
///
/// # Errors
/// When the database refuses.
pub fn tables_agree(
    conn: &mut Connection,
    progress: impl FnMut(usize, usize) -> bool,
) -> Result<Option<bool>> {
    let tx = conn.transaction()?;
    let before = fingerprint(&tx)?;
    let whole = rebuild(&tx, progress)?;
    let agree = whole && before == fingerprint(&tx)?;
    tx.rollback()?;
    Ok(whole.then_some(agree))
}

/// A hash of each table that the journal gives, by name.
///
/// # Errors
/// When the database refuses.
pub fn fingerprint(conn: &Connection) -> Result<BTreeMap<&'static str, [u8; 32]>> {
    let mut hashes = BTreeMap::new();
    for (table, query) in db::PROJECTIONS {
        let mut statement = conn.prepare(query)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let mut hasher = Sha256::new();
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                hash_value(&mut hasher, row.get_ref(column)?);
            }
        }
        hashes.insert(*table, hasher.finalize().into());
    }
    Ok(hashes)
}

fn hash_value(hasher: &mut Sha256, value: ValueRef<'_>) {
    let (tag, bytes) = match value {
        ValueRef::Null => (0u8, Vec::new()),
        ValueRef::Integer(number) => (1, number.to_be_bytes().to_vec()),
        ValueRef::Real(number) => (2, number.to_be_bytes().to_vec()),
        ValueRef::Text(text) => (3, text.to_vec()),
        ValueRef::Blob(bytes) => (4, bytes.to_vec()),
    };
    hasher.update([tag]);
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}
