//! The server's part in staying signed in.

use std::future::{Ready, ready};

use axum::Extension;
use bff::SessionState;
use http::StatusCode;

/// `POST /api/session/stay`: a request that does nothing but use the session, which puts off its idle end in all tabs.
///
/// Who sends it has been resolved before, and that is what counts as use.
pub fn post_stay(Extension(state): Extension<SessionState>) -> Ready<StatusCode> {
    ready(match state {
        SessionState::SignedIn(_) => StatusCode::NO_CONTENT,
        SessionState::SignedOut => StatusCode::UNAUTHORIZED,
        SessionState::CannotCheck => StatusCode::SERVICE_UNAVAILABLE,
    })
}
