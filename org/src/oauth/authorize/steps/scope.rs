use model::{OAuthError, OAuthErrorCode};

use crate::oauth::Scope;
use crate::oauth::authorize::draft::Draft;
use crate::oauth::okta_scope::is_granted;
use crate::oauth::server::ORG_SERVER;

/// Every scope must be one of the server's, and those of OpenID Connect come with `openid`. Who asks for none gets the server's
/// default scopes.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    if draft.is_enrollment() {
        return Ok(());
    }
    let invalid = |text| OAuthError::new(OAuthErrorCode::InvalidScope, text);
    let mut scopes = Vec::new();
    for name in draft.parameters.get("scope").unwrap_or_default().split(' ') {
        if name.is_empty() {
            continue;
        }
        let scope = draft.server.scope(name).or_else(|| granted(draft, name));
        let scope = scope.ok_or_else(|| {
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

/// A scope of Okta's API that was granted to the app. What cannot be looked up is not granted.
fn granted(draft: &Draft<'_>, name: &str) -> Option<Scope> {
    let is_of_okta = draft.server.id == ORG_SERVER && name.starts_with("okta.");
    let find = || {
        draft
            .org
            .store()
            .read(|db| is_granted(db, &draft.app.id, name))
    };
    (is_of_okta && find().unwrap_or(false)).then(|| Scope::from(name))
}
