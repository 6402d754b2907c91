//! The roles of a service app, which its own tokens have.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::{AppId, ErrorCode};
use serde_json::Value;

use super::holder::find_service_app;
use super::record::Assignee;
use super::view::view;
use super::{NewRole, missing, read};
use crate::Org;
use crate::api::{ApiError, Body, Change, Listing, Path, Role, Writing};
use crate::events::{self, Event, EventType};

fn roles_of(app: &AppId) -> Assignee {
    Assignee::Client(app.to_string())
}

/// `GET /oauth2/v1/clients/{clientId}/roles`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    read::list(&org, &listing, |db| {
        Ok(roles_of(&find_service_app(db, &id)?))
    })
}

/// `GET /oauth2/v1/clients/{clientId}/roles/{roleAssignmentId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((client, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    read::one(&org, &id, |db| {
        Ok(roles_of(&find_service_app(db, &client)?))
    })
}

/// `POST /oauth2/v1/clients/{clientId}/roles`.
pub(super) async fn assign(
    State(org): State<Org>,
    change: Change,
    Path(client): Path<String>,
    Body(new): Body<NewRole>,
) -> Result<Json<Value>, ApiError> {
    let role = new.role()?;
    let assignment = change
        .run(move |writing| {
            let app = find_service_app(writing.db, &client)?;
            let given = roles_of(&app).assign(writing.db, role, writing.entropy, writing.now)?;
            let given = given.ok_or_else(|| ApiError::new(ErrorCode::RoleAlreadyAssigned))?;
            log(writing, EventType::ClientPrivilegeGrant, &app, role)?;
            Ok(given)
        })
        .await?;
    Ok(Json(view(&assignment, org.url())))
}

/// `DELETE /oauth2/v1/clients/{clientId}/roles/{roleAssignmentId}`.
pub(super) async fn unassign(
    change: Change,
    Path((client, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let app = find_service_app(writing.db, &client)?;
            let found = roles_of(&app).find(writing.db, &id)?;
            let role = found.ok_or_else(|| missing(&id))?.role;
            roles_of(&app).unassign(writing.db, role)?;
            log(writing, EventType::ClientPrivilegeRevoke, &app, role)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

fn log(writing: &Writing<'_>, event: EventType, app: &AppId, role: Role) -> rusqlite::Result<()> {
    let event = Event::of(event)
        .to(events::client_of(writing.db, app)?)
        .debug("privilegeGranted", role.label());
    writing.log(event)
}
