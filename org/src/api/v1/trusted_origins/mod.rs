//! Trusted origins: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/TrustedOrigin/>.

mod body;
mod create;
mod delete;
mod get;
mod lifecycle;
mod list;
mod replace;
mod view;

use rusqlite::Connection;

use super::super::{Resource, Rights, Table};
use crate::api::ApiError;
use crate::trusted_origins::{TrustedOrigin, find_trusted_origin};

const ALL: &str = "/api/v1/trustedOrigins";
const ONE: &str = "/api/v1/trustedOrigins/{trustedOriginId}";

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::TrustedOrigins);
    const MANAGE: Rights = Rights::manage(Resource::TrustedOrigins);
    table
        .get(ALL, "listTrustedOrigins", READ, list::list)
        .post(ALL, "createTrustedOrigin", MANAGE, create::create)
        .get(ONE, "getTrustedOrigin", READ, get::get)
        .put(ONE, "replaceTrustedOrigin", MANAGE, replace::replace)
        .delete(ONE, "deleteTrustedOrigin", MANAGE, delete::delete)
        .post(
            "/api/v1/trustedOrigins/{trustedOriginId}/lifecycle/activate",
            "activateTrustedOrigin",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/trustedOrigins/{trustedOriginId}/lifecycle/deactivate",
            "deactivateTrustedOrigin",
            MANAGE,
            lifecycle::deactivate,
        )
}

/// The trusted origin that a path names, else `E0000007`.
fn origin_of(db: &Connection, id: &str) -> Result<TrustedOrigin, ApiError> {
    find_trusted_origin(db, id)?.ok_or_else(|| ApiError::not_found("TrustedOrigin", id))
}
