use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};

use crate::authenticator::enrollment::CreateError;
use crate::authenticator::password::PasswordError;
use crate::authenticator::totp::QrError;
use crate::oauth::issue::SigningFailed;
use crate::oauth::keys::KeyError;
use crate::seal::SealBroken;
use crate::store::StoreError;

/// The org itself failed. The reason goes to the log; people and clients hear only that it failed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Failure(Arc<Cause>);

#[derive(Debug, thiserror::Error)]
enum Cause {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Signing(#[from] SigningFailed),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Seal(#[from] SealBroken),
    #[error(transparent)]
    Enrollment(#[from] CreateError),
    #[error(transparent)]
    Picture(#[from] QrError),
    #[error("what a page needs could not be written down: {0}")]
    Json(#[from] serde_json::Error),
    #[error("a handler panicked")]
    Panic,
    #[error("a page could not be rendered: {0}")]
    Page(#[from] askama::Error),
}

impl<E> From<E> for Failure
where
    Cause: From<E>,
{
    fn from(error: E) -> Self {
        Self(Arc::new(error.into()))
    }
}

/// How long to wait before trying again, in seconds.
const RETRY: HeaderValue = HeaderValue::from_static("1");

impl Failure {
    /// A panic. Its message may quote what a person sent, so it is not kept.
    pub(crate) fn of_panic() -> Self {
        Self(Arc::new(Cause::Panic))
    }

    /// 503 when trying again may help, else 500.
    pub(crate) fn status(&self) -> StatusCode {
        match *self.0 {
            Cause::Store(_) | Cause::Password(PasswordError::Busy | PasswordError::Abandoned) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Cause::Password(PasswordError::Hash(_))
            | Cause::Signing(_)
            | Cause::Keys(_)
            | Cause::Seal(_)
            | Cause::Enrollment(_)
            | Cause::Picture(_)
            | Cause::Json(_)
            | Cause::Panic
            | Cause::Page(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Puts the failure on a response, where the log's middleware finds it, with `Retry-After` when that makes sense.
    pub(crate) fn attach(self, mut response: Response) -> Response {
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, RETRY);
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// For endpoints that have no error form of their own.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let response = self.status().into_response();
        self.attach(response)
    }
}
