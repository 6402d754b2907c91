use axum::Json;
use axum::response::Response;
use serde_json::Value;

use super::Place;
use super::view::View;
use crate::Org;
use crate::api::{ApiError, Caller, Listing, cut};
use crate::oauth::refresh::{find_refresh_grant, list_refresh_grants};

/// Okta's sizes of a page.
const USUAL: usize = 20;
const MOST: usize = 200;

/// The tokens that are good.
pub(super) fn list(
    org: &Org,
    caller: &Caller,
    place: &Place,
    listing: &Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let with_scopes = asks_for_scopes(listing)?;
    let after = listing.after(1)?.and_then(|keys| keys.into_iter().next());
    let after = after.unwrap_or_default();
    let now = org.now();
    let (shapes, next) = org.store().read(|db| {
        let list = || {
            let found = place.find(db, caller)?;
            let most = limit.saturating_add(1);
            let grants = list_refresh_grants(db, found.whose(), (&after, most), now)?;
            let (grants, next) = cut(grants, limit, |grant| vec![grant.id.to_string()]);
            let view = View::new(db, org.url(), &found, with_scopes);
            let shapes: Result<Vec<Value>, ApiError> =
                grants.iter().map(|grant| view.of(grant)).collect();
            Ok::<_, ApiError>((shapes?, next))
        };
        Ok(list())
    })??;
    Ok(listing.page(shapes, next))
}

/// One of them.
pub(super) fn get(
    org: &Org,
    caller: &Caller,
    place: &Place,
    id: &str,
    listing: &Listing,
) -> Result<Json<Value>, ApiError> {
    let with_scopes = asks_for_scopes(listing)?;
    let now = org.now();
    let shape = org.store().read(|db| {
        let get = || {
            let found = place.find(db, caller)?;
            let grant = find_refresh_grant(db, found.whose(), id, now)?
                .ok_or_else(|| ApiError::not_found("OAuth2RefreshToken", id))?;
            View::new(db, org.url(), &found, with_scopes).of(&grant)
        };
        Ok(get())
    })??;
    Ok(Json(shape))
}

/// Whether `expand` asks for the scopes.
fn asks_for_scopes(listing: &Listing) -> Result<bool, ApiError> {
    match listing.parameter("expand") {
        None => Ok(false),
        Some("scope") => Ok(true),
        Some(_) => Err(ApiError::invalid("expand", "Expected scope")),
    }
}
