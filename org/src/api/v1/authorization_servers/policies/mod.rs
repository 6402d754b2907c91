//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerPolicies/>.

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

const ALL: &str = "/api/v1/authorizationServers/{authServerId}/policies";
const ONE: &str = "/api/v1/authorizationServers/{authServerId}/policies/{policyId}";

pub(super) fn table(table: Table) -> Table {
    table
        .get(ALL, "listAuthorizationServerPolicies", READ, list::list)
        .post(
            ALL,
            "createAuthorizationServerPolicy",
            MANAGE,
            create::create,
        )
        .get(ONE, "getAuthorizationServerPolicy", READ, get::get)
        .put(
            ONE,
            "replaceAuthorizationServerPolicy",
            MANAGE,
            replace::replace,
        )
        .delete(
            ONE,
            "deleteAuthorizationServerPolicy",
            MANAGE,
            delete::delete,
        )
        .post(
            "/api/v1/authorizationServers/{authServerId}/policies/{policyId}/lifecycle/activate",
            "activateAuthorizationServerPolicy",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/authorizationServers/{authServerId}/policies/{policyId}/lifecycle/deactivate",
            "deactivateAuthorizationServerPolicy",
            MANAGE,
            lifecycle::deactivate,
        )
}
