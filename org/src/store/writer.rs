use rusqlite::{Connection, Savepoint, Transaction, TransactionBehavior};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

use super::lock::DirectoryLock;
use super::{StoreError, StoreOpenError};
use crate::events::SystemLogLines;

/// The most changes that share a commit: enough to pay for the `fsync`, few enough to keep the first one's wait short.
const BATCH: usize = 64;
/// The most changes that wait; beyond it the org is overloaded and says so.
const WAITING: usize = 1024;

/// A change that has run inside the open transaction and waits to hear whether it was committed.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;
/// A change that waits for its turn.
type Job = Box<dyn FnOnce(&mut Transaction<'_>) -> Answer + Send>;

/// The one thread that writes. Dropping it finishes the changes in hand and gives the data directory back.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        lock: DirectoryLock,
        lines: Option<SystemLogLines>,
    ) -> Result<Self, StoreOpenError> {
        let (jobs, queue) = mpsc::sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("org-writer".to_owned())
            .spawn(move || {
                run(connection, &queue, lines);
                drop(lock);
            })
            .map_err(StoreOpenError::Thread)?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    pub(super) async fn submit<T, E>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let outcome = in_savepoint(transaction, change);
            Box::new(move |committed| {
                let outcome = match committed {
                    Ok(()) => outcome,
                    Err(reason) => Err(StoreError::Commit(reason).into()),
                };
                // A request that was given up has nobody waiting.
                let _ = reply.send(outcome);
            })
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Stopped,
        })?;
        answer
            .await
            .unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the database writer ended by a panic");
        }
    }
}

fn run(mut connection: Connection, queue: &Receiver<Job>, mut lines: Option<SystemLogLines>) {
    if let Some(lines) = &mut lines {
        lines.start(&connection);
    }
    while let Ok(first) = queue.recv() {
        let batch = std::iter::once(first).chain(queue.try_iter().take(BATCH - 1));
        commit_together(&mut connection, batch);
        if let Some(lines) = &mut lines {
            lines.follow(&connection);
        }
    }
}

fn commit_together(connection: &mut Connection, batch: impl Iterator<Item = Job>) {
    let mut answers: Vec<Answer> = Vec::new();
    let committed = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .and_then(|mut transaction| {
            for job in batch {
                // A change that panics is undone by its savepoint; its caller hears that no answer came.
                if let Ok(answer) = catch_unwind(AssertUnwindSafe(|| job(&mut transaction))) {
                    answers.push(answer);
                }
            }
            transaction.commit()
        });
    let committed = committed.map_err(|error| error.to_string());
    if let (Err(reason), true) = (&committed, answers.is_empty()) {
        tracing::error!(reason, "the database gave no transaction");
    }
    for answer in answers {
        answer(committed.clone());
    }
}

fn in_savepoint<T, E: From<StoreError>>(
    transaction: &mut Transaction<'_>,
    change: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let savepoint: Savepoint<'_> = transaction.savepoint().map_err(StoreError::Sqlite)?;
    let value = change(&savepoint)?;
    savepoint.commit().map_err(StoreError::Sqlite)?;
    Ok(value)
}
