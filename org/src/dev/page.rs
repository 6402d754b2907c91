use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::hosted::Chrome;
use crate::paths;

const STYLESHEET: &str = include_str!("../../assets/dev.css");

/// What each of these pages has around its content.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) chrome: Chrome,
    pub(super) stylesheet: &'static str,
    /// The pages, by address and name, for the navigation.
    pub(super) pages: [(&'static str, &'static str); 6],
    /// The address of this one.
    pub(super) here: &'static str,
}

impl Frame {
    pub(super) fn new(here: &'static str, title: &'static str) -> Self {
        Self {
            chrome: Chrome::new(title),
            stylesheet: paths::DEV_STYLESHEET,
            pages: [
                (paths::DEV, "Overview"),
                (paths::DEV_INBOX, "Inbox"),
                (paths::DEV_CLOCK, "Clock"),
                (paths::DEV_TOTP, "App codes"),
                (paths::DEV_EXPLAIN, "Why"),
                (paths::DEV_LIMITS, "Limits"),
            ],
            here,
        }
    }
}

/// `GET /dev/style.css`: what these pages have beside the style of the hosted pages.
pub(super) async fn stylesheet() -> Response {
    const CSS: HeaderValue = HeaderValue::from_static("text/css; charset=utf-8");
    const ALWAYS_ASK: HeaderValue = HeaderValue::from_static("no-cache");
    (
        [(CONTENT_TYPE, CSS), (CACHE_CONTROL, ALWAYS_ASK)],
        STYLESHEET,
    )
        .into_response()
}
