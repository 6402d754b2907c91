use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

/// A refused request, as plain text that names the remedy.
pub(super) fn refuse(status: StatusCode, text: &'static str) -> Response {
    (
        status,
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}
