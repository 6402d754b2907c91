//! Buckets that each event fills and time empties: so many events at once, and then one more in each interval.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many buckets are remembered at once, in about a mebibyte.
pub(super) const REMEMBERED: usize = 10_000;

/// How fast a bucket fills and empties.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// So many events have room in an empty bucket.
    pub(super) burst: i32,
    /// After so long there is room for one more.
    pub(super) interval: SignedDuration,
}

impl Pace {
    /// How long a full bucket takes to empty.
    fn full(self) -> SignedDuration {
        self.interval.saturating_mul(self.burst)
    }
}

/// The buckets of one kind of event, in memory.
#[derive(Debug)]
pub(super) struct Buckets<K> {
    /// When a bucket will be empty again.
    empty_at: Mutex<HashMap<K, Timestamp>>,
}

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self {
            empty_at: Mutex::default(),
        }
    }
}

impl<K: Copy + Eq + Hash> Buckets<K> {
    /// Whether there is room for one more event. Asking costs nothing.
    pub(super) fn has_room(&self, key: K, pace: Pace, now: Timestamp) -> bool {
        level(&mut self.lock(), key, pace, now) + pace.interval <= pace.full()
    }

    /// Takes note of an event. A full bucket stays as it is.
    pub(super) fn fill(&self, key: K, pace: Pace, now: Timestamp) {
        put(&mut self.lock(), key, pace, now);
    }

    /// Takes note of an event if there is room for it, and says whether there was.
    pub(super) fn try_fill(&self, key: K, pace: Pace, now: Timestamp) -> bool {
        let mut empty_at = self.lock();
        let has_room = level(&mut empty_at, key, pace, now) + pace.interval <= pace.full();
        if has_room {
            put(&mut empty_at, key, pace, now);
        }
        has_room
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Timestamp>> {
        self.empty_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn put<K: Copy + Eq + Hash>(
    empty_at: &mut HashMap<K, Timestamp>,
    key: K,
    pace: Pace,
    now: Timestamp,
) {
    let level = (level(empty_at, key, pace, now) + pace.interval).min(pace.full());
    if empty_at.len() >= REMEMBERED && !empty_at.contains_key(&key) {
        make_room(empty_at, now);
    }
    empty_at.insert(key, later(now, level));
}

/// How long a bucket takes to empty from now. More than a full one takes means that the clock was moved back; the bucket is
/// full then, and empties by the clock as it is.
fn level<K: Eq + Hash>(
    empty_at: &mut HashMap<K, Timestamp>,
    key: K,
    pace: Pace,
    now: Timestamp,
) -> SignedDuration {
    let Some(moment) = empty_at.get_mut(&key) else {
        return SignedDuration::ZERO;
    };
    let left = moment.duration_since(now);
    if left > pace.full() {
        *moment = later(now, pace.full());
    }
    left.clamp(SignedDuration::ZERO, pace.full())
}

/// Forgets the empty buckets or, when none is empty, those that are nearest to it: an eighth at least, so that this is rare.
fn make_room<K: Eq + Hash>(empty_at: &mut HashMap<K, Timestamp>, now: Timestamp) {
    empty_at.retain(|_, moment| *moment > now);
    if empty_at.len() >= REMEMBERED {
        let mut moments: Vec<Timestamp> = empty_at.values().copied().collect();
        let (_, limit, _) = moments.select_nth_unstable(REMEMBERED / 8);
        empty_at.retain(|_, moment| *moment > *limit);
    }
}

pub(super) fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}
