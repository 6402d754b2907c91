use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::token_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path, list_api_tokens};

/// `GET /api/v1/api-tokens`: those that still count.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let now = org.now();
    let tokens = org.store().read(list_api_tokens)?;
    let live = tokens.iter().filter(|token| now < token.expires_at());
    Ok(listing.whole(live.map(|token| view(token, org.url())).collect()))
}

/// `GET /api/v1/api-tokens/{apiTokenId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let token = org.store().read(|db| Ok(token_of(db, &id)))??;
    Ok(Json(view(&token, org.url())))
}
