use http::StatusCode;

use super::super::view::target;
use super::find;
use crate::api::{ApiError, Change, Path};
use crate::apps::delete_key;
use crate::events::{Event, EventType};
use crate::policy::Status;

/// `DELETE /api/v1/apps/{appId}/credentials/jwks/{keyId}`. Only one that does not count any more.
pub(super) async fn delete(
    change: Change,
    Path((id, key)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let (app, key) = find(writing.db, &id, &key)?;
            writing.caller.may_change(writing.db, &app.id)?;
            if key.status == Status::Active {
                return Err(ApiError::invalid(
                    "keyId",
                    "An active key cannot be deleted: deactivate it first",
                ));
            }
            delete_key(writing.db, &key.id)?;
            writing.log(Event::of(EventType::ClientUpdate).to(target(&app)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
