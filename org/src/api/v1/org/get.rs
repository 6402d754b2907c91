use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::view::view;
use crate::Org;
use crate::api::ApiError;
use crate::settings::find_general;

/// `GET /api/v1/org`.
pub(super) async fn get(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    let record = org.store().read(find_general)?;
    Ok(Json(view(&record, org.id(), org.url())))
}
