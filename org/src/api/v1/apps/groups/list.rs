use axum::extract::State;
use axum::response::Response;

use super::super::find_app;
use super::view::{asks_for_group, expanded};
use crate::Org;
use crate::api::{ApiError, Listing, Path, cut};
use crate::apps::list_group_assignments;

/// Okta's sizes of a page.
const USUAL: usize = 20;
const MOST: usize = 200;

/// `GET /api/v1/apps/{appId}/groups`; `q` is what the name of the group begins with.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?.and_then(|mut keys| keys.pop());
    let after = after.unwrap_or_default();
    let name = listing.parameter("q").unwrap_or_default();
    let with_group = asks_for_group(listing.parameter("expand"))?;
    let (items, next) = org.store().read(|db| {
        let app = match find_app(db, &id) {
            Ok(app) => app,
            Err(error) => return Ok(Err(error)),
        };
        let found = list_group_assignments(db, &app.id, name, &after, limit + 1)?;
        let (found, next) = cut(found, limit, |one| vec![one.group_id.to_string()]);
        let items = found
            .iter()
            .map(|one| expanded(db, &app.id, one, org.url(), with_group))
            .collect::<Result<Vec<_>, _>>();
        Ok(items.map(|items| (items, next)))
    })??;
    Ok(listing.page(items, next))
}
