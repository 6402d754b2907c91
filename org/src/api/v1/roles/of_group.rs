//! The roles of a group, which all its members have.

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
use crate::api::v1::groups::{
    GroupRecord, find_group, is_filled_by_rule, keep_a_super_admin, target,
};
use crate::api::{ApiError, Body, Change, Listing, Path, Role, Writing};
use crate::events::{Event, EventType};

fn roles_of(group: &GroupRecord) -> Assignee {
    Assignee::Group(group.id.to_string())
}

/// `GET /api/v1/groups/{groupId}/roles`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    read::list(&org, &listing, |db| Ok(roles_of(&find_group(db, &id)?)))
}

/// `GET /api/v1/groups/{groupId}/roles/{roleAssignmentId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((group, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    read::one(&org, &id, |db| Ok(roles_of(&find_group(db, &group)?)))
}

/// `POST /api/v1/groups/{groupId}/roles`. Not for the group that everybody is in, nor for one that a rule fills: then people
/// would be administrators by what stands in their profile.
pub(super) async fn assign(
    State(org): State<Org>,
    change: Change,
    Path(group): Path<String>,
    Body(new): Body<NewRole>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let role = new.role()?;
    let assignment = change
        .run(move |writing| {
            let group = find_group(writing.db, &group)?;
            if group.is_built_in() || is_filled_by_rule(writing.db, &group)? {
                return Err(ApiError::invalid(
                    "group",
                    "Administrator roles cannot be given to Everyone or to a group that a rule fills",
                ));
            }
            let given = roles_of(&group).assign(writing.db, role, writing.entropy, writing.now)?;
            let given = given.ok_or_else(|| ApiError::new(ErrorCode::RoleAlreadyAssigned))?;
            log(writing, EventType::GroupPrivilegeGrant, &group, role)?;
            Ok(given)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(view(&assignment, org.url()))))
}

/// `DELETE /api/v1/groups/{groupId}/roles/{roleAssignmentId}`.
pub(super) async fn unassign(
    change: Change,
    Path((group, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let group = find_group(writing.db, &group)?;
            let found = roles_of(&group).find(writing.db, &id)?;
            let role = found.ok_or_else(|| missing(&id))?.role;
            roles_of(&group).unassign(writing.db, role)?;
            keep_a_super_admin(writing.db)?;
            log(writing, EventType::GroupPrivilegeRevoke, &group, role)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

fn log(
    writing: &Writing<'_>,
    event: EventType,
    group: &GroupRecord,
    role: Role,
) -> rusqlite::Result<()> {
    let event = Event::of(event)
        .to(target(group))
        .debug("privilegeGranted", role.label());
    writing.log(event)
}
