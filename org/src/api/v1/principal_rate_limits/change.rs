use axum::Json;
use http::StatusCode;
use serde_json::Value;

use super::body::ShareBody;
use super::record::{ShareRecord, find_principal_name, has_share, put_share, share_of};
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::wire_id::wire_id;

/// `POST /api/v1/principal-rate-limits`.
pub(super) async fn create(
    change: Change,
    Body(body): Body<ShareBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let body = body.checked()?;
    let org = change.org().id().clone();
    change
        .run(move |writing| {
            let name = find_principal_name(writing.db, body.principal_type, &body.principal_id)?
                .ok_or_else(|| ApiError::not_found("Principal", &body.principal_id))?;
            if has_share(writing.db, &body.principal_id)? {
                return Err(ApiError::duplicate("principalId"));
            }
            let author = writing.caller.author();
            let share = ShareRecord {
                id: wire_id("prl", writing.entropy),
                principal_id: body.principal_id,
                principal_type: body.principal_type.as_str().to_owned(),
                percentage: body.default_percentage,
                concurrency_percentage: body.default_concurrency_percentage,
                created_at: writing.now,
                created_by: author.clone(),
                updated_at: writing.now,
                updated_by: author,
            };
            put_share(writing.db, &share)?;
            let event = Event::of(EventType::RateLimitSettingsUpdate);
            writing.log(event.to(target(&share, name)))?;
            Ok((StatusCode::CREATED, Json(view(&share, &org))))
        })
        .await
}

/// `PUT /api/v1/principal-rate-limits/{principalRateLimitId}`.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<ShareBody>,
) -> Result<Json<Value>, ApiError> {
    let body = body.checked()?;
    let org = change.org().id().clone();
    change
        .run(move |writing| {
            let before = share_of(writing.db, &id)?;
            let kind = body.principal_type;
            if body.principal_id != before.principal_id || kind.as_str() != before.principal_type {
                return Err(ApiError::invalid(
                    "principalId",
                    "The principal cannot be changed",
                ));
            }
            let share = ShareRecord {
                percentage: body.default_percentage,
                concurrency_percentage: body.default_concurrency_percentage,
                updated_at: writing.now,
                updated_by: writing.caller.author(),
                ..before
            };
            put_share(writing.db, &share)?;
            let name = find_principal_name(writing.db, kind, &share.principal_id)?;
            let event = Event::of(EventType::RateLimitSettingsUpdate);
            writing.log(event.to(target(&share, name.unwrap_or_default())))?;
            Ok(Json(view(&share, &org)))
        })
        .await
}
