use model::OAuthError;

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;
use crate::oauth::hint;

const MAX_LOGIN_LENGTH: usize = 100;

/// `login_hint` fills in the username; `id_token_hint` says whose session may answer. Neither signs anybody in.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    draft.request.login_hint = draft
        .parameters
        .get("login_hint")
        .filter(|login| login.chars().count() <= MAX_LOGIN_LENGTH)
        .map(str::to_owned);
    if let Some(token) = draft.parameters.get("id_token_hint") {
        let hint = hint::read(&draft.org.servers(), token)
            .map_err(|error| invalid_request(error.to_string()))?;
        draft.request.expected_user = Some(hint.user_id);
    }
    Ok(())
}
