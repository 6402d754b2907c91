use axum::Json;
use rusqlite::Connection;
use serde_json::Value;

use super::create::check_count;
use super::record::{PolicyRecord, find_policy};
use super::view::{target, view};
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::policy::PolicyType;
use crate::policy::edit::{clone_policy, is_name_taken};

/// `POST /api/v1/policies/{policyId}/clone`: the same rules under another name, assigned to no app.
pub(super) async fn clone(change: Change, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &id)?;
            if policy.policy_type != PolicyType::AccessPolicy {
                return Err(ApiError::invalid(
                    "type",
                    "Only policies of type ACCESS_POLICY are cloned",
                ));
            }
            check_count(writing.db, policy.policy_type)?;
            let name = free_name(writing.db, &policy)?;
            let original = (policy.policy_type, &policy.id);
            let id = clone_policy(writing.db, original, &name, writing.entropy, writing.now)?;
            let copy = find_policy(writing.db, id.as_str())?;
            writing.log(Event::of(EventType::PolicyCreate).to(target(&copy)))?;
            Ok(Json(view(&copy, None, writing.url)))
        })
        .await
}

/// The most characters of a name.
const NAME: usize = 255;

fn free_name(db: &Connection, policy: &PolicyRecord) -> rusqlite::Result<String> {
    let mut number = 1_u32;
    loop {
        let mark = match number {
            1 => " (clone)".to_owned(),
            _ => format!(" (clone {number})"),
        };
        let kept = NAME - mark.len();
        let name: String = policy.name.chars().take(kept).chain(mark.chars()).collect();
        if !is_name_taken(db, policy.policy_type, &name, None)? {
            return Ok(name);
        }
        number += 1;
    }
}
