use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::super::server_of;
use super::claim_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path};
use crate::oauth::server::list_claims;

/// `GET …/claims`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(server): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let items: Vec<Value> = org.store().read(|db| {
        Ok(server_of(db, &server).and_then(|server| {
            let claims = list_claims(db, &server.id)?;
            let items = claims.iter().map(|claim| view(&server, claim, org.url()));
            Ok(items.collect())
        }))
    })??;
    Ok(listing.whole(items))
}

/// `GET …/claims/{claimId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((server, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(server_of(db, &server).and_then(|server| {
            let claim = claim_of(db, &server.id, &id)?;
            Ok(Json(view(&server, &claim, org.url())))
        }))
    })?
}
