//! `POST …/v1/revoke` (RFC 7009).

use axum::extract::State;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use rusqlite::Connection;

use super::error::EndpointError;
use super::log::{holder, of_server};
use super::refresh::{end_refresh_grant, find_refresh_token};
use super::server::RequestServer;
use super::token::client;
use super::token::client_form::ClientForm;
use super::token_record::{Revoked, revoke_token};
use crate::Org;
use crate::apps::App;
use crate::events::{self, Event, EventType, Origin};
use crate::failure::Failure;
use crate::store::Digest;

/// Ends a token of the app that asks: an access token alone, a refresh token with the access tokens that it gave. Any other token
/// is answered alike, and left alone. The hint is not needed: each kind of token is looked for.
pub(crate) async fn revoke(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<StatusCode, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let token = parameters
        .get("token")
        .ok_or_else(|| EndpointError::invalid_request("The 'token' parameter is required."))?;
    let (token, now, entropy) = (Digest::of(token), org.now(), org.kit().entropy);
    let server = server.id.clone();
    org.store()
        .write(move |db| {
            if let Some(revoked) = end(db, token, (&app, &server), now)? {
                let kind = of_server(&server, EventType::TokenRevoke, EventType::AsTokenRevoke);
                let event = Event::of(kind)
                    .by(events::client_of(db, &app.id)?)
                    .to(holder(db, &app.id, revoked.user.as_ref())?);
                events::record(db, &event, &origin, &*entropy, now)?;
            }
            Ok::<_, Failure>(())
        })
        .await?;
    Ok(StatusCode::OK)
}

/// Ends the token, and answers whose it was; a service app's is nobody's.
fn end(
    db: &Connection,
    token: Digest,
    (app, server): (&App, &str),
    now: Timestamp,
) -> rusqlite::Result<Option<Revoked>> {
    if let Some(revoked) = revoke_token(db, token, (&app.id, server), now)? {
        return Ok(Some(revoked));
    }
    let found = find_refresh_token(db, token, now)?
        .filter(|(grant, _)| grant.app_id == app.id && grant.server == server);
    let Some((grant, _)) = found else {
        return Ok(None);
    };
    end_refresh_grant(db, &grant.id, now)?;
    Ok(Some(Revoked {
        user: Some(grant.user_id),
    }))
}
