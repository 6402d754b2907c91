use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::Value;

use super::super::find_app;
use super::find;
use super::view::{asks_for_group, expanded};
use crate::Org;
use crate::api::{ApiError, Listing, Path};

/// `GET /api/v1/apps/{appId}/groups/{groupId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((id, group)): Path<(String, String)>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let with_group = asks_for_group(listing.parameter("expand"))?;
    let read = |db: &Connection| {
        let app = find_app(db, &id)?;
        let assignment = find(db, &app, &group)?;
        expanded(db, &app.id, &assignment, org.url(), with_group)
    };
    Ok(Json(org.store().read(|db| Ok(read(db)))??))
}
