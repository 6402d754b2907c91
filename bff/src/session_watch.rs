//! Watching one session from an open page, so that its end shows at once wherever it comes from.

use std::time::Duration;

use http::HeaderMap;

use crate::bff::Bff;
use crate::session::{EndedNotice, EndedNotices, Session, SessionHandle, SessionState};

/// How long before the idle end people are warned, in seconds: time to notice, and to press a key (WCAG 2.2.1).
pub(crate) const WARNING_SECONDS: i64 = 2 * 60;

/// How often the app's clock is looked at. The store is asked only when something is due.
const TICK: Duration = Duration::from_secs(1);

/// What an open page is told about its session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionEvent {
    /// Whose session this browser has, by [`Session::person_key`]: the first event.
    Person(String),
    /// The session ends in two minutes unless somebody uses it.
    IdleSoon,
    /// After that: it has been used, and goes on.
    Active,
    /// The session is over before its time. The browser may have another one by now: look again. The last event.
    Changed,
    /// Nobody is signed in. The last event.
    Ended(SessionEnd),
}

/// Why nobody is signed in any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEnd {
    /// Nobody used the session for too long.
    Idle,
    /// It lived as long as a session may.
    Expired,
    /// Somebody ended it: the person, here or elsewhere, or the org.
    SignedOut,
}

/// One session, watched. It does not count as use of the session.
#[derive(Debug)]
pub struct SessionWatch {
    bff: Bff,
    notices: EndedNotices,
    handle: SessionHandle,
    person: Option<String>,
    idle_ends_at: i64,
    expires_at: i64,
    has_warned: bool,
    is_over: bool,
}

/// The answer to the wish to watch a session.
#[derive(Debug)]
pub enum Watched {
    /// Nobody is signed in in this browser.
    SignedOut,
    /// The store cannot be asked right now. Nobody is signed out by that: ask again later.
    CannotCheck,
    /// The session, to be watched until its end.
    Session(Box<SessionWatch>),
}

impl Bff {
    /// Begins to watch the session that came with a request.
    pub async fn watch_session(&self, cookies: &HeaderMap) -> Watched {
        // Listening comes first, so that nothing can end unnoticed in between.
        let notices = self.ended_notices();
        match self.peek_session(cookies).await.state {
            SessionState::SignedOut => Watched::SignedOut,
            SessionState::CannotCheck => Watched::CannotCheck,
            SessionState::SignedIn(session) => {
                Watched::Session(Box::new(SessionWatch::new(self.clone(), notices, &session)))
            }
        }
    }
}

impl SessionWatch {
    fn new(bff: Bff, notices: EndedNotices, session: &Session) -> Self {
        Self {
            bff,
            notices,
            handle: session.handle,
            person: Some(session.person_key()),
            idle_ends_at: session.idle_ends_at.as_second(),
            expires_at: session.expires_at.as_second(),
            has_warned: false,
            is_over: false,
        }
    }

    /// The session that is watched.
    pub fn handle(&self) -> SessionHandle {
        self.handle
    }

    /// Waits for the next event. `None` after the last one.
    pub async fn next(&mut self) -> Option<SessionEvent> {
        if let Some(person) = self.person.take() {
            return Some(SessionEvent::Person(person));
        }
        while !self.is_over {
            let is_due = tokio::select! {
                notice = self.notices.next() => match notice {
                    EndedNotice::Session(handle) => handle == self.handle,
                    EndedNotice::Unknown => true,
                },
                () = tokio::time::sleep(TICK) => self.is_due(),
            };
            if is_due && let Some(event) = self.look().await {
                return Some(event);
            }
        }
        None
    }

    fn now(&self) -> i64 {
        self.bff.parts.clock.now().as_second()
    }

    /// Whether the store may have news: before that, no request can have ended the session without a notice.
    fn is_due(&self) -> bool {
        let now = self.now();
        self.has_warned || now >= self.idle_ends_at - WARNING_SECONDS || now >= self.expires_at
    }

    async fn look(&mut self) -> Option<SessionEvent> {
        let now = self.now();
        let row = self.bff.parts.store.find_living(self.handle, now).await;
        match row {
            Ok(Some(row)) => {
                self.idle_ends_at = row.idle_end;
                self.warn(now)
            }
            Ok(None) => {
                self.is_over = true;
                Some(self.end(now))
            }
            Err(error) => {
                // Nobody is signed out by that; the next tick asks again.
                tracing::warn!(%error, "a watched session cannot be checked");
                None
            }
        }
    }

    /// Nothing puts off the end of a session that has lived as long as it may, so nobody is asked to.
    fn warn(&mut self, now: i64) -> Option<SessionEvent> {
        let is_soon =
            self.idle_ends_at - now <= WARNING_SECONDS && self.idle_ends_at < self.expires_at;
        if is_soon == self.has_warned {
            return None;
        }
        self.has_warned = is_soon;
        Some(if is_soon {
            SessionEvent::IdleSoon
        } else {
            SessionEvent::Active
        })
    }

    fn end(&self, now: i64) -> SessionEvent {
        if now >= self.expires_at {
            SessionEvent::Ended(SessionEnd::Expired)
        } else if now >= self.idle_ends_at {
            SessionEvent::Ended(SessionEnd::Idle)
        } else {
            SessionEvent::Changed
        }
    }
}
