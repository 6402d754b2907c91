//! The scopes of a server: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerScopes/>.

mod body;
mod change;
mod read;
mod view;

use rusqlite::Connection;

use super::{MANAGE, READ};
use crate::api::{ApiError, Table};
use crate::oauth::server::{ScopeRecord, find_scope};

const ALL: &str = "/api/v1/authorizationServers/{authServerId}/scopes";
const ONE: &str = "/api/v1/authorizationServers/{authServerId}/scopes/{scopeId}";

pub(super) fn table(table: Table) -> Table {
    table
        .get(ALL, "listOAuth2Scopes", READ, read::list)
        .post(ALL, "createOAuth2Scope", MANAGE, change::create)
        .get(ONE, "getOAuth2Scope", READ, read::get)
        .put(ONE, "replaceOAuth2Scope", MANAGE, change::replace)
        .delete(ONE, "deleteOAuth2Scope", MANAGE, change::delete)
}

/// The scope that a path names, else `E0000007`.
fn scope_of(db: &Connection, server: &str, id: &str) -> Result<ScopeRecord, ApiError> {
    find_scope(db, server, id)?.ok_or_else(|| ApiError::not_found("OAuth2Scope", id))
}
