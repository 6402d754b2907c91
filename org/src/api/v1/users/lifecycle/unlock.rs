use http::StatusCode;

use super::{subject, take};
use crate::api::{ApiError, Change, Path};
use crate::authenticator::attempts;
use crate::directory::{Operation, UserStatus};
use crate::events::{Event, EventType};

/// `POST /api/v1/users/{id}/lifecycle/unlock`: of a user who is locked out, or whose attempts from unknown devices are.
pub(in crate::api::v1::users) async fn unlock(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            let has_failures = attempts::has_failures(writing.db, &user.id)?;
            let user = if user.status == UserStatus::Active && has_failures {
                user
            } else {
                take(writing, &user, Operation::Unlock, false)?
            };
            attempts::unlock(writing.db, &user.id, writing.now)?;
            writing.log(Event::of(EventType::UserAccountUnlock).to(user.target()))?;
            Ok(StatusCode::OK)
        })
        .await
}
