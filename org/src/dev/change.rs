use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, HeaderName};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::answer::Refusal;
use crate::Org;
use crate::hosted::FormToken;
use crate::store::Digest;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// The field of a form that holds the token.
const TOKEN: &str = "token";

/// The token of the forms of these pages. A page of another origin cannot read it.
pub(super) fn form_token(org: &Org) -> FormToken {
    FormToken::new(org.sealer(), "dev", Digest::of(""))
}

/// Shows that no page of another origin sent a request without a body, such as a `DELETE`: browsers say where such a one
/// comes from, and ask before they send it.
#[derive(Debug)]
pub(super) struct SameOrigin;

impl<S: Sync> FromRequestParts<S> for SameOrigin {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        is_same_origin(&parts.headers)
            .then_some(Self)
            .ok_or(Refusal::Foreign)
    }
}

/// Programs that are no browsers say nothing.
fn is_same_origin(headers: &HeaderMap) -> bool {
    headers
        .get(SEC_FETCH_SITE)
        .is_none_or(|site| site == "same-origin" || site == "none")
}

/// A change that a program or a form of these pages asks for.
#[derive(Debug)]
pub(super) struct Change {
    /// The fields; those of a form are texts, and absent when they are empty.
    pub(super) fields: Map<String, Value>,
    pub(super) from: Sender,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// With `application/json`, which a page of another origin can only send after asking, and in vain.
    Program,
    /// With a form and its token.
    Page,
}

impl FromRequest<Org> for Change {
    type Rejection = Refusal;

    async fn from_request(request: Request, org: &Org) -> Result<Self, Refusal> {
        let headers = request.headers().clone();
        if !is_same_origin(&headers) {
            return Err(Refusal::Foreign);
        }
        let body = Bytes::from_request(request, &())
            .await
            .map_err(|error| Refusal::Invalid(error.body_text()))?;
        if is_json(&headers) {
            from_json(&body)
        } else {
            from_form(&body, &form_token(org))
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn from_json(body: &[u8]) -> Result<Change, Refusal> {
    match serde_json::from_slice(body) {
        Ok(fields) => Ok(Change {
            fields,
            from: Sender::Program,
        }),
        Err(error) => Err(Refusal::Invalid(format!(
            "the body is not a JSON object: {error}"
        ))),
    }
}

fn from_form(body: &[u8], token: &FormToken) -> Result<Change, Refusal> {
    let mut fields: Map<String, Value> = form_urlencoded::parse(body)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect();
    let presented = fields.remove(TOKEN);
    let presented = presented.as_ref().and_then(Value::as_str);
    if !presented.is_some_and(|presented| token.is(presented)) {
        return Err(Refusal::Foreign);
    }
    Ok(Change {
        fields,
        from: Sender::Page,
    })
}

impl Change {
    /// The text of a field.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }
}
