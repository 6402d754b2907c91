use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};

use super::GroupRecord;
use super::record::{COLUMNS, from_row};
use super::view::view;
use crate::Org;
use crate::api::{
    ApiError, Caller, Column, Condition, Listing, Resource, condition, custom_column, cut,
};
use crate::directory::{CustomAttribute, Profiled, list_custom_attributes};

/// The most groups of a page, and of an answer to `q`.
const MOST: usize = 10_000;
const MOST_BY_NAME: usize = 300;

/// `GET /api/v1/groups`: by `q` (what the name begins with), by `filter` or `search`, or all.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    listing: Listing,
) -> Result<Response, ApiError> {
    let by_name = listing.parameter("q").is_some();
    let limit = listing.limit(if by_name { MOST_BY_NAME } else { MOST }, MOST)?;
    let custom = org
        .store()
        .read(|db| list_custom_attributes(db, Profiled::Group))?;
    let mut asked = asked(&listing, &custom)?;
    caller.narrow(&mut asked, Resource::Groups, "groups.id");
    let order = Order::read(&listing)?;
    let after = listing.after(order.keys())?;
    let groups = org
        .store()
        .read(|db| select(db, &asked, &order, after.as_deref(), limit + 1))?;
    let (groups, next) = cut(groups, limit, |group| order.keys_of(group));
    let items = groups.iter().map(|group| view(group, org.url())).collect();
    Ok(listing.page(items, next.filter(|_| !by_name)))
}

/// What the request asks for, as a condition.
fn asked(listing: &Listing, custom: &[CustomAttribute]) -> Result<Condition, ApiError> {
    if let Some(name) = listing.parameter("q") {
        let sql = "(name >= ? AND name < ?)".to_owned();
        let values = vec![
            name.to_owned().into(),
            format!("{name}{}", char::MAX).into(),
        ];
        return Ok(Condition { sql, values });
    }
    match (listing.parameter("search"), listing.parameter("filter")) {
        (Some(_), Some(_)) => Err(ApiError::invalid(
            "search",
            "search and filter cannot be used together",
        )),
        (Some(search), None) => condition(search, ErrorCode::InvalidSearch, &|name| {
            column(name).or_else(|| custom_column(custom, "custom", name))
        }),
        (None, Some(filter)) => condition(filter, ErrorCode::InvalidFilter, &column),
        (None, None) => Ok(Condition {
            sql: "TRUE".to_owned(),
            values: Vec::new(),
        }),
    }
}

fn column(name: &str) -> Option<Column> {
    Some(match name {
        "id" => Column::text("id"),
        "type" => Column::text("type"),
        "created" => Column::moment("created_at"),
        "lastUpdated" => Column::moment("updated_at"),
        "lastMembershipUpdated" => Column::moment("membership_updated_at"),
        "profile.name" => Column::text("name"),
        "profile.description" => Column::text("description COLLATE NOCASE"),
        _ => return None,
    })
}

/// By id unless a search says otherwise.
enum Order {
    ById,
    ByName { descending: bool },
}

impl Order {
    fn read(listing: &Listing) -> Result<Self, ApiError> {
        if listing.parameter("search").is_none() {
            return Ok(Self::ById);
        }
        let descending = listing
            .parameter("sortOrder")
            .is_some_and(|order| order.eq_ignore_ascii_case("desc"));
        match listing.parameter("sortBy") {
            None | Some("id") => Ok(Self::ById),
            Some("profile.name") => Ok(Self::ByName { descending }),
            Some(_) => Err(ApiError::invalid(
                "sortBy",
                "Groups are sorted by id or profile.name",
            )),
        }
    }

    const fn keys(&self) -> usize {
        match self {
            Self::ById | Self::ByName { .. } => 1,
        }
    }

    fn keys_of(&self, group: &GroupRecord) -> Vec<String> {
        match self {
            Self::ById => vec![group.id.to_string()],
            // No two groups have the same name.
            Self::ByName { .. } => vec![group.name.clone()],
        }
    }

    const fn sql(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::ById => ("id", ">", "ASC"),
            Self::ByName { descending: false } => ("name", ">", "ASC"),
            Self::ByName { descending: true } => ("name", "<", "DESC"),
        }
    }
}

fn select(
    db: &Connection,
    asked: &Condition,
    order: &Order,
    after: Option<&[String]>,
    limit: usize,
) -> rusqlite::Result<Vec<GroupRecord>> {
    let (key, sign, direction) = order.sql();
    let mut values = asked.values.clone();
    let mut from = "";
    let beyond = format!(" AND {key} {sign} ?");
    if let Some([last]) = after {
        from = &beyond;
        values.push(last.clone().into());
    }
    values.push(SqlValue::from(i64::try_from(limit).unwrap_or(i64::MAX)));
    let condition = &asked.sql;
    db.prepare(&format!(
        "SELECT {COLUMNS} FROM groups WHERE {condition}{from} ORDER BY {key} {direction} LIMIT ?"
    ))?
    .query_map(params_from_iter(values), from_row)?
    .collect()
}
