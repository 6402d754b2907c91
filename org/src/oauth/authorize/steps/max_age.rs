use model::OAuthError;

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;

/// Seconds since the sign-in, from 0 (always ask again) to 2^31 - 1.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    let Some(text) = draft.parameters.get("max_age") else {
        return Ok(());
    };
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let max_age = text
        .parse()
        .ok()
        .filter(|&seconds: &u32| seconds <= i32::MAX.unsigned_abs());
    if !is_number || max_age.is_none() {
        return Err(invalid_request(
            "The authentication request has an invalid 'max_age' parameter.",
        ));
    }
    draft.request.demand.max_age = max_age;
    Ok(())
}
