use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::Value;

use super::{find, key_view};
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET /api/v1/apps/{appId}/credentials/jwks/{keyId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((id, key)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let read = |db: &Connection| {
        let (app, key) = find(db, &id, &key)?;
        Ok::<_, ApiError>(key_view(&app.id, &key, org.url()))
    };
    Ok(Json(org.store().read(|db| Ok(read(db)))??))
}
