//! `grant_type=urn:ietf:params:oauth:grant-type:token-exchange` (RFC 8693): a service exchanges the access token of a caller for
//! one by which it goes on in the name of the same person
//! (<https://developer.okta.com/docs/guides/set-up-token-exchange/main/>).

use axum::response::Response;
use jiff::Timestamp;
use model::{OAuthErrorCode, UserId};
use rusqlite::Connection;

use super::response;
use super::signed::{Occasion, Signed, sign_without_refresh};
use super::subject::{denied, subject_of};
use crate::Org;
use crate::apps::App;
use crate::events::Origin;
use crate::oauth::error::EndpointError;
use crate::oauth::issue::{Grant, Permit, Subject, UserGrant, ask_for_bearer};
use crate::oauth::parameters::Parameters;
use crate::oauth::server::{AuthorizationServer, ORG_SERVER};
use crate::oauth::token_claims::TokenClaims;
use crate::oauth::token_record::{HeldAccessToken, find_held_token};
use crate::oauth::{GrantType, Scope};
use crate::store::Digest;

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const INVALID: &str = "'subject_token' is invalid.";

pub(super) async fn grant(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let (asked, now) = (Asked::read(server, app, parameters)?, org.now());
    let admitted = org
        .store()
        .read(|db| Ok(asked.admit(db, (org, server), app, now)))??;
    let user = admitted.subject.user.id.clone();
    let Signed { tokens, records } = sign(org, (server, app), &asked, admitted, now)?;
    let (origin, entropy) = (origin.clone(), org.kit().entropy);
    let (server_id, app_id) = (server.id.clone(), app.id.clone());
    let scopes = asked.scopes.clone();
    org.store()
        .write(move |db| {
            // What was so before may be over.
            asked.ask(db, &server_id, &app_id, (&user, now))?;
            Ok::<_, EndpointError>(records.keep(db, &origin, &*entropy, now)?)
        })
        .await?;
    Ok(response::exchanged(&tokens, &scopes, ACCESS_TOKEN))
}

/// Signs a token that ends with what it was exchanged for.
fn sign(
    org: &Org,
    (server, app): (&AuthorizationServer, &App),
    asked: &Asked,
    admitted: Admitted,
    now: Timestamp,
) -> Result<Signed, EndpointError> {
    let grant = Grant {
        app_id: app.id.clone(),
        scopes: asked.scopes.clone(),
        nonce: None,
        auth_time: asked.auth_time,
        amr: Vec::new(),
        acr: None,
        sid: None,
    };
    let occasion = Occasion {
        server,
        app,
        subject: &admitted.subject,
        grant: &grant,
        grant_type: GrantType::TokenExchange,
        code: admitted.held.code,
    };
    let mut signed = sign_without_refresh(admitted.permit, occasion, now, org.entropy())?;
    signed.records.access.refresh = admitted.held.refresh;
    Ok(signed)
}

/// What the door let through.
struct Admitted {
    held: HeldAccessToken,
    permit: Permit,
    subject: Subject,
}

/// What a service asks for.
struct Asked {
    token: Digest,
    /// When the person of the token proved who they are.
    auth_time: Timestamp,
    scopes: Vec<Scope>,
}

impl Asked {
    fn read(
        server: &AuthorizationServer,
        app: &App,
        parameters: &Parameters,
    ) -> Result<Self, EndpointError> {
        if server.id == ORG_SERVER || !app.token_endpoint_auth_method.is_confidential() {
            return Err(EndpointError::refused(
                OAuthErrorCode::UnauthorizedClient,
                "Tokens are exchanged at custom authorization servers, by clients that authenticate.",
            ));
        }
        let token = required(parameters, "subject_token")?;
        required_to_be(parameters, "subject_token_type", ACCESS_TOKEN)?;
        if parameters.get("requested_token_type").is_some() {
            required_to_be(parameters, "requested_token_type", ACCESS_TOKEN)?;
        }
        if parameters.get("actor_token").is_some() {
            return Err(EndpointError::invalid_request(
                "'actor_token' is not supported: the client that authenticates is the actor.",
            ));
        }
        required_to_be(parameters, "audience", &server.audience)?;
        let claims = TokenClaims::read(token);
        let auth_time = claims.and_then(|claims| claims.moment("auth_time"));
        Ok(Self {
            token: Digest::of(token),
            // Only a person has one: what an app got for itself is not exchanged.
            auth_time: auth_time.ok_or_else(|| EndpointError::invalid_grant(INVALID))?,
            scopes: scopes(server, parameters)?,
        })
    }

    fn admit(
        &self,
        db: &Connection,
        (org, server): (&Org, &AuthorizationServer),
        app: &App,
        now: Timestamp,
    ) -> Result<Admitted, EndpointError> {
        let invalid = || EndpointError::invalid_grant(INVALID);
        let held = find_held_token(db, self.token, &server.id, now)?.ok_or_else(invalid)?;
        let user = held.user_id.clone().ok_or_else(invalid)?;
        let permit = self.ask(db, &server.id, &app.id, (&user, now))?;
        let subject = subject_of((org, server), db, &user, &self.scopes)?.ok_or_else(invalid)?;
        Ok(Admitted {
            held,
            permit,
            subject,
        })
    }

    /// The token must be good still, the person must be allowed to use the app that has it, and the policy must give to the
    /// service.
    fn ask(
        &self,
        db: &Connection,
        server: &str,
        app: &model::AppId,
        (user, now): (&UserId, Timestamp),
    ) -> Result<Permit, EndpointError> {
        let held = find_held_token(db, self.token, server, now)?
            .ok_or_else(|| EndpointError::invalid_grant(INVALID))?;
        let grant = UserGrant {
            server,
            app,
            user,
            grant_type: GrantType::TokenExchange.as_str(),
            scopes: &self.scopes,
        };
        ask_for_bearer(db, &held.app_id, grant)?.map_err(|refusal| denied(refusal, INVALID))
    }
}

fn required<'a>(parameters: &'a Parameters, name: &str) -> Result<&'a str, EndpointError> {
    parameters.get(name).ok_or_else(|| {
        EndpointError::invalid_request(format!("The required parameter '{name}' is missing."))
    })
}

fn required_to_be(parameters: &Parameters, name: &str, value: &str) -> Result<(), EndpointError> {
    if required(parameters, name)? == value {
        return Ok(());
    }
    Err(EndpointError::invalid_request(format!(
        "'{name}' must be '{value}'."
    )))
}

/// The scopes of the server that a service may have: those of OpenID Connect are for apps that people sign in to.
fn scopes(
    server: &AuthorizationServer,
    parameters: &Parameters,
) -> Result<Vec<Scope>, EndpointError> {
    let mut scopes: Vec<Scope> = Vec::new();
    for name in required(parameters, "scope")?.split(' ') {
        if name.is_empty() {
            continue;
        }
        let known = server.scope(name);
        let scope = known.filter(|scope| matches!(scope, Scope::Other(_)));
        let scope = scope.ok_or_else(|| {
            EndpointError::refused(
                OAuthErrorCode::InvalidScope,
                "One or more scopes are not configured for the authorization server resource.",
            )
        })?;
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        let text = "No scopes were requested.";
        return Err(EndpointError::refused(OAuthErrorCode::InvalidScope, text));
    }
    Ok(scopes)
}
