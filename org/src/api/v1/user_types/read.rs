use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path};
use crate::directory::default_user_type_id;
use crate::settings::find_general;

/// `GET /api/v1/meta/types/user`.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let record = org.store().read(find_general)?;
    Ok(listing.whole(vec![view(record.created_at, &org)]))
}

/// `GET /api/v1/meta/types/user/{typeId}`, by its id or as `default`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    if id != "default" && id != default_user_type_id(org.id()) {
        return Err(ApiError::not_found("UserType", &id));
    }
    let record = org.store().read(find_general)?;
    Ok(Json(view(record.created_at, &org)))
}
