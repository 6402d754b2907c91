use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::Value;

use super::find_app;
use super::view::{Secrets, view};
use crate::Org;
use crate::api::{ApiError, Caller, Path};

/// `GET /api/v1/apps/{appId}`. Those who may change apps are told the secret.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let read = |db: &Connection| {
        let app = find_app(db, &id)?;
        let secrets = Secrets::for_caller(&caller, db, &app.id, org.sealer());
        view(db, &app, org.url(), secrets)
    };
    Ok(Json(org.store().read(|db| Ok(read(db)))??))
}
