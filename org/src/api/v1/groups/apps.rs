use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;
use serde_json::Value;

use super::find_group;
use crate::Org;
use crate::api::v1::apps::{Secrets, find_app, view};
use crate::api::{ApiError, Listing, Path, cut};
use crate::config::OrgUrl;

/// How many apps a page has, and at most.
const USUAL: usize = 20;
const MOST: usize = 200;

/// `GET /api/v1/groups/{groupId}/apps`: the apps that the group is assigned to.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?;
    let last = after.and_then(|keys| keys.into_iter().next());
    let apps = org
        .store()
        .read(|db| Ok(select(db, &id, last.as_deref(), limit + 1, org.url())))??;
    let key = |app: &Value| vec![app["id"].as_str().unwrap_or_default().to_owned()];
    let (apps, next) = cut(apps, limit, key);
    Ok(listing.page(apps, next))
}

fn select(
    db: &Connection,
    group: &str,
    last: Option<&str>,
    limit: usize,
    url: &OrgUrl,
) -> Result<Vec<Value>, ApiError> {
    let group = find_group(db, group)?;
    let ids: Vec<String> = db
        .prepare_cached(
            "SELECT app_id FROM app_groups WHERE group_id = ?1 AND app_id > ?2 ORDER BY app_id LIMIT ?3",
        )?
        .query_map(
            (
                group.id.as_str(),
                last.unwrap_or_default(),
                i64::try_from(limit).unwrap_or(i64::MAX),
            ),
            |row| row.get(0),
        )?
        .collect::<rusqlite::Result<_>>()?;
    ids.iter()
        .map(|id| view(db, &find_app(db, id)?, url, Secrets::Hidden))
        .collect()
}
