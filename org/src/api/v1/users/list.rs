use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use model::ErrorCode;

use super::columns::{filter_column, search_column};
use super::fields::Fields;
use super::order::Order;
use super::page::{by_name, select};
use super::view::{Omitted, listed, without};
use crate::Org;
use crate::api::{ApiError, Condition, Listing, condition, cut};

/// The most users of a page, and how many an answer to `q` has unless the request says.
const MOST: usize = 200;
const USUAL_BY_NAME: usize = 10;

/// `GET /api/v1/users`: by `q` (what a name or the address begins with), by `filter` or `search`, or all who are not
/// deactivated.
pub(super) async fn list(
    State(org): State<Org>,
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
        let users = org.store().read(|db| by_name(db, name, limit))?;
        return Ok(listing.whole(users.iter().map(show).collect()));
    }
    let limit = listing.limit(MOST, MOST)?;
    let order = Order::read(&listing)?;
    let asked = asked(&listing, &order)?;
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
fn asked(listing: &Listing, order: &Order) -> Result<Condition, ApiError> {
    let column = |name: &str| search_column(name).map(|column| order.weigh(name, column));
    match (listing.parameter("search"), listing.parameter("filter")) {
        (Some(search), _) => condition(search, ErrorCode::InvalidSearch, &column),
        (None, Some(filter)) => condition(filter, ErrorCode::InvalidFilter, &filter_column),
        (None, None) => Ok(Condition {
            sql: "status <> 'DEPROVISIONED'".to_owned(),
            values: Vec::new(),
        }),
    }
}
