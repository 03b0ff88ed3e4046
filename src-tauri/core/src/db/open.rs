//! Opening the database: key, test read, cipher, then everything else.

use std::fmt::Write as _;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use zeroize::Zeroizing;

use super::error::{DbError, Result};
use super::{
    blob, case, correspondent_key, draft, entry, mail, mail_draft, mailbox, member, organisation,
    outbox, registry, sealed,
};

/// How every connection works once its key is in: nothing temporary on the disk, what is deleted is overwritten.
pub const SETTINGS: &str = "PRAGMA journal_mode = WAL;
     PRAGMA synchronous = FULL;
     PRAGMA temp_store = MEMORY;
     PRAGMA secure_delete = ON;
     PRAGMA foreign_keys = ON;
     PRAGMA trusted_schema = OFF;
     PRAGMA cache_size = -32768;";

/// Opens the database at `path` with its raw 32-byte key, making it if it is not there, and brings its tables up to date.
///
/// # Errors
/// [`DbError::WrongKeyOrDamaged`] when the key does not open it, [`DbError::Newer`] when a newer version wrote it.
pub fn open(path: &Path, key: &[u8; 32]) -> Result<Connection> {
    let mut conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.execute_batch(&key_pragma("key", key))?;
    // Each page that is read is authenticated: processors of the last years have SHA-256 in hardware, which makes this
    // more than twice as fast as the library's own choice, SHA-512.
    conn.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256;")?;
    // Nothing is decrypted before the first read: this one tells a wrong key.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    })?;
    let cipher: Option<String> = conn
        .query_row("PRAGMA cipher_version", [], |row| row.get(0))
        .ok();
    if cipher.is_none_or(|version| version.is_empty()) {
        return Err(DbError::NoCipher);
    }
    conn.execute_batch(SETTINGS)?;
    conn.busy_timeout(std::time::Duration::from_secs(2))?;
    conn.set_prepared_statement_cache_capacity(64);
    migrations()
        .to_latest(&mut conn)
        .map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => DbError::Newer,
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => DbError::Migration(other),
        })?;
    Ok(conn)
}

/// Encrypts the whole file with another key, in one transaction: a kill leaves either key in force, never a mix.
///
/// # Errors
/// When the database refuses.
pub fn rekey(conn: &Connection, key: &[u8; 32]) -> Result<()> {
    // In WAL mode pages of both keys would lie side by side in the log.
    conn.execute_batch("PRAGMA journal_mode = DELETE;")?;
    let result = conn
        .execute_batch(&key_pragma("rekey", key))
        .map_err(DbError::from);
    conn.execute_batch("PRAGMA journal_mode = WAL;")?;
    result
}

fn key_pragma(name: &str, key: &[u8; 32]) -> Zeroizing<String> {
    // Reserved at once: growing would leave pieces of the key behind in freed memory.
    let mut sql = Zeroizing::new(String::with_capacity(96));
    let _ = write!(sql, "PRAGMA {name} = \"x'");
    for byte in key {
        let _ = write!(sql, "{byte:02x}");
    }
    sql.push_str("'\";");
    sql
}

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![M::up(FIRST), M::up(MAIL), M::up(mail::ORDER)])
}

const FIRST: &str = const_format::concatcp!(
    entry::SCHEMA,
    case::SCHEMA,
    member::SCHEMA,
    organisation::SCHEMA,
    registry::SCHEMA,
    blob::SCHEMA,
    draft::SCHEMA,
    sealed::SCHEMA
);

/// The exchanges: keys of correspondents, mails, the way in and out.
const MAIL: &str = const_format::concatcp!(
    correspondent_key::SCHEMA,
    mail::SCHEMA,
    mail_draft::SCHEMA,
    outbox::SCHEMA,
    mailbox::SCHEMA
);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    #[test]
    fn a_wrong_key_is_one_clear_error_and_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("relais.db");
        drop(open(&path, &KEY).unwrap());
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(
            open(&path, &[8; 32]),
            Err(DbError::WrongKeyOrDamaged)
        ));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        open(&path, &KEY).unwrap();
    }

    #[test]
    fn nothing_readable_lies_on_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("relais.db");
        let conn = open(&path, &KEY).unwrap();
        conn.execute("INSERT INTO draft(id, author, created_at, saved_at, body) VALUES (x'01', x'02', 0, 0, 'CANARI')", [])
            .unwrap();
        for file in std::fs::read_dir(dir.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(6).any(|w| w == b"CANARI" || w == b"SQLite"));
        }
    }

    #[test]
    fn a_database_of_a_newer_version_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("relais.db");
        let conn = open(&path, &KEY).unwrap();
        conn.execute_batch("PRAGMA user_version = 99").unwrap();
        drop(conn);
        assert!(matches!(open(&path, &KEY), Err(DbError::Newer)));
    }

    #[test]
    fn another_key_opens_after_rekeying_and_the_first_no_more() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("relais.db");
        let conn = open(&path, &KEY).unwrap();
        rekey(&conn, &[9; 32]).unwrap();
        drop(conn);
        assert!(matches!(open(&path, &KEY), Err(DbError::WrongKeyOrDamaged)));
        open(&path, &[9; 32]).unwrap();
    }

    #[test]
    fn every_table_is_strict() {
        let dir = tempfile::tempdir().unwrap();
        let conn = open(&dir.path().join("relais.db"), &KEY).unwrap();
        let loose: Vec<String> = conn
            .prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<std::result::Result<_, _>>()
            .unwrap();
        assert_eq!(loose, Vec::<String>::new());
    }
}
