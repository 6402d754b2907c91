//! The secrets of an app: one for use, and one to follow it.

use crate::api::ApiError;
use crate::apps::TokenEndpointAuthMethod;

/// Okta's limits, in characters; an HMAC key must have as many bits as its hash (RFC 7518 §3.2).
const LENGTH: std::ops::RangeInclusive<usize> = 14..=100;
const SHORTEST_KEY: usize = 32;

/// Whether somebody's own text can be a secret of an app that authenticates so.
pub(super) fn check_text(method: TokenEndpointAuthMethod, text: &str) -> Result<(), ApiError> {
    let length = text.chars().count();
    let is_key = method == TokenEndpointAuthMethod::ClientSecretJwt;
    if !LENGTH.contains(&length) || (is_key && length < SHORTEST_KEY) {
        return Err(ApiError::invalid(
            "client_secret",
            "The secret must have 14 to 100 characters, and at least 32 for 'client_secret_jwt'",
        ));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ApiError::invalid(
            "client_secret",
            "The secret must be made of the visible characters of ASCII",
        ));
    }
    Ok(())
}
