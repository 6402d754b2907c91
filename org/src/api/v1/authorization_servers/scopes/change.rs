use axum::Json;
use http::StatusCode;
use serde_json::Value;

use super::super::{reload, server_of};
use super::body::{ScopeBody, check};
use super::scope_of;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::{ScopeRecord, delete_scope, list_scopes, put_scope};
use crate::wire_id::wire_id;

/// More are no list that somebody keeps by hand.
const MOST: usize = 1000;

/// `POST …/scopes`.
pub(super) async fn create(
    change: Change,
    Path(server): Path<String>,
    Body(body): Body<ScopeBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let scope = body.checked()?;
    reload::run(change, move |writing| {
        let server = server_of(writing.db, &server)?;
        if list_scopes(writing.db, &server.id)?.len() >= MOST {
            return Err(ApiError::invalid("name", "The server has 1000 scopes"));
        }
        let id = wire_id("scp", writing.entropy);
        let scope = ScopeRecord { id, ..scope };
        check(writing.db, &server.id, &scope)?;
        put_scope(writing.db, &server.id, &scope)?;
        writing.log(Event::of(EventType::ScopeCreate).to(target(&scope)))?;
        Ok((
            StatusCode::CREATED,
            Json(view(&server, &scope, writing.url)),
        ))
    })
    .await
}

/// `PUT …/scopes/{scopeId}`. Okta's own keep their names.
pub(super) async fn replace(
    change: Change,
    Path((server, id)): Path<(String, String)>,
    Body(body): Body<ScopeBody>,
) -> Result<Json<Value>, ApiError> {
    let scope = body.checked()?;
    reload::run(change, move |writing| {
        let server = server_of(writing.db, &server)?;
        let before = scope_of(writing.db, &server.id, &id)?;
        if before.system && before.name != scope.name {
            return Err(ApiError::invalid("name", "A system scope keeps its name"));
        }
        let scope = ScopeRecord {
            id: before.id,
            system: before.system,
            ..scope
        };
        check(writing.db, &server.id, &scope)?;
        put_scope(writing.db, &server.id, &scope)?;
        writing.log(Event::of(EventType::ScopeUpdate).to(target(&scope)))?;
        Ok(Json(view(&server, &scope, writing.url)))
    })
    .await
}

/// `DELETE …/scopes/{scopeId}`. Okta's own stay.
pub(super) async fn delete(
    change: Change,
    Path((server, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    reload::run(change, move |writing| {
        let server = server_of(writing.db, &server)?;
        let scope = scope_of(writing.db, &server.id, &id)?;
        if scope.system {
            return Err(ApiError::forbidden());
        }
        delete_scope(writing.db, &scope.id)?;
        writing.log(Event::of(EventType::ScopeDelete).to(target(&scope)))?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
