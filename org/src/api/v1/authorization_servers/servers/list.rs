use axum::extract::State;
use axum::response::Response;

use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, cut};
use crate::oauth::server::list_servers;

/// Okta's page.
const MOST: usize = 200;

/// `GET /api/v1/authorizationServers`: by `q` (in the name or the audience), or all, the first made first.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let limit = listing.limit(MOST, MOST)?;
    let after = listing.after(1)?;
    let wanted = listing.parameter("q").map(str::to_lowercase);
    let found = org.store().read(|db| {
        let mut servers = list_servers(db)?;
        if let Some(wanted) = &wanted {
            let has = |text: &str| text.to_lowercase().contains(wanted);
            servers.retain(|server| has(&server.name) || has(&server.audience));
        }
        if let Some([last]) = after.as_deref() {
            let place = servers.iter().position(|server| server.id == *last);
            servers.drain(..place.map_or(servers.len(), |place| place + 1));
        }
        let (servers, next) = cut(servers, limit, |server| vec![server.id.clone()]);
        let items = servers.iter().map(|server| view(db, server, org.url()));
        Ok((items.collect::<rusqlite::Result<Vec<_>>>()?, next))
    });
    let (items, next) = found?;
    Ok(listing.page(items, next))
}
