use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;

use super::record::{from_row, rows_of};
use crate::Org;
use crate::api::v1::groups::find_group;
use crate::api::{ApiError, Column, Condition, Listing, Path, condition, cut};

/// Okta's greatest and usual number.
const MOST: usize = 1_000;

/// `GET /api/v1/groups/{groupId}/owners`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(MOST, MOST)?;
    let after = listing.after(1)?;
    let asked = match listing.parameter("search") {
        Some(search) => condition(search, ErrorCode::InvalidSearch, &column)?,
        None => Condition {
            sql: "TRUE".to_owned(),
            values: Vec::new(),
        },
    };
    let owners = org.store().read(|db| {
        let group = match find_group(db, &id) {
            Ok(group) => group,
            Err(error) => return Ok(Err(error)),
        };
        let rows = rows_of(&group.id);
        asked
            .page_by_id(db, &rows, after.as_deref(), limit + 1, from_row)
            .map(Ok)
    })??;
    let (owners, next) = cut(owners, limit, |owner| vec![owner.id.clone()]);
    let items = owners
        .iter()
        .map(super::record::OwnerRecord::view)
        .collect();
    Ok(listing.page(items, next))
}

fn column(name: &str) -> Option<Column> {
    Some(match name {
        "id" => Column::text("id"),
        "type" => Column::text("type"),
        "displayName" => Column::text("name COLLATE NOCASE"),
        "lastUpdated" => Column::moment("updated_at"),
        _ => return None,
    })
}
