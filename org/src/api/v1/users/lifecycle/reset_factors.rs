use http::StatusCode;
use model::ErrorCode;

use super::{is_in_use, subject};
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};

/// `POST /api/v1/users/{id}/lifecycle/reset_factors`: the user sets them up anew. The address stays: it is that of the profile.
pub(in crate::api::v1::users) async fn reset_factors(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            if !is_in_use(user.status) {
                return Err(ApiError::new(ErrorCode::WrongStatus));
            }
            writing
                .db
                .prepare_cached(
                    "DELETE FROM enrollments WHERE user_id = ?1 AND authenticator_key <> 'okta_email'",
                )?
                .execute([user.id.as_str()])?;
            writing.log(Event::of(EventType::FactorResetAll).to(user.target()))?;
            Ok(StatusCode::OK)
        })
        .await
}
