//! Whether an app can be as a request wants it.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::body::{AppBody, OAuthClientBody, OAuthCredentials, RefreshTokenBody};
use super::{grants_allowed, jwk, uris};
use crate::api::ApiError;
use crate::apps::{
    ApplicationType, ClientSettings, IdpInitiatedMode, NetworkConnection, NewKey, Presentation,
    RefreshTokenSettings, Registration, TokenEndpointAuthMethod, WildcardRedirect,
};

/// An app that can be, with what is not part of its registration.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) registration: Registration,
    /// What the app shall be called at the token endpoint, if the request says.
    pub(super) client_id: Option<String>,
    pub(super) secret: Option<SecretString>,
    pub(super) keys: Vec<NewKey>,
}

/// Okta's limit, in characters.
const LABEL: usize = 100;

const INTERACTION_CODE: &str = "interaction_code";

/// Reads a whole app. What the request leaves out is Okta's default. `is_interaction_code_on` is the switch of the org.
pub(super) fn check(body: AppBody, is_interaction_code_on: bool) -> Result<Checked, ApiError> {
    let label = check_label(body.label)?;
    let credentials = body.credentials.unwrap_or_default();
    let own = credentials.oauth_client.unwrap_or_default();
    let settings = body.settings.unwrap_or_default();
    let client = settings.oauth_client.ok_or_else(no_client)?;
    let kind = client.application_type.unwrap_or(ApplicationType::Web);
    let grant_types = grant_types(kind, &client, is_interaction_code_on)?;
    let method = method_of(kind, own.token_endpoint_auth_method, &grant_types)?;
    check_secret(method, own.client_secret.as_ref())?;
    let keys = keys(method, &client)?;
    let pkce_required = needs_pkce(kind, method, &own)?;
    let (redirect_uris, post_logout_redirect_uris) = uris::lists(kind, &client, &grant_types)?;
    Ok(Checked {
        registration: Registration {
            label,
            application_type: kind,
            token_endpoint_auth_method: method,
            pkce_required,
            redirect_uris,
            post_logout_redirect_uris,
            settings: client_settings(kind, client, &grant_types)?,
            grant_types,
            presentation: Presentation {
                accessibility: body.accessibility.unwrap_or_default(),
                visibility: body.visibility.unwrap_or_default(),
                notes: settings.notes.unwrap_or_default(),
                user_name_template: credentials.user_name_template.unwrap_or_default(),
                auto_key_rotation: own.auto_key_rotation.unwrap_or(true),
                profile: body.profile,
            },
            implicit_assignment: settings.implicit_assignment.unwrap_or(false),
        },
        client_id: own.client_id.filter(|id| !id.is_empty()),
        secret: own.client_secret,
        keys,
    })
}

fn no_client() -> ApiError {
    ApiError::invalid("settings.oauthClient", "The field cannot be left blank")
}

fn grant_types(
    kind: ApplicationType,
    client: &OAuthClientBody,
    is_interaction_code_on: bool,
) -> Result<Vec<String>, ApiError> {
    refuse_unbuilt(client)?;
    let grant_types = distinct(client.grant_types.clone().unwrap_or_default());
    grants_allowed::check(kind, &grant_types)?;
    if grant_types.iter().any(|grant| grant == INTERACTION_CODE) && !is_interaction_code_on {
        return Err(ApiError::invalid(
            "grant_types",
            "'interaction_code' needs the interaction code flow, which is off in this org",
        ));
    }
    Ok(grant_types)
}

/// The keys of the app. One that signs with them must have some, here or at an address of its own.
fn keys(
    method: TokenEndpointAuthMethod,
    client: &OAuthClientBody,
) -> Result<Vec<NewKey>, ApiError> {
    let given = client.jwks.as_ref().map(|jwks| jwks.keys.clone());
    let keys = jwk::check_all(given.unwrap_or_default())?;
    let needs_key = method == TokenEndpointAuthMethod::PrivateKeyJwt;
    if needs_key && keys.is_empty() && client.jwks_uri.is_none() {
        return Err(ApiError::invalid(
            "jwks",
            "'jwks' or 'jwks_uri' is required for 'token_endpoint_auth_method' of 'private_key_jwt'",
        ));
    }
    Ok(keys)
}

fn check_label(label: Option<String>) -> Result<String, ApiError> {
    let label = label.unwrap_or_default().trim().to_owned();
    if label.is_empty() {
        return Err(ApiError::invalid("label", "The field cannot be left blank"));
    }
    if label.chars().count() > LABEL || label.chars().any(char::is_control) {
        return Err(ApiError::invalid(
            "label",
            "String cannot be longer than 100 characters, or hold control characters",
        ));
    }
    Ok(label)
}

fn distinct(list: Vec<String>) -> Vec<String> {
    let mut seen = Vec::with_capacity(list.len());
    for item in list {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

/// Settings that would be a promise that this org does not keep.
fn refuse_unbuilt(client: &OAuthClientBody) -> Result<(), ApiError> {
    let unbuilt: [(&str, &Option<Value>); 6] = [
        ("sector_identifier_uri", &client.sector_identifier_uri),
        (
            "request_object_signing_alg",
            &client.request_object_signing_alg,
        ),
        (
            "id_token_encrypted_response_alg",
            &client.id_token_encrypted_response_alg,
        ),
        (
            "backchannel_authentication_request_signing_alg",
            &client.backchannel_authentication_request_signing_alg,
        ),
        (
            "backchannel_custom_authenticator_id",
            &client.backchannel_custom_authenticator_id,
        ),
        (
            "backchannel_token_delivery_mode",
            &client.backchannel_token_delivery_mode,
        ),
    ];
    if let Some((name, _)) = unbuilt.iter().find(|(_, value)| value.is_some()) {
        return Err(ApiError::invalid(name, "Not implemented in the local org"));
    }
    match client.subject_type.as_deref() {
        None | Some("public") => Ok(()),
        Some(_) => Err(ApiError::invalid(
            "subject_type",
            "Not implemented in the local org: only 'public' is",
        )),
    }
}

fn method_of(
    kind: ApplicationType,
    given: Option<TokenEndpointAuthMethod>,
    grants: &[String],
) -> Result<TokenEndpointAuthMethod, ApiError> {
    use TokenEndpointAuthMethod as By;
    let invalid = |message| Err(ApiError::invalid("token_endpoint_auth_method", message));
    let method = given.unwrap_or(match kind {
        ApplicationType::Web | ApplicationType::Service => By::ClientSecretBasic,
        ApplicationType::Browser | ApplicationType::Native => By::None,
    });
    if kind == ApplicationType::Browser && method != By::None {
        return invalid("An app of 'application_type' 'browser' cannot keep a secret: use 'none'");
    }
    let acts_for_itself = grants.iter().any(|grant| grant == "client_credentials");
    if method == By::None && acts_for_itself {
        return invalid("The grant 'client_credentials' needs an app that proves who it is");
    }
    Ok(method)
}

/// The secret that somebody brings. Okta's limits, in characters; an HMAC key must have as many bits as its hash.
fn check_secret(
    method: TokenEndpointAuthMethod,
    secret: Option<&SecretString>,
) -> Result<(), ApiError> {
    let Some(secret) = secret else {
        return Ok(());
    };
    if !method.has_secret() {
        // A client that sends back what it was shown before sends none of these.
        return Err(ApiError::invalid(
            "client_secret",
            "An app with this 'token_endpoint_auth_method' has no secret",
        ));
    }
    super::secrets::check_text(method, secret.expose_secret())
}

/// PKCE is required of every app that keeps no secret, and of all in browsers and on devices.
fn needs_pkce(
    kind: ApplicationType,
    method: TokenEndpointAuthMethod,
    own: &OAuthCredentials,
) -> Result<bool, ApiError> {
    let wanted = own.pkce_required.unwrap_or(false);
    match kind {
        ApplicationType::Service if wanted => Err(ApiError::invalid(
            "pkce_required",
            "An app of 'application_type' 'service' has no codes that PKCE could protect",
        )),
        ApplicationType::Browser | ApplicationType::Native => Ok(true),
        ApplicationType::Web | ApplicationType::Service => {
            Ok(wanted || method == TokenEndpointAuthMethod::None)
        }
    }
}

fn client_settings(
    kind: ApplicationType,
    client: OAuthClientBody,
    grants: &[String],
) -> Result<ClientSettings, ApiError> {
    uris::check_single(&client)?;
    check_network(&client)?;
    check_companions(kind, &client)?;
    let usual = ClientSettings::default();
    Ok(ClientSettings {
        client_uri: client.client_uri,
        logo_uri: client.logo_uri,
        tos_uri: client.tos_uri,
        policy_uri: client.policy_uri,
        response_types: grants_allowed::response_types(client.response_types, grants)?,
        initiate_login_uri: client.initiate_login_uri,
        consent_method: client.consent_method.unwrap_or(usual.consent_method),
        issuer_mode: client.issuer_mode.unwrap_or(usual.issuer_mode),
        idp_initiated_login: client.idp_initiated_login.unwrap_or_default(),
        wildcard_redirect: client
            .wildcard_redirect
            .unwrap_or(WildcardRedirect::Disabled),
        refresh_token: refresh_token(kind, client.refresh_token, grants)?,
        jwks_uri: client.jwks_uri,
        network: client.network,
        dpop_bound_access_tokens: client.dpop_bound_access_tokens.unwrap_or(false),
        participate_slo: client.participate_slo.unwrap_or(false),
        frontchannel_logout_uri: client.frontchannel_logout_uri,
        frontchannel_logout_session_required: client.frontchannel_logout_session_required,
    })
}

/// Some settings need an address beside them.
fn check_companions(kind: ApplicationType, client: &OAuthClientBody) -> Result<(), ApiError> {
    let starts_elsewhere = client
        .idp_initiated_login
        .as_ref()
        .is_some_and(|login| login.mode != IdpInitiatedMode::Disabled);
    if starts_elsewhere && client.initiate_login_uri.is_none() {
        return Err(ApiError::invalid(
            "initiate_login_uri",
            "It is required when 'idp_initiated_login' is not DISABLED",
        ));
    }
    let keeps_browser = matches!(kind, ApplicationType::Web | ApplicationType::Browser);
    let can_be_told = keeps_browser && client.frontchannel_logout_uri.is_some();
    if client.participate_slo.unwrap_or(false) && !can_be_told {
        return Err(ApiError::invalid(
            "participate_slo",
            "It needs 'frontchannel_logout_uri', and 'application_type' of 'web' or 'browser'",
        ));
    }
    Ok(())
}

/// An app without the grant has no such settings, as at Okta.
fn refresh_token(
    kind: ApplicationType,
    given: Option<RefreshTokenBody>,
    grants: &[String],
) -> Result<Option<RefreshTokenSettings>, ApiError> {
    let mut settings = RefreshTokenSettings::usual(kind == ApplicationType::Browser);
    if let Some(given) = given {
        settings.rotation_type = given.rotation_type;
        if let Some(leeway) = given.leeway {
            settings.leeway = u8::try_from(leeway)
                .ok()
                .filter(|leeway| *leeway <= 60)
                .ok_or_else(|| {
                    ApiError::invalid("refresh_token.leeway", "The value must be between 0 and 60")
                })?;
        }
    }
    let has_grant = grants.iter().any(|grant| grant == "refresh_token");
    Ok(has_grant.then_some(settings))
}

/// The org has no network zones, so that none can be named.
fn check_network(client: &OAuthClientBody) -> Result<(), ApiError> {
    let Some(network) = &client.network else {
        return Ok(());
    };
    let named = network.include.iter().chain(&network.exclude).next();
    if network.connection == NetworkConnection::Zone && named.is_some() {
        return Err(ApiError::invalid(
            "network",
            "The org has no network zone with this id",
        ));
    }
    Ok(())
}
