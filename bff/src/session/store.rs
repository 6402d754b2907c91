use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::migrations::MIGRATIONS;
use crate::bff::BffError;
use crate::private_folder;

/// How long a statement waits for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Connections for reading. Reads take microseconds, so a few serve all cores.
const READERS: usize = 4;

/// The SQLite file with sessions, used sign-ins and onboarding progress.
///
/// Reads are short and run where they are called; writes wait for the disk and run on a blocking thread, one at a time.
#[derive(Debug)]
pub(crate) struct SessionStore {
    readers: Vec<Mutex<Connection>>,
    next_reader: AtomicUsize,
    writer: Arc<Mutex<Connection>>,
}

/// The store did not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("session store: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("session store: a write was given up")]
    Abandoned,
}

impl SessionStore {
    pub(crate) async fn open(path: PathBuf) -> Result<Self, BffError> {
        tokio::task::spawn_blocking(move || Self::open_blocking(&path))
            .await
            .map_err(|_| StoreError::Abandoned)?
    }

    fn open_blocking(path: &Path) -> Result<Self, BffError> {
        create_private(path).map_err(|source| BffError::StoreFolder {
            path: path.display().to_string(),
            source,
        })?;
        let mut writer = connect(path).map_err(StoreError::from)?;
        MIGRATIONS
            .to_latest(&mut writer)
            .map_err(|error| BffError::Store(error.to_string()))?;
        let readers = (0..READERS)
            .map(|_| connect(path).map(Mutex::new))
            .collect::<Result<_, _>>()
            .map_err(StoreError::from)?;
        Ok(Self {
            readers,
            next_reader: AtomicUsize::new(0),
            writer: Arc::new(Mutex::new(writer)),
        })
    }

    /// Runs a short query at once.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let next = self.next_reader.fetch_add(1, Ordering::Relaxed);
        Ok(query(&lock(&self.readers[next % READERS]))?)
    }

    /// Runs a change in a transaction of its own, off the async threads. An error changes nothing.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let writer = Arc::clone(&self.writer);
        let written = tokio::task::spawn_blocking(move || {
            let mut connection = lock(&writer);
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        written.await.map_err(|_| StoreError::Abandoned)?
    }

    pub(crate) fn answers(&self) -> bool {
        self.read(|connection| connection.query_row("SELECT count(*) FROM session", [], |_| Ok(())))
            .is_ok()
    }
}

/// A connection is usable after a panic elsewhere: SQLite rolls an unfinished transaction back.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A signed-in session must survive a power cut: every commit reaches the disk.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(connection)
}

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
