use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::Value;

use super::event;
use crate::Org;
use crate::api::v1::policies::record::{PolicyRecord, RuleRecord, find_policy, find_rule};
use crate::api::v1::policies::sent;
use crate::api::v1::policies::view::rule_view;
use crate::api::{ApiError, Body, Change, Path};
use crate::events::EventType;
use crate::policy::Status;
use crate::policy::edit::{RuleText, is_rule_name_taken, replace_rule};

/// `PUT /api/v1/policies/{policyId}/rules/{ruleId}`. Of a system rule the actions can be changed.
pub(super) async fn replace(
    State(org): State<Org>,
    change: Change,
    Path((policy_id, id)): Path<(String, String)>,
    Body(body): Body<Value>,
) -> Result<Json<Value>, ApiError> {
    let policy = org.store().read(|db| Ok(find_policy(db, &policy_id)))??;
    let denies = body.pointer("/actions/profileEnrollment/access") == Some(&"DENY".into());
    let text = sent::rule(policy.policy_type, body)?;
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &policy_id)?;
            let before = find_rule(writing.db, &policy.id, &id)?;
            let was_denied =
                before.actions.pointer("/profileEnrollment/access") == Some(&"DENY".into());
            if denies && !was_denied {
                let message = "DENY cannot be set after the policy was created";
                return Err(ApiError::invalid(
                    "actions.profileEnrollment.access",
                    message,
                ));
            }
            check(writing.db, &policy, &before, &text)?;
            let of = (policy.policy_type, &policy.id);
            let rule = (&text, before.is_system);
            replace_rule(writing.db, of, &before.id, rule, writing.now)?;
            let rule = find_rule(writing.db, &policy.id, &id)?;
            writing.log(event(EventType::PolicyRuleUpdate, &policy, &rule))?;
            Ok(Json(rule_view(&policy, &rule, writing.url)))
        })
        .await
}

fn check(
    db: &Connection,
    policy: &PolicyRecord,
    before: &RuleRecord,
    text: &RuleText,
) -> Result<(), ApiError> {
    if before.is_system {
        check_system(before, text)?;
    }
    if is_rule_name_taken(db, &policy.id, &text.name, Some(&before.id))? {
        return Err(ApiError::duplicate("name"));
    }
    let stood_there = format!("{}{}", before.conditions, before.actions);
    sent::check_named(db, &text.named, &stood_there)
}

/// A system rule is for everybody whom no other rule is for, always.
fn check_system(before: &RuleRecord, text: &RuleText) -> Result<(), ApiError> {
    if !text.name.eq_ignore_ascii_case(&before.name) {
        return Err(ApiError::invalid("name", "A system rule cannot be renamed"));
    }
    if text.restricts {
        return Err(ApiError::invalid(
            "conditions",
            "A system rule has no conditions",
        ));
    }
    if text.status == Some(Status::Inactive) {
        return Err(ApiError::invalid(
            "status",
            "A system rule cannot be deactivated",
        ));
    }
    Ok(())
}
