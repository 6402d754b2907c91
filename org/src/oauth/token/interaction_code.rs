//! `grant_type=interaction_code`
//! (<https://developer.okta.com/docs/concepts/interaction-code/>).

use super::pkce;
use super::redeem::CodeGrant;
use crate::apps::App;
use crate::oauth::GrantType;
use crate::oauth::code::Authorization;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;

pub(super) const GRANT: CodeGrant = CodeGrant {
    grant_type: GrantType::InteractionCode,
    parameter: "interaction_code",
    check_bearer,
    invalid: "The interaction code is invalid or has expired.",
};

/// No browser was sent anywhere, so the redirect URI may be left out. An app that has shown its secret may leave out the
/// verifier; one that shows a verifier shows the right one.
fn check_bearer(
    authorization: &Authorization,
    app: &App,
    parameters: &Parameters,
) -> Result<(), EndpointError> {
    let redirect_uri = parameters.get("redirect_uri");
    if redirect_uri.is_some_and(|uri| uri != authorization.redirect_uri) {
        return Err(EndpointError::invalid_grant(
            "The 'redirect_uri' does not match the redirection URI used in the interaction request.",
        ));
    }
    let verifier = parameters.get("code_verifier");
    if verifier.is_none() && app.token_endpoint_auth_method.is_confidential() {
        return Ok(());
    }
    pkce::check(authorization.code_challenge.as_deref(), verifier)
}
