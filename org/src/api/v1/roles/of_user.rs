//! The roles of a user.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::ErrorCode;
use serde_json::Value;

use super::record::Assignee;
use super::view::view;
use super::{NewRole, missing, read};
use crate::Org;
use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{
    ApiError, Body, Caller, Change, Listing, Path, Role, Writing, has_another_super_admin,
};
use crate::directory::UserStatus;
use crate::events::{Event, EventType};

fn roles_of(user: &UserRecord) -> Assignee {
    Assignee::User(user.id.to_string())
}

/// `GET /api/v1/users/{userId}/roles`: those that were given to the user alone.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    read::list(&org, &listing, |db| {
        Ok(roles_of(&find_user(db, &caller, &id)?))
    })
}

/// `GET /api/v1/users/{userId}/roles/{roleAssignmentId}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path((user, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    read::one(&org, &id, |db| {
        Ok(roles_of(&find_user(db, &caller, &user)?))
    })
}

/// `POST /api/v1/users/{userId}/roles`.
pub(super) async fn assign(
    State(org): State<Org>,
    change: Change,
    Path(user): Path<String>,
    Body(new): Body<NewRole>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let role = new.role()?;
    let assignment = change
        .run(move |writing| {
            let user = find_user(writing.db, writing.caller, &user)?;
            if user.status == UserStatus::Deprovisioned {
                return Err(ApiError::new(ErrorCode::WrongStatus));
            }
            let given = roles_of(&user).assign(writing.db, role, writing.entropy, writing.now)?;
            let given = given.ok_or_else(|| ApiError::new(ErrorCode::RoleAlreadyAssigned))?;
            log(writing, EventType::PrivilegeGrant, &user, role)?;
            Ok(given)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(view(&assignment, org.url()))))
}

/// `DELETE /api/v1/users/{userId}/roles/{roleAssignmentId}`.
pub(super) async fn unassign(
    change: Change,
    Path((user, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = find_user(writing.db, writing.caller, &user)?;
            let found = roles_of(&user).find(writing.db, &id)?;
            let role = found.ok_or_else(|| missing(&id))?.role;
            let is_super = role == Role::SuperAdmin;
            if is_super && !has_another_super_admin(writing.db, &user.id)? {
                return Err(ApiError::forbidden());
            }
            roles_of(&user).unassign(writing.db, role)?;
            log(writing, EventType::PrivilegeRevoke, &user, role)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

fn log(
    writing: &Writing<'_>,
    event: EventType,
    user: &UserRecord,
    role: Role,
) -> rusqlite::Result<()> {
    let event = Event::of(event)
        .to(user.target())
        .debug("privilegeGranted", role.label());
    writing.log(event)
}
