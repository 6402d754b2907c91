//! The servers themselves.

mod body;
mod create;
mod delete;
mod get;
mod lifecycle;
mod list;
mod replace;
mod view;

use super::{MANAGE, READ};
use crate::api::Table;

pub(super) use view::target;

const ALL: &str = "/api/v1/authorizationServers";
const ONE: &str = "/api/v1/authorizationServers/{authServerId}";

pub(super) fn table(table: Table) -> Table {
    table
        .get(ALL, "listAuthorizationServers", READ, list::list)
        .post(ALL, "createAuthorizationServer", MANAGE, create::create)
        .get(ONE, "getAuthorizationServer", READ, get::get)
        .put(ONE, "replaceAuthorizationServer", MANAGE, replace::replace)
        .delete(ONE, "deleteAuthorizationServer", MANAGE, delete::delete)
        .post(
            "/api/v1/authorizationServers/{authServerId}/lifecycle/activate",
            "activateAuthorizationServer",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/authorizationServers/{authServerId}/lifecycle/deactivate",
            "deactivateAuthorizationServer",
            MANAGE,
            lifecycle::deactivate,
        )
}
