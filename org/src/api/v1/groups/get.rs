use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::{find_group, view::view};
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET /api/v1/groups/{groupId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let group = org.store().read(|db| Ok(find_group(db, &id)))??;
    Ok(Json(view(&group, org.url())))
}
