use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use model::ErrorCode;
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::state_handle;
use crate::Org;
use crate::handle::Handle;
use crate::okta_error;

/// What a client sends: a JSON object, under one of Okta's media types.
pub(super) struct Body(Map<String, Value>);

impl FromRequest<Org> for Body {
    type Rejection = Response;

    async fn from_request(request: Request, org: &Org) -> Result<Self, Self::Rejection> {
        if !is_json(request.headers()) {
            return Err(okta_error::answer(
                org.entropy(),
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "E0000021",
                UNSUPPORTED.to_owned(),
            ));
        }
        let bytes = Bytes::from_request(request, org)
            .await
            .map_err(IntoResponse::into_response)?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            _ => Err(okta_error::answer(
                org.entropy(),
                StatusCode::BAD_REQUEST,
                ErrorCode::MalformedBody.as_str(),
                "The request body was not well-formed.".to_owned(),
            )),
        }
    }
}

const UNSUPPORTED: &str = "HTTP media type not supported exception. Bad request. Accept and/or Content-Type headers likely do \
     not match supported values.";

/// Only what a foreign page's form cannot send: otherwise it could sign its visitors in as somebody else.
fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = sent.and_then(|sent| sent.split(';').next()).map(str::trim);
    matches!(
        essence,
        Some("application/json" | "application/ion+json" | "application/vnd.okta.v1+json")
    )
}

impl Body {
    /// The interaction that is meant, under any of its names.
    pub(super) fn handle(&self) -> Option<Handle> {
        ["stateHandle", "stateToken", "interactionHandle"]
            .into_iter()
            .find_map(|name| self.text(name))
            .map(state_handle::read)
    }

    /// Whether an app shows for the first time what it began.
    pub(super) fn is_first(&self) -> bool {
        self.text("interactionHandle").is_some()
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(is_true)
    }

    /// The members of an object within.
    pub(super) fn object(&self, name: &str) -> Members<'_> {
        Members(self.0.get(name).and_then(Value::as_object))
    }
}

/// Whether a box was ticked. Forms send texts.
fn is_true(value: &Value) -> bool {
    value.as_bool() == Some(true) || value.as_str() == Some("true")
}

/// The members of an object that may not be there.
#[derive(Clone, Copy)]
pub(super) struct Members<'a>(Option<&'a Map<String, Value>>);

impl<'a> Members<'a> {
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.0?.get(name)?.as_str()
    }

    pub(super) fn owned(self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    pub(super) fn secret(self, name: &str) -> Option<SecretString> {
        self.text(name).map(|text| text.to_owned().into())
    }

    pub(super) fn flag(self, name: &str) -> bool {
        self.0
            .and_then(|members| members.get(name))
            .is_some_and(is_true)
    }

    /// All members that are texts.
    pub(super) fn texts(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let members = self.0.into_iter().flatten();
        members.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
    }
}
