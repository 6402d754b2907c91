//! Groups that a role is limited to.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use rusqlite::Connection;
use serde_json::Value;

use super::{Given, Holder, MOST, Told, USUAL, last, record};
use crate::Org;
use crate::api::v1::groups::{find_group, target, view};
use crate::api::{ApiError, Caller, Change, Listing, Path, TargetKind, cut};
use crate::config::OrgUrl;

/// `GET …/targets/groups`. No group: the role is for all of them.
pub(super) async fn list<H: Holder>(
    State(org): State<Org>,
    caller: Caller,
    Path((holder, id)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?.unwrap_or_default().concat();
    let (items, next) = org.store().read(|db| {
        let given = match Given::find::<H>(db, &caller, (&holder, &id), TargetKind::Group) {
            Ok(given) => given,
            Err(error) => return Ok(Err(error)),
        };
        let ids = record::group_targets(db, &given.role, &after, limit + 1)?;
        let (ids, next) = cut(ids, limit, |id| vec![id.clone()]);
        Ok(views(db, &ids, org.url()).map(|items| (items, next)))
    })??;
    Ok(listing.page(items, next))
}

/// The groups in Okta's shape.
pub(super) fn views(db: &Connection, ids: &[String], url: &OrgUrl) -> Result<Vec<Value>, ApiError> {
    ids.iter()
        .map(|id| find_group(db, id).map(|group| view(&group, url)))
        .collect()
}

/// `PUT …/targets/groups/{groupId}`.
pub(super) async fn assign<H: Holder>(
    change: Change,
    Path((holder, id, group)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let kind = TargetKind::Group;
            let given = Given::find::<H>(writing.db, writing.caller, (&holder, &id), kind)?;
            let group = find_group(writing.db, &group)?;
            if record::add(writing.db, &given.role, kind, group.id.as_str())? {
                given.log(writing, Told::Added, target(&group))?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `DELETE …/targets/groups/{groupId}`.
pub(super) async fn unassign<H: Holder>(
    change: Change,
    Path((holder, id, group)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let kind = TargetKind::Group;
            let given = Given::find::<H>(writing.db, writing.caller, (&holder, &id), kind)?;
            let group = find_group(writing.db, &group)?;
            if !record::remove(writing.db, &given.role, kind, group.id.as_str())? {
                return Err(ApiError::not_found("RoleTarget", group.id.as_str()));
            }
            if record::group_targets(writing.db, &given.role, "", 1)?.is_empty() {
                return Err(last());
            }
            given.log(writing, Told::Removed, target(&group))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
