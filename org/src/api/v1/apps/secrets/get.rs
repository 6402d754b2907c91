use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::Value;

use super::super::view::Secrets;
use super::find;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Caller, Path};

/// `GET /api/v1/apps/{appId}/credentials/secrets/{secretId}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path((id, secret)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let read = |db: &Connection| {
        let (app, secret) = find(db, &id, &secret)?;
        let secrets = Secrets::for_caller(&caller, db, &app.id, org.sealer());
        view(&app.id, &secret, secrets, org.url())
    };
    Ok(Json(org.store().read(|db| Ok(read(db)))??))
}
