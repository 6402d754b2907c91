use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::LOCATION;
use jiff::Timestamp;
use model::{OAuthError, OAuthErrorCode, UserId};
use rusqlite::Connection;

use super::log;
use super::reply::{Method, Reply};
use super::request::AuthorizationRequest;
use crate::Org;
use crate::authenticator::amr_of;
use crate::events::{self, Origin};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::hosted::Problem;
use crate::interaction::Amr;
use crate::oauth::GrantType;
use crate::oauth::code::{Authorization, CodeRecord, create_code};
use crate::oauth::issue::{Grant, Refusal, UserGrant, ask};
use crate::oauth::server::ORG_SERVER;
use crate::policy::Explanation;
use crate::session::{Session, is_told_of_session, remember_app, session_id};
use crate::store::Digest;

/// A person who is signed in, by a session or by a password just now.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) user_id: UserId,
    pub(crate) session: Digest,
    pub(crate) amr: Vec<Amr>,
    pub(crate) auth_time: Timestamp,
    /// The decisions by which nothing had to be asked, where they are not in the log yet.
    pub(crate) because: Vec<Explanation>,
}

impl SignedIn {
    /// By a session.
    pub(crate) fn by(session: &Session) -> Self {
        Self {
            user_id: session.user_id.clone(),
            session: session.handle,
            amr: amr_of(&session.proofs),
            auth_time: session.signed_in_at,
            because: Vec::new(),
        }
    }

    /// Says why nothing had to be asked.
    #[must_use]
    pub(crate) fn because(mut self, decisions: Vec<Explanation>) -> Self {
        self.because = decisions;
        self
    }
}

/// Answers an app about a person who is signed in: with a code, or with the reason why it gets none.
pub(crate) async fn answer_signed_in(
    org: &Org,
    request: &AuthorizationRequest,
    signed_in: SignedIn,
    method: Method,
    origin: &Origin,
) -> Result<Response, Problem> {
    if let Some(landing) = &request.landing {
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, landing.as_str())]).into_response());
    }
    if !request.enroll.is_empty() {
        return answer_enrolled(org, request, &signed_in.user_id, method);
    }
    let grant_type = GrantType::AuthorizationCode;
    let outcome = issue_code(org, request, signed_in, grant_type, origin).await?;
    let reply = Reply::to(request);
    match outcome {
        Ok(code) => reply.code(&code, method),
        Err(refusal) => reply.error(access_denied(refusal), method),
    }
}

/// Leads somebody back who was to set something up. Nothing is issued, so no server is asked for its policy.
fn answer_enrolled(
    org: &Org,
    request: &AuthorizationRequest,
    user: &UserId,
    method: Method,
) -> Result<Response, Problem> {
    let grant = UserGrant {
        server: ORG_SERVER,
        app: &request.app_id,
        user,
        grant_type: GrantType::AuthorizationCode.as_str(),
        scopes: &[],
    };
    let reply = Reply::to(request);
    match org.store().read(|db| ask(db, grant))? {
        Ok(_permit) => reply.done(method),
        Err(refusal) => reply.error(access_denied(refusal), method),
    }
}

/// Makes a code about a person who is signed in, unless the door is shut for them.
pub(crate) async fn issue_code(
    org: &Org,
    request: &AuthorizationRequest,
    mut signed_in: SignedIn,
    grant_type: GrantType,
    origin: &Origin,
) -> Result<Result<Handle, Refusal>, Failure> {
    let code = Handle::generate(org.entropy());
    let now = org.now();
    let because = std::mem::take(&mut signed_in.because);
    let mut record = code_record(request, signed_in, grant_type, code.digest(), now);
    let (entropy, origin) = (org.kit().entropy, origin.clone());
    let outcome = org
        .store()
        .write(move |db| {
            let granted = grant_code(db, &mut record)?;
            for event in log::events_of(db, &record, &because, granted.as_ref().err())? {
                events::record(db, &event, &origin, &*entropy, now)?;
            }
            Ok::<_, Failure>(granted)
        })
        .await?;
    Ok(outcome.map(|()| code))
}

/// Asks the door and records the code, and that the session has signed in to the app, in one transaction.
fn grant_code(
    connection: &Connection,
    record: &mut CodeRecord,
) -> rusqlite::Result<Result<(), Refusal>> {
    if let Err(refusal) = ask_door(connection, record)? {
        return Ok(Err(refusal));
    }
    if is_told_of_session(connection, &record.app_id)? {
        record.authorization.grant.sid = Some(session_id(record.session));
    }
    remember_app(connection, record.session, &record.app_id, &record.server)?;
    create_code(connection, record).map(Ok)
}

/// Whether the code may be given at all.
pub(super) fn ask_door(
    connection: &Connection,
    record: &CodeRecord,
) -> rusqlite::Result<Result<(), Refusal>> {
    let grant = UserGrant {
        server: &record.server,
        app: &record.app_id,
        user: &record.user_id,
        grant_type: record.authorization.grant_type.as_str(),
        scopes: &record.authorization.grant.scopes,
    };
    Ok(ask(connection, grant)?.map(|_permit| ()))
}

pub(super) fn code_record(
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
                sid: None,
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
