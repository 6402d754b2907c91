//! Administrator roles as somebody has them.

use model::{AppId, UserId};
use rusqlite::Connection;
use serde::de::IntoDeserializer as _;
use serde::{Deserialize, Serialize};

use super::rights::{Access, Resource};
use super::role::Role;
use crate::store::parsed;

/// A role that somebody has, by themselves or by a group.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) role: Role,
    /// What it is limited to. `None`: the whole org.
    targets: Option<Targets>,
}

/// What a role is limited to.
#[derive(Debug, Clone, Default)]
struct Targets {
    /// Ids of groups.
    groups: Vec<String>,
    /// Ids of apps.
    apps: Vec<String>,
    /// Whether the role is for every app of the only kind that the org has.
    has_kind_of_apps: bool,
}

/// Okta's three kinds of targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TargetKind {
    /// One group.
    Group,
    /// All apps of one definition of the catalog.
    App,
    /// One app.
    AppInstance,
}

impl TargetKind {
    /// The name in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "GROUP",
            Self::App => "APP",
            Self::AppInstance => "APP_INSTANCE",
        }
    }
}

impl TryFrom<String> for TargetKind {
    type Error = serde::de::value::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::deserialize(name.into_deserializer())
    }
}

impl Grant {
    /// The ids that the role is limited to where it allows the access: of apps, or of the groups whose members it is for.
    /// `None`: not limited.
    ///
    /// A Group Membership Administrator sees everybody, whatever the groups, and an App Administrator sees what is no app
    /// (<https://help.okta.com/oie/en-us/content/topics/security/administrators-admin-comparison.htm>).
    pub(super) fn limits(&self, resource: Resource, access: Access) -> Option<&[String]> {
        use Resource as R;
        let targets = self.targets.as_ref()?;
        match (self.role, resource) {
            (Role::AppAdmin, R::Apps | R::AppGrants) if !targets.has_kind_of_apps => {
                Some(&targets.apps)
            }
            (
                Role::UserAdmin | Role::HelpDeskAdmin,
                R::Users | R::Groups | R::Sessions | R::Factors,
            ) => Some(&targets.groups),
            (Role::GroupMembershipAdmin, R::Groups) if access == Access::Membership => {
                Some(&targets.groups)
            }
            _ => None,
        }
    }
}

impl Targets {
    fn add(&mut self, kind: TargetKind, target: String) {
        match kind {
            TargetKind::Group => self.groups.push(target),
            TargetKind::App => self.has_kind_of_apps = true,
            TargetKind::AppInstance => self.apps.push(target),
        }
    }
}

/// The administrator roles of a user: their own and those of their groups.
pub(super) fn grants_of_user(db: &Connection, user: &UserId) -> rusqlite::Result<Vec<Grant>> {
    let given = "SELECT user_id AS holder, role FROM admin_roles WHERE user_id = ?1 \
         UNION ALL SELECT group_id, role FROM group_roles JOIN group_members USING (group_id) WHERE user_id = ?1";
    select(db, given, user.as_str())
}

/// The roles that were given to a service app.
pub(super) fn grants_of_app(db: &Connection, app: &AppId) -> rusqlite::Result<Vec<Grant>> {
    let given = "SELECT app_id AS holder, role FROM app_roles WHERE app_id = ?1";
    select(db, given, app.as_str())
}

/// `given` is SQL for the roles of whoever has `id`, each with its holder.
fn select(db: &Connection, given: &str, id: &str) -> rusqlite::Result<Vec<Grant>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT holder, given.role, kind, target FROM ({given}) AS given \
         LEFT JOIN role_targets ON holder_id = holder AND role_targets.role = given.role \
         ORDER BY holder, given.role"
    ))?;
    let mut rows = statement.query([id])?;
    let mut grants: Vec<Grant> = Vec::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        let of = (row.get::<_, String>(0)?, parsed::<Role>(row, 1)?);
        if last.as_ref() != Some(&of) {
            grants.push(Grant {
                role: of.1,
                targets: None,
            });
            last = Some(of);
        }
        let is_limited = row.get_ref(2)? != rusqlite::types::ValueRef::Null;
        if is_limited && let Some(grant) = grants.last_mut() {
            let targets = grant.targets.get_or_insert_default();
            targets.add(parsed(row, 2)?, row.get(3)?);
        }
    }
    Ok(grants)
}
