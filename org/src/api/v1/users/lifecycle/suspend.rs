use http::StatusCode;

use super::deactivate::keep_last_super_admin;
use super::{subject, take};
use crate::api::{ApiError, Change, Path};
use crate::directory::Operation;
use crate::events::{Event, EventType};

/// `POST /api/v1/users/{id}/lifecycle/suspend`: they keep what they have and cannot get in.
pub(in crate::api::v1::users) async fn suspend(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            keep_last_super_admin(writing, &user)?;
            let user = take(writing, &user, Operation::Suspend, false)?;
            writing.sign_out_everywhere(&user.person(), EventType::UserLifecycleSuspend)?;
            writing.log(Event::of(EventType::UserLifecycleSuspend).to(user.target()))?;
            Ok(StatusCode::OK)
        })
        .await
}
