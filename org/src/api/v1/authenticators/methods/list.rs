use axum::extract::State;
use axum::response::Response;

use super::super::record::find;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path};

/// `GET /api/v1/authenticators/{authenticatorId}/methods`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let record = org.store().read(|db| Ok(find(db, &id)))??;
    let methods = record.key.methods().iter();
    let items = methods.map(|method| view(&record, *method, org.url()));
    Ok(listing.whole(items.collect()))
}
