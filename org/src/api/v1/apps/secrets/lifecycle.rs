use axum::Json;
use serde_json::Value;

use super::super::view::{Secrets, target};
use super::find;
use super::view::view;
use crate::api::{ApiError, Change, Path};
use crate::apps::{list_secrets, set_secret_status};
use crate::events::{Event, EventType};
use crate::policy::Status;

/// `POST /api/v1/apps/{appId}/credentials/secrets/{secretId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(path): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    set(change, path, Status::Active).await
}

/// `POST /api/v1/apps/{appId}/credentials/secrets/{secretId}/lifecycle/deactivate`. The last one that counts stays.
pub(super) async fn deactivate(
    change: Change,
    Path(path): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    set(change, path, Status::Inactive).await
}

async fn set(
    change: Change,
    (id, secret): (String, String),
    status: Status,
) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let (app, found) = find(writing.db, &id, &secret)?;
            writing.caller.may_change(writing.db, &app.id)?;
            if found.status != status {
                let secrets = list_secrets(writing.db, &app.id)?;
                let is_other = secrets
                    .iter()
                    .any(|one| one.id != found.id && one.status == Status::Active);
                if status == Status::Inactive && !is_other {
                    return Err(ApiError::invalid(
                        "secretId",
                        "The last active secret of an app cannot be deactivated",
                    ));
                }
                set_secret_status(writing.db, &found.id, status, writing.now)?;
                let event = match status {
                    Status::Active => EventType::ClientSecretActivate,
                    Status::Inactive => EventType::ClientSecretDeactivate,
                };
                writing.log(Event::of(event).to(target(&app)))?;
            }
            let (app, found) = find(writing.db, &id, &secret)?;
            let shown = Secrets::Shown(writing.sealer);
            Ok(Json(view(&app.id, &found, shown, writing.url)?))
        })
        .await
}
