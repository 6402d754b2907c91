use axum::Json;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use model::{Entropy, ErrorCause, ErrorCode, OktaError};

use crate::failure::Failure;
use crate::policy::Flaw;
use crate::store::StoreError;

/// Why the management API does not do what it was asked, in Okta's envelope.
///
/// A handler returns it; the outermost layer writes it, for it has the randomness that the error id needs.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {}", .code.as_str(), .summary)]
pub(crate) struct ApiError {
    code: ErrorCode,
    summary: String,
    causes: Vec<String>,
    failure: Option<Failure>,
}

impl ApiError {
    /// The error of a code whose text stands for itself.
    pub(crate) fn new(code: ErrorCode) -> Self {
        Self::about(code, "")
    }

    /// The error of a code, about `what`.
    pub(crate) fn about(code: ErrorCode, what: &str) -> Self {
        Self {
            code,
            summary: code.summary().replace("{0}", what),
            causes: Vec::new(),
            failure: None,
        }
    }

    /// `E0000001`: `what` is the field or the object at fault.
    pub(crate) fn validation(what: &str) -> Self {
        Self::about(ErrorCode::Validation, what)
    }

    /// `E0000001` with its usual one cause, `field: message`.
    pub(crate) fn invalid(field: &str, message: &str) -> Self {
        Self::validation(field).because(format!("{field}: {message}"))
    }

    /// `E0000001` for a name, login or label that another object has.
    pub(crate) fn duplicate(field: &str) -> Self {
        Self::invalid(
            field,
            "An object with this field already exists in the current organization",
        )
    }

    /// `E0000007`: `kind` is Okta's name of the type, such as `User` or `UserGroup`.
    pub(crate) fn not_found(kind: &str, id: &str) -> Self {
        // The id is what the caller sent: short, and of one line.
        let id: String = id.chars().filter(|c| !c.is_control()).take(100).collect();
        Self::about(
            ErrorCode::NotFound,
            &format!("Resource not found: {id} ({kind})"),
        )
    }

    /// `E0000006`.
    pub(crate) fn forbidden() -> Self {
        Self::new(ErrorCode::Forbidden)
    }

    /// Adds a cause: `field: message`.
    #[must_use]
    pub(crate) fn because(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Adds several causes.
    #[must_use]
    pub(crate) fn because_all(mut self, causes: impl IntoIterator<Item = String>) -> Self {
        self.causes.extend(causes);
        self
    }

    /// Says it in other words than those of the table.
    #[must_use]
    pub(crate) fn saying(mut self, summary: String) -> Self {
        self.summary = summary;
        self
    }

    /// The code, for tests.
    #[cfg(test)]
    pub(crate) const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The answer on the wire.
    pub(crate) fn render(self, entropy: &dyn Entropy) -> Response {
        let code = self.code.as_str();
        let body = OktaError {
            error_code: code.to_owned(),
            error_summary: self.summary,
            error_link: code.to_owned(),
            error_id: error_id(entropy),
            error_causes: self
                .causes
                .into_iter()
                .map(|error_summary| ErrorCause { error_summary })
                .collect(),
        };
        let status =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let response = (status, Json(body)).into_response();
        match self.failure {
            None => response,
            Some(failure) => {
                let status = failure.status();
                let mut response = failure.attach(response);
                *response.status_mut() = status;
                response
            }
        }
    }
}

/// `oae` and 22 url-safe characters, which hold 128 bits.
pub(super) fn error_id(entropy: &dyn Entropy) -> String {
    format!("oae{}", URL_SAFE_NO_PAD.encode(entropy.bytes::<16>()))
}

/// Carries the error to the outermost layer, which renders it.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self {
            failure: Some(failure),
            ..Self::new(ErrorCode::Internal)
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<Flaw> for ApiError {
    fn from(flaw: Flaw) -> Self {
        Self::invalid(&flaw.field, &format!("{}: {}", flaw.problem, flaw.remedy))
    }
}
