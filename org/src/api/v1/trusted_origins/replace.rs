use axum::Json;
use serde_json::Value;

use super::body::{OriginBody, Status};
use super::origin_of;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::trusted_origins::{TrustedOrigin, put_trusted_origin};

/// `PUT /api/v1/trustedOrigins/{trustedOriginId}`.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<OriginBody>,
) -> Result<Json<Value>, ApiError> {
    let status = body.status;
    let checked = body.checked()?;
    change
        .run(move |writing| {
            let before = origin_of(writing.db, &id)?;
            checked.check(writing.db, &before.id)?;
            let trusted = TrustedOrigin {
                name: checked.name,
                origin: checked.origin,
                scopes: checked.scopes,
                is_active: status.map_or(before.is_active, |status| status == Status::Active),
                updated_at: writing.now,
                updated_by: writing.caller.author(),
                ..before
            };
            put_trusted_origin(writing.db, &trusted)?;
            writing.log(Event::of(EventType::TrustedOriginUpdate).to(target(&trusted)))?;
            Ok(Json(view(&trusted, writing.url)))
        })
        .await
}
