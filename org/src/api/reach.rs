//! Roles that are limited to some groups or apps: what of the org they reach.

use axum::extract::RawPathParams;
use model::AppId;
use rusqlite::Connection;

use super::grant::Grant;
use super::rights::{Access, Resource, Rights};
use super::table::Row;
use super::v1::named_user;
use super::{ApiError, Caller, Condition, Credential};
use crate::store::Json;

/// What a path is about.
enum Named<'a> {
    User(&'a str),
    Group(&'a str),
    App(&'a str),
    /// Nothing that roles are limited by.
    Nothing,
}

impl<'a> Named<'a> {
    fn of(path: &str, parameters: &'a RawPathParams) -> Self {
        let Some((_, value)) = parameters.iter().next() else {
            return Self::Nothing;
        };
        match path.split_once('{').map(|(place, _)| place) {
            Some("/api/v1/users/") => Self::User(value),
            Some("/api/v1/groups/") => Self::Group(value),
            Some("/api/v1/apps/" | "/local/apps/") => Self::App(value),
            _ => Self::Nothing,
        }
    }
}

/// Operations that name no object and answer to limited roles: the lists show what is reached, and a new user has to be put
/// into a group that is.
const WITHOUT_OBJECT: [&str; 4] = ["listUsers", "listGroups", "listApplications", "createUser"];

/// Whether the call is about something that one of the caller's roles reaches. What is not told here to be within the limits of
/// a role is outside them.
pub(super) fn is_reached(
    db: &Connection,
    caller: &Caller,
    row: &Row,
    parameters: &RawPathParams,
) -> rusqlite::Result<bool> {
    let (Rights::Admin(resource, access) | Rights::AdminOrMe(resource, access)) = row.rights else {
        return Ok(true);
    };
    if matches!(caller.credential, Credential::Session(_)) {
        // About themselves, or they would not have been let through.
        return Ok(true);
    }
    for grant in caller.grants_for(resource, access) {
        let is_within = match grant.limits(resource, access) {
            None => true,
            Some(ids) => is_within(db, caller, row, parameters, (access, ids))?,
        };
        if is_within {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_within(
    db: &Connection,
    caller: &Caller,
    row: &Row,
    parameters: &RawPathParams,
    (access, ids): (Access, &[String]),
) -> rusqlite::Result<bool> {
    let has = |id: &str| ids.iter().any(|one| one == id);
    match Named::of(row.path, parameters) {
        Named::User(name) => {
            let is_me = access == Access::Read && name == "me";
            Ok(is_me || is_member(db, caller, name, ids)?)
        }
        // As at Okta: people of one's own groups are put into others of one's own, and groups stay.
        Named::Group(id) if row.operation == "assignUserToGroup" => {
            let user = parameters.iter().find(|(name, _)| *name == "userId");
            let sees_all = caller.limits(Resource::Users).is_none();
            let user = user.map_or("", |(_, name)| name);
            Ok(has(id) && (sees_all || is_member(db, caller, user, ids)?))
        }
        Named::Group(id) => Ok(has(id) && row.operation != "deleteGroup"),
        Named::App(id) => Ok(has(id)),
        Named::Nothing => Ok(WITHOUT_OBJECT.contains(&row.operation)),
    }
}

/// Whether the user is in one of the groups.
fn is_member(
    db: &Connection,
    caller: &Caller,
    name: &str,
    groups: &[String],
) -> rusqlite::Result<bool> {
    let Some(user) = named_user(db, caller, name)? else {
        return Ok(false);
    };
    db.prepare_cached(
        "SELECT 1 FROM group_members WHERE user_id = ?1 AND group_id IN (SELECT value FROM json_each(?2))",
    )?
    .exists((user.as_str(), Json(groups)))
}

impl Caller {
    /// The roles that allow the access.
    fn grants_for(&self, resource: Resource, access: Access) -> impl Iterator<Item = &Grant> {
        self.roles
            .iter()
            .filter(move |grant| grant.role.may(resource, access))
    }

    /// What of a resource the caller sees: ids of apps, or of the groups whose members they see. `None`: all.
    fn limits(&self, resource: Resource) -> Option<Vec<&str>> {
        let mut ids = Vec::new();
        for grant in self.grants_for(resource, Access::Read) {
            let more = grant.limits(resource, Access::Read)?;
            ids.extend(more.iter().map(String::as_str));
        }
        Some(ids)
    }

    /// Whether the caller sees the group.
    pub(crate) fn sees_group(&self, id: &str) -> bool {
        let limits = self.limits(Resource::Groups);
        limits.is_none_or(|ids| ids.contains(&id))
    }

    /// Leaves of a list of users, groups or apps those that the caller sees. `column` is SQL for the id.
    pub(crate) fn narrow(&self, asked: &mut Condition, resource: Resource, column: &str) {
        let Some(ids) = self.limits(resource) else {
            return;
        };
        let ids = serde_json::Value::from(ids).to_string();
        let seen = match resource {
            Resource::Users => {
                "SELECT user_id FROM group_members WHERE group_id IN (SELECT value FROM json_each(?))"
            }
            _ => "SELECT value FROM json_each(?)",
        };
        asked.sql = format!("({}) AND {column} IN ({seen})", asked.sql);
        asked.values.push(ids.into());
    }

    /// Refuses a new user outside the groups that the caller is limited to.
    pub(crate) fn may_create_in(&self, groups: &[String]) -> Result<(), ApiError> {
        let mut grants = self.grants_for(Resource::Users, Access::Manage);
        let may = grants.any(
            |grant| match grant.limits(Resource::Users, Access::Manage) {
                None => true,
                Some(ids) => !groups.is_empty() && groups.iter().all(|id| ids.contains(id)),
            },
        );
        if may {
            Ok(())
        } else {
            Err(ApiError::forbidden())
        }
    }

    /// Whether the caller may do this to the app, beyond what the route asked for already.
    pub(crate) fn may_to_app(&self, access: Access, app: &AppId) -> bool {
        let mut grants = self.grants_for(Resource::Apps, access);
        let is_reached = grants.any(|grant| {
            let limits = grant.limits(Resource::Apps, access);
            limits.is_none_or(|ids| ids.iter().any(|id| id == app.as_str()))
        });
        is_reached && self.may(Resource::Apps, access)
    }
}
