use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;

use super::record::find_user;
use crate::Org;
use crate::api::v1::groups::{GroupRecord, find_group, view};
use crate::api::{ApiError, Caller, Listing, Path};
use crate::directory::groups_of;

/// `GET /api/v1/users/{id}/groups`.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let groups = org
        .store()
        .read(|db| Ok(groups_of_named(db, &caller, &id)))??;
    let items = groups.iter().map(|group| view(group, org.url())).collect();
    Ok(listing.whole(items))
}

fn groups_of_named(
    db: &Connection,
    caller: &Caller,
    id: &str,
) -> Result<Vec<GroupRecord>, ApiError> {
    let user = find_user(db, caller, id)?;
    groups_of(db, &user.id)?
        .iter()
        .filter(|group| caller.sees_group(group.as_str()))
        .map(|group| find_group(db, group.as_str()))
        .collect()
}
