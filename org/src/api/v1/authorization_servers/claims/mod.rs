//! The claims of a server: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerClaims/>.

mod body;
mod change;
mod read;
mod view;

use rusqlite::Connection;

use super::{MANAGE, READ};
use crate::api::{ApiError, Table};
use crate::oauth::server::{ClaimRecord, find_claim};

const ALL: &str = "/api/v1/authorizationServers/{authServerId}/claims";
const ONE: &str = "/api/v1/authorizationServers/{authServerId}/claims/{claimId}";

pub(super) fn table(table: Table) -> Table {
    table
        .get(ALL, "listOAuth2Claims", READ, read::list)
        .post(ALL, "createOAuth2Claim", MANAGE, change::create)
        .get(ONE, "getOAuth2Claim", READ, read::get)
        .put(ONE, "replaceOAuth2Claim", MANAGE, change::replace)
        .delete(ONE, "deleteOAuth2Claim", MANAGE, change::delete)
}

/// The claim that a path names, else `E0000007`.
fn claim_of(db: &Connection, server: &str, id: &str) -> Result<ClaimRecord, ApiError> {
    find_claim(db, server, id)?.ok_or_else(|| ApiError::not_found("OAuth2Claim", id))
}
