use axum::Json;
use http::StatusCode;
use serde_json::Value;

use super::super::{reload, server_of};
use super::body::{ClaimBody, changed_system, check};
use super::claim_of;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::{ClaimRecord, delete_claim, list_claims, put_claim};
use crate::wire_id::wire_id;

/// More fit into no token.
const MOST: usize = 200;

/// `POST …/claims`.
pub(super) async fn create(
    change: Change,
    Path(server): Path<String>,
    Body(body): Body<ClaimBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let claim = body.checked()?;
    reload::run(change, move |writing| {
        let server = server_of(writing.db, &server)?;
        if list_claims(writing.db, &server.id)?.len() >= MOST {
            return Err(ApiError::invalid("name", "The server has 200 claims"));
        }
        let id = wire_id("ocl", writing.entropy);
        let claim = ClaimRecord { id, ..claim };
        check(writing.db, &server.id, &claim)?;
        put_claim(writing.db, &server.id, &claim)?;
        writing.log(Event::of(EventType::ClaimCreate).to(target(&claim)))?;
        Ok((
            StatusCode::CREATED,
            Json(view(&server, &claim, writing.url)),
        ))
    })
    .await
}

/// `PUT …/claims/{claimId}`.
pub(super) async fn replace(
    change: Change,
    Path((server, id)): Path<(String, String)>,
    Body(body): Body<ClaimBody>,
) -> Result<Json<Value>, ApiError> {
    let wanted = body.checked()?;
    reload::run(change, move |writing| {
        let server = server_of(writing.db, &server)?;
        let before = claim_of(writing.db, &server.id, &id)?;
        let claim = if before.system {
            changed_system(before, &wanted)?
        } else {
            let claim = ClaimRecord {
                id: before.id,
                ..wanted
            };
            check(writing.db, &server.id, &claim)?;
            claim
        };
        put_claim(writing.db, &server.id, &claim)?;
        writing.log(Event::of(EventType::ClaimUpdate).to(target(&claim)))?;
        Ok(Json(view(&server, &claim, writing.url)))
    })
    .await
}

/// `DELETE …/claims/{claimId}`. Okta's own stay.
pub(super) async fn delete(
    change: Change,
    Path((server, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    reload::run(change, move |writing| {
        let server = server_of(writing.db, &server)?;
        let claim = claim_of(writing.db, &server.id, &id)?;
        if claim.system {
            return Err(ApiError::forbidden());
        }
        delete_claim(writing.db, &claim.id)?;
        writing.log(Event::of(EventType::ClaimDelete).to(target(&claim)))?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
