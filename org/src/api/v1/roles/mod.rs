//! Administrator roles of users and groups:
//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/RoleAssignmentAUser/>.

mod holder;
mod of_client;
mod of_group;
mod of_user;
mod read;
mod record;
mod targets;
mod view;

use serde::Deserialize;
use serde_json::Value;

use crate::api::{ApiError, Resource, Rights, Role, Table};

pub(super) fn table(table: Table) -> Table {
    targets::table(of_clients(of_groups(of_users(table))))
}

const READ: Rights = Rights::read(Resource::Roles);
const MANAGE: Rights = Rights::manage(Resource::Roles);

fn of_users(table: Table) -> Table {
    const ALL: &str = "/api/v1/users/{userId}/roles";
    const ONE: &str = "/api/v1/users/{userId}/roles/{roleAssignmentId}";
    table
        .get(ALL, "listAssignedRolesForUser", READ, of_user::list)
        .post(ALL, "assignRoleToUser", MANAGE, of_user::assign)
        .get(ONE, "getUserAssignedRole", READ, of_user::get)
        .delete(ONE, "unassignRoleFromUser", MANAGE, of_user::unassign)
}

fn of_groups(table: Table) -> Table {
    const ALL: &str = "/api/v1/groups/{groupId}/roles";
    const ONE: &str = "/api/v1/groups/{groupId}/roles/{roleAssignmentId}";
    table
        .get(ALL, "listGroupAssignedRoles", READ, of_group::list)
        .post(ALL, "assignRoleToGroup", MANAGE, of_group::assign)
        .get(ONE, "getGroupAssignedRole", READ, of_group::get)
        .delete(ONE, "unassignRoleFromGroup", MANAGE, of_group::unassign)
}

fn of_clients(table: Table) -> Table {
    const ALL: &str = "/oauth2/v1/clients/{clientId}/roles";
    const ONE: &str = "/oauth2/v1/clients/{clientId}/roles/{roleAssignmentId}";
    table
        .get(ALL, "listRolesForClient", READ, of_client::list)
        .post(ALL, "assignRoleToClient", MANAGE, of_client::assign)
        .get(ONE, "retrieveClientRole", READ, of_client::get)
        .delete(ONE, "deleteRoleFromClient", MANAGE, of_client::unassign)
}

/// A role to be given.
#[derive(Debug, Deserialize)]
struct NewRole {
    #[serde(rename = "type", default)]
    role: String,
}

impl NewRole {
    /// One of the standard roles: the org has no others.
    fn role(&self) -> Result<Role, ApiError> {
        serde_json::from_value(Value::from(self.role.as_str())).map_err(|_| {
            ApiError::invalid(
                "type",
                "The role specified is not a standard role of the org",
            )
        })
    }
}

fn missing(id: &str) -> ApiError {
    ApiError::not_found("RoleAssignment", id)
}
