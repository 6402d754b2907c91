//! The roles of a service app, which its own tokens have.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::{AppId, ErrorCode};
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::Value;

use super::record::Assignee;
use super::view::view;
use super::{NewRole, missing};
use crate::Org;
use crate::api::{ApiError, Body, Change, Listing, Path, Role, Writing};
use crate::events::{self, Event, EventType};
use crate::store::parsed;

/// The service app of this id. Apps that act for people have the rights of those people.
fn find(db: &Connection, id: &str) -> rusqlite::Result<Result<AppId, ApiError>> {
    let found: Option<AppId> = db
        .prepare_cached("SELECT id FROM apps WHERE id = ?1 AND application_type = 'service'")?
        .query_row([id], |row| parsed(row, 0))
        .optional()?;
    Ok(found.ok_or_else(|| ApiError::not_found("PublicClientApp", id)))
}

fn roles_of(app: &AppId) -> Assignee {
    Assignee::Client(app.to_string())
}

/// `GET /oauth2/v1/clients/{clientId}/roles`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let roles = org.store().read(|db| match find(db, &id)? {
        Ok(app) => roles_of(&app).list(db).map(Ok),
        Err(error) => Ok(Err(error)),
    })??;
    Ok(listing.whole(roles.iter().map(|role| view(role, org.url())).collect()))
}

/// `GET /oauth2/v1/clients/{clientId}/roles/{roleAssignmentId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((client, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let role = org.store().read(|db| match find(db, &client)? {
        Ok(app) => Ok(roles_of(&app).find(db, &id)?.ok_or_else(|| missing(&id))),
        Err(error) => Ok(Err(error)),
    })??;
    Ok(Json(view(&role, org.url())))
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
            let app = find(writing.db, &client)??;
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
            let app = find(writing.db, &client)??;
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
