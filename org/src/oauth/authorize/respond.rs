use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::LOCATION;
use jiff::Timestamp;
use model::{OAuthError, OAuthErrorCode, UserId};
use rusqlite::Connection;

use super::reply::{Method, Reply};
use super::request::AuthorizationRequest;
use crate::Org;
use crate::authenticator::amr_of;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::hosted::Problem;
use crate::interaction::Amr;
use crate::oauth::GrantType;
use crate::oauth::code::{Authorization, CodeRecord, create_code};
use crate::oauth::issue::{Facts, Grant, Purpose, Refusal, may_issue};
use crate::oauth::server::load_rules;
use crate::session::Session;
use crate::store::Digest;

/// A person who is signed in, by a session or by a password just now.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) user_id: UserId,
    pub(crate) session: Digest,
    pub(crate) amr: Vec<Amr>,
    pub(crate) auth_time: Timestamp,
}

impl SignedIn {
    /// By a session.
    pub(crate) fn by(session: &Session) -> Self {
        Self {
            user_id: session.user_id.clone(),
            session: session.handle,
            amr: amr_of(&session.proofs),
            auth_time: session.signed_in_at,
        }
    }
}

/// Answers an app about a person who is signed in: with a code, or with the reason why it gets none.
pub(crate) async fn answer_signed_in(
    org: &Org,
    request: &AuthorizationRequest,
    signed_in: SignedIn,
    method: Method,
) -> Result<Response, Problem> {
    if let Some(landing) = &request.landing {
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, landing.as_str())]).into_response());
    }
    let outcome = issue_code(org, request, signed_in, GrantType::AuthorizationCode).await?;
    let reply = Reply::to(request);
    match outcome {
        Ok(code) => reply.code(&code, method),
        Err(refusal) => reply.error(access_denied(refusal), method),
    }
}

/// Makes a code about a person who is signed in, unless the door is shut for them.
pub(crate) async fn issue_code(
    org: &Org,
    request: &AuthorizationRequest,
    signed_in: SignedIn,
    grant_type: GrantType,
) -> Result<Result<Handle, Refusal>, Failure> {
    let code = Handle::generate(org.entropy());
    let now = org.now();
    let record = code_record(request, signed_in, grant_type, code.digest(), now);
    let outcome = org
        .store()
        .write(move |db| grant_code(db, &record).map_err(Failure::from))
        .await?;
    Ok(outcome.map(|()| code))
}

/// Asks the door and records the code, in one transaction.
fn grant_code(
    connection: &Connection,
    record: &CodeRecord,
) -> rusqlite::Result<Result<(), Refusal>> {
    let Some(facts) = Facts::find(connection, &record.user_id, &record.app_id)? else {
        return Ok(Err(Refusal::User));
    };
    let rules = load_rules(connection, &record.server)?;
    let purpose = Purpose::Grant {
        grant_type: record.authorization.grant_type.as_str(),
        scopes: &record.authorization.grant.scopes,
        rules: rules.as_deref(),
    };
    if let Err(refusal) = may_issue(facts, purpose) {
        return Ok(Err(refusal));
    }
    create_code(connection, record).map(Ok)
}

fn code_record(
    request: &AuthorizationRequest,
    signed_in: SignedIn,
    grant_type: GrantType,
    code: Digest,
    now: Timestamp,
) -> CodeRecord {
    CodeRecord {
        code,
        server: request.server.clone(),
        app_id: request.app_id.clone(),
        user_id: signed_in.user_id,
        session: signed_in.session,
        authorization: Authorization {
            grant_type,
            grant: Grant {
                app_id: request.app_id.clone(),
                scopes: request.scopes.clone(),
                nonce: request.nonce.clone(),
                auth_time: signed_in.auth_time,
                amr: signed_in.amr,
                acr: request.acr.clone(),
            },
            redirect_uri: request.redirect_uri.clone(),
            code_challenge: request.code_challenge.clone(),
        },
        expires_at: now
            .saturating_add(grant_type.code_lifetime())
            .unwrap_or(now),
        is_spent: false,
    }
}

fn access_denied(refusal: Refusal) -> OAuthError {
    let text = match refusal {
        Refusal::Assignment => "User is not assigned to the client application.",
        Refusal::Policy => {
            "Policy evaluation failed for this request, please check the policy configurations."
        }
        Refusal::User | Refusal::App => {
            "The resource owner or authorization server denied the request."
        }
    };
    OAuthError::new(OAuthErrorCode::AccessDenied, text)
}
