use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bff::SessionHandle;

/// Streams of one session. The tabs of a browser share one; more are browsers without the means for that.
const MAX_OF_SESSION: usize = 8;

/// Streams in all: half of the connections there may be, so that the others stay free for pages.
const MAX_IN_ALL: usize = 2_048;

/// Who listens right now.
#[derive(Debug, Default)]
pub(super) struct Places(Mutex<HashMap<SessionHandle, usize>>);

/// The right to one stream, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    session: SessionHandle,
}

impl Places {
    /// A place for one more stream of a session, unless there are too many already.
    pub(super) fn take(self: &Arc<Self>, session: SessionHandle) -> Option<Place> {
        let mut taken = self.taken();
        let has_room = taken.values().sum::<usize>() < MAX_IN_ALL
            && taken
                .get(&session)
                .is_none_or(|count| *count < MAX_OF_SESSION);
        if !has_room {
            return None;
        }
        *taken.entry(session).or_default() += 1;
        Some(Place {
            places: Arc::clone(self),
            session,
        })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<SessionHandle, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        if let Some(count) = taken.get_mut(&self.session) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.session);
            }
        }
    }
}
