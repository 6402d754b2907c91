use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::super::server_of;
use super::scope_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path, cut};
use crate::oauth::server::list_scopes;

/// Okta's page.
const MOST: usize = 200;

/// `GET …/scopes`: by `q` (in the name), or all.
pub(super) async fn list(
    State(org): State<Org>,
    Path(server): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(MOST, MOST)?;
    let after = listing.after(1)?;
    let wanted = listing.parameter("q").unwrap_or_default().to_owned();
    let (server, mut scopes) = org.store().read(|db| {
        Ok(server_of(db, &server).and_then(|server| {
            let scopes = list_scopes(db, &server.id)?;
            Ok((server, scopes))
        }))
    })??;
    scopes.retain(|scope| scope.name.contains(&wanted));
    if let Some([last]) = after.as_deref() {
        let place = scopes.iter().position(|scope| scope.id == *last);
        scopes.drain(..place.map_or(scopes.len(), |place| place + 1));
    }
    let (scopes, next) = cut(scopes, limit, |scope| vec![scope.id.clone()]);
    let items = scopes.iter().map(|scope| view(&server, scope, org.url()));
    Ok(listing.page(items.collect(), next))
}

/// `GET …/scopes/{scopeId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((server, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(server_of(db, &server).and_then(|server| {
            let scope = scope_of(db, &server.id, &id)?;
            Ok(Json(view(&server, &scope, org.url())))
        }))
    })?
}
