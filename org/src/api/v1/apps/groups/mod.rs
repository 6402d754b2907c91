//! The groups that have an app, and through which their members have it.

mod assign;
mod get;
mod list;
mod unassign;
mod update;
mod view;

use rusqlite::Connection;

use crate::api::{ApiError, Resource, Rights, Table};
use crate::apps::{AppRecord, GroupAssignment, find_group_assignment};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Apps);
    const MANAGE: Rights = Rights::manage(Resource::Apps);
    const ALL: &str = "/api/v1/apps/{appId}/groups";
    const ONE: &str = "/api/v1/apps/{appId}/groups/{groupId}";
    table
        .get(ALL, "listApplicationGroupAssignments", READ, list::list)
        .get(ONE, "getApplicationGroupAssignment", READ, get::get)
        .put(ONE, "assignGroupToApplication", MANAGE, assign::assign)
        .patch(
            ONE,
            "updateGroupAssignmentToApplication",
            MANAGE,
            update::update,
        )
        .delete(
            ONE,
            "unassignApplicationFromGroup",
            MANAGE,
            unassign::unassign,
        )
}

/// The assignment of a group, else `E0000007`.
fn find(db: &Connection, app: &AppRecord, group: &str) -> Result<GroupAssignment, ApiError> {
    find_group_assignment(db, &app.id, group)?
        .ok_or_else(|| ApiError::not_found("ApplicationGroupAssignment", group))
}
