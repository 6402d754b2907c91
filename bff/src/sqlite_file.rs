//! What the app's SQLite files have in common: who may read them, how they are opened, how they are written to.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, OpenFlags, Row, TransactionBehavior};
use rusqlite_migration::Migrations;

use crate::bff::BffError;
use crate::private_folder;
use crate::session::StoreError;

/// How long a statement waits for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Opens the file for writing. It is created when it is not there, and brought to the newest of its tables.
pub(crate) fn open(path: &Path, migrations: &Migrations<'_>) -> Result<Connection, BffError> {
    create_private(path).map_err(|source| BffError::StoreFolder {
        path: path.display().to_string(),
        source,
    })?;
    let mut connection = connect(path).map_err(StoreError::from)?;
    migrations
        .to_latest(&mut connection)
        .map_err(|error| BffError::Store(error.to_string()))?;
    Ok(connection)
}

/// Another connection to a file that is open.
pub(crate) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // What was acknowledged must survive a power cut: every commit reaches the disk.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(connection)
}

/// A connection is usable after a panic elsewhere: SQLite rolls an unfinished transaction back.
pub(crate) fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Changes something in a transaction of its own. An error changes nothing. Waits for the disk.
pub(crate) fn write<T>(
    connection: &Mutex<Connection>,
    change: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Result<T, StoreError> {
    let mut connection = lock(connection);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = change(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

/// Reads a word of a fixed list. One that is not in the list was written by another version, and is an error.
pub(crate) fn word<T>(
    row: &Row<'_>,
    column: usize,
    find: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let word: String = row.get(column)?;
    find(&word).ok_or_else(|| unreadable(column, UnknownWord(word)))
}

/// The same for a column that may be empty.
pub(crate) fn optional_word<T>(
    row: &Row<'_>,
    column: usize,
    find: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        _ => word(row, column, find).map(Some),
    }
}

/// The error for a text that is not as it was written.
pub(crate) fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no word of this column")]
struct UnknownWord(String);

/// Creates the file and its folder, readable by this user alone. SQLite gives its side files the same mode.
fn create_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        private_folder::create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
