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
