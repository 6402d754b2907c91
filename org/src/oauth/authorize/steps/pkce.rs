use model::OAuthError;

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;

/// PKCE with S256 (RFC 7636): required of clients without a secret and of apps registered so, and honoured when a client
/// sends it unasked. `plain`, which is also what a missing method means, is refused.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    if draft.is_enrollment() {
        return Ok(());
    }
    let method = draft.parameters.get("code_challenge_method");
    let Some(challenge) = draft.parameters.get("code_challenge") else {
        return if draft.app.needs_pkce() || method.is_some() {
            Err(invalid_request(
                "PKCE code challenge is required by the application.",
            ))
        } else {
            Ok(())
        };
    };
    if method != Some("S256") {
        return Err(invalid_request(
            "PKCE code challenge method is not supported. Valid values: [S256]",
        ));
    }
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !challenge.bytes().all(is_allowed) {
        return Err(invalid_request(
            "PKCE code challenge contains illegal characters.",
        ));
    }
    if !(43..=128).contains(&challenge.len()) {
        return Err(invalid_request(
            "PKCE code challenge must be between 43 and 128 characters long.",
        ));
    }
    draft.request.code_challenge = Some(challenge.to_owned());
    Ok(())
}
