use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, PRAGMA, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use model::{OAuthError, OAuthErrorCode};

use crate::failure::Failure;
use crate::store::StoreError;

/// The answer of an OAuth endpoint that is not what the client asked for.
#[derive(Debug, Clone)]
pub(crate) enum EndpointError {
    /// The client is at fault (RFC 6749 §5.2).
    Refused(OAuthError),
    /// What the client asks for is refused to this person.
    Forbidden(OAuthError),
    /// It was asked for too often.
    TooMany(OAuthError),
    /// The client's `Authorization` header is at fault.
    BadHeader(OAuthError),
    /// The org is at fault.
    Failed(Failure),
}

impl EndpointError {
    pub(crate) fn refused(code: OAuthErrorCode, description: impl Into<String>) -> Self {
        Self::Refused(OAuthError::new(code, description))
    }

    pub(crate) fn invalid_request(description: impl Into<String>) -> Self {
        Self::refused(OAuthErrorCode::InvalidRequest, description)
    }

    pub(crate) fn invalid_grant(description: impl Into<String>) -> Self {
        Self::refused(OAuthErrorCode::InvalidGrant, description)
    }
}

impl<E> From<E> for EndpointError
where
    Failure: From<E>,
{
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl IntoResponse for EndpointError {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(error) => no_store(status_of(error.error), error),
            Self::Forbidden(error) => no_store(StatusCode::FORBIDDEN, error),
            Self::TooMany(error) => no_store(StatusCode::TOO_MANY_REQUESTS, error),
            Self::BadHeader(error) => {
                let mut response = no_store(StatusCode::UNAUTHORIZED, error);
                let challenge = HeaderValue::from_static("Basic realm=\"OAuth client\"");
                response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
                response
            }
            Self::Failed(failure) => {
                let (code, text) = match failure.status() {
                    StatusCode::SERVICE_UNAVAILABLE => (
                        OAuthErrorCode::TemporarilyUnavailable,
                        "The authorization server is currently unable to handle the request.",
                    ),
                    _ => (
                        OAuthErrorCode::ServerError,
                        "The authorization server encountered an unexpected condition.",
                    ),
                };
                let response = no_store(failure.status(), OAuthError::new(code, text));
                failure.attach(response)
            }
        }
    }
}

const fn status_of(code: OAuthErrorCode) -> StatusCode {
    match code {
        OAuthErrorCode::InvalidClient => StatusCode::UNAUTHORIZED,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn no_store(status: StatusCode, error: OAuthError) -> Response {
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (status, headers, Json(error)).into_response()
}
