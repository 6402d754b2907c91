use axum::Json;
use http::StatusCode;
use serde_json::Value;

use super::super::Status;
use super::body::RuleBody;
use super::view::{target, view};
use super::{place_of, rule_of};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::{RuleRecord, list_rules, put_rule};
use crate::wire_id::wire_id;

/// More make every token slow.
const MOST: usize = 100;

/// `POST …/rules`. Without a priority it is asked last.
pub(super) async fn create(
    change: Change,
    Path((server, policy)): Path<(String, String)>,
    Body(mut body): Body<RuleBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let checked = body.checked()?;
    change
        .run(move |writing| {
            let (server, policy) = place_of(writing.db, &server, &policy)?;
            checked.check(writing.db, (&server.id, &policy.id), None)?;
            if list_rules(writing.db, &policy.id)?.len() >= MOST {
                return Err(ApiError::invalid("rules", "The policy has 100 rules"));
            }
            let rule = RuleRecord {
                id: wire_id("0pr", writing.entropy),
                name: checked.name,
                is_active: body.status == Status::Active,
                priority: body.priority.unwrap_or(u32::MAX),
                system: false,
                conditions: checked.conditions,
                token: checked.token,
                created_at: writing.now,
                updated_at: writing.now,
            };
            put_rule(writing.db, &policy.id, &rule)?;
            let rule = rule_of(writing.db, &policy.id, &rule.id)?;
            writing.log(Event::of(EventType::PolicyRuleAdd).to(target(&rule)))?;
            let view = view(&server, &policy, &rule, writing.url);
            Ok((StatusCode::CREATED, Json(view)))
        })
        .await
}
