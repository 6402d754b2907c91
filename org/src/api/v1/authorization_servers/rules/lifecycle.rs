use http::StatusCode;

use super::view::target;
use super::{place_of, rule_of};
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::put_rule;

type Place = (String, String, String);

/// `POST …/rules/{ruleId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(place): Path<Place>,
) -> Result<StatusCode, ApiError> {
    switch(change, place, true).await
}

/// `POST …/rules/{ruleId}/lifecycle/deactivate`.
pub(super) async fn deactivate(
    change: Change,
    Path(place): Path<Place>,
) -> Result<StatusCode, ApiError> {
    switch(change, place, false).await
}

async fn switch(
    change: Change,
    (server, policy, id): Place,
    is_active: bool,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let (_, policy) = place_of(writing.db, &server, &policy)?;
            let mut rule = rule_of(writing.db, &policy.id, &id)?;
            rule.is_active = is_active;
            rule.updated_at = writing.now;
            put_rule(writing.db, &policy.id, &rule)?;
            let event = if is_active {
                EventType::PolicyRuleActivate
            } else {
                EventType::PolicyRuleDeactivate
            };
            writing.log(Event::of(event).to(target(&rule)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
