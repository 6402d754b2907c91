use http::StatusCode;

use super::record::find_policy;
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::policy::Status;
use crate::policy::edit::set_policy_status;

/// `POST /api/v1/policies/{policyId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    set(change, id, Status::Active).await
}

/// `POST /api/v1/policies/{policyId}/lifecycle/deactivate`. The system's always count.
pub(super) async fn deactivate(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    set(change, id, Status::Inactive).await
}

async fn set(change: Change, id: String, status: Status) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &id)?;
            if policy.is_system {
                return Err(ApiError::forbidden());
            }
            set_policy_status(writing.db, &policy.id, status, writing.now)?;
            let event = match status {
                Status::Active => EventType::PolicyActivate,
                Status::Inactive => EventType::PolicyDeactivate,
            };
            writing.log(Event::of(event).to(target(&policy)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
