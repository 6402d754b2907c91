//! What roles are limited to: some groups, or some apps
//! (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/RoleBTargetAdmin/>).
//!
//! The first target takes the rest of the org from a role; the last one cannot be removed, for that would give all of it back.

mod all;
mod apps;
mod embedded;
mod groups;
mod record;
mod view;

pub(super) use embedded::Embedded;

use rusqlite::Connection;

use super::holder::{Held, Holder, OfClient, OfGroup, OfUser};
use super::record::Assignment;
use super::{MANAGE, READ, missing};
use crate::api::{ApiError, Caller, Role, Table, TargetKind, Writing};
use crate::events::{Event, Target};

/// Okta's sizes of a page.
const USUAL: usize = 20;
const MOST: usize = 200;

pub(super) fn table(table: Table) -> Table {
    of_clients(of_groups(of_users(table)))
}

/// The lines of the table for one place: the paths and names are Okta's, the rest is the same in all.
macro_rules! lines {
    ($table:expr, $holder:ty, $own:literal, groups: $group:literal
        [$groups:literal, $assign_group:literal, $unassign_group:literal],
        apps: [$apps:literal, $assign_kind:literal, $unassign_kind:literal, $assign_app:literal, $unassign_app:literal]) => {{
        const GROUPS: &str = concat!($own, "/targets/groups");
        const GROUP: &str = concat!($own, "/targets/groups/{", $group, "}");
        const APPS: &str = concat!($own, "/targets/catalog/apps");
        const KIND: &str = concat!($own, "/targets/catalog/apps/{appName}");
        const APP: &str = concat!($own, "/targets/catalog/apps/{appName}/{appId}");
        $table
            .get(GROUPS, $groups, READ, groups::list::<$holder>)
            .put(GROUP, $assign_group, MANAGE, groups::assign::<$holder>)
            .delete(GROUP, $unassign_group, MANAGE, groups::unassign::<$holder>)
            .get(APPS, $apps, READ, apps::list::<$holder>)
            .put(KIND, $assign_kind, MANAGE, apps::assign_kind::<$holder>)
            .delete(KIND, $unassign_kind, MANAGE, apps::unassign_kind::<$holder>)
            .put(APP, $assign_app, MANAGE, apps::assign_app::<$holder>)
            .delete(APP, $unassign_app, MANAGE, apps::unassign_app::<$holder>)
    }};
}

fn of_users(table: Table) -> Table {
    lines!(table, OfUser, "/api/v1/users/{userId}/roles/{roleAssignmentId}", groups: "groupId"
        ["listGroupTargetsForRole", "assignGroupTargetToUserRole", "unassignGroupTargetFromUserAdminRole"],
        apps: [
            "listApplicationTargetsForApplicationAdministratorRoleForUser",
            "assignAppTargetToAdminRoleForUser",
            "unassignAppTargetFromAppAdminRoleForUser",
            "assignAppInstanceTargetToAppAdminRoleForUser",
            "unassignAppInstanceTargetFromAdminRoleForUser"
        ])
    .put(
        "/api/v1/users/{userId}/roles/{roleAssignmentId}/targets/catalog/apps",
        "assignAllAppsAsTargetToRoleForUser",
        MANAGE,
        apps::assign_all,
    )
    .get(
        "/api/v1/users/{userId}/roles/{roleIdOrEncodedRoleId}/targets",
        "getRoleTargetsByUserIdAndRoleId",
        READ,
        all::list,
    )
}

fn of_groups(table: Table) -> Table {
    lines!(table, OfGroup, "/api/v1/groups/{groupId}/roles/{roleAssignmentId}", groups: "targetGroupId"
    ["listGroupTargetsForGroupRole", "assignGroupTargetToGroupAdminRole", "unassignGroupTargetFromGroupAdminRole"],
    apps: [
        "listApplicationTargetsForApplicationAdministratorRoleForGroup",
        "assignAppTargetToAdminRoleForGroup",
        "unassignAppTargetToAdminRoleForGroup",
        "assignAppInstanceTargetToAppAdminRoleForGroup",
        "unassignAppInstanceTargetToAppAdminRoleForGroup"
    ])
}

fn of_clients(table: Table) -> Table {
    lines!(table, OfClient, "/oauth2/v1/clients/{clientId}/roles/{roleAssignmentId}", groups: "groupId"
    ["listGroupTargetRoleForClient", "assignGroupTargetRoleForClient", "removeGroupTargetRoleFromClient"],
    apps: [
        "listAppTargetRoleToClient",
        "assignAppTargetRoleToClient",
        "removeAppTargetRoleFromClient",
        "assignAppTargetInstanceRoleForClient",
        "removeAppTargetInstanceRoleForClient"
    ])
}

/// A role that somebody has, and who.
struct Given {
    held: Held,
    role: Assignment,
}

impl Given {
    /// The assignment that a path names, where its role can be limited to targets of the kind.
    fn find<H: Holder>(
        db: &Connection,
        caller: &Caller,
        (holder, id): (&str, &str),
        kind: TargetKind,
    ) -> Result<Self, ApiError> {
        let held = H::find(db, caller, holder)?;
        let role = held.by.find(db, id)?.ok_or_else(|| missing(id))?;
        if !takes(role.role, kind) {
            let message = match kind {
                TargetKind::Group => {
                    "Only USER_ADMIN, HELP_DESK_ADMIN and GROUP_MEMBERSHIP_ADMIN can be limited to groups"
                }
                TargetKind::App | TargetKind::AppInstance => {
                    "Only APP_ADMIN can be limited to apps"
                }
            };
            return Err(ApiError::invalid("roleAssignmentId", message));
        }
        Ok(Self { held, role })
    }

    /// Tells that the role is for something else from now on.
    fn log(self, writing: &Writing<'_>, how: Told, target: Target) -> Result<(), ApiError> {
        let event = Event::of(self.held.event)
            .to(self.held.target)
            .to(target)
            .debug("privilegeGranted", self.role.role.label())
            .debug("targetChange", how.as_str());
        Ok(writing.log(event)?)
    }
}

/// What became of a target.
#[derive(Debug, Clone, Copy)]
enum Told {
    Added,
    Removed,
    /// All of its kind, for the role is for the whole org again.
    AllRemoved,
}

impl Told {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "ADDED",
            Self::Removed => "REMOVED",
            Self::AllRemoved => "ALL_REMOVED",
        }
    }
}

/// Whether the role can be limited to targets of the kind.
const fn takes(role: Role, kind: TargetKind) -> bool {
    match kind {
        TargetKind::Group => matches!(
            role,
            Role::UserAdmin | Role::HelpDeskAdmin | Role::GroupMembershipAdmin
        ),
        TargetKind::App | TargetKind::AppInstance => matches!(role, Role::AppAdmin),
    }
}

/// The refusal to give the whole org back by removing what is left.
fn last() -> ApiError {
    ApiError::invalid(
        "target",
        "The last target of a role cannot be removed. Unassign the role, and assign it again for all",
    )
}
