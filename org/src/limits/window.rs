//! Fixed windows: each begins with its first request and ends after its span.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::asker::Deed;
use crate::store::Digest;

/// So many windows are remembered at once, in a few mebibytes.
const REMEMBERED: usize = 20_000;

/// What is counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A bucket, for the whole org.
    Org(usize),
    /// The share of a token or an app in a bucket.
    Principal(usize, String),
    /// A browser at a bucket.
    Client(usize, [u8; 32]),
    /// One sign-in.
    Interaction([u8; 32]),
    /// One name that somebody signs in with.
    Username([u8; 32]),
    /// A user, at something that they do.
    User(String, Deed),
}

impl Key {
    /// The part of a key that somebody sent, at a fixed length.
    pub(super) fn part(text: &str) -> [u8; 32] {
        *Digest::of(text).as_bytes()
    }
}

/// What was counted in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    began_at: Timestamp,
    pub(super) reset_at: Timestamp,
    pub(super) count: u32,
}

impl Window {
    /// A clock that was moved back begins a new one.
    fn is_open(&self, now: Timestamp) -> bool {
        self.began_at <= now && now < self.reset_at
    }
}

#[derive(Debug, Default)]
pub(super) struct Windows {
    windows: Mutex<HashMap<Key, Window>>,
}

impl Windows {
    /// Counts a request, and answers with all of its window so far.
    pub(super) fn count(&self, key: Key, span: SignedDuration, now: Timestamp) -> Window {
        let mut windows = self.lock();
        if let Some(window) = windows.get_mut(&key)
            && window.is_open(now)
        {
            window.count = window.count.saturating_add(1);
            return *window;
        }
        if windows.len() >= REMEMBERED {
            make_room(&mut windows, now);
        }
        let window = Window {
            began_at: now,
            reset_at: now.saturating_add(span).unwrap_or(now),
            count: 1,
        };
        windows.insert(key, window);
        window
    }

    /// The open window, without counting.
    pub(super) fn look(&self, key: &Key, now: Timestamp) -> Option<Window> {
        self.lock()
            .get(key)
            .filter(|window| window.is_open(now))
            .copied()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Window>> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets what is over or, when nothing is, the windows with the fewest requests: those that count least. Never a bucket of the
/// whole org.
fn make_room(windows: &mut HashMap<Key, Window>, now: Timestamp) {
    windows.retain(|_, window| window.is_open(now));
    if windows.len() < REMEMBERED {
        return;
    }
    let mut counts: Vec<u32> = windows.values().map(|window| window.count).collect();
    let (_, limit, _) = counts.select_nth_unstable(REMEMBERED / 8);
    let limit = *limit;
    windows.retain(|key, window| matches!(key, Key::Org(_)) || window.count > limit);
}
