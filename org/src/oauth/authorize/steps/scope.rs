use model::{OAuthError, OAuthErrorCode};

use crate::oauth::Scope;
use crate::oauth::authorize::draft::Draft;

/// Every scope must be one of the server's, and those of OpenID Connect come with `openid`. Who asks for none gets the server's
/// default scopes.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    let invalid = |text| OAuthError::new(OAuthErrorCode::InvalidScope, text);
    let mut scopes = Vec::new();
    for name in draft.parameters.get("scope").unwrap_or_default().split(' ') {
        if name.is_empty() {
            continue;
        }
        let scope = draft.server.scope(name).ok_or_else(|| {
            invalid("One or more scopes are not configured for the authorization server resource.")
        })?;
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        scopes = draft.server.default_scopes();
    }
    if scopes.is_empty() {
        return Err(invalid("No scopes were requested."));
    }
    let needs_openid = scopes.iter().any(Scope::is_about_the_person);
    if needs_openid && !scopes.contains(&Scope::Openid) {
        return Err(invalid(
            "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope.",
        ));
    }
    draft.request.scopes = scopes;
    Ok(())
}
