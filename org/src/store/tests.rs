use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::task::{Context, Poll, Waker};

use super::{Store, StoreError};
use crate::failure::Failure;
use testkit::TestDir;

fn store() -> (Store, TestDir) {
    let dir = TestDir::new();
    (Store::open(dir.path()).expect("a store"), dir)
}

fn insert(id: &'static str) -> impl FnOnce(&rusqlite::Connection) -> Result<(), StoreError> + Send {
    move |db| {
        db.execute("INSERT INTO org (id, created_at) VALUES (?1, 0)", [id])?;
        Ok(())
    }
}

fn ids(store: &Store) -> Vec<String> {
    store
        .read(|db| {
            db.prepare("SELECT id FROM org ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .expect("ids")
}

#[tokio::test]
async fn a_change_that_fails_is_undone_alone_though_others_share_its_commit() {
    let (store, _dir) = store();
    let failing = store.write(|db| {
        insert("undone")(db)?;
        Err::<(), _>(StoreError::Stopped)
    });
    let (first, failed, last) =
        tokio::join!(store.write(insert("a")), failing, store.write(insert("b")));
    assert!(first.is_ok() && failed.is_err() && last.is_ok());
    assert_eq!(ids(&store), ["a", "b"]);
}

#[tokio::test]
async fn a_change_that_panics_is_undone_and_the_writer_goes_on() {
    let (store, _dir) = store();
    let panicking = store.write(|db| -> Result<(), StoreError> {
        insert("undone")(db)?;
        panic!("on purpose")
    });
    let (panicked, after) = tokio::join!(panicking, store.write(insert("kept")));
    assert!(matches!(panicked, Err(StoreError::Stopped)));
    assert!(after.is_ok());
    assert_eq!(ids(&store), ["kept"]);
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let (store, _dir) = store();
    let refused =
        store.read(|db| db.execute("INSERT INTO org (id, created_at) VALUES ('x', 0)", []));
    assert!(refused.is_err());
}

#[tokio::test]
async fn an_acknowledged_change_is_there_for_the_next_process() {
    let (store, dir) = store();
    store.write(insert("kept")).await.expect("a change");
    // As a killed process leaves them: the files at this moment, without a checkpoint.
    let copy = TestDir::new();
    for name in ["org.sqlite3", "org.sqlite3-wal"] {
        std::fs::copy(dir.path().join(name), copy.path().join(name)).expect("a copy");
    }
    let reopened = Store::open(copy.path()).expect("a store");
    assert_eq!(ids(&reopened), ["kept"]);
}

#[test]
fn more_changes_than_can_wait_are_refused_and_not_kept_in_memory() {
    let (store, _dir) = store();
    let mut context = Context::from_waker(Waker::noop());
    let (started, start) = channel();
    let (release, gate) = channel::<()>();
    let mut holding = Box::pin(store.write(move |_| {
        started.send(()).expect("the test waits");
        gate.recv().expect("the test releases");
        Ok::<_, StoreError>(())
    }));
    assert!(holding.as_mut().poll(&mut context).is_pending());
    start.recv().expect("the writer runs");

    let mut waiting = Vec::new();
    let mut refused = 0;
    for _ in 0..3000 {
        let mut change = Box::pin(store.write(|_| Ok::<_, StoreError>(())));
        match change.as_mut().poll(&mut context) {
            Poll::Pending => waiting.push(change),
            Poll::Ready(outcome) => {
                assert!(matches!(outcome, Err(StoreError::Busy)));
                refused += 1;
            }
        }
    }
    release.send(()).expect("the writer waits");
    assert_eq!((waiting.len(), refused), (1024, 1976));
    assert_eq!(Failure::from(StoreError::Busy).status(), 503);
}

#[test]
fn a_directory_that_cannot_be_used_is_named() {
    let path = PathBuf::from("/dev/null/org");
    let error = Store::open(&path).expect_err("no directory").to_string();
    assert!(error.contains("/dev/null/org"), "{error}");
}
