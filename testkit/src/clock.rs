use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use model::{Clock, Timestamp};

/// 2026-01-05T09:00:00Z, when every test begins.
const START_MILLISECONDS: i64 = 1_767_603_600_000;

/// A clock that stands still until a test moves it. Clones share the time.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// A clock at the start of all tests.
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(START_MILLISECONDS)))
    }

    /// Sets the clock to a moment.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_millisecond(), Ordering::SeqCst);
    }

    /// Moves the clock; a negative number moves it back.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).expect("a time that tests use")
    }
}
