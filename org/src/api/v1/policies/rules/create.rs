use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use rusqlite::Connection;
use serde_json::Value;

use super::event;
use crate::Org;
use crate::api::v1::policies::record::{PolicyRecord, find_policy, find_rule, rules_of};
use crate::api::v1::policies::sent;
use crate::api::v1::policies::view::rule_view;
use crate::api::{ApiError, Body, Change, Listing, Path};
use crate::events::EventType;
use crate::policy::edit::{RuleText, create_rule, is_rule_name_taken};
use crate::policy::{PolicyType, Status};

/// Okta's limit for one policy.
const MOST: usize = 100;

/// `POST /api/v1/policies/{policyId}/rules`. Without a priority it stands behind the others and before the system's.
pub(super) async fn create(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
    Body(body): Body<Value>,
) -> Result<Json<Value>, ApiError> {
    let policy = org.store().read(|db| Ok(find_policy(db, &id)))??;
    if policy.policy_type == PolicyType::ProfileEnrollment {
        return Err(ApiError::invalid(
            "policy",
            "Policies of this type have one rule, which can be changed",
        ));
    }
    let text = sent::rule(policy.policy_type, body)?;
    let activates = listing.flag("activate")?.unwrap_or(true);
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &id)?;
            check(writing.db, &policy, &text)?;
            let status = if activates {
                text.status.unwrap_or_default()
            } else {
                Status::Inactive
            };
            let of = (policy.policy_type, &policy.id);
            let id = create_rule(
                writing.db,
                of,
                (&text, status),
                writing.entropy,
                writing.now,
            )?;
            let rule = find_rule(writing.db, &policy.id, id.as_str())?;
            writing.log(event(EventType::PolicyRuleAdd, &policy, &rule))?;
            Ok(Json(rule_view(&policy, &rule, writing.url)))
        })
        .await
}

fn check(db: &Connection, policy: &PolicyRecord, text: &RuleText) -> Result<(), ApiError> {
    if is_rule_name_taken(db, &policy.id, &text.name, None)? {
        return Err(ApiError::duplicate("name"));
    }
    if rules_of(db, &policy.id)?.len() >= MOST {
        return Err(ApiError::new(ErrorCode::TooManyTargets));
    }
    sent::check_named(db, &text.named, "")
}
