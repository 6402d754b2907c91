//! Groups: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/>.

mod create;
mod delete;
mod get;
mod list;
mod record;
mod replace;
mod view;

use super::super::{Resource, Rights, Table};

pub(super) use record::{GroupRecord, find_group};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Groups);
    const MANAGE: Rights = Rights::manage(Resource::Groups);
    table
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
}
