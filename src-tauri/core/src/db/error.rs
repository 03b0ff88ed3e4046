//! What the database refuses.

/// What the database refuses.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The key does not open the file, or the file is not a database any more.
    #[error("the key does not open the database, or its first page is damaged")]
    WrongKeyOrDamaged,
    /// A page inside is damaged.
    #[error("the database is damaged")]
    Damaged,
    /// SQLite without encryption was linked: nothing may be written.
    #[error("this build has no encryption")]
    NoCipher,
    /// The file was written by a newer version.
    #[error("the database was written by a newer version")]
    Newer,
    /// No room left.
    #[error("the disk is full")]
    DiskFull,
    /// The file cannot be written.
    #[error("the database cannot be written")]
    ReadOnly,
    /// A row does not have its entity's shape.
    #[error("a row has the wrong shape: {0}")]
    Shape(#[from] serde_json::Error),
    /// Anything else.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
    /// A migration failed.
    #[error("migration: {0}")]
    Migration(rusqlite_migration::Error),
}

/// The result of a query.
pub type Result<T> = std::result::Result<T, DbError>;

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseCorrupt, DiskFull, NotADatabase, ReadOnly, SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(NotADatabase) => Self::WrongKeyOrDamaged,
            Some(DatabaseCorrupt) => Self::Damaged,
            // SQLite reports a write past the quota or the file-size limit as an I/O failure of the write.
            Some(DiskFull) => Self::DiskFull,
            Some(SystemIoFailure) if is_write_failure(&error) => Self::DiskFull,
            Some(ReadOnly | CannotOpen) => Self::ReadOnly,
            _ => Self::Sqlite(error),
        }
    }
}

fn is_write_failure(error: &rusqlite::Error) -> bool {
    const SQLITE_IOERR_WRITE: i32 = 10 | (3 << 8);
    matches!(error, rusqlite::Error::SqliteFailure(code, _) if code.extended_code == SQLITE_IOERR_WRITE)
}
