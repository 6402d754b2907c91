use http::StatusCode;

use super::view::target;
use super::{place_of, rule_of};
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::delete_rule;

/// `DELETE …/rules/{ruleId}`.
pub(super) async fn delete(
    change: Change,
    Path((server, policy, id)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let (_, policy) = place_of(writing.db, &server, &policy)?;
            let rule = rule_of(writing.db, &policy.id, &id)?;
            if rule.system {
                return Err(ApiError::forbidden());
            }
            delete_rule(writing.db, &policy.id, &rule.id)?;
            writing.log(Event::of(EventType::PolicyRuleDelete).to(target(&rule)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
