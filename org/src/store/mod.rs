//! The org's durable state: one SQLite database with one writer.
//!
//! All changes go through [`Store::write`]. They run one after another on the writer's thread, and those that wait at the
//! same time share one `COMMIT`, so durability costs one `fsync` per batch rather than per request. Short reads use
//! [`Store::read`] on a small pool of connections; in WAL mode they neither wait for the writer nor delay it.

mod column;
mod digest;
mod error;
mod lock;
mod readers;
mod schema;
mod writer;

use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Arc;

pub(crate) use column::{Json, Moment, parsed};
pub(crate) use digest::Digest;
pub(crate) use error::{StoreError, StoreOpenError};
#[cfg(test)]
pub(crate) use schema::test_database;

use crate::events::SystemLogLines;
use lock::DirectoryLock;
use readers::Readers;
use writer::Writer;

/// The database, in its data directory.
const FILE: &str = "org.sqlite3";

/// The database in a data directory, held exclusively.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    // Fields drop in order: the readers close before the writer checkpoints, and the lock goes with the writer.
    readers: Arc<Readers>,
    writer: Arc<Writer>,
}

impl Store {
    /// Locks the data directory, opens the database in it and brings its schema up to date.
    #[cfg(test)]
    pub(crate) fn open(data_dir: &Path) -> Result<Self, StoreOpenError> {
        Self::open_with(data_dir, None)
    }

    /// The same, with somebody who looks at the database after every commit.
    pub(crate) fn open_with(
        data_dir: &Path,
        lines: Option<SystemLogLines>,
    ) -> Result<Self, StoreOpenError> {
        let lock = DirectoryLock::take(data_dir)?;
        let path = data_dir.join(FILE);
        let mut connection = schema::connect(&path)?;
        schema::migrate(&mut connection)?;
        let writer = Writer::start(connection, lock, lines)?;
        Ok(Self {
            readers: Arc::new(Readers::new(path)),
            writer: Arc::new(writer),
        })
    }

    /// Asks the database of a data directory that is not opened, and makes none.
    pub(crate) fn peek<T>(
        data_dir: &Path,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        query(&Connection::open_with_flags(data_dir.join(FILE), flags)?)
    }

    /// Runs a short query. It blocks the calling thread for as long as the query takes: some microseconds.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.readers.with(query)
    }

    /// Runs a change and answers once it is on disk. An `Err` of the change undoes it, and it alone.
    pub(crate) async fn write<T, E>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.submit(change).await
    }
}

#[cfg(test)]
mod tests;
