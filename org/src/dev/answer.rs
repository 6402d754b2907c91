use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, LOCATION};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::failure::Failure;
use crate::store::StoreError;

/// Why a page for developers does not do what it was asked.
#[derive(Debug)]
pub(super) enum Refusal {
    /// What was asked cannot be understood; the text says what would be right.
    Invalid(String),
    /// It may have been sent by a page of another origin.
    Foreign,
    /// There is no such thing.
    Unknown(String),
    /// The org failed.
    Failed(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// `{"error": "…"}`, for people as well: those who see it build requests by hand.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Self::Invalid(text) => (StatusCode::BAD_REQUEST, text),
            Self::Unknown(text) => (StatusCode::NOT_FOUND, text),
            Self::Foreign => (
                StatusCode::FORBIDDEN,
                "send the change as application/json, or with the token of this org's page"
                    .to_owned(),
            ),
            Self::Failed(failure) => return failure.into_response(),
        };
        (status, Json(json!({ "error": text }))).into_response()
    }
}

/// Whether the client asks for JSON rather than for a page.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accepts = |kind: &str| {
        headers
            .get_all(ACCEPT)
            .iter()
            .any(|value| value.to_str().is_ok_and(|value| value.contains(kind)))
    };
    accepts("application/json") && !accepts("text/html")
}

/// Leads the browser that sent a form to a page.
pub(super) fn see_other(location: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}
