use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::record::find;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET /api/v1/authenticators/{authenticatorId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let record = org.store().read(|db| Ok(find(db, &id)))??;
    Ok(Json(view(&record, org.url())))
}
