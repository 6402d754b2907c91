use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;
use rusqlite::types::Value as SqlValue;

use super::view::view;
use crate::Org;
use crate::api::{ApiError, Column, Condition, Listing, condition, cut};
use crate::trusted_origins::{COLUMNS, from_row};

/// Okta's page.
const USUAL: usize = 20;
const MOST: usize = 200;

/// `GET /api/v1/trustedOrigins`: by `q` (what the name or the origin begins with), by `filter`, or all.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let asked = asked(&listing)?;
    let after = listing.after(1)?;
    let rows = format!("SELECT {COLUMNS} FROM trusted_origins");
    let found = org
        .store()
        .read(|db| asked.page_by_id(db, &rows, after.as_deref(), limit + 1, from_row))?;
    let (found, next) = cut(found, limit, |trusted| vec![trusted.id.clone()]);
    let items = found
        .iter()
        .map(|trusted| view(trusted, org.url()))
        .collect();
    Ok(listing.page(items, next))
}

fn asked(listing: &Listing) -> Result<Condition, ApiError> {
    if let Some(text) = listing.parameter("q") {
        let text = SqlValue::from(text.to_owned());
        return Ok(Condition {
            sql: "(instr(lower(name), lower(?)) = 1 OR instr(lower(origin), lower(?)) = 1)"
                .to_owned(),
            values: vec![text.clone(), text],
        });
    }
    match listing.parameter("filter") {
        Some(filter) => condition(filter, ErrorCode::InvalidFilter, &column),
        None => Ok(Condition {
            sql: "TRUE".to_owned(),
            values: Vec::new(),
        }),
    }
}

fn column(name: &str) -> Option<Column> {
    Some(match name {
        "id" => Column::text("id"),
        "name" => Column::text("name"),
        "origin" => Column::text("origin"),
        "status" => Column::text("status"),
        "created" => Column::moment("created_at"),
        "lastUpdated" => Column::moment("updated_at"),
        _ => return None,
    })
}
