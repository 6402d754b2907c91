//! `grant_type=authorization_code` (RFC 6749 §4.1.3).

use super::pkce;
use super::redeem::CodeGrant;
use crate::apps::App;
use crate::oauth::GrantType;
use crate::oauth::code::Authorization;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;

pub(super) const GRANT: CodeGrant = CodeGrant {
    grant_type: GrantType::AuthorizationCode,
    parameter: "code",
    check_bearer,
    invalid: "The authorization code is invalid or has expired.",
};

fn check_bearer(
    authorization: &Authorization,
    _: &App,
    parameters: &Parameters,
) -> Result<(), EndpointError> {
    if parameters.get("redirect_uri") != Some(&authorization.redirect_uri) {
        return Err(EndpointError::invalid_grant(
            "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
        ));
    }
    pkce::check(
        authorization.code_challenge.as_deref(),
        parameters.get("code_verifier"),
    )
}
