//! Answers in Okta's management error envelope.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use model::{Entropy, ErrorCode, OktaError};

/// `E0000007`: what the path names does not exist.
pub(crate) fn not_found(entropy: &dyn Entropy, code: ErrorCode, what: &str) -> Response {
    answer(
        entropy,
        StatusCode::NOT_FOUND,
        code.as_str(),
        format!("Not found: {what}"),
    )
}

/// `oae` and 22 url-safe characters, which hold 128 bits.
pub(crate) fn error_id(entropy: &dyn Entropy) -> String {
    format!("oae{}", URL_SAFE_NO_PAD.encode(entropy.bytes::<16>()))
}

/// The envelope with a code that is not one of Okta's numbered ones.
pub(crate) fn answer(
    entropy: &dyn Entropy,
    status: StatusCode,
    code: &str,
    summary: String,
) -> Response {
    let error = OktaError {
        error_code: code.to_owned(),
        error_summary: summary,
        error_link: code.to_owned(),
        error_id: error_id(entropy),
        error_causes: Vec::new(),
    };
    (status, Json(error)).into_response()
}
