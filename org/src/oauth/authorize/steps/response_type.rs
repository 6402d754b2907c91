use model::{OAuthError, OAuthErrorCode};

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;

const GRANT: &str = "authorization_code";

/// The code flow only, and only for an app that is registered for it.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    if draft.is_enrollment() {
        return Ok(());
    }
    match draft.parameters.get("response_type") {
        Some("code") => {}
        None => {
            return Err(invalid_request(
                "The required parameter 'response_type' is missing.",
            ));
        }
        Some(_) => {
            return Err(OAuthError::new(
                OAuthErrorCode::UnsupportedResponseType,
                "The response type is not supported by the authorization server. Valid response types: [code].",
            ));
        }
    }
    if draft.app.has_grant(GRANT) {
        return Ok(());
    }
    let configured = draft.app.grant_types.join(", ");
    Err(OAuthError::new(
        OAuthErrorCode::UnauthorizedClient,
        format!(
            "The client is not authorized to use the provided grant type. Configured grant types: [{configured}]."
        ),
    ))
}
