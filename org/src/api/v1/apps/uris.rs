//! The addresses of an app.

use url::Url;

use super::body::OAuthClientBody;
use super::grants_allowed::needs_redirect_uri;
use crate::api::ApiError;
use crate::apps::{ApplicationType, WildcardRedirect, check_registrable, check_registrable_for};

/// Okta's limits, in characters, and in URIs of an app.
const LENGTH: usize = 1024;
const MOST: usize = 300;

/// The addresses that answers may go to, and those for people who signed out.
pub(super) fn lists(
    kind: ApplicationType,
    client: &OAuthClientBody,
    grants: &[String],
) -> Result<(Vec<String>, Vec<String>), ApiError> {
    let has_wildcards = client.wildcard_redirect == Some(WildcardRedirect::Subdomain);
    let redirect = list(
        "redirect_uris",
        kind,
        has_wildcards,
        client.redirect_uris.as_ref(),
    )?;
    if redirect.is_empty() && needs_redirect_uri(grants) {
        return Err(ApiError::invalid(
            "redirect_uris",
            "At least one redirect URI is required for these 'grant_types'",
        ));
    }
    let post_logout = list(
        "post_logout_redirect_uris",
        kind,
        has_wildcards,
        client.post_logout_redirect_uris.as_ref(),
    )?;
    Ok((redirect, post_logout))
}

fn list(
    field: &str,
    kind: ApplicationType,
    has_wildcards: bool,
    given: Option<&Vec<String>>,
) -> Result<Vec<String>, ApiError> {
    let mut uris: Vec<String> = Vec::new();
    for uri in given.into_iter().flatten() {
        if uri.len() > LENGTH {
            return Err(too_long(field));
        }
        check_registrable_for(kind, has_wildcards, uri)
            .map_err(|error| ApiError::invalid(field, &format!("{}: {error}", shown(uri))))?;
        if !uris.contains(uri) {
            uris.push(uri.clone());
        }
        if uris.len() > MOST {
            return Err(ApiError::invalid(field, "There are more than 300 URIs"));
        }
    }
    Ok(uris)
}

/// Each address that stands for itself.
pub(super) fn check_single(client: &OAuthClientBody) -> Result<(), ApiError> {
    for (field, uri) in [
        ("initiate_login_uri", &client.initiate_login_uri),
        ("frontchannel_logout_uri", &client.frontchannel_logout_uri),
        ("jwks_uri", &client.jwks_uri),
    ] {
        let Some(uri) = uri else { continue };
        let checked = check_registrable(uri)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        if uri.len() > LENGTH {
            return Err(too_long(field));
        }
        if checked.is_none() {
            let message = "An absolute https URI without a fragment is expected, or http for a loopback address";
            return Err(ApiError::invalid(field, message));
        }
    }
    for (field, uri) in [
        ("client_uri", &client.client_uri),
        ("logo_uri", &client.logo_uri),
        ("tos_uri", &client.tos_uri),
        ("policy_uri", &client.policy_uri),
    ] {
        let Some(uri) = uri else { continue };
        let parsed = Url::parse(uri).ok();
        let is_web = parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https"));
        if uri.len() > LENGTH {
            return Err(too_long(field));
        }
        if !is_web {
            return Err(ApiError::invalid(
                field,
                "An absolute http or https URI is expected",
            ));
        }
    }
    Ok(())
}

fn too_long(field: &str) -> ApiError {
    ApiError::invalid(field, "String cannot be longer than 1024 characters")
}

/// What the request sent, in one line.
fn shown(uri: &str) -> String {
    uri.chars().filter(|c| !c.is_control()).take(200).collect()
}
