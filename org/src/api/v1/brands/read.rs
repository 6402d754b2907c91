use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::brand_of;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Listing, Path};
use crate::branding::list_brands;

/// `GET /api/v1/brands`: by `q` (in the name), or all.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let wanted = listing.parameter("q").unwrap_or_default().to_lowercase();
    let brands = org.store().read(list_brands)?;
    let found = brands
        .iter()
        .filter(|brand| brand.name.to_lowercase().contains(&wanted));
    Ok(listing.whole(found.map(|brand| view(brand, org.url())).collect()))
}

/// `GET /api/v1/brands/{brandId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let brand = org.store().read(|db| Ok(brand_of(db, &id)))??;
    Ok(Json(view(&brand, org.url())))
}
