use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::Value;

use super::super::find_app;
use super::record::held;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET /api/v1/apps/{appId}/users/{userId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((id, user)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let read = |db: &Connection| {
        let app = find_app(db, &id)?;
        let held = held(db, &app.id, &user)?;
        Ok::<_, ApiError>(view(&app.id, &held, org.url()))
    };
    Ok(Json(org.store().read(|db| Ok(read(db)))??))
}
