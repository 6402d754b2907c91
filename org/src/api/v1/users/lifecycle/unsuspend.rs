use http::StatusCode;

use super::{subject, take};
use crate::api::{ApiError, Change, Path};
use crate::directory::Operation;
use crate::events::{Event, EventType};

/// `POST /api/v1/users/{id}/lifecycle/unsuspend`.
pub(in crate::api::v1::users) async fn unsuspend(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            let user = take(writing, &user, Operation::Unsuspend, false)?;
            writing.log(Event::of(EventType::UserLifecycleUnsuspend).to(user.target()))?;
            Ok(StatusCode::OK)
        })
        .await
}
