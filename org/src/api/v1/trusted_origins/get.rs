use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::origin_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET /api/v1/trustedOrigins/{trustedOriginId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let trusted = org.store().read(|db| Ok(origin_of(db, &id)))??;
    Ok(Json(view(&trusted, org.url())))
}
