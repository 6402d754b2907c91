use http::StatusCode;
use model::AppId;
use rusqlite::{Connection, OptionalExtension as _};

use super::record::Assignee;
use crate::api::v1::groups::{find_group, target as group_target};
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Caller};
use crate::events::{EventType, Target, client_of};
use crate::store::parsed;

/// Whoever roles are given to, by the place of the API where they are found.
pub(super) trait Holder: 'static {
    /// How Okta tells that it was done, where the roles are for all apps of a kind from now on.
    const ASSIGNED_KIND: StatusCode = StatusCode::NO_CONTENT;

    /// The one with this id.
    fn find(db: &Connection, caller: &Caller, id: &str) -> Result<Held, ApiError>;
}

/// One who may have roles.
pub(super) struct Held {
    pub(super) by: Assignee,
    /// In the System Log.
    pub(super) target: Target,
    /// What tells the roles that they have from now on.
    pub(super) event: EventType,
}

/// Below `/api/v1/users/{userId}`.
pub(super) struct OfUser;
/// Below `/api/v1/groups/{groupId}`.
pub(super) struct OfGroup;
/// Below `/oauth2/v1/clients/{clientId}`.
pub(super) struct OfClient;

impl Holder for OfUser {
    fn find(db: &Connection, caller: &Caller, id: &str) -> Result<Held, ApiError> {
        let user = find_user(db, caller, id)?;
        Ok(Held {
            target: user.target(),
            by: Assignee::User(user.id.to_string()),
            event: EventType::PrivilegeGrant,
        })
    }
}

impl Holder for OfGroup {
    const ASSIGNED_KIND: StatusCode = StatusCode::OK;

    fn find(db: &Connection, _: &Caller, id: &str) -> Result<Held, ApiError> {
        let group = find_group(db, id)?;
        Ok(Held {
            target: group_target(&group),
            by: Assignee::Group(group.id.to_string()),
            event: EventType::GroupPrivilegeGrant,
        })
    }
}

impl Holder for OfClient {
    fn find(db: &Connection, _: &Caller, id: &str) -> Result<Held, ApiError> {
        let app = find_service_app(db, id)?;
        Ok(Held {
            target: client_of(db, &app)?,
            by: Assignee::Client(app.to_string()),
            event: EventType::ClientPrivilegeGrant,
        })
    }
}

/// The service app of this id. Apps that act for people have the rights of those people.
pub(super) fn find_service_app(db: &Connection, id: &str) -> Result<AppId, ApiError> {
    db.prepare_cached("SELECT id FROM apps WHERE id = ?1 AND application_type = 'service'")?
        .query_row([id], |row| parsed(row, 0))
        .optional()?
        .ok_or_else(|| ApiError::not_found("PublicClientApp", id))
}
