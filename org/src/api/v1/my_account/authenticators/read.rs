use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::view::{authenticator, enrollment as shown};
use super::{Enrolled, Own};
use crate::Org;
use crate::api::{ApiError, Caller, Listing, Path};

/// What is embedded; several names are separated by commas.
fn expanded(listing: &Listing) -> Result<Vec<&str>, ApiError> {
    let named = listing.parameter("expand").unwrap_or_default();
    let named: Vec<&str> = named.split(',').filter(|name| !name.is_empty()).collect();
    match named
        .iter()
        .find(|name| !["enrollments", "requirements"].contains(*name))
    {
        None => Ok(named),
        Some(_) => Err(ApiError::invalid(
            "expand",
            "Expected enrollments or requirements",
        )),
    }
}

/// `GET /idp/myaccount/authenticators`.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let expand = expanded(&listing)?;
    let own = org.store().read(|db| Own::load(db, &org, &caller))??;
    let active = own.catalog.iter().filter(|record| record.is_active);
    let shapes = active.map(|record| authenticator(&own, record, &expand, org.url()));
    Ok(Json(shapes.collect()))
}

/// `GET /idp/myaccount/authenticators/{authenticatorId}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let expand = expanded(&listing)?;
    let own = org.store().read(|db| Own::load(db, &org, &caller))??;
    let record = own.authenticator(&id)?;
    Ok(Json(authenticator(&own, record, &expand, org.url())))
}

/// `GET /idp/myaccount/authenticators/{authenticatorId}/enrollments`.
pub(super) async fn enrollments(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let own = org.store().read(|db| Own::load(db, &org, &caller))??;
    let record = own.authenticator(&id)?;
    let enrolled = own.enrolled_in(record.key);
    let shapes = enrolled
        .iter()
        .map(|one| shown(&own, record, one, org.url()));
    Ok(Json(shapes.collect()))
}

/// `GET /idp/myaccount/authenticators/{authenticatorId}/enrollments/{enrollmentId}`.
pub(super) async fn enrollment(
    State(org): State<Org>,
    caller: Caller,
    Path((authenticator, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let own = org.store().read(|db| Own::load(db, &org, &caller))??;
    one(&own, &authenticator, &id, &org).map(Json)
}

/// The enrollment with this id, else `E0000007`.
pub(super) fn one(own: &Own, authenticator: &str, id: &str, org: &Org) -> Result<Value, ApiError> {
    let record = own.authenticator(authenticator)?;
    let is_it = |one: &Enrolled| one.id == id;
    let found = own.enrolled_in(record.key).into_iter().find(is_it);
    let found = found.ok_or_else(|| ApiError::not_found("AuthenticatorEnrollment", id))?;
    Ok(shown(own, record, &found, org.url()))
}
