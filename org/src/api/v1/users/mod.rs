//! Users: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/>.

mod address;
mod columns;
mod create;
mod credentials;
mod delete;
mod fields;
mod get;
mod groups;
mod input;
mod letter;
mod lifecycle;
mod list;
mod order;
mod page;
mod password;
mod profile;
mod question;
mod record;
mod resources;
mod sessions;
mod update;
mod view;

use crate::api::{Access, Resource, Rights, Table};

pub(super) use credentials::expired::replacement_of_expired;
pub(super) use credentials::{password_hash_for, prove_password};
pub(super) use profile::{custom_of_users, merged as merged_profile};
pub(in crate::api) use record::named_user;
pub(super) use record::{
    COLUMNS as USER_COLUMNS, UserRecord, find_user, from_row as user_from_row,
};
pub(super) use view::listed as listed_user;

const READ: Rights = Rights::read(Resource::Users);
const MANAGE: Rights = Rights::manage(Resource::Users);
const SUPPORT: Rights = Rights::support(Resource::Users);

pub(super) fn table(table: Table) -> Table {
    const ALL: &str = "/api/v1/users";
    const ONE: &str = "/api/v1/users/{id}";
    const READ_OR_ME: Rights = Rights::AdminOrMe(Resource::Users, Access::Read);
    let table = table
        .get(ALL, "listUsers", READ, list::list)
        .post(ALL, "createUser", MANAGE, create::create)
        .get(ONE, "getUser", READ_OR_ME, get::get)
        .post(ONE, "updateUser", MANAGE, update::update)
        .put(ONE, "replaceUser", MANAGE, update::replace)
        .delete(ONE, "deleteUser", MANAGE, delete::delete)
        .get(
            "/api/v1/users/{id}/groups",
            "listUserGroups",
            READ,
            groups::list,
        )
        .delete(
            "/api/v1/users/{userId}/sessions",
            "revokeUserSessions",
            SUPPORT,
            sessions::clear,
        )
        .post(
            "/api/v1/users/me/lifecycle/delete_sessions",
            "localDeleteOwnSessions",
            Rights::OwnSession,
            sessions::clear_own,
        );
    resources::table(proofs(passwords(states(table))))
}

/// What an administrator of users does to the life cycle.
fn states(table: Table) -> Table {
    table
        .post(
            "/api/v1/users/{id}/lifecycle/activate",
            "activateUser",
            MANAGE,
            lifecycle::activate::activate,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/reactivate",
            "reactivateUser",
            MANAGE,
            lifecycle::reactivate::reactivate,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/deactivate",
            "deactivateUser",
            MANAGE,
            lifecycle::deactivate::deactivate,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/suspend",
            "suspendUser",
            MANAGE,
            lifecycle::suspend::suspend,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/unsuspend",
            "unsuspendUser",
            MANAGE,
            lifecycle::unsuspend::unsuspend,
        )
}

/// What a help desk does.
fn passwords(table: Table) -> Table {
    table
        .post(
            "/api/v1/users/{id}/lifecycle/unlock",
            "unlockUser",
            SUPPORT,
            lifecycle::unlock::unlock,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/expire_password",
            "expirePassword",
            SUPPORT,
            lifecycle::expire_password::expire_password,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/expire_password_with_temp_password",
            "expirePasswordWithTempPassword",
            SUPPORT,
            lifecycle::expire_password::expire_with_temporary,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/reset_password",
            "resetPassword",
            SUPPORT,
            lifecycle::reset_password::reset_password,
        )
        .post(
            "/api/v1/users/{id}/lifecycle/reset_factors",
            "resetFactors",
            SUPPORT,
            lifecycle::reset_factors::reset_factors,
        )
}

/// What asks for a proof, or helps somebody who has none.
fn proofs(table: Table) -> Table {
    table
        .post(
            "/api/v1/users/{userId}/credentials/change_password",
            "changePassword",
            SUPPORT,
            credentials::change_password::change_password,
        )
        .post(
            "/api/v1/users/{userId}/credentials/change_recovery_question",
            "changeRecoveryQuestion",
            SUPPORT,
            credentials::change_question::change_question,
        )
        .post(
            "/api/v1/users/{userId}/credentials/forgot_password",
            "forgotPassword",
            SUPPORT,
            credentials::forgot_password::forgot_password,
        )
        .post(
            "/api/v1/users/{userId}/credentials/forgot_password_recovery_question",
            "forgotPasswordSetNewPassword",
            SUPPORT,
            credentials::recover::recover,
        )
}
