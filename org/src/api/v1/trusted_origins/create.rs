use axum::Json;
use serde_json::Value;

use super::body::{OriginBody, Status};
use super::view::{target, view};
use crate::api::{ApiError, Body, Change};
use crate::events::{Event, EventType};
use crate::trusted_origins::{TrustedOrigin, put_trusted_origin};
use crate::wire_id::wire_id;

/// `POST /api/v1/trustedOrigins`.
pub(super) async fn create(
    change: Change,
    Body(body): Body<OriginBody>,
) -> Result<Json<Value>, ApiError> {
    let is_active = body.status != Some(Status::Inactive);
    let checked = body.checked()?;
    change
        .run(move |writing| {
            checked.check(writing.db, "")?;
            let author = writing.caller.author();
            let trusted = TrustedOrigin {
                id: wire_id("tos", writing.entropy),
                name: checked.name,
                origin: checked.origin,
                is_active,
                scopes: checked.scopes,
                created_at: writing.now,
                created_by: author.clone(),
                updated_at: writing.now,
                updated_by: author,
            };
            put_trusted_origin(writing.db, &trusted)?;
            writing.log(Event::of(EventType::TrustedOriginCreate).to(target(&trusted)))?;
            Ok(Json(view(&trusted, writing.url)))
        })
        .await
}
