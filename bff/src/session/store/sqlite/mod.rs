//! The default store: one SQLite file, for the processes of one machine.

mod lease;
mod migrations;
mod onboarding;
mod sessions;
mod watch;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use model::Landing;
use rusqlite::Connection;

use super::{
    Account, EndedNotices, Lease, ListedRow, LivingRow, NewRow, Notices, RenewedRow, SessionStore,
    StoreError, Stored, UsedOnce, Whose,
};
use crate::bff::BffError;
use crate::onboarding::{Names, Onboarding, OnboardingMark, OnboardingMarks};
use crate::outbound::BoxFuture;
use crate::session::SessionHandle;
use crate::sqlite_file::{self, connect, lock};
use migrations::MIGRATIONS;

/// Connections for reading. Reads take microseconds, so a few serve all cores.
const READERS: usize = 4;

/// The SQLite file with sessions, used sign-ins and onboarding progress.
///
/// Reads are short and run where they are called; writes wait for the disk and run on a blocking thread, one at a time.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    path: PathBuf,
    readers: Vec<Mutex<Connection>>,
    next_reader: AtomicUsize,
    writer: Arc<Mutex<Connection>>,
    notices: Arc<Notices>,
}

impl SqliteStore {
    pub(crate) async fn open(path: PathBuf) -> Result<Self, BffError> {
        tokio::task::spawn_blocking(move || Self::open_blocking(path))
            .await
            .map_err(|_| StoreError::Abandoned)?
    }

    fn open_blocking(path: PathBuf) -> Result<Self, BffError> {
        let writer = sqlite_file::open(&path, &MIGRATIONS)?;
        let readers = (0..READERS)
            .map(|_| connect(&path).map(Mutex::new))
            .collect::<Result<_, _>>()
            .map_err(StoreError::from)?;
        Ok(Self {
            path,
            readers,
            next_reader: AtomicUsize::new(0),
            writer: Arc::new(Mutex::new(writer)),
            notices: Notices::new(),
        })
    }

    /// Runs a short query at once.
    fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Stored<'_, T> {
        let next = self.next_reader.fetch_add(1, Ordering::Relaxed);
        let found = query(&lock(&self.readers[next % READERS]));
        Box::pin(std::future::ready(found.map_err(StoreError::from)))
    }

    /// Runs a change in a transaction of its own, off the async threads. An error changes nothing.
    fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Stored<'_, T> {
        let writer = Arc::clone(&self.writer);
        Box::pin(async move {
            tokio::task::spawn_blocking(move || sqlite_file::write(&writer, change))
                .await
                .map_err(|_| StoreError::Abandoned)?
        })
    }
}

impl SessionStore for SqliteStore {
    fn open(&self, row: NewRow) -> Stored<'_, ()> {
        self.write(move |connection| sessions::open(connection, &row))
    }

    fn find_living(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<LivingRow>> {
        self.read(|connection| sessions::find_living(connection, handle, now))
    }

    fn touch(&self, handle: SessionHandle, now: i64, idle_end: i64) -> Stored<'_, ()> {
        self.write(move |connection| sessions::touch(connection, handle, now, idle_end))
    }

    fn tokens(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<Vec<u8>>> {
        self.read(|connection| sessions::tokens(connection, handle, now))
    }

    fn take_lease(&self, handle: SessionHandle, lease: Lease, now: i64) -> Stored<'_, bool> {
        self.write(move |connection| lease::take(connection, handle, &lease, now))
    }

    fn complete_renewal(
        &self,
        handle: SessionHandle,
        lease: Lease,
        row: RenewedRow,
        now: i64,
    ) -> Stored<'_, bool> {
        self.write(move |connection| lease::complete(connection, handle, &lease, &row, now))
    }

    fn abandon_renewal(
        &self,
        handle: SessionHandle,
        lease: Lease,
        paused_until: i64,
    ) -> Stored<'_, ()> {
        self.write(move |connection| lease::abandon(connection, handle, &lease, paused_until))
    }

    fn end_by_lease(&self, handle: SessionHandle, lease: Lease, now: i64) -> Stored<'_, bool> {
        self.write(move |connection| lease::end(connection, handle, &lease, now))
    }

    fn end(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<Vec<u8>>> {
        self.write(move |connection| sessions::end(connection, handle, now))
    }

    fn end_all(&self, whose: Whose, but: Option<SessionHandle>, now: i64) -> Stored<'_, usize> {
        self.write(move |connection| sessions::end_all(connection, &whose, but, now))
    }

    fn people(&self, whose: Whose) -> Stored<'_, Vec<Account>> {
        self.read(|connection| sessions::people(connection, &whose))
    }

    fn list(&self, account: Account, now: i64) -> Stored<'_, Vec<ListedRow>> {
        self.read(|connection| sessions::list(connection, &account, now))
    }

    fn use_once(&self, what: UsedOnce, now: i64, forget_at: i64) -> Stored<'_, bool> {
        self.write(move |connection| sessions::use_once(connection, what, now, forget_at))
    }

    fn onboarding(&self, account: Account) -> Stored<'_, Onboarding> {
        self.read(|connection| onboarding::select(connection, &account))
    }

    fn save_names(&self, account: Account, names: Names) -> Stored<'_, Onboarding> {
        self.write(move |connection| {
            onboarding::upsert_names(connection, &account, &names)?;
            onboarding::select(connection, &account)
        })
    }

    fn finish_onboarding(
        &self,
        account: Account,
        landing: Landing,
        now: i64,
    ) -> Stored<'_, Onboarding> {
        self.write(move |connection| {
            onboarding::finish(connection, &account, landing, now)?;
            onboarding::select(connection, &account)
        })
    }

    fn onboarding_marks(&self, account: Account) -> Stored<'_, OnboardingMarks> {
        self.read(|connection| onboarding::select_marks(connection, &account))
    }

    fn mark_onboarding(&self, account: Account, mark: OnboardingMark) -> Stored<'_, ()> {
        self.write(move |connection| onboarding::upsert_mark(connection, &account, &mark))
    }

    fn answers(&self) -> BoxFuture<'_, bool> {
        let asked = self.read(|connection| {
            connection.query_row("SELECT EXISTS (SELECT 1 FROM session)", [], |_| Ok(()))
        });
        Box::pin(async move { asked.await.is_ok() })
    }

    fn ended_notices(&self) -> EndedNotices {
        self.notices.listen(|| {
            tokio::spawn(watch::watch(self.path.clone(), Arc::clone(&self.notices)));
        })
    }
}
