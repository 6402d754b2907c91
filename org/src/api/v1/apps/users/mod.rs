//! The users who have an app, by themselves or by a group.

mod assign;
mod get;
mod list;
mod record;
mod unassign;
mod update;
mod view;

use crate::api::{Resource, Rights, Table};

pub(super) use record::find;
pub(super) use view::view;

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Apps);
    const MANAGE: Rights = Rights::manage(Resource::Apps);
    const ALL: &str = "/api/v1/apps/{appId}/users";
    const ONE: &str = "/api/v1/apps/{appId}/users/{userId}";
    table
        .get(ALL, "listApplicationUsers", READ, list::list)
        .post(ALL, "assignUserToApplication", MANAGE, assign::assign)
        .get(ONE, "getApplicationUser", READ, get::get)
        .post(ONE, "updateApplicationUser", MANAGE, update::update)
        .delete(
            ONE,
            "unassignUserFromApplication",
            MANAGE,
            unassign::unassign,
        )
}
