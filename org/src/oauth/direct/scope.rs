use std::collections::BTreeSet;

use super::refusal;
use crate::oauth::Scope;
use crate::oauth::authorize::AuthorizationRequest;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;

/// A later call may repeat the scopes of the first one. It cannot change them.
pub(super) fn check(
    parameters: &Parameters,
    request: &AuthorizationRequest,
) -> Result<(), EndpointError> {
    let Some(asked) = parameters.get("scope") else {
        return Ok(());
    };
    let before: BTreeSet<&str> = request.scopes.iter().map(Scope::as_str).collect();
    let now: BTreeSet<&str> = asked.split(' ').filter(|name| !name.is_empty()).collect();
    if now == before {
        Ok(())
    } else {
        Err(refusal::other_scopes(asked, &request.scopes))
    }
}
