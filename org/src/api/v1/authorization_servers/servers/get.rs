use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::super::server_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET /api/v1/authorizationServers/{authServerId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(server_of(db, &id).and_then(|server| Ok(Json(view(db, &server, org.url())?))))
    })?
}
