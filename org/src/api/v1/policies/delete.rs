use http::StatusCode;

use super::record::find_policy;
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::policy::edit::delete_policy;

/// `DELETE /api/v1/policies/{policyId}`, with its rules. The system's stay, and those that an app is assigned to.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &id)?;
            if policy.is_system {
                return Err(ApiError::forbidden());
            }
            let is_mapped: bool = writing
                .db
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM app_policies WHERE policy_id = ?1)")?
                .query_row([&id], |row| row.get(0))?;
            if is_mapped {
                return Err(ApiError::invalid(
                    "policy",
                    "Apps are mapped to this policy. Map them to another one first",
                ));
            }
            delete_policy(writing.db, policy.policy_type, &policy.id)?;
            writing.log(Event::of(EventType::PolicyDelete).to(target(&policy)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
