use model::OAuthError;

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;

/// `none` and `login` change what happens; `consent` does not, as all apps are trusted. Anything else is refused.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    if draft.is_enrollment() {
        return Ok(());
    }
    match draft.parameters.get("prompt") {
        None | Some("consent") => Ok(()),
        Some("none") => {
            draft.request.is_silent = true;
            Ok(())
        }
        Some("login" | "login consent" | "consent login") => {
            draft.request.demand.fresh_sign_in = true;
            Ok(())
        }
        Some(_) => Err(invalid_request(
            "The authentication request has an invalid 'prompt' parameter.",
        )),
    }
}
