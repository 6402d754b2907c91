use model::{OAuthError, OAuthErrorCode};

use crate::oauth::authorize::draft::Draft;
use crate::oauth::authorize::pushed::unsupported_reference;

/// Request objects are refused, not ignored, and no `request_uri` is ever fetched (OpenID Connect Core §6). The reference of a
/// pushed request was replaced by that request before.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    if draft.parameters.get("request").is_some() {
        return Err(OAuthError::new(
            OAuthErrorCode::RequestNotSupported,
            "The 'request' parameter is not supported.",
        ));
    }
    if draft.parameters.get("request_uri").is_some() {
        return Err(unsupported_reference());
    }
    Ok(())
}
