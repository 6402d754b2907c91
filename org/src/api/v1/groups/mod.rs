//! Groups: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/>.

mod apps;
mod create;
mod delete;
mod get;
mod list;
mod members;
mod owners;
mod record;
mod replace;
mod rules;
mod view;

use super::super::{Access, Resource, Rights, Table};

pub(super) use create::{DESCRIPTION, NAME};
pub(super) use members::{is_filled_by_rule, keep_a_super_admin};
pub(super) use record::{GroupRecord, find_group};
pub(super) use view::{target, view};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Groups);
    const MANAGE: Rights = Rights::manage(Resource::Groups);
    const MEMBERSHIP: Rights = Rights::Admin(Resource::Groups, Access::Membership);
    owners::table(rules::table(table))
        .get("/api/v1/groups", "listGroups", READ, list::list)
        .post("/api/v1/groups", "addGroup", MANAGE, create::create)
        .get("/api/v1/groups/{groupId}", "getGroup", READ, get::get)
        .put(
            "/api/v1/groups/{groupId}",
            "replaceGroup",
            MANAGE,
            replace::replace,
        )
        .delete(
            "/api/v1/groups/{groupId}",
            "deleteGroup",
            MANAGE,
            delete::delete,
        )
        .get(
            "/api/v1/groups/{groupId}/apps",
            "listAssignedApplicationsForGroup",
            READ,
            apps::list,
        )
        .get(
            "/api/v1/groups/{groupId}/users",
            "listGroupUsers",
            READ,
            members::list,
        )
        .put(
            "/api/v1/groups/{groupId}/users/{userId}",
            "assignUserToGroup",
            MEMBERSHIP,
            members::add,
        )
        .delete(
            "/api/v1/groups/{groupId}/users/{userId}",
            "unassignUserFromGroup",
            MEMBERSHIP,
            members::remove,
        )
}
