use axum::Json;
use axum::response::Response;
use rusqlite::Connection;
use serde_json::Value;

use super::missing;
use super::record::{Assignee, Assignment};
use super::targets::Embedded;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing};
use crate::config::OrgUrl;

/// The roles of whomever `assignee` finds, with what they are limited to where `expand` asks for it.
pub(super) fn list(
    org: &Org,
    listing: &Listing,
    assignee: impl FnOnce(&Connection) -> Result<Assignee, ApiError>,
) -> Result<Response, ApiError> {
    let embedded = Embedded::read(listing)?;
    let items = org
        .store()
        .read(|db| Ok(assignee(db).and_then(|to| views(db, &to, embedded, org.url()))))??;
    Ok(listing.whole(items))
}

fn views(
    db: &Connection,
    to: &Assignee,
    embedded: Option<Embedded>,
    url: &OrgUrl,
) -> Result<Vec<Value>, ApiError> {
    let shape = |role: &Assignment| {
        let mut shape = view(role, url);
        if let Some(embedded) = embedded {
            shape["_embedded"] = embedded.of(db, role, url)?;
        }
        Ok(shape)
    };
    to.list(db)?.iter().map(shape).collect()
}

/// One of them.
pub(super) fn one(
    org: &Org,
    id: &str,
    assignee: impl FnOnce(&Connection) -> Result<Assignee, ApiError>,
) -> Result<Json<Value>, ApiError> {
    let role = org.store().read(|db| match assignee(db) {
        Ok(assignee) => Ok(assignee.find(db, id)?.ok_or_else(|| missing(id))),
        Err(error) => Ok(Err(error)),
    })??;
    Ok(Json(view(&role, org.url())))
}
