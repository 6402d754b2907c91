use axum::Json;
use serde_json::Value;

use super::input::{RuleInput, check_groups};
use super::record::{RuleRecord, find_rule, is_name_taken, put_rule};
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};

/// `PUT /api/v1/groups/rules/{groupRuleId}`. Only of a rule that does nothing at present, as at Okta.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(input): Body<RuleInput>,
) -> Result<Json<Value>, ApiError> {
    let new = input.checked()?;
    change
        .run(move |writing| {
            let rule = find_rule(writing.db, &id)?;
            if rule.is_active {
                return Err(ApiError::invalid("status", "Cannot update an active rule"));
            }
            check_groups(writing.db, &new.groups)?;
            if is_name_taken(writing.db, &new.name, &id)? {
                return Err(ApiError::duplicate("name"));
            }
            let rule = RuleRecord {
                name: new.name,
                expression: new.expression,
                groups: new.groups,
                excluded: new.excluded,
                updated_at: writing.now,
                ..rule
            };
            put_rule(writing.db, &rule)?;
            writing.log(Event::of(EventType::GroupRuleUpdate).to(target(&rule)))?;
            Ok(Json(view(&rule)))
        })
        .await
}
