use rusqlite_migration::Error as MigrationError;
use std::path::PathBuf;

/// The store could not do what was asked; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// SQLite refused: the disk is full or read-only, or the data is not what the schema says.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The transaction that carried this change and others could not be committed.
    #[error("the change could not be committed: {0}")]
    Commit(String),
    /// More changes wait than the writer can take.
    #[error("too many changes wait for the database")]
    Busy,
    /// The writer's thread is gone.
    #[error("the database writer has stopped")]
    Stopped,
}

/// The store could not be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreOpenError {
    /// Another process holds the data directory.
    #[error("the data directory {} is in use by another process; stop it, or set ORG_DATA_DIR to another directory", .0.display())]
    InUse(PathBuf),
    /// The directory cannot be created or written.
    #[error("the data directory {} cannot be used: {source}", path.display())]
    Directory {
        path: PathBuf,
        source: std::io::Error,
    },
    /// The database is damaged or unreadable.
    #[error("the database cannot be opened: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The database was written by a newer version, or a migration failed.
    #[error("the database schema cannot be brought up to date: {0}")]
    Migration(#[from] MigrationError),
    /// The operating system gave no thread.
    #[error("the database writer cannot be started: {0}")]
    Thread(std::io::Error),
}
