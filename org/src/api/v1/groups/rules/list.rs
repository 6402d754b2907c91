use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::record::{COLUMNS, RuleRecord, find_rule, from_row};
use super::view::view;
use crate::Org;
use crate::api::v1::groups::find_group;
use crate::api::{ApiError, Listing, Path, cut};

/// How many rules a page has, and at most.
const USUAL: usize = 50;
const MOST: usize = 200;

/// `GET /api/v1/groups/rules`. `search` is part of the name.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?;
    let part = listing.parameter("search").unwrap_or_default().to_owned();
    let expands = expands(&listing);
    let (items, next) = org.store().read(|db| {
        let last = after.as_deref().and_then(|keys| keys.first());
        let rules = select(db, &part, last.map_or("", String::as_str), limit + 1)?;
        let (rules, next) = cut(rules, limit, |rule| vec![rule.id.clone()]);
        let shown = rules.iter().map(|rule| shown(db, rule, expands));
        Ok((shown.collect::<Vec<_>>(), next))
    })?;
    Ok(listing.page(items, next))
}

/// `GET /api/v1/groups/rules/{groupRuleId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let expands = expands(&listing);
    let shown = org
        .store()
        .read(|db| Ok(find_rule(db, &id).map(|rule| shown(db, &rule, expands))))??;
    Ok(Json(shown))
}

fn expands(listing: &Listing) -> bool {
    listing.parameter("expand") == Some("groupIdToGroupNameMap")
}

fn shown(db: &Connection, rule: &RuleRecord, with_names: bool) -> Value {
    let mut shape = view(rule);
    if with_names {
        let names: Map<String, Value> = rule
            .groups
            .iter()
            .filter_map(|id| Some((id.clone(), find_group(db, id).ok()?.name.into())))
            .collect();
        shape["_embedded"] = json!({"groupIdToGroupNameMap": names});
    }
    shape
}

fn select(
    db: &Connection,
    part: &str,
    last: &str,
    limit: usize,
) -> rusqlite::Result<Vec<RuleRecord>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM group_rules WHERE id > ?1 AND instr(lower(name), lower(?2)) > 0 ORDER BY id LIMIT ?3"
    ))?
    .query_map((last, part, limit), from_row)?
    .collect()
}
