use http::StatusCode;

use super::event;
use crate::api::v1::policies::record::{find_policy, find_rule};
use crate::api::{ApiError, Change, Path};
use crate::events::EventType;
use crate::policy::Status;
use crate::policy::edit::set_rule_status;

/// `POST /api/v1/policies/{policyId}/rules/{ruleId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(ids): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    set(change, ids, Status::Active).await
}

/// `POST /api/v1/policies/{policyId}/rules/{ruleId}/lifecycle/deactivate`. The system's always count.
pub(super) async fn deactivate(
    change: Change,
    Path(ids): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    set(change, ids, Status::Inactive).await
}

async fn set(
    change: Change,
    (policy_id, id): (String, String),
    status: Status,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &policy_id)?;
            let rule = find_rule(writing.db, &policy.id, &id)?;
            if rule.is_system {
                return Err(ApiError::forbidden());
            }
            set_rule_status(writing.db, &rule.id, status, writing.now)?;
            let kind = match status {
                Status::Active => EventType::PolicyRuleActivate,
                Status::Inactive => EventType::PolicyRuleDeactivate,
            };
            writing.log(event(kind, &policy, &rule))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
