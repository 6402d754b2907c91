//! What administrators may switch on and off before it is for everybody
//! (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Feature/>). The local org has nothing of the
//! kind: whatever it can do, it does.

use axum::response::Response;
use serde_json::Value;

use super::super::{Resource, Rights, Table};
use crate::api::{ApiError, Listing, Path};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Features);
    table
        .get("/api/v1/features", "listFeatures", READ, list)
        .get("/api/v1/features/{featureId}", "getFeature", READ, get)
}

/// `GET /api/v1/features`.
async fn list(listing: Listing) -> Response {
    listing.whole(Vec::new())
}

/// `GET /api/v1/features/{featureId}`.
async fn get(Path(id): Path<String>) -> Result<axum::Json<Value>, ApiError> {
    Err(ApiError::not_found("Feature", &id))
}
