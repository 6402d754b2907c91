//! Whom a group belongs to: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/GroupOwner/>. Owners are
//! told of, and may do nothing that they could not do before.

mod assign;
mod list;
mod record;
mod remove;

use crate::api::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Groups);
    const MANAGE: Rights = Rights::manage(Resource::Groups);
    const ALL: &str = "/api/v1/groups/{groupId}/owners";
    table
        .get(ALL, "listGroupOwners", READ, list::list)
        .post(ALL, "assignGroupOwner", MANAGE, assign::assign)
        .delete(
            "/api/v1/groups/{groupId}/owners/{ownerId}",
            "deleteGroupOwner",
            MANAGE,
            remove::remove,
        )
}
