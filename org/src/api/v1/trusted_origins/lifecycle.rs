use axum::Json;
use serde_json::Value;

use super::origin_of;
use super::view::{target, view};
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::trusted_origins::put_trusted_origin;

/// `POST …/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    switch(change, id, true).await
}

/// `POST …/lifecycle/deactivate`.
pub(super) async fn deactivate(
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    switch(change, id, false).await
}

async fn switch(change: Change, id: String, is_active: bool) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let mut trusted = origin_of(writing.db, &id)?;
            trusted.is_active = is_active;
            trusted.updated_at = writing.now;
            trusted.updated_by = writing.caller.author();
            put_trusted_origin(writing.db, &trusted)?;
            let event = if is_active {
                EventType::TrustedOriginActivate
            } else {
                EventType::TrustedOriginDeactivate
            };
            writing.log(Event::of(event).to(target(&trusted)))?;
            Ok(Json(view(&trusted, writing.url)))
        })
        .await
}
