use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::Value;

use super::super::find_app;
use super::record::find;
use super::view::{asks_for_scope, view};
use crate::Org;
use crate::api::{ApiError, Listing, Path};

/// `GET /api/v1/apps/{appId}/grants/{grantId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((id, grant)): Path<(String, String)>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let with_scope = asks_for_scope(listing.parameter("expand"))?;
    let read = |db: &Connection| {
        let app = find_app(db, &id)?;
        let grant = find(db, &app.id, &grant)?;
        Ok::<_, ApiError>(view(&grant, org.url(), with_scope))
    };
    Ok(Json(org.store().read(|db| Ok(read(db)))??))
}
