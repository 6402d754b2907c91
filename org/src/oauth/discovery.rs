//! `GET …/.well-known/openid-configuration` and its other forms, made once at start.

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use model::ProviderMetadata;
use serde_json::json;

use super::keys::ServerKeys;
use super::parameters::Parameters;
use super::server::RequestServer;
use super::{GrantType, Scope, okta_scope};
use crate::apps::find_app;
use crate::config::OrgUrl;
use crate::failure::Failure;
use crate::{Org, okta_error, paths};

/// Clients keep keys as long as this says: a new key is published ahead of its first use by more than that.
const KEYS_CACHE: HeaderValue = HeaderValue::from_static("max-age=3600, must-revalidate");
const METADATA_CACHE: HeaderValue = HeaderValue::from_static("max-age=300, must-revalidate");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// Public documents: any origin may read them, without credentials.
const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

const ID_TOKEN_CLAIMS: &[&str] = &[
    "iss",
    "ver",
    "sub",
    "aud",
    "iat",
    "exp",
    "jti",
    "auth_time",
    "amr",
    "idp",
    "nonce",
    "name",
    "nickname",
    "preferred_username",
    "given_name",
    "middle_name",
    "family_name",
    "email",
    "email_verified",
    "profile",
    "zoneinfo",
    "locale",
    "address",
    "phone_number",
    "updated_at",
    "at_hash",
    "acr",
    "sid",
];
const ACCESS_TOKEN_CLAIMS: &[&str] = &[
    "ver",
    "jti",
    "iss",
    "aud",
    "iat",
    "exp",
    "cid",
    "uid",
    "scp",
    "sub",
    "auth_time",
];
const CLIENT_AUTHENTICATION: [&str; 5] = [
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "none",
];

/// The documents of an authorization server as bytes to be sent.
#[derive(Debug)]
pub(crate) struct Documents {
    openid: Bytes,
    oauth: Bytes,
    keys: Bytes,
}

impl Documents {
    /// The documents of the custom server of this name, or of the org's own.
    pub(crate) fn new(
        url: &OrgUrl,
        name: Option<&str>,
        scopes: &[Scope],
        keys: &ServerKeys,
    ) -> Self {
        let openid = metadata(url, name, scopes);
        let mut scopes_supported = openid.scopes_supported.clone();
        let mut grant_types_supported = openid.grant_types_supported.clone();
        grant_types_supported.push(GrantType::ClientCredentials.as_str().to_owned());
        for grant in GrantType::DIRECT {
            if grant != GrantType::Password {
                grant_types_supported.push(grant.as_str().to_owned());
            }
        }
        match name {
            None => scopes_supported.extend(okta_scope::all()),
            Some(_) => {
                grant_types_supported.push(GrantType::TokenExchange.as_str().to_owned());
            }
        }
        let oauth = ProviderMetadata {
            claims_supported: texts(ACCESS_TOKEN_CLAIMS),
            scopes_supported,
            grant_types_supported,
            ..openid.clone()
        };
        Self {
            openid: json!(openid).to_string().into(),
            oauth: json!(oauth).to_string().into(),
            keys: json!(keys.jwks()).to_string().into(),
        }
    }
}

/// Names only what the org can do.
fn metadata(url: &OrgUrl, name: Option<&str>, scopes: &[Scope]) -> ProviderMetadata {
    let base = match name {
        None => url.to(paths::OAUTH2),
        Some(name) => url.to(&format!("{}/{name}", paths::OAUTH2)),
    };
    let endpoint = |path: &str| format!("{base}{path}");
    let scopes: Vec<&str> = scopes.iter().map(Scope::as_str).collect();
    ProviderMetadata {
        issuer: name.map_or_else(|| url.as_str().to_owned(), |_| base.clone()),
        authorization_endpoint: endpoint(paths::AUTHORIZE),
        token_endpoint: endpoint(paths::TOKEN),
        userinfo_endpoint: Some(endpoint(paths::USERINFO)),
        jwks_uri: endpoint(paths::KEYS),
        response_types_supported: texts(&["code"]),
        response_modes_supported: texts(&["query", "form_post"]),
        grant_types_supported: of_people(),
        subject_types_supported: texts(&["public"]),
        id_token_signing_alg_values_supported: texts(&["RS256"]),
        scopes_supported: texts(&scopes),
        token_endpoint_auth_methods_supported: texts(&CLIENT_AUTHENTICATION),
        claims_supported: texts(ID_TOKEN_CLAIMS),
        code_challenge_methods_supported: texts(&["S256"]),
        revocation_endpoint: Some(endpoint(paths::REVOKE)),
        revocation_endpoint_auth_methods_supported: texts(&CLIENT_AUTHENTICATION),
        introspection_endpoint: Some(endpoint(paths::INTROSPECT)),
        introspection_endpoint_auth_methods_supported: texts(&CLIENT_AUTHENTICATION),
        end_session_endpoint: Some(endpoint(paths::LOGOUT)),
        device_authorization_endpoint: Some(endpoint(paths::DEVICE_AUTHORIZE)),
        pushed_authorization_request_endpoint: Some(endpoint(paths::PAR)),
        frontchannel_logout_supported: true,
        frontchannel_logout_session_supported: true,
        authorization_response_iss_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
    }
}

/// The grants that Okta names in the form of OpenID Connect, of those that there are; the other form names the rest as well.
fn of_people() -> Vec<String> {
    let grants = GrantType::BY_CODE.into_iter();
    let grants = grants.chain([GrantType::RefreshToken, GrantType::Password]);
    grants.map(|grant| grant.as_str().to_owned()).collect()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// The metadata in the form of OpenID Connect Discovery 1.0.
pub(crate) async fn openid_configuration(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    for_client(&org, query.as_deref(), server.documents.openid.clone())
}

/// The metadata in the form of RFC 8414.
pub(crate) async fn oauth_metadata(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    for_client(&org, query.as_deref(), server.documents.oauth.clone())
}

/// With a `client_id`, Okta answers for that client, so the client must exist. All of them are answered alike so far.
fn for_client(org: &Org, query: Option<&str>, document: Bytes) -> Result<Response, Failure> {
    if let Some(query) = query
        && let Some(client_id) = Parameters::parse(query).get("client_id")
        && org.store().read(|db| find_app(db, client_id))?.is_none()
    {
        let summary = "Invalid value for 'client_id' parameter.".to_owned();
        let code = "invalid_client";
        return Ok(okta_error::answer(
            org.entropy(),
            StatusCode::BAD_REQUEST,
            code,
            summary,
        ));
    }
    Ok(public_document(document, METADATA_CACHE))
}

/// The public keys of an authorization server.
pub(crate) async fn keys(RequestServer(server): RequestServer) -> Response {
    public_document(server.documents.keys.clone(), KEYS_CACHE)
}

/// The id of the org, and that it is an Identity Engine (`idx`): SDKs ask for this first.
pub(crate) async fn okta_organization(State(org): State<Org>) -> Response {
    let document = json!({
        "id": org.id(),
        "cell": "local",
        "_links": { "organization": { "href": org.url().as_str() } },
        "pipeline": "idx",
        "settings": {
            "analyticsCollectionEnabled": false,
            "bugReportingEnabled": false,
            "omEnabled": false,
            "pssoEnabled": false,
            "desktopMFAEnabled": false,
            "itpEnabled": false,
        },
    });
    public_document(document.to_string().into(), METADATA_CACHE)
}

fn public_document(document: Bytes, cache: HeaderValue) -> Response {
    let headers = [
        (CONTENT_TYPE, JSON),
        (CACHE_CONTROL, cache),
        (ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN),
    ];
    (headers, document).into_response()
}
