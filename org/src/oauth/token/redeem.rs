//! What the grants by a code have in common (RFC 6749 §4.1.3): a code is good once, for what it was issued for.

use axum::response::Response;
use jiff::Timestamp;
use rusqlite::Connection;

use super::response;
use super::signed::{Occasion, Signed, sign};
use super::subject::{denied, subject_of};
use crate::Org;
use crate::apps::App;
use crate::events::Origin;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::oauth::code::{Authorization, CodeRecord, find_code, spend_code};
use crate::oauth::error::EndpointError;
use crate::oauth::issue::{Permit, Refusal, Subject, UserGrant};
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;
use crate::oauth::token_record::revoke_tokens_of_code;
use crate::oauth::{GrantType, issue};
use crate::session::find_session;

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
    let occasion = Occasion {
        server,
        app,
        subject: &subject,
        grant,
        grant_type: own.grant_type,
        code: Some(record.code),
    };
    let Signed { tokens, records } = sign(permit, occasion, now, org.entropy())?;
    let (origin, entropy) = (origin.clone(), org.kit().entropy);
    let code = record.clone();
    let spent = org.store().write(move |db| {
        let spent = spend(db, &code, now)?;
        if matches!(spent, Spending::Done) {
            records.keep(db, &origin, &*entropy, now)?;
        }
        Ok::<_, Failure>(spent)
    });
    match spent.await? {
        Spending::Done => Ok(response::tokens(&tokens, &grant.scopes)),
        Spending::Reused => Err(reused(own, org, app, &record).await),
        Spending::Refused(refusal) => Err(denied(refusal, own.invalid)),
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
        Err(refusal) => return Ok(Err(denied(refusal, own.invalid))),
    };
    let scopes = &record.authorization.grant.scopes;
    let subject = subject_of((org, server), db, &record.user_id, scopes)?;
    Ok(subject
        .map(|subject| (permit, subject))
        .ok_or_else(|| own.invalid_code()))
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

/// Spends the code. The door is asked again: what it said before may be over.
fn spend(db: &Connection, record: &CodeRecord, now: Timestamp) -> Result<Spending, Failure> {
    if let Err(refusal) = ask(db, record)? {
        return Ok(Spending::Refused(refusal));
    }
    if spend_code(db, record.code, now)? {
        Ok(Spending::Done)
    } else {
        Ok(Spending::Reused)
    }
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
