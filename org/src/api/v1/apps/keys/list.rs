use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;

use super::{find_app, key_view};
use crate::Org;
use crate::api::{ApiError, Listing, Path};
use crate::apps::list_keys;

/// `GET /api/v1/apps/{appId}/credentials/jwks`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let read = |db: &Connection| {
        let app = find_app(db, &id)?;
        let keys = list_keys(db, &app.id)?;
        let shapes = keys.iter().map(|key| key_view(&app.id, key, org.url()));
        Ok::<_, ApiError>(shapes.collect())
    };
    Ok(listing.whole(org.store().read(|db| Ok(read(db)))??))
}
