use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;

use super::super::find_app;
use super::record;
use super::view::{asks_for_scope, view};
use crate::Org;
use crate::api::{ApiError, Listing, Path};

/// `GET /api/v1/apps/{appId}/grants`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let with_scope = asks_for_scope(listing.parameter("expand"))?;
    let read = |db: &Connection| {
        let app = find_app(db, &id)?;
        let grants = record::list(db, &app.id)?;
        let shapes = grants.iter().map(|one| view(one, org.url(), with_scope));
        Ok::<_, ApiError>(shapes.collect())
    };
    Ok(listing.whole(org.store().read(|db| Ok(read(db)))??))
}
