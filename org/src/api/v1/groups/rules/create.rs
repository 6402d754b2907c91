use axum::Json;
use model::GroupId;
use serde_json::Value;

use super::input::{RuleInput, check_groups};
use super::record::{RuleRecord, is_name_taken, put_rule};
use super::view::{target, view};
use crate::api::{ApiError, Body, Change};
use crate::events::{Event, EventType};

/// `POST /api/v1/groups/rules`. A rule does nothing until it is activated.
pub(super) async fn create(
    change: Change,
    Body(input): Body<RuleInput>,
) -> Result<Json<Value>, ApiError> {
    let new = input.checked()?;
    change
        .run(move |writing| {
            check_groups(writing.db, &new.groups)?;
            if is_name_taken(writing.db, &new.name, "")? {
                return Err(ApiError::duplicate("name"));
            }
            let drawn = GroupId::generate(writing.entropy);
            let rule = RuleRecord {
                id: format!("0pr{}", drawn.as_str().get(3..).unwrap_or_default()),
                name: new.name,
                is_active: false,
                expression: new.expression,
                groups: new.groups,
                excluded: new.excluded,
                created_at: writing.now,
                updated_at: writing.now,
            };
            put_rule(writing.db, &rule)?;
            writing.log(Event::of(EventType::GroupRuleCreate).to(target(&rule)))?;
            Ok(Json(view(&rule)))
        })
        .await
}
