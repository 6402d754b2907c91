use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, PRAGMA};
use secrecy::ExposeSecret as _;
use serde_json::json;

use crate::oauth::Scope;
use crate::oauth::issue::IssuedTokens;
use crate::oauth::scope::join;

/// A successful token response (RFC 6749 §5.1).
pub(super) fn tokens(tokens: &IssuedTokens, scopes: &[Scope]) -> Response {
    let mut body = json!({
        "token_type": "Bearer",
        "expires_in": tokens.expires_in,
        "access_token": tokens.access_token.expose_secret(),
        "scope": join(scopes),
    });
    if let Some(id_token) = &tokens.id_token {
        body["id_token"] = json!(id_token.expose_secret());
    }
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (headers, Json(body)).into_response()
}
