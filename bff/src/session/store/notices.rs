//! Word of sessions that ended, for pages that stay open.

use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast::{self, error::RecvError};

use crate::session::SessionHandle;

/// Who is slower than this many notices is told to look for itself.
const CAPACITY: usize = 1_024;

/// What a listener is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedNotice {
    /// This session has ended.
    Session(SessionHandle),
    /// Something may have been missed: whoever cares for a session checks it.
    Unknown,
}

/// The notices that a listener gets. Dropping it ends the listening.
#[derive(Debug)]
pub struct EndedNotices(broadcast::Receiver<EndedNotice>);

impl EndedNotices {
    /// Waits for the next notice.
    pub async fn next(&mut self) -> EndedNotice {
        match self.0.recv().await {
            Ok(notice) => notice,
            Err(RecvError::Lagged(_)) => EndedNotice::Unknown,
            // The store is gone, and with it whatever could end.
            Err(RecvError::Closed) => pending().await,
        }
    }
}

/// Hands notices on to the listeners of this process. Something watches the store while there are any.
#[derive(Debug)]
pub(crate) struct Notices {
    sender: broadcast::Sender<EndedNotice>,
    is_watched: Mutex<bool>,
}

impl Notices {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            sender: broadcast::Sender::new(CAPACITY),
            is_watched: Mutex::new(false),
        })
    }

    /// Adds a listener, and starts to watch unless that is done already.
    pub(crate) fn listen(&self, watch: impl FnOnce()) -> EndedNotices {
        let mut is_watched = self
            .is_watched
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let receiver = self.sender.subscribe();
        if !*is_watched {
            *is_watched = true;
            watch();
        }
        EndedNotices(receiver)
    }

    pub(crate) fn tell(&self, notice: EndedNotice) {
        if self.sender.send(notice).is_err() {
            tracing::debug!("nobody listens for ended sessions any more");
        }
    }

    pub(crate) fn has_listeners(&self) -> bool {
        self.sender.receiver_count() > 0
    }

    /// Whether whoever watches may stop, because nobody listens. The next listener starts it again.
    pub(crate) fn stop_watching(&self) -> bool {
        let mut is_watched = self
            .is_watched
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *is_watched = self.has_listeners();
        !*is_watched
    }
}
