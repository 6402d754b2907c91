use http::StatusCode;

use super::super::view::target;
use super::find;
use crate::api::{ApiError, Change, Path};
use crate::apps::delete_secret;
use crate::events::{Event, EventType};
use crate::policy::Status;

/// `DELETE /api/v1/apps/{appId}/credentials/secrets/{secretId}`. Only one that does not count any more.
pub(super) async fn delete(
    change: Change,
    Path((id, secret)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let (app, secret) = find(writing.db, &id, &secret)?;
            writing.caller.may_change(writing.db, &app.id)?;
            if secret.status == Status::Active {
                return Err(ApiError::invalid(
                    "secretId",
                    "An active secret cannot be deleted: deactivate it first",
                ));
            }
            delete_secret(writing.db, &secret.id)?;
            writing.log(Event::of(EventType::ClientSecretDelete).to(target(&app)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
