use axum::Json;
use serde_json::{Value, json};

use super::find_to_change;
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::apps::{end_all_of, set_app_status};
use crate::events::{Event, EventType};
use crate::policy::Status;

/// `POST /api/v1/apps/{appId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    set(change, id, Status::Active).await
}

/// `POST /api/v1/apps/{appId}/lifecycle/deactivate`. What the app holds ends: codes, tokens, sign-ins in progress.
pub(super) async fn deactivate(
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    set(change, id, Status::Inactive).await
}

/// Nothing happens, and nothing is written, when the app is so already.
async fn set(change: Change, id: String, status: Status) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let app = find_to_change(writing, &id)?;
            if app.status == status {
                return Ok(Json(json!({})));
            }
            set_app_status(writing.db, &app.id, status, writing.now)?;
            let event = match status {
                Status::Active => EventType::AppActivate,
                Status::Inactive => {
                    end_all_of(writing.db, &app.id, writing.now)?;
                    EventType::AppDeactivate
                }
            };
            writing.log(Event::of(event).to(target(&app)))?;
            Ok(Json(json!({})))
        })
        .await
}
