use model::OAuthError;

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;

const MAX_LENGTH: usize = 1024;

/// Okta requires `state`, and allows letters, digits, comma, period, underscore and hyphen.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b",._-".contains(&byte);
    match draft.parameters.get("state") {
        Some(state) if state.len() <= MAX_LENGTH && state.bytes().all(is_allowed) => {
            state.clone_into(&mut draft.request.state);
            Ok(())
        }
        _ => Err(invalid_request(
            "The authentication request has an invalid 'state' parameter.",
        )),
    }
}
