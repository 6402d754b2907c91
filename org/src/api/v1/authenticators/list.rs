use axum::extract::State;
use axum::response::Response;

use super::record::all;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing};

/// `GET /api/v1/authenticators`: active and inactive ones.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let records = org.store().read(all)?;
    let items = records.iter().map(|record| view(record, org.url()));
    Ok(listing.whole(items.collect()))
}
