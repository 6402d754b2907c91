//! Which kinds of apps the org has: OpenID Connect, and no other.

use model::ErrorCode;
use serde_json::Value;

use super::view::NAME;
use crate::api::ApiError;

/// The other sign-on modes of Okta.
const UNBUILT: [&str; 8] = [
    "AUTO_LOGIN",
    "BASIC_AUTH",
    "BOOKMARK",
    "BROWSER_PLUGIN",
    "SAML_1_1",
    "SAML_2_0",
    "SECURE_PASSWORD_STORE",
    "WS_FEDERATION",
];

/// Whether the body is of an app that the org has. What only Okta has is 501, what nobody has 400.
pub(super) fn check(body: &Value, operation: &str) -> Result<(), ApiError> {
    let mode = match body.get("signOnMode") {
        None | Some(Value::Null) => return Err(blank("signOnMode")),
        Some(mode) => mode.as_str().unwrap_or_default(),
    };
    if UNBUILT.contains(&mode) {
        return Err(unbuilt(format!("{operation} with the signOnMode {mode}")));
    }
    if mode != "OPENID_CONNECT" {
        return Err(ApiError::invalid("signOnMode", "There is no such mode"));
    }
    match body.get("name").and_then(Value::as_str) {
        None | Some("" | NAME) => Ok(()),
        Some(_) => Err(unbuilt(format!(
            "{operation} with another name than {NAME}"
        ))),
    }
}

fn blank(field: &str) -> ApiError {
    ApiError::invalid(field, "The field cannot be left blank")
}

fn unbuilt(what: String) -> ApiError {
    ApiError::new(ErrorCode::NotImplemented)
        .saying(format!("Not implemented in the local org: {what}."))
}
