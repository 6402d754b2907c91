use http::StatusCode;

use super::lifecycle::deactivate_now;
use super::record::find_user;
use crate::api::{ApiError, Change, Path};
use crate::directory::{UserStatus, delete_user};
use crate::events::{Event, EventType};

/// `DELETE /api/v1/users/{id}`: the first deactivates, the second deletes for good.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = find_user(writing.db, writing.caller, &id)?;
            writing.caller.may_act_on(writing.db, &user.id)?;
            if user.status == UserStatus::Deprovisioned {
                writing
                    .log(Event::of(EventType::UserLifecycleDeleteCompleted).to(user.target()))?;
                delete_user(writing.db, &user.id)?;
            } else {
                deactivate_now(writing, &user)?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
