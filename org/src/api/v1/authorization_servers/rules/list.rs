use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::place_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path};
use crate::oauth::server::list_rules;

/// `GET …/rules`, in the order in which they are asked.
pub(super) async fn list(
    State(org): State<Org>,
    Path((server, policy)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let items: Vec<Value> = org.store().read(|db| {
        Ok(place_of(db, &server, &policy).and_then(|(server, policy)| {
            let rules = list_rules(db, &policy.id)?;
            let items = rules
                .iter()
                .map(|rule| view(&server, &policy, rule, org.url()));
            Ok(items.collect())
        }))
    })??;
    Ok(listing.whole(items))
}
