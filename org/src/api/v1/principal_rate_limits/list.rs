use axum::Json;
use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;
use serde_json::Value;

use super::record::{COLUMNS, from_row, share_of};
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Column, Listing, Path, condition, cut};

/// Okta's page.
const USUAL: usize = 20;
const MOST: usize = 50;

/// `GET /api/v1/principal-rate-limits`, by `filter`, which says the type of principal.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let filter = listing
        .parameter("filter")
        .ok_or_else(|| ApiError::invalid("filter", "The parameter cannot be left out"))?;
    let column = |name: &str| (name == "principalType").then(|| Column::text("principal_type"));
    let asked = condition(filter, ErrorCode::InvalidFilter, &column)?;
    let after = listing.after(1)?;
    let rows = format!("SELECT {COLUMNS} FROM principal_rate_limits");
    let found = org
        .store()
        .read(|db| asked.page_by_id(db, &rows, after.as_deref(), limit + 1, from_row))?;
    let (found, next) = cut(found, limit, |share| vec![share.id.clone()]);
    let items = found.iter().map(|share| view(share, org.id())).collect();
    Ok(listing.page(items, next))
}

/// `GET /api/v1/principal-rate-limits/{principalRateLimitId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let share = org.store().read(|db| Ok(share_of(db, &id)))??;
    Ok(Json(view(&share, org.id())))
}
