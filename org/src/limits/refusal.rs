use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use model::{Entropy, ErrorCode};
use serde_json::{Value, json};

use super::bucket::Face;
use crate::api::ApiError;
use crate::hosted::Problem;
use crate::okta_error;

/// 429 in the words of those who asked.
pub(super) fn refusal(face: Face, entropy: &dyn Entropy) -> Response {
    match face {
        Face::Api => ApiError::new(ErrorCode::TooManyRequests).into_response(),
        Face::Page => Problem::too_many_requests().into_response(),
        Face::OAuth => oauth(entropy),
    }
}

/// OAuth has no word for it. Okta sends its own envelope, so the answer has both.
fn oauth(entropy: &dyn Entropy) -> Response {
    let code = ErrorCode::TooManyRequests;
    let summary = code.summary();
    let mut body = json!({
        "error": "temporarily_unavailable",
        "error_description": summary,
        "errorCode": code.as_str(),
        "errorSummary": summary,
        "errorLink": code.as_str(),
        "errorCauses": [],
    });
    body["errorId"] = Value::from(okta_error::error_id(entropy));
    let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::TOO_MANY_REQUESTS, no_store, Json(body)).into_response()
}
