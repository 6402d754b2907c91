use http::{Method, StatusCode};
use serde_json::Value;

/// Why the program could not go on, in a sentence that names the remedy where there is one.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// An option cannot be used.
    #[error("{option}: {reason}")]
    Option {
        /// The option, as it is typed.
        option: &'static str,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// The org did not answer, however often it was asked.
    #[error("{method} {path}: {reason}")]
    Unreachable {
        /// The method of the call.
        method: Method,
        /// The path of the call.
        path: String,
        /// What came instead of an answer.
        reason: String,
    },
    /// A call that makes something may have been carried out or not: there was no answer to it.
    #[error(
        "{path}: no answer to a call that makes something ({reason}); apply again, it begins by looking"
    )]
    Unknown {
        /// The path of the call.
        path: String,
        /// What came instead of an answer.
        reason: String,
    },
    /// The org refused a call.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The org is not as the guide needs it, or as Okta describes it.
    #[error("{0}")]
    Unexpected(String),
    /// The user did not confirm.
    #[error("not confirmed, so nothing was written: type {0:?} when asked, or give --yes")]
    NotConfirmed(String),
    /// The terminal or a file.
    #[error("{what}: {source}")]
    File {
        /// What was to be read or written.
        what: String,
        /// Why it was not.
        source: std::io::Error,
    },
}

/// An answer of the org that is an error.
#[derive(Debug, thiserror::Error)]
#[error("{method} {path} was refused with {}: {}", status.as_u16(), self.reason())]
pub struct Refusal {
    /// The method of the call.
    pub method: Method,
    /// The path of the call.
    pub path: String,
    /// The status of the answer.
    pub status: StatusCode,
    /// The body of the answer, in Okta's error envelope.
    pub body: Value,
}

impl Refusal {
    /// Okta's code, such as `E0000001`; empty when there is none.
    pub fn code(&self) -> &str {
        self.body["errorCode"].as_str().unwrap_or_default()
    }

    /// Whether the object exists already.
    pub fn is_duplicate(&self) -> bool {
        let causes = self.body["errorCauses"].to_string();
        self.status == StatusCode::CONFLICT
            || (self.code() == "E0000001" && causes.contains("already exists"))
    }

    fn reason(&self) -> String {
        let summary = self.body["errorSummary"]
            .as_str()
            .unwrap_or("no reason given");
        let causes = self.body["errorCauses"].as_array().into_iter().flatten();
        let causes: Vec<&str> = causes
            .filter_map(|cause| cause["errorSummary"].as_str())
            .collect();
        let mut text = format!("{} {summary}", self.code()).trim_start().to_owned();
        if !causes.is_empty() {
            text = format!("{text} ({})", causes.join("; "));
        }
        match self.status {
            StatusCode::UNAUTHORIZED if self.code() == "E0000011" => {
                format!("{text}. Give a valid API token in OKTA_API_TOKEN")
            }
            StatusCode::FORBIDDEN if self.code() == "E0000006" => {
                format!("{text}. The token needs the rights of a super administrator")
            }
            _ => text,
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl Fault {
    pub(crate) fn option(option: &'static str, reason: impl Into<String>) -> Self {
        Self::Option {
            option,
            reason: reason.into(),
        }
    }

    pub(crate) fn unexpected(text: impl Into<String>) -> Self {
        Self::Unexpected(text.into())
    }

    pub(crate) fn file(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        |source| Self::File { what, source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(status: StatusCode, code: &str, cause: &str) -> Refusal {
        Refusal {
            method: Method::POST,
            path: "/api/v1/groups".to_owned(),
            status,
            body: json!({
                "errorCode": code, "errorSummary": "Api validation failed: name",
                "errorCauses": [{"errorSummary": cause}],
            }),
        }
    }

    #[test]
    fn a_refusal_tells_the_call_the_code_and_the_causes() {
        let refusal = refusal(StatusCode::BAD_REQUEST, "E0000001", "name: it is too long");
        assert_eq!(
            refusal.to_string(),
            "POST /api/v1/groups was refused with 400: E0000001 Api validation failed: name (name: it is too long)"
        );
        assert!(!refusal.is_duplicate());
    }

    #[test]
    fn an_object_that_exists_is_told_from_other_refusals() {
        let cause = "name: An object with this field already exists in the current organization";
        assert!(refusal(StatusCode::BAD_REQUEST, "E0000001", cause).is_duplicate());
        assert!(refusal(StatusCode::CONFLICT, "E0000090", "").is_duplicate());
    }

    #[test]
    fn a_refused_token_comes_with_the_remedy() {
        let text = refusal(StatusCode::UNAUTHORIZED, "E0000011", "").to_string();
        assert!(text.contains("OKTA_API_TOKEN"), "{text}");
    }
}
