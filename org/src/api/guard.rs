use model::{AppId, UserId};
use rusqlite::Connection;

use super::{ApiError, Caller, Role, roles_of};
use crate::store::parsed;

impl Caller {
    /// Whether the caller may change what belongs to `user`: their password, status, factors, profile.
    ///
    /// Who is no administrator is anybody's who may make the call. An administrator is changed by a super administrator, by
    /// an organization administrator unless they are a super administrator, and by themselves; else a help desk could take
    /// over the account of whoever is above it.
    pub(crate) fn may_act_on(&self, db: &Connection, user: &UserId) -> Result<(), ApiError> {
        if self.is(user) || self.outranks(&roles_of(db, user)?) {
            Ok(())
        } else {
            Err(ApiError::forbidden())
        }
    }

    /// Whether the caller may say who is in a group: not in one that gives roles which they could not give.
    pub(crate) fn may_fill(&self, db: &Connection, group: &str) -> Result<(), ApiError> {
        if self.outranks(&roles_of_group(db, group)?) {
            Ok(())
        } else {
            Err(ApiError::forbidden())
        }
    }

    /// Whether the caller may change what an app shows who it is by, or is told it: not of an app with roles that they could not
    /// give; else an app administrator could act as such an app.
    pub(crate) fn may_change(&self, db: &Connection, app: &AppId) -> Result<(), ApiError> {
        if self.outranks(&roles_given_to(db, app)?) {
            Ok(())
        } else {
            Err(ApiError::forbidden())
        }
    }

    fn outranks(&self, roles: &[Role]) -> bool {
        let is_org_admin = self.has(Role::OrgAdmin);
        roles.is_empty()
            || self.is_super_admin()
            || (is_org_admin && !roles.contains(&Role::SuperAdmin))
    }
}

/// The administrator roles that a group gives to its members.
pub(crate) fn roles_of_group(db: &Connection, group: &str) -> rusqlite::Result<Vec<Role>> {
    db.prepare_cached("SELECT role FROM group_roles WHERE group_id = ?1")?
        .query_map([group], |row| parsed(row, 0))?
        .collect()
}

/// The administrator roles that were given to an app.
fn roles_given_to(db: &Connection, app: &AppId) -> rusqlite::Result<Vec<Role>> {
    db.prepare_cached("SELECT role FROM app_roles WHERE app_id = ?1")?
        .query_map([app.as_str()], |row| parsed(row, 0))?
        .collect()
}

/// The active super administrators.
const SUPER_ADMINS: &str = "SELECT 1 FROM users WHERE status = 'ACTIVE' AND id <> ?1 AND id IN ( \
     SELECT user_id FROM admin_roles WHERE role = 'SUPER_ADMIN' \
     UNION SELECT user_id FROM group_roles JOIN group_members USING (group_id) WHERE role = 'SUPER_ADMIN')";

/// Whether there is an active super administrator besides `user`. Without one nobody could give the role to anybody again.
pub(crate) fn has_another_super_admin(db: &Connection, user: &UserId) -> rusqlite::Result<bool> {
    db.prepare_cached(SUPER_ADMINS)?.exists([user.as_str()])
}

/// Whether there is one at all.
pub(crate) fn has_any_super_admin(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached(SUPER_ADMINS)?.exists([""])
}
