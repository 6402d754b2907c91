//! API tokens: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApiToken/>. None is ever shown: what
//! the org keeps of them is their hash.

mod change;
mod read;
mod view;

use rusqlite::Connection;

use super::super::{Resource, Rights, Table};
use crate::api::{ApiError, ApiToken, list_api_tokens};

const ONE: &str = "/api/v1/api-tokens/{apiTokenId}";

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::ApiTokens);
    const MANAGE: Rights = Rights::manage(Resource::ApiTokens);
    table
        .get("/api/v1/api-tokens", "listApiTokens", READ, read::list)
        .delete(
            "/api/v1/api-tokens/current",
            "revokeCurrentApiToken",
            MANAGE,
            change::delete_current,
        )
        .get(ONE, "getApiToken", READ, read::get)
        .put(ONE, "upsertApiToken", MANAGE, change::replace)
        .delete(ONE, "revokeApiToken", MANAGE, change::delete)
}

/// The token that a path names, else `E0000007`.
fn token_of(db: &Connection, id: &str) -> Result<ApiToken, ApiError> {
    let found = list_api_tokens(db)?
        .into_iter()
        .find(|token| token.id == id);
    found.ok_or_else(|| ApiError::not_found("ApiToken", id))
}
