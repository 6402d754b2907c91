use axum::Json;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::Value;

use super::{Place, read, revoke};
use crate::Org;
use crate::api::{ApiError, Caller, Change, Listing, Path, Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Apps);
    const MANAGE: Rights = Rights::manage(Resource::Apps);
    const ALL: &str = "/api/v1/apps/{appId}/tokens";
    const ONE: &str = "/api/v1/apps/{appId}/tokens/{tokenId}";
    table
        .get(ALL, "listOAuth2TokensForApplication", READ, list)
        .delete(ALL, "revokeOAuth2TokensForApplication", MANAGE, revoke_all)
        .get(ONE, "getOAuth2TokenForApplication", READ, get)
        .delete(ONE, "revokeOAuth2TokenForApplication", MANAGE, revoke_one)
}

async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path(app): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    read::list(&org, &caller, &Place::App(app), &listing)
}

async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path((app, token)): Path<(String, String)>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    read::get(&org, &caller, &Place::App(app), &token, &listing)
}

async fn revoke_all(change: Change, Path(app): Path<String>) -> Result<StatusCode, ApiError> {
    revoke::all(change, Place::App(app)).await
}

async fn revoke_one(
    change: Change,
    Path((app, token)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    revoke::one(change, Place::App(app), token).await
}
