use axum::Json;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::Value;

use super::{Place, read, revoke};
use crate::Org;
use crate::api::{ApiError, Caller, Change, Listing, Path, Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::AuthorizationServers);
    const MANAGE: Rights = Rights::manage(Resource::AuthorizationServers);
    const ALL: &str = "/api/v1/authorizationServers/{authServerId}/clients/{clientId}/tokens";
    const ONE: &str =
        "/api/v1/authorizationServers/{authServerId}/clients/{clientId}/tokens/{tokenId}";
    table
        .get(
            ALL,
            "listRefreshTokensForAuthorizationServerAndClient",
            READ,
            list,
        )
        .delete(
            ALL,
            "revokeRefreshTokensForAuthorizationServerAndClient",
            MANAGE,
            revoke_all,
        )
        .get(
            ONE,
            "getRefreshTokenForAuthorizationServerAndClient",
            READ,
            get,
        )
        .delete(
            ONE,
            "revokeRefreshTokenForAuthorizationServerAndClient",
            MANAGE,
            revoke_one,
        )
}

async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path((server, app)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, ApiError> {
    read::list(&org, &caller, &Place::Server(server, app), &listing)
}

async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path((server, app, token)): Path<(String, String, String)>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    read::get(&org, &caller, &Place::Server(server, app), &token, &listing)
}

async fn revoke_all(
    change: Change,
    Path((server, app)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    revoke::all(change, Place::Server(server, app)).await
}

async fn revoke_one(
    change: Change,
    Path((server, app, token)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    revoke::one(change, Place::Server(server, app), token).await
}
