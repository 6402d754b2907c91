//! Calls that need somebody who proved who they are a moment ago.

use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::WWW_AUTHENTICATE;
use jiff::{SignedDuration, Timestamp};

use super::ApiError;
use super::caller::{Caller, Credential};

/// How old the proof may be.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// RFC 9470 §3, so that an app knows what to ask for.
const CHALLENGE: HeaderValue = HeaderValue::from_static(
    "Bearer error=\"insufficient_user_authentication\", \
     error_description=\"The user has to authenticate again\", max_age=\"900\"",
);

impl Caller {
    /// Whether the person behind the access token proved who they are within the last 15 minutes.
    pub(super) fn has_fresh_proof(&self, now: Timestamp) -> bool {
        match &self.credential {
            Credential::AccessToken { auth_time, .. } => {
                auth_time.is_some_and(|at| now.duration_since(at) <= LONGEST)
            }
            Credential::None | Credential::ApiToken(_) | Credential::Session(_) => false,
        }
    }
}

/// The answer to everybody else.
pub(super) fn refusal() -> Response {
    let error = ApiError::forbidden()
        .because("The user has to authenticate again: the last time is more than 15 minutes ago");
    let mut response = error.into_response();
    response.headers_mut().insert(WWW_AUTHENTICATE, CHALLENGE);
    response
}
