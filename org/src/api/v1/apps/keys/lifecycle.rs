use axum::Json;
use serde_json::Value;

use super::super::view::target;
use super::{find, is_last, key_view};
use crate::api::{ApiError, Change, Path};
use crate::apps::set_key_status;
use crate::events::{Event, EventType};
use crate::policy::Status;

/// `POST /api/v1/apps/{appId}/credentials/jwks/{keyId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(path): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    set(change, path, Status::Active).await
}

/// `POST /api/v1/apps/{appId}/credentials/jwks/{keyId}/lifecycle/deactivate`. The last one that an app needs stays.
pub(super) async fn deactivate(
    change: Change,
    Path(path): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    set(change, path, Status::Inactive).await
}

async fn set(
    change: Change,
    (id, key): (String, String),
    status: Status,
) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let (app, found) = find(writing.db, &id, &key)?;
            writing.caller.may_change(writing.db, &app.id)?;
            if found.status != status {
                if status == Status::Inactive && is_last(writing.db, &app, &found)? {
                    return Err(ApiError::invalid(
                        "keyId",
                        "The last active key of an app with 'private_key_jwt' cannot be deactivated",
                    ));
                }
                set_key_status(writing.db, &found.id, status, writing.now)?;
                writing.log(Event::of(EventType::ClientUpdate).to(target(&app)))?;
            }
            let (app, found) = find(writing.db, &id, &key)?;
            Ok(Json(key_view(&app.id, &found, writing.url)))
        })
        .await
}
