use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use model::ErrorCode;

use super::columns::{filter_column, search_column};
use super::fields::Fields;
use super::order::Order;
use super::page::{by_name, select};
use super::profile::custom_of_users;
use super::view::{Omitted, listed, without};
use crate::Org;
use crate::api::{ApiError, Caller, Condition, Listing, Resource, condition, custom_column, cut};
use crate::directory::CustomAttribute;

/// The most users of a page, and how many an answer to `q` has unless the request says.
const MOST: usize = 200;
const USUAL_BY_NAME: usize = 10;

/// `GET /api/v1/users`: by `q` (what a name or the address begins with), by `filter` or `search`, or all who are not
/// deactivated.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    headers: HeaderMap,
    listing: Listing,
) -> Result<Response, ApiError> {
    let fields = listing.parameter("fields").map(Fields::read).transpose()?;
    let omitted = Omitted::read(&headers);
    let show = |user: &_| {
        let shape = without(listed(user, &org), omitted);
        match &fields {
            Some(fields) => fields.of(shape),
            None => shape,
        }
    };
    check_combination(&listing)?;
    if let Some(name) = listing.parameter("q") {
        let limit = listing.limit(USUAL_BY_NAME, MOST)?;
        let mut seen = everybody();
        caller.narrow(&mut seen, Resource::Users, "users.id");
        let users = org.store().read(|db| by_name(db, name, &seen, limit))?;
        return Ok(listing.whole(users.iter().map(show).collect()));
    }
    let limit = listing.limit(MOST, MOST)?;
    let custom = org.store().read(custom_of_users)?;
    let order = Order::read(&listing, &custom)?;
    let mut asked = asked(&listing, &order, &custom)?;
    caller.narrow(&mut asked, Resource::Users, "users.id");
    let after = listing.after(order.keys())?;
    order.check(after.as_deref())?;
    let users = org
        .store()
        .read(|db| select(db, &asked, &order, after.as_deref(), limit + 1))?;
    let (users, next) = cut(users, limit, |user| order.keys_of(user));
    let items = users.iter().map(|found| show(&found.user)).collect();
    Ok(listing.page(items, next))
}

fn check_combination(listing: &Listing) -> Result<(), ApiError> {
    let given = ["q", "filter", "search"]
        .iter()
        .filter(|name| listing.parameter(name).is_some());
    if given.count() > 1 {
        return Err(ApiError::invalid(
            "search",
            "q, filter and search cannot be used together",
        ));
    }
    Ok(())
}

/// What the request asks for, as a condition.
fn asked(
    listing: &Listing,
    order: &Order,
    custom: &[CustomAttribute],
) -> Result<Condition, ApiError> {
    let column = |name: &str| {
        let column = search_column(name).or_else(|| custom_column(custom, "profile", name));
        column.map(|column| order.weigh(name, column))
    };
    match (listing.parameter("search"), listing.parameter("filter")) {
        (Some(search), _) => condition(search, ErrorCode::InvalidSearch, &column),
        (None, Some(filter)) => condition(filter, ErrorCode::InvalidFilter, &filter_column),
        (None, None) => Ok(everybody()),
    }
}

/// All who are not deactivated.
fn everybody() -> Condition {
    Condition {
        sql: "status <> 'DEPROVISIONED'".to_owned(),
        values: Vec::new(),
    }
}
