//! `grant_type=client_credentials` (RFC 6749 §4.4): an app that acts for itself. At a custom server it gets scopes of that by the
//! access policy; at the org's own server the scopes of Okta's API that were granted to it
//! (<https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/>).

use axum::response::Response;
use model::OAuthErrorCode;
use rusqlite::Connection;
use secrecy::ExposeSecret as _;

use super::subject::denied;
use super::{log, response};
use crate::Org;
use crate::apps::{App, TokenEndpointAuthMethod};
use crate::events::{self, Origin};
use crate::oauth::error::EndpointError;
use crate::oauth::issue::{Permit, ask_for_app, issue_client_token};
use crate::oauth::okta_scope::is_granted;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::{AuthorizationServer, ORG_SERVER};
use crate::oauth::token_record::{NewAccessToken, create_access_token};
use crate::oauth::{GrantType, Scope};
use crate::store::Digest;

pub(super) async fn grant(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    check_client(server, app)?;
    let scopes = requested(server, parameters)?;
    let (now, entropy) = (org.now(), org.kit().entropy);
    let permit = org
        .store()
        .read(|db| Ok(admit(db, &server.id, app, &scopes)))??;
    let tokens = issue_client_token(permit, server, app, &scopes, now, &*entropy)?;
    let token = NewAccessToken {
        token: Digest::of(tokens.access_token.expose_secret()),
        code: None,
        refresh: None,
        server: server.id.clone(),
        app_id: app.id.clone(),
        user_id: None,
        scopes: scopes.clone(),
        expires_at: tokens.access_token_expires_at,
    };
    let (origin, app) = (origin.clone(), app.clone());
    org.store()
        .write(move |db| {
            // What the door said before may be over.
            admit(db, &token.server, &app, &token.scopes)?;
            create_access_token(db, &token)?;
            for event in log::granted(db, &token, log::Granted::default())? {
                events::record(db, &event, &origin, &*entropy, now)?;
            }
            Ok::<_, EndpointError>(())
        })
        .await?;
    Ok(response::tokens(&tokens, &scopes))
}

fn check_client(server: &AuthorizationServer, app: &App) -> Result<(), EndpointError> {
    let method = app.token_endpoint_auth_method;
    if server.id == ORG_SERVER && method != TokenEndpointAuthMethod::PrivateKeyJwt {
        return Err(EndpointError::refused(
            OAuthErrorCode::InvalidClient,
            "Client Credentials requests to the Org Authorization Server must use the private_key_jwt \
             token_endpoint_auth_method.",
        ));
    }
    if method.is_confidential() {
        return Ok(());
    }
    Err(EndpointError::refused(
        OAuthErrorCode::InvalidClient,
        "Client authentication failed. Either the client or the client credentials are invalid.",
    ))
}

/// The door, and at the org's own server what an administrator granted.
fn admit(
    db: &Connection,
    server: &str,
    app: &App,
    scopes: &[Scope],
) -> Result<Permit, EndpointError> {
    const INVALID: &str = "The client is not active.";
    let grant_type = GrantType::ClientCredentials.as_str();
    let permit = ask_for_app(db, server, &app.id, (grant_type, scopes))?
        .map_err(|refusal| denied(refusal, INVALID))?;
    for scope in scopes {
        if server == ORG_SERVER && !is_granted(db, &app.id, scope.as_str())? {
            return Err(EndpointError::refused(
                OAuthErrorCode::ConsentRequired,
                "You are not allowed any of the requested scopes.",
            ));
        }
    }
    Ok(permit)
}

/// The scopes that are asked for, else those that the server gives to whoever asks for none.
fn requested(
    server: &AuthorizationServer,
    parameters: &Parameters,
) -> Result<Vec<Scope>, EndpointError> {
    let asked = parameters.get("scope").unwrap_or_default().split(' ');
    let mut scopes: Vec<Scope> = Vec::new();
    for name in asked.filter(|name| !name.is_empty()) {
        let scope = for_itself(server, name)?;
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        let usual = server.default_scopes().into_iter();
        scopes = usual
            .filter(|scope| matches!(scope, Scope::Other(_)))
            .collect();
    }
    if scopes.is_empty() {
        return Err(invalid("No scopes were requested."));
    }
    Ok(scopes)
}

/// A scope that means something without a person.
fn for_itself(server: &AuthorizationServer, name: &str) -> Result<Scope, EndpointError> {
    if name == Scope::Openid.as_str() {
        return Err(invalid(
            "Cannot request 'openid' scopes using client credentials.",
        ));
    }
    let scope = if server.id == ORG_SERVER {
        Some(Scope::from(name)).filter(|_| name.starts_with("okta."))
    } else {
        server.scope(name)
    };
    scope
        .filter(|scope| matches!(scope, Scope::Other(_)))
        .ok_or_else(|| {
            invalid("One or more scopes are not configured for the authorization server resource.")
        })
}

fn invalid(text: &str) -> EndpointError {
    EndpointError::refused(OAuthErrorCode::InvalidScope, text)
}
