use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, PRAGMA};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::oauth::Scope;
use crate::oauth::issue::IssuedTokens;
use crate::oauth::scope::join;

/// A successful token response (RFC 6749 §5.1).
pub(in crate::oauth) fn tokens(tokens: &IssuedTokens, scopes: &[Scope]) -> Response {
    answer(&body(tokens, scopes))
}

/// The answer to an exchange (RFC 8693 §2.2.1): it says what kind of token it is.
pub(super) fn exchanged(tokens: &IssuedTokens, scopes: &[Scope], kind: &str) -> Response {
    let mut body = body(tokens, scopes);
    body["issued_token_type"] = json!(kind);
    answer(&body)
}

fn body(tokens: &IssuedTokens, scopes: &[Scope]) -> Value {
    let mut body = json!({
        "token_type": "Bearer",
        "expires_in": tokens.expires_in,
        "access_token": tokens.access_token.expose_secret(),
        "scope": join(scopes),
    });
    if let Some(id_token) = &tokens.id_token {
        body["id_token"] = json!(id_token.expose_secret());
    }
    if let Some(refresh_token) = &tokens.refresh_token {
        body["refresh_token"] = json!(refresh_token.expose_secret());
    }
    body
}

fn answer(body: &Value) -> Response {
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (headers, Json(body)).into_response()
}
