use model::{OAuthError, OAuthErrorCode};

use crate::oauth::authorize::draft::Draft;
use crate::oauth::authorize::request::ResponseMode;

/// `query`, which is the default of the code flow, or `form_post`.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    draft.request.response_mode = match draft.parameters.get("response_mode") {
        None | Some("query") => ResponseMode::Query,
        Some("form_post") => ResponseMode::FormPost,
        Some(_) => {
            return Err(OAuthError::new(
                OAuthErrorCode::UnsupportedResponseMode,
                "The response mode is not supported. Valid response modes: [query, form_post].",
            ));
        }
    };
    Ok(())
}
