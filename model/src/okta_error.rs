use serde::{Deserialize, Serialize};

/// Okta's management error envelope
/// (<https://developer.okta.com/docs/reference/error-codes/>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OktaError {
    /// `E0000001`, …
    pub error_code: String,
    /// One sentence, fixed per code apart from its placeholder.
    pub error_summary: String,
    /// Always equal to the code.
    pub error_link: String,
    /// `oae` and 22 url-safe characters; the same id is in the server's log.
    pub error_id: String,
    /// One entry per field at fault, each `field: message`.
    pub error_causes: Vec<ErrorCause>,
}

/// One cause inside an [`OktaError`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorCause {
    /// `field: message`.
    pub error_summary: String,
}

/// The management error codes that the local org sends, with their HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// The body could not be read as JSON.
    MalformedBody,
    /// The object does not exist.
    NotFound,
    /// The path is not one of Okta's API.
    PathNotFound,
    /// The org failed; the log holds the reason under the same error id.
    Internal,
    /// The path exists with another method.
    MethodNotAllowed,
    /// The operation exists in Okta's API but is not built in the local org.
    NotImplemented,
}

impl ErrorCode {
    /// The code on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MalformedBody => "E0000003",
            Self::NotFound => "E0000007",
            Self::PathNotFound => "E0000008",
            Self::Internal => "E0000009",
            Self::MethodNotAllowed => "E0000022",
            Self::NotImplemented => "E0000060",
        }
    }

    /// The HTTP status that Okta sends with the code.
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedBody => 400,
            Self::NotFound | Self::PathNotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Internal => 500,
            Self::NotImplemented => 501,
        }
    }
}
