use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::super::record::find;
use super::{find_method, view::view};
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET /api/v1/authenticators/{authenticatorId}/methods/{methodType}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((id, named)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let record = org.store().read(|db| Ok(find(db, &id)))??;
    let method = find_method(&record, &named)?;
    Ok(Json(view(&record, method, org.url())))
}
