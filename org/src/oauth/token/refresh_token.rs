//! `grant_type=refresh_token` (RFC 6749 §6, <https://developer.okta.com/docs/guides/refresh-tokens/main/>).

use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use model::Entropy;
use rusqlite::Connection;
use secrecy::SecretString;

use super::narrowed::narrowed;
use super::signed::{Occasion, Records, sign_without_refresh};
use super::subject::{denied, subject_of};
use super::{log, response};
use crate::Org;
use crate::apps::App;
use crate::events::{self, Origin};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::oauth::error::EndpointError;
use crate::oauth::issue::{self, Grant, IssuedTokens, Permit, Refusal, Subject, UserGrant};
use crate::oauth::parameters::Parameters;
use crate::oauth::refresh::{
    Presented, RefreshGrant, Use, end_refresh_grant, find_refresh_token, use_refresh_token,
};
use crate::oauth::server::AuthorizationServer;
use crate::oauth::token_record::create_access_token;
use crate::oauth::{GrantType, Scope};

/// Okta's SDK knows a refresh that failed by this text.
const INVALID: &str = "The refresh token is invalid or expired.";

pub(super) async fn grant(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let token = parameters.get("refresh_token").ok_or_else(|| {
        EndpointError::invalid_request("The required parameter 'refresh_token' is missing.")
    })?;
    let (token, now) = (Handle::received(token), org.now());
    let held = find(org, server, app, &token, now)?;
    let scopes = narrowed(&held.terms.grant.scopes, parameters)?;
    let (mut tokens, refresh) = sign(org, (server, app), held, (token, &scopes), now)?;
    let (origin, entropy) = (origin.clone(), org.kit().entropy);
    let outcome = org
        .store()
        .write(move |db| refresh.take(db, &origin, &*entropy, now))
        .await?;
    match outcome {
        Outcome::Done(next) => {
            tokens.refresh_token = next.map(|next| SecretString::from(next.expose()));
            Ok(response::tokens(&tokens, &scopes))
        }
        // It is told of already.
        Outcome::Reused => Ok(EndpointError::invalid_grant(INVALID).into_response()),
        Outcome::Ended => Err(EndpointError::invalid_grant(INVALID)),
        Outcome::Refused(refusal) => Err(denied(refusal, INVALID)),
    }
}

/// Signs the new tokens about the same sign-in, if the door is open still.
fn sign(
    org: &Org,
    (server, app): (&AuthorizationServer, &App),
    held: RefreshGrant,
    (token, scopes): (Handle, &[Scope]),
    now: Timestamp,
) -> Result<(IssuedTokens, Refresh), EndpointError> {
    let grant = Grant {
        scopes: scopes.to_vec(),
        // It was for the answer to the first request.
        nonce: None,
        ..held.terms.grant.clone()
    };
    let (permit, subject) = org
        .store()
        .read(|db| admit((org, server), db, &held, scopes))??;
    let presented = Presented {
        token,
        settings: app.refresh_token_settings(),
        wants_next: grant.has(&Scope::OfflineAccess),
        lifetimes: permit.lifetimes(),
    };
    let occasion = Occasion {
        server,
        app,
        subject: &subject,
        grant: &grant,
        grant_type: GrantType::RefreshToken,
        code: None,
    };
    let signed = sign_without_refresh(permit, occasion, now, org.entropy())?;
    let mut records = signed.records;
    records.access.refresh = Some(held.id.clone());
    let refresh = Refresh {
        held,
        presented,
        records,
    };
    Ok((signed.tokens, refresh))
}

/// What the token stands for. Whoever brings the token of another app, or brings it to another server, learns nothing of it.
fn find(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    token: &Handle,
    now: Timestamp,
) -> Result<RefreshGrant, EndpointError> {
    let found = org
        .store()
        .read(|db| find_refresh_token(db, token.digest(), now))?;
    found
        .map(|(held, _)| held)
        .filter(|held| held.app_id == app.id && held.server == server.id)
        .ok_or_else(|| EndpointError::invalid_grant(INVALID))
}

/// The door, and what the tokens will say of the user.
fn admit(
    at: (&Org, &AuthorizationServer),
    db: &Connection,
    held: &RefreshGrant,
    scopes: &[Scope],
) -> rusqlite::Result<Result<(Permit, Subject), EndpointError>> {
    let permit = match ask(db, held, scopes)? {
        Ok(permit) => permit,
        Err(refusal) => return Ok(Err(denied(refusal, INVALID))),
    };
    let subject = subject_of(at, db, &held.user_id, scopes)?;
    Ok(subject
        .map(|subject| (permit, subject))
        .ok_or_else(|| EndpointError::invalid_grant(INVALID)))
}

/// The access policy is asked as it was at the sign-in: rules know no grant of this name.
fn ask(
    db: &Connection,
    held: &RefreshGrant,
    scopes: &[Scope],
) -> rusqlite::Result<Result<Permit, Refusal>> {
    let grant = UserGrant {
        server: &held.server,
        app: &held.app_id,
        user: &held.user_id,
        grant_type: held.terms.grant_type.as_str(),
        scopes,
    };
    issue::ask(db, grant)
}

/// All that is written when a token is used.
struct Refresh {
    held: RefreshGrant,
    presented: Presented,
    records: Records,
}

enum Outcome {
    /// With the refresh token to go on with.
    Done(Option<Handle>),
    Reused,
    Ended,
    Refused(Refusal),
}

impl Refresh {
    /// Asks the door again, for what it said before may be over, and takes the token.
    fn take(
        &self,
        db: &Connection,
        origin: &Origin,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Outcome, Failure> {
        if let Err(refusal) = ask(db, &self.held, &self.records.access.scopes)? {
            return Ok(Outcome::Refused(refusal));
        }
        match use_refresh_token(db, &self.presented, entropy, now)? {
            Use::Ended => Ok(Outcome::Ended),
            Use::Reused(grant) => {
                end_refresh_grant(db, &grant.id, now)?;
                let event = log::reused(db, &grant)?;
                events::record(db, &event, origin, entropy, now)?;
                Ok(Outcome::Reused)
            }
            Use::Good { next, is_new } => {
                create_access_token(db, &self.records.access)?;
                let beside = log::Granted {
                    id_token: self.records.has_id_token,
                    refresh_token: is_new,
                };
                for event in log::granted(db, &self.records.access, beside)? {
                    events::record(db, &event, origin, entropy, now)?;
                }
                Ok(Outcome::Done(next))
            }
        }
    }
}
