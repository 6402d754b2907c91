//! Group rules: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/GroupRule/>.

mod create;
mod input;
mod lifecycle;
mod list;
mod record;
mod replace;
mod view;

use crate::api::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Groups);
    const MANAGE: Rights = Rights::manage(Resource::Groups);
    const ALL: &str = "/api/v1/groups/rules";
    const ONE: &str = "/api/v1/groups/rules/{groupRuleId}";
    table
        .get(ALL, "listGroupRules", READ, list::list)
        .post(ALL, "createGroupRule", MANAGE, create::create)
        .get(ONE, "getGroupRule", READ, list::get)
        .put(ONE, "replaceGroupRule", MANAGE, replace::replace)
        .delete(ONE, "deleteGroupRule", MANAGE, lifecycle::delete)
        .post(
            "/api/v1/groups/rules/{groupRuleId}/lifecycle/activate",
            "activateGroupRule",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate",
            "deactivateGroupRule",
            MANAGE,
            lifecycle::deactivate,
        )
}
