use http::StatusCode;

use super::event;
use crate::api::v1::policies::record::{find_policy, find_rule};
use crate::api::{ApiError, Change, Path};
use crate::events::EventType;
use crate::policy::edit::delete_rule;

/// `DELETE /api/v1/policies/{policyId}/rules/{ruleId}`. The system's stay.
pub(super) async fn delete(
    change: Change,
    Path((policy_id, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &policy_id)?;
            let rule = find_rule(writing.db, &policy.id, &id)?;
            if rule.is_system {
                return Err(ApiError::forbidden());
            }
            delete_rule(writing.db, (policy.policy_type, &policy.id), &rule.id)?;
            writing.log(event(EventType::PolicyRuleDelete, &policy, &rule))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
