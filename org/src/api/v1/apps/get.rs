use axum::Json;
use axum::extract::State;
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
    let secrets = Secrets::for_caller(&caller, org.sealer());
    let shape = org
        .store()
        .read(|db| Ok(find_app(db, &id).and_then(|app| view(db, &app, org.url(), secrets))))??;
    Ok(Json(shape))
}
