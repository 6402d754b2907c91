//! Which grants an app of a type may have.

use crate::api::ApiError;
use crate::apps::{ApplicationType, ResponseType};

/// Every name that Okta knows.
const KNOWN: [&str; 15] = [
    "authorization_code",
    "client_credentials",
    "implicit",
    "interaction_code",
    "password",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
    "urn:okta:params:oauth:grant-type:otp",
    "urn:okta:params:oauth:grant-type:oob",
    "http://auth0.com/oauth/grant-type/mfa-otp",
    "http://auth0.com/oauth/grant-type/mfa-oob",
];

const CODE: &str = "authorization_code";
const CREDENTIALS: &str = "client_credentials";
const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const BROWSER: [&str; 4] = [CODE, "implicit", "interaction_code", "refresh_token"];

/// The grants of an app, checked: each known, each allowed for the type, and those that the type needs.
pub(super) fn check(kind: ApplicationType, grants: &[String]) -> Result<(), ApiError> {
    if let Some(unknown) = grants.iter().find(|one| !KNOWN.contains(&one.as_str())) {
        return Err(refused(format!(
            "Invalid value for 'grant_types' in the resource 'ApplicationOauth2Settings': {}. Valid values: [{}].",
            unknown.chars().take(100).collect::<String>(),
            KNOWN.join(", ")
        )));
    }
    let has = |name: &str| grants.iter().any(|grant| grant == name);
    let name = kind.as_str();
    let needed = match kind {
        ApplicationType::Web => Some(CODE),
        ApplicationType::Service => Some(CREDENTIALS),
        ApplicationType::Browser | ApplicationType::Native => None,
    };
    if let Some(needed) = needed.filter(|needed| !has(needed)) {
        return Err(refused(format!(
            "The value for 'grant_types' must contain '{needed}' for 'application_type' of '{name}'"
        )));
    }
    if let Some(other) = grants.iter().find(|grant| !is_allowed(kind, grant)) {
        return Err(refused(format!(
            "'{other}' is not allowed for 'application_type' of '{name}'"
        )));
    }
    if grants.iter().all(|grant| grant == "refresh_token") {
        return Err(refused(
            "At least one grant that gives tokens is required".to_owned(),
        ));
    }
    Ok(())
}

fn is_allowed(kind: ApplicationType, grant: &str) -> bool {
    match kind {
        ApplicationType::Web => grant != "password",
        ApplicationType::Native => grant != CREDENTIALS,
        ApplicationType::Browser => BROWSER.contains(&grant),
        ApplicationType::Service => [CREDENTIALS, TOKEN_EXCHANGE].contains(&grant),
    }
}

fn refused(message: String) -> ApiError {
    ApiError::invalid("grant_types", &message)
}

/// The response types of an app: those given, if they go with its grants, else those that do.
pub(super) fn response_types(
    given: Option<Vec<ResponseType>>,
    grants: &[String],
) -> Result<Vec<ResponseType>, ApiError> {
    let has = |name: &str| grants.iter().any(|grant| grant == name);
    let by_code = has(CODE) || has("interaction_code");
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        let mut usual = Vec::new();
        if by_code {
            usual.push(ResponseType::Code);
        }
        if has("implicit") {
            usual.extend([ResponseType::Token, ResponseType::IdToken]);
        } else if has(CREDENTIALS) {
            usual.push(ResponseType::Token);
        }
        return Ok(usual);
    };
    let invalid = |message: &str| Err(ApiError::invalid("response_types", message));
    if given.contains(&ResponseType::Code) != by_code {
        return invalid("'code' goes with the grant 'authorization_code', and that with it");
    }
    if given.contains(&ResponseType::IdToken) && !has("implicit") {
        return invalid("'id_token' goes with the grant 'implicit'");
    }
    if given.contains(&ResponseType::Token) && !has("implicit") && !has(CREDENTIALS) {
        return invalid("'token' goes with the grants 'implicit' and 'client_credentials'");
    }
    Ok(given)
}

/// Whether answers travel through a browser, so that the app must say where to.
pub(super) fn needs_redirect_uri(grants: &[String]) -> bool {
    let has = |name: &str| grants.iter().any(|grant| grant == name);
    let by_browser = has(CODE) || has("implicit") || has("interaction_code");
    by_browser && !has("password") && !has(CREDENTIALS)
}
