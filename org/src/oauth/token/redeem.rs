//! What the grants by a code have in common (RFC 6749 §4.1.3): a code is good once, for what it was issued for.

use axum::response::Response;
use jiff::Timestamp;
use model::OAuthErrorCode;
use rusqlite::Connection;
use secrecy::ExposeSecret as _;

use super::{log, response};
use crate::Org;
use crate::apps::App;
use crate::directory::{find_user, group_names_of};
use crate::events::{self, Origin};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::oauth::code::{Authorization, CodeRecord, find_code, spend_code};
use crate::oauth::error::EndpointError;
use crate::oauth::issue::{IssuedTokens, Permit, Refusal, Subject, UserGrant, issue_tokens};
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;
use crate::oauth::token_record::{NewAccessToken, create_access_token, revoke_tokens_of_code};
use crate::oauth::{GrantType, issue};
use crate::session::find_session;
use crate::store::Digest;

/// A grant by a code, as far as it is its own.
#[derive(Debug)]
pub(super) struct CodeGrant {
    pub(super) grant_type: GrantType,
    /// The parameter that the code comes in.
    pub(super) parameter: &'static str,
    /// Makes sure that whoever brings the code is the one that it was made for.
    pub(super) check_bearer: fn(&Authorization, &App, &Parameters) -> Result<(), EndpointError>,
    /// What somebody hears whose code is not good.
    pub(super) invalid: &'static str,
}

impl CodeGrant {
    fn invalid_code(&self) -> EndpointError {
        EndpointError::invalid_grant(self.invalid)
    }
}

pub(super) async fn redeem(
    own: &CodeGrant,
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let parameter = own.parameter;
    let code = parameters.get(parameter).ok_or_else(|| {
        EndpointError::invalid_request(format!("The required parameter '{parameter}' is missing."))
    })?;
    let now = org.now();
    let digest = Handle::received(code).digest();
    let record = org
        .store()
        .read(|db| find_code(db, digest))?
        .filter(|record| record.authorization.grant_type == own.grant_type)
        .ok_or_else(|| own.invalid_code())?;
    if record.is_spent {
        return Err(reused(own, org, app, &record).await);
    }
    check(own, &record, server, app, parameters, now)?;
    let (permit, subject) = org
        .store()
        .read(|db| admit(own, (org, server), db, &record, now))??;
    let grant = &record.authorization.grant;
    let tokens = issue_tokens(permit, server, &subject, grant, now, org.entropy())?;
    let kept = kept_token(&record, &tokens);
    let has_id_token = tokens.id_token.is_some();
    let (origin, entropy) = (origin.clone(), org.kit().entropy);
    let spent = org.store().write(move |db| {
        let spent = spend(db, &kept, now)?;
        if matches!(spent, Spending::Done) {
            for event in log::granted(db, &kept.1, has_id_token)? {
                events::record(db, &event, &origin, &*entropy, now)?;
            }
        }
        Ok::<_, Failure>(spent)
    });
    match spent.await? {
        Spending::Done => Ok(response::tokens(&tokens, &grant.scopes)),
        Spending::Reused => Err(reused(own, org, app, &record).await),
        Spending::Refused(refusal) => Err(denied(own, refusal)),
    }
}

/// Whether the code was issued for this request.
fn check(
    own: &CodeGrant,
    record: &CodeRecord,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    now: Timestamp,
) -> Result<(), EndpointError> {
    if record.app_id != app.id {
        return Err(EndpointError::invalid_grant(
            "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize \
             request.",
        ));
    }
    if record.server != server.id {
        return Err(EndpointError::invalid_request(
            "The grant was issued for another authorization server.",
        ));
    }
    if record.expires_at <= now {
        return Err(own.invalid_code());
    }
    (own.check_bearer)(&record.authorization, app, parameters)
}

/// The door, and what the tokens will say of the user. A code whose session has ended is worth nothing.
fn admit(
    own: &CodeGrant,
    (org, server): (&Org, &AuthorizationServer),
    db: &Connection,
    record: &CodeRecord,
    now: Timestamp,
) -> rusqlite::Result<Result<(Permit, Subject), EndpointError>> {
    if find_session(db, record.session, now)?.is_none() {
        return Ok(Err(own.invalid_code()));
    }
    let permit = match ask(db, record)? {
        Ok(permit) => permit,
        Err(refusal) => return Ok(Err(denied(own, refusal))),
    };
    let Some(user) = find_user(db, &record.user_id)? else {
        return Ok(Err(own.invalid_code()));
    };
    let groups = if server.needs_groups(&record.authorization.grant.scopes) {
        group_names_of(db, &user.id)?
    } else {
        Vec::new()
    };
    let org_id = org.id().to_string();
    Ok(Ok((
        permit,
        Subject {
            user,
            groups,
            org_id,
        },
    )))
}

fn ask(db: &Connection, record: &CodeRecord) -> rusqlite::Result<Result<Permit, Refusal>> {
    let grant = UserGrant {
        server: &record.server,
        app: &record.app_id,
        user: &record.user_id,
        grant_type: record.authorization.grant_type.as_str(),
        scopes: &record.authorization.grant.scopes,
    };
    issue::ask(db, grant)
}

enum Spending {
    Done,
    Reused,
    Refused(Refusal),
}

/// Spends the code and records the token in one transaction. The door is asked again: what it said before may be over.
fn spend(
    db: &Connection,
    token: &(CodeRecord, NewAccessToken),
    now: Timestamp,
) -> Result<Spending, Failure> {
    let (record, token) = token;
    if let Err(refusal) = ask(db, record)? {
        return Ok(Spending::Refused(refusal));
    }
    if !spend_code(db, record.code, now)? {
        return Ok(Spending::Reused);
    }
    create_access_token(db, token)?;
    Ok(Spending::Done)
}

fn kept_token(record: &CodeRecord, tokens: &IssuedTokens) -> (CodeRecord, NewAccessToken) {
    let token = NewAccessToken {
        token: Digest::of(tokens.access_token.expose_secret()),
        code: Some(record.code),
        server: record.server.clone(),
        app_id: record.app_id.clone(),
        user_id: Some(record.user_id.clone()),
        scopes: record.authorization.grant.scopes.clone(),
        expires_at: tokens.access_token_expires_at,
    };
    (record.clone(), token)
}

/// A code that comes a second time was stolen, by the first who brought it or by the second: what it gave ends
/// (RFC 6749 §4.1.2). Another app cannot bring that about.
async fn reused(own: &CodeGrant, org: &Org, app: &App, record: &CodeRecord) -> EndpointError {
    if record.app_id != app.id {
        return own.invalid_code();
    }
    let (code, now) = (record.code, org.now());
    let revoked = org
        .store()
        .write(move |db| revoke_tokens_of_code(db, code, now).map_err(Failure::from))
        .await;
    match revoked {
        Ok(()) => own.invalid_code(),
        Err(failure) => failure.into(),
    }
}

fn denied(own: &CodeGrant, refusal: Refusal) -> EndpointError {
    match refusal {
        Refusal::User | Refusal::App => own.invalid_code(),
        Refusal::Assignment => EndpointError::refused(
            OAuthErrorCode::AccessDenied,
            "User is not assigned to the client application.",
        ),
        Refusal::Policy => EndpointError::refused(
            OAuthErrorCode::AccessDenied,
            "Policy evaluation failed for this request, please check the policy configurations.",
        ),
    }
}
