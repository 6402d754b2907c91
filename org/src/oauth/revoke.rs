//! `POST …/v1/revoke` (RFC 7009).

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::error::EndpointError;
use super::token::client;
use super::token::client_form::ClientForm;
use super::token_record::revoke_token;
use crate::Org;
use crate::failure::Failure;
use crate::store::Digest;

/// Ends an access token of the app that asks. Any other token is answered alike, and left alone.
pub(crate) async fn revoke(
    State(org): State<Org>,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<StatusCode, EndpointError> {
    let app = client::authenticate(&org, &headers, &parameters)?;
    let token = parameters
        .get("token")
        .ok_or_else(|| EndpointError::invalid_request("The 'token' parameter is required."))?;
    let (token, now) = (Digest::of(token), org.now());
    org.store()
        .write(move |db| revoke_token(db, token, &app.id, now).map_err(Failure::from))
        .await?;
    Ok(StatusCode::OK)
}
