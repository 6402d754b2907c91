use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;
use serde_json::Value;

use super::mappings::apps_of;
use super::record::find_policy;
use crate::Org;
use crate::api::v1::apps::{Secrets, find_app, view};
use crate::api::{ApiError, Listing, Path};
use crate::config::OrgUrl;

/// `GET /api/v1/policies/{policyId}/app`: the apps that follow the policy.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let apps = org.store().read(|db| Ok(apps(db, &id, org.url())))??;
    Ok(listing.whole(apps))
}

fn apps(db: &Connection, policy: &str, url: &OrgUrl) -> Result<Vec<Value>, ApiError> {
    let policy = find_policy(db, policy)?;
    let mut shapes = Vec::new();
    for (app, _) in apps_of(db, &policy)? {
        let app = find_app(db, app.as_str())?;
        shapes.push(view(db, &app, url, Secrets::Hidden)?);
    }
    Ok(shapes)
}
