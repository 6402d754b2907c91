//! `grant_type=client_credentials` (RFC 6749 §4.4): an app that acts for itself gets the scopes of Okta's API that were granted
//! to it, at the org's own server
//! (<https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/>).

use axum::response::Response;
use model::OAuthErrorCode;
use secrecy::ExposeSecret as _;

use super::{log, response};
use crate::Org;
use crate::apps::{App, TokenEndpointAuthMethod, find_app};
use crate::events::{self, Origin};
use crate::oauth::Scope;
use crate::oauth::error::EndpointError;
use crate::oauth::issue::issue_client_token;
use crate::oauth::okta_scope::is_granted;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::{AuthorizationServer, ORG_SERVER};
use crate::oauth::token_record::{NewAccessToken, create_access_token};
use crate::store::Digest;

pub(super) async fn grant(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    if server.id != ORG_SERVER {
        return Err(EndpointError::refused(
            OAuthErrorCode::UnauthorizedClient,
            "Client credentials are taken by the org's own authorization server only.",
        ));
    }
    if app.token_endpoint_auth_method != TokenEndpointAuthMethod::PrivateKeyJwt {
        return Err(EndpointError::refused(
            OAuthErrorCode::InvalidClient,
            "Client Credentials requests to the Org Authorization Server must use the private_key_jwt \
             token_endpoint_auth_method.",
        ));
    }
    let scopes = requested(parameters)?;
    let (now, entropy) = (org.now(), org.kit().entropy);
    let tokens = issue_client_token(server, app, &scopes, now, &*entropy)?;
    let token = NewAccessToken {
        token: Digest::of(tokens.access_token.expose_secret()),
        code: None,
        server: server.id.clone(),
        app_id: app.id.clone(),
        user_id: None,
        scopes: scopes.clone(),
        expires_at: tokens.access_token_expires_at,
    };
    let origin = origin.clone();
    org.store()
        .write(move |db| {
            let mut is_allowed = find_app(db, token.app_id.as_str())?.is_some();
            for scope in &token.scopes {
                is_allowed &= is_granted(db, &token.app_id, scope.as_str())?;
            }
            if !is_allowed {
                return Err(not_granted());
            }
            create_access_token(db, &token)?;
            for event in log::granted(db, &token, false)? {
                events::record(db, &event, &origin, &*entropy, now)?;
            }
            Ok(())
        })
        .await?;
    Ok(response::tokens(&tokens, &scopes))
}

fn requested(parameters: &Parameters) -> Result<Vec<Scope>, EndpointError> {
    let invalid = |text: &str| EndpointError::refused(OAuthErrorCode::InvalidScope, text);
    let mut scopes: Vec<Scope> = Vec::new();
    for name in parameters.get("scope").unwrap_or_default().split(' ') {
        if name.is_empty() {
            continue;
        }
        if name == Scope::Openid.as_str() {
            return Err(invalid(
                "Cannot request 'openid' scopes using client credentials.",
            ));
        }
        let scope = Scope::from(name);
        if scope.is_about_the_person() || !name.starts_with("okta.") {
            return Err(invalid(
                "One or more scopes are not configured for the authorization server resource.",
            ));
        }
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        return Err(invalid("No scopes were requested."));
    }
    Ok(scopes)
}

fn not_granted() -> EndpointError {
    EndpointError::refused(
        OAuthErrorCode::ConsentRequired,
        "You are not allowed any of the requested scopes.",
    )
}
