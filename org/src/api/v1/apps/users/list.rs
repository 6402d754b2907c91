use axum::extract::State;
use axum::response::Response;

use super::super::find_app;
use super::record;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path, cut};

/// Okta's sizes of a page.
const USUAL: usize = 50;
const MOST: usize = 500;

/// `GET /api/v1/apps/{appId}/users`; `q` is what the name of the user begins with.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?.and_then(|mut keys| keys.pop());
    let after = after.unwrap_or_default();
    let q = listing.parameter("q").unwrap_or_default();
    let (app, users) = org.store().read(|db| {
        let app = match find_app(db, &id) {
            Ok(app) => app,
            Err(error) => return Ok(Err(error)),
        };
        let users = record::list(db, &app.id, q, &after, limit + 1)?;
        Ok(Ok((app, users)))
    })??;
    let (users, next) = cut(users, limit, |held| vec![held.user_id.to_string()]);
    let items = users
        .iter()
        .map(|held| view(&app.id, held, org.url()))
        .collect();
    Ok(listing.page(items, next))
}
