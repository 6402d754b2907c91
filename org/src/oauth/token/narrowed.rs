use model::OAuthErrorCode;

use crate::oauth::Scope;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;

/// Okta's limit, in characters.
const LONGEST: usize = 4096;

/// The scopes of a refresh: those that are asked for, none of which may be new, or all that were granted (RFC 6749 §6).
pub(super) fn narrowed(
    granted: &[Scope],
    parameters: &Parameters,
) -> Result<Vec<Scope>, EndpointError> {
    let asked = parameters.get("scope").unwrap_or_default();
    if asked.len() > LONGEST {
        return Err(EndpointError::invalid_request(format!(
            "The 'scope' parameter cannot be longer than {LONGEST} characters."
        )));
    }
    let mut scopes: Vec<Scope> = Vec::new();
    for name in asked.split(' ').filter(|name| !name.is_empty()) {
        let scope = Scope::from(name);
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        return Ok(granted.to_vec());
    }
    let denied: Vec<&str> = scopes
        .iter()
        .filter(|scope| !granted.contains(scope))
        .map(Scope::as_str)
        .collect();
    if !denied.is_empty() {
        return Err(invalid(format!(
            "Some of the scopes requested for the refresh request were not granted in the original authorize request. \
             Denied scopes: [{}].",
            denied.join(", ")
        )));
    }
    if scopes.iter().any(Scope::is_about_the_person) && !scopes.contains(&Scope::Openid) {
        return Err(invalid(
            "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope.",
        ));
    }
    Ok(scopes)
}

fn invalid(text: impl Into<String>) -> EndpointError {
    EndpointError::refused(OAuthErrorCode::InvalidScope, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(scope: &str) -> Result<String, String> {
        let granted = [
            Scope::Openid,
            Scope::Profile,
            Scope::OfflineAccess,
            Scope::from("orders:read"),
        ];
        let parameters = Parameters::default().with("scope", scope);
        match narrowed(&granted, &parameters) {
            Ok(scopes) => Ok(crate::oauth::scope::join(&scopes)),
            Err(EndpointError::Refused(error)) => Err(error.error_description),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refresh_narrows_what_was_granted_and_never_widens_it() {
        let all = "openid profile offline_access orders:read";
        assert_eq!(asked("").as_deref(), Ok(all));
        assert_eq!(asked("  openid  openid ").as_deref(), Ok("openid"));
        assert_eq!(
            asked("orders:read offline_access").as_deref(),
            Ok("orders:read offline_access")
        );
        let denied = asked("openid email orders:write").expect_err("not granted");
        assert!(
            denied.ends_with("Denied scopes: [email, orders:write]."),
            "{denied}"
        );
        assert!(asked("profile").is_err_and(|text| text.contains("require the 'openid' scope")));
        assert!(asked(&"x".repeat(4097)).is_err());
    }
}
