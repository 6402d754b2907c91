//! `POST …/v1/revoke` (RFC 7009).

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::error::EndpointError;
use super::log::holder;
use super::token::client;
use super::token::client_form::ClientForm;
use super::token_record::revoke_token;
use crate::Org;
use crate::events::{self, Event, EventType, Origin};
use crate::failure::Failure;
use crate::store::Digest;

/// Ends an access token of the app that asks. Any other token is answered alike, and left alone.
pub(crate) async fn revoke(
    State(org): State<Org>,
    origin: Origin,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<StatusCode, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let token = parameters
        .get("token")
        .ok_or_else(|| EndpointError::invalid_request("The 'token' parameter is required."))?;
    let (token, now, entropy) = (Digest::of(token), org.now(), org.kit().entropy);
    org.store()
        .write(move |db| {
            if let Some(revoked) = revoke_token(db, token, &app.id, now)? {
                let event = Event::of(EventType::TokenRevoke)
                    .by(events::client_of(db, &app.id)?)
                    .to(holder(db, &app.id, revoked.user.as_ref())?);
                events::record(db, &event, &origin, &*entropy, now)?;
            }
            Ok::<_, Failure>(())
        })
        .await?;
    Ok(StatusCode::OK)
}
