use std::borrow::Cow;

use model::{SignInError, SignInErrorCode};

use crate::outbound::HttpError;
use crate::session::StoreError;

/// A failed sign-in as the log sees it: what the person is shown, and a detail that never leaves the server.
///
/// A detail names what was wrong, never a value that came over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    shown: SignInError,
    detail: Cow<'static, str>,
}

impl Fault {
    pub(crate) fn new(code: SignInErrorCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            shown: code.into(),
            detail: detail.into(),
        }
    }

    /// Keeps the org's own `error_description` for the person, cut and cleaned.
    pub(crate) fn said_by_org(mut self, description: Option<&str>) -> Self {
        if let Some(text) = description {
            self.shown = SignInError::with_description(self.shown.code, text);
        }
        self
    }

    /// What was wrong, for the log.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// Whether the org could not be asked, which says nothing of what was to be checked.
    pub(crate) fn is_of_the_org(&self) -> bool {
        matches!(
            self.shown.code,
            SignInErrorCode::OrgUnreachable | SignInErrorCode::OrgMisconfigured
        )
    }

    /// Writes the detail to the log and drops it: the only way from a fault to what the browser gets.
    pub(crate) fn report(self) -> SignInError {
        tracing::warn!(
            code = self.shown.code.as_str(),
            detail = %self.detail,
            said_by_org = self.shown.said_by_org.as_deref().map(tracing::field::debug),
            "sign-in failed"
        );
        self.shown
    }

    /// What went wrong at the transport, where a broken rule of ours or the org's is a matter for the administrator.
    pub(crate) fn from_http(error: &HttpError, what: &str) -> Self {
        let code = match error {
            HttpError::Connect(_)
            | HttpError::Timeout
            | HttpError::Broken(_)
            | HttpError::Unavailable { .. } => SignInErrorCode::OrgUnreachable,
            HttpError::TargetRefused(_) | HttpError::TooLarge | HttpError::Redirected => {
                SignInErrorCode::OrgMisconfigured
            }
        };
        Self::new(code, format!("{what}: {error}"))
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::new(SignInErrorCode::StoreUnavailable, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_error_text_never_reaches_the_browser() {
        let fault = Fault::new(SignInErrorCode::Internal, "/var/lib/secret.sqlite is gone");
        let shown = serde_json::to_string(&fault.report()).expect("JSON");
        assert!(!shown.contains("secret"), "{shown}");
    }

    #[test]
    fn what_the_org_said_reaches_the_browser_as_cleaned_text() {
        let fault = Fault::new(SignInErrorCode::OrgRefused, "detail").said_by_org(Some("a\r\nb"));
        assert_eq!(fault.report().said_by_org.as_deref(), Some("ab"));
    }
}
