use axum::Json;
use serde_json::Value;

use super::super::Status;
use super::body::RuleBody;
use super::view::{target, view};
use super::{place_of, rule_of};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::{RuleRecord, put_rule};

/// `PUT …/rules/{ruleId}`.
pub(super) async fn replace(
    change: Change,
    Path((server, policy, id)): Path<(String, String, String)>,
    Body(mut body): Body<RuleBody>,
) -> Result<Json<Value>, ApiError> {
    let checked = body.checked()?;
    change
        .run(move |writing| {
            let (server, policy) = place_of(writing.db, &server, &policy)?;
            let before = rule_of(writing.db, &policy.id, &id)?;
            checked.check(writing.db, (&server.id, &policy.id), Some(&before.id))?;
            let rule = RuleRecord {
                name: checked.name,
                is_active: body.status == Status::Active,
                priority: body.priority.unwrap_or(before.priority),
                conditions: checked.conditions,
                token: checked.token,
                updated_at: writing.now,
                ..before
            };
            put_rule(writing.db, &policy.id, &rule)?;
            let rule = rule_of(writing.db, &policy.id, &rule.id)?;
            writing.log(Event::of(EventType::PolicyRuleUpdate).to(target(&rule)))?;
            Ok(Json(view(&server, &policy, &rule, writing.url)))
        })
        .await
}
