//! Policies and their rules: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Policy/>.

mod apps;
mod builtin;
mod clone;
mod conditions;
mod create;
mod delete;
mod get;
mod lifecycle;
mod list;
mod mappings;
mod record;
mod replace;
mod rules;
mod sent;
mod simulate;
mod view;

use super::super::{Resource, Rights, Table};

const READ: Rights = Rights::read(Resource::Policies);
const MANAGE: Rights = Rights::manage(Resource::Policies);

pub(super) fn table(table: Table) -> Table {
    let table = table
        .get("/api/v1/policies", "listPolicies", READ, list::list)
        .post("/api/v1/policies", "createPolicy", MANAGE, create::create)
        .get("/api/v1/policies/{policyId}", "getPolicy", READ, get::get)
        .put(
            "/api/v1/policies/{policyId}",
            "replacePolicy",
            MANAGE,
            replace::replace,
        )
        .delete(
            "/api/v1/policies/{policyId}",
            "deletePolicy",
            MANAGE,
            delete::delete,
        )
        .get(
            "/api/v1/policies/{policyId}/app",
            "listPolicyApps",
            READ,
            apps::list,
        )
        .post(
            "/api/v1/policies/{policyId}/clone",
            "clonePolicy",
            MANAGE,
            clone::clone,
        )
        .post(
            "/api/v1/policies/{policyId}/lifecycle/activate",
            "activatePolicy",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/policies/{policyId}/lifecycle/deactivate",
            "deactivatePolicy",
            MANAGE,
            lifecycle::deactivate,
        );
    simulate::table(mappings::table(rules::table(table)))
}
