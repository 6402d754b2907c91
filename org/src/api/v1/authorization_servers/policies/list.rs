use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::super::server_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path};
use crate::oauth::server::list_policies;

/// `GET …/policies`, in the order in which they are asked.
pub(super) async fn list(
    State(org): State<Org>,
    Path(server): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let items: Vec<Value> = org.store().read(|db| {
        Ok(server_of(db, &server).and_then(|server| {
            let policies = list_policies(db, &server.id)?;
            let items = policies
                .iter()
                .map(|policy| view(&server, policy, org.url()));
            Ok(items.collect())
        }))
    })??;
    Ok(listing.whole(items))
}
