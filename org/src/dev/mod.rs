//! What a developer needs who has no mailbox, no telephone and no time: every message that the org sends, a clock that can be
//! moved, and the codes of authenticator apps.
//!
//! Anybody who reaches these pages can sign in as anybody. They exist only on an org that listens on loopback, and answer
//! pages of other origins as little as the rest of the org does: those may neither read the answers nor send a change.

mod answer;
mod api_token;
mod change;
mod clock;
mod explain;
mod inbox;
mod index;
mod limits;
mod page;
mod totp;

use axum::Router;
use axum::routing::{get, post};

use crate::{Org, paths};

/// The routes, unless this org has none of them.
pub(crate) fn routes(org: &Org) -> Router<Org> {
    if !org.is_dev() {
        return Router::new();
    }
    Router::new()
        .route(paths::DEV, get(index::index))
        .route(paths::DEV_STYLESHEET, get(page::stylesheet))
        .route(
            paths::DEV_INBOX,
            get(inbox::list).post(inbox::send).delete(inbox::clear),
        )
        .route(
            paths::DEV_INBOX_JSON,
            get(inbox::list_json).delete(inbox::clear),
        )
        .route(paths::DEV_INBOX_CLEAR, post(inbox::clear_by_form))
        .route(paths::DEV_INBOX_MAIL, get(inbox::mail))
        .route(paths::DEV_API_TOKEN, post(api_token::create))
        .route(paths::DEV_CLOCK, get(clock::read).post(clock::change))
        .route(paths::DEV_TOTP, get(totp::codes))
        .route(paths::DEV_EXPLAIN, get(explain::list))
        .route(paths::DEV_EXPLAIN_ONE, get(explain::one))
        .route(paths::DEV_LIMITS, get(limits::limits))
}
