//! Sessions: of the browser that asks, and of anybody for administrators
//! (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Session/>).

mod create;
mod own;
mod server_side;
mod view;

use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;

use crate::api::{ApiError, Resource, Rights, Table, Writing};
use crate::events::{self, Event, EventType};
use crate::session::{Session, end_session};

pub(super) fn table(table: Table) -> Table {
    const ME: &str = "/api/v1/sessions/me";
    const ONE: &str = "/api/v1/sessions/{sessionId}";
    const READ: Rights = Rights::read(Resource::Sessions);
    const SUPPORT: Rights = Rights::support(Resource::Sessions);
    table
        .post(
            "/api/v1/sessions",
            "localCreateSession",
            Rights::Anybody,
            create::create,
        )
        .get(ME, "localGetOwnSession", Rights::OwnSession, own::get)
        .delete(ME, "localCloseOwnSession", Rights::OwnSession, own::close)
        .post(
            "/api/v1/sessions/me/lifecycle/refresh",
            "localRefreshOwnSession",
            Rights::OwnSession,
            own::refresh,
        )
        .get(ONE, "getSession", READ, server_side::get)
        .delete(ONE, "revokeSession", SUPPORT, server_side::revoke)
        .post(
            "/api/v1/sessions/{sessionId}/lifecycle/refresh",
            "refreshSession",
            SUPPORT,
            server_side::refresh,
        )
}

/// A session with what is shown of its user.
struct Shown {
    session: Session,
    login: String,
    name: String,
    has_factors: bool,
}

impl Shown {
    fn of(db: &Connection, session: Session) -> rusqlite::Result<Self> {
        let user = crate::directory::find_user(db, &session.user_id)?;
        let profile = user.map(|user| user.profile).unwrap_or_default();
        let enrollments = crate::authenticator::enrollment::enrollments_of(db, &session.user_id)?;
        Ok(Self {
            session,
            name: profile.full_name(),
            login: profile.login,
            has_factors: !enrollments.is_empty(),
        })
    }

    /// The latest moment at which it ends without use from now on.
    fn expires_at(&self) -> Timestamp {
        let session = &self.session;
        let idle = session
            .max_idle
            .and_then(|idle| session.last_seen_at.checked_add(idle).ok());
        let ends = [idle, session.ends_at].into_iter().flatten().min();
        ends.unwrap_or(session.last_seen_at)
    }
}

/// Ends a session with its event.
fn end(writing: &Writing<'_>, session: &Session) -> Result<Option<UserId>, ApiError> {
    let ended = end_session(writing.db, session.handle)?;
    if let Some(user) = &ended {
        let event = Event::of(EventType::SessionEnd)
            .to(events::user_of(writing.db, user)?)
            .authentication("externalSessionId", session.id());
        writing.log(event)?;
    }
    Ok(ended)
}
