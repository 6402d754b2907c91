use axum::Json;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::Value;

use super::{Place, read, revoke};
use crate::Org;
use crate::api::{ApiError, Caller, Change, Listing, Path, Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Users);
    const MANAGE: Rights = Rights::manage(Resource::Users);
    const ALL: &str = "/api/v1/users/{userId}/clients/{clientId}/tokens";
    const ONE: &str = "/api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}";
    const GRANTS: &str = "/api/v1/users/{userId}/clients/{clientId}/grants";
    table
        .get(ALL, "listRefreshTokensForUserAndClient", READ, list)
        .delete(ALL, "revokeTokensForUserAndClient", MANAGE, revoke_all)
        .get(ONE, "getRefreshTokenForUserAndClient", READ, get)
        .delete(ONE, "revokeTokenForUserAndClient", MANAGE, revoke_one)
        .get(GRANTS, "listGrantsForUserAndClient", READ, grants)
        .delete(GRANTS, "revokeGrantsForUserAndClient", MANAGE, revoke_all)
}

async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path((user, app)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, ApiError> {
    read::list(&org, &caller, &Place::User(user, app), &listing)
}

/// The org keeps no consent, so there are no grants of a user. What an app has by them are its tokens.
async fn grants(
    State(org): State<Org>,
    caller: Caller,
    Path((user, app)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let place = Place::User(user, app);
    org.store().read(|db| Ok(place.find(db, &caller)))??;
    Ok(listing.whole(Vec::new()))
}

async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path((user, app, token)): Path<(String, String, String)>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    read::get(&org, &caller, &Place::User(user, app), &token, &listing)
}

async fn revoke_all(
    change: Change,
    Path((user, app)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    revoke::all(change, Place::User(user, app)).await
}

async fn revoke_one(
    change: Change,
    Path((user, app, token)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    revoke::one(change, Place::User(user, app), token).await
}
