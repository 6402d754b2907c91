use model::OAuthError;

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;

const MAX_LENGTH: usize = 1024;

/// Optional in the code flow; echoed in the ID token.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    draft.request.nonce = draft.parameters.get("nonce").map(str::to_owned);
    match &draft.request.nonce {
        Some(nonce) if nonce.len() > MAX_LENGTH => Err(invalid_request(
            "The authentication request has an invalid 'nonce' parameter.",
        )),
        _ => Ok(()),
    }
}
