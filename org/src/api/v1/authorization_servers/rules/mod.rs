//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerRules/>.

mod body;
mod check;
mod create;
mod delete;
mod get;
mod lifecycle;
mod list;
mod replace;
mod view;

use rusqlite::Connection;

use super::{MANAGE, READ, policy_of, server_of};
use crate::api::{ApiError, Table};
use crate::oauth::server::{PolicyRecord, RuleRecord, ServerRecord, find_rule};

const ALL: &str = "/api/v1/authorizationServers/{authServerId}/policies/{policyId}/rules";
const ONE: &str = "/api/v1/authorizationServers/{authServerId}/policies/{policyId}/rules/{ruleId}";
const ACTIVATE: &str = "/api/v1/authorizationServers/{authServerId}/policies/{policyId}/rules/{ruleId}/lifecycle/activate";
const DEACTIVATE: &str = "/api/v1/authorizationServers/{authServerId}/policies/{policyId}/rules/{ruleId}/lifecycle/deactivate";

pub(super) fn table(table: Table) -> Table {
    table
        .get(ALL, "listAuthorizationServerPolicyRules", READ, list::list)
        .post(
            ALL,
            "createAuthorizationServerPolicyRule",
            MANAGE,
            create::create,
        )
        .get(ONE, "getAuthorizationServerPolicyRule", READ, get::get)
        .put(
            ONE,
            "replaceAuthorizationServerPolicyRule",
            MANAGE,
            replace::replace,
        )
        .delete(
            ONE,
            "deleteAuthorizationServerPolicyRule",
            MANAGE,
            delete::delete,
        )
        .post(
            ACTIVATE,
            "activateAuthorizationServerPolicyRule",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            DEACTIVATE,
            "deactivateAuthorizationServerPolicyRule",
            MANAGE,
            lifecycle::deactivate,
        )
}

/// The server and the policy that a path names, else `E0000007`.
fn place_of(
    db: &Connection,
    server: &str,
    policy: &str,
) -> Result<(ServerRecord, PolicyRecord), ApiError> {
    let server = server_of(db, server)?;
    let policy = policy_of(db, &server.id, policy)?;
    Ok((server, policy))
}

/// The rule that a path names, else `E0000007`.
fn rule_of(db: &Connection, policy: &str, id: &str) -> Result<RuleRecord, ApiError> {
    find_rule(db, policy, id)?.ok_or_else(|| ApiError::not_found("PolicyRule", id))
}
