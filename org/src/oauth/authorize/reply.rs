use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::LOCATION;
use model::OAuthError;
use url::form_urlencoded;

use super::form_post;
use super::request::{AuthorizationRequest, ResponseMode};
use crate::handle::Handle;
use crate::hosted::Problem;

/// Whether the browser arrived by `GET` or by `POST`: after a form with a password the redirect must be a 303, so that the
/// form is not sent on (RFC 9700 §4.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
}

impl Method {
    pub(crate) const fn redirect_status(self) -> StatusCode {
        match self {
            Self::Get => StatusCode::FOUND,
            Self::Post => StatusCode::SEE_OTHER,
        }
    }
}

/// The way back to the app. Every answer carries `iss` (RFC 9207) and `state`.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(super) redirect_uri: String,
    pub(super) response_mode: ResponseMode,
    pub(super) state: Option<String>,
    pub(super) issuer: String,
}

impl Reply {
    pub(crate) fn to(request: &AuthorizationRequest) -> Self {
        Self {
            redirect_uri: request.redirect_uri.clone(),
            response_mode: request.response_mode,
            state: Some(request.state.clone()),
            issuer: request.issuer.clone(),
        }
    }

    pub(super) fn code(&self, code: &Handle, method: Method) -> Result<Response, Problem> {
        self.send(&[("code", code.expose())], method)
    }

    /// What was asked for is done, and there is nothing to redeem.
    pub(super) fn done(&self, method: Method) -> Result<Response, Problem> {
        self.send(&[], method)
    }

    pub(crate) fn error(&self, error: OAuthError, method: Method) -> Result<Response, Problem> {
        let parameters = [
            ("error", error.error.as_str()),
            ("error_description", &error.error_description),
        ];
        self.send(&parameters, method)
    }

    fn send(&self, parameters: &[(&str, &str)], method: Method) -> Result<Response, Problem> {
        let mut all = parameters.to_vec();
        all.extend(self.state.as_deref().map(|state| ("state", state)));
        all.push(("iss", &self.issuer));
        match self.response_mode {
            ResponseMode::Query => {
                let location = with_query(&self.redirect_uri, &all);
                Ok((method.redirect_status(), [(LOCATION, location)]).into_response())
            }
            ResponseMode::FormPost => form_post::page(&self.redirect_uri, &all),
        }
    }
}

/// Adds parameters to a URI, which is otherwise left as it was registered.
fn with_query(uri: &str, parameters: &[(&str, &str)]) -> String {
    let separator = if uri.contains('?') { '&' } else { '?' };
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("{uri}{separator}{query}")
}
