use axum::Json;
use model::ErrorCode;
use rusqlite::Connection;
use serde_json::Value;

use super::record::find_policy;
use super::sent;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Listing};
use crate::events::{Event, EventType};
use crate::policy::edit::{NewPolicy, PolicyText, create_policy, is_name_taken};
use crate::policy::{PolicyType, Status};

/// Okta's limit of policies that apps are assigned to.
const MOST: u32 = 5000;

/// `POST /api/v1/policies`. Without a priority it stands just above the default.
pub(super) async fn create(
    change: Change,
    listing: Listing,
    Body(body): Body<Value>,
) -> Result<Json<Value>, ApiError> {
    let text = sent::policy(sent::type_of(&body)?, body)?;
    let activates = listing.flag("activate")?.unwrap_or(true);
    change
        .run(move |writing| {
            check(writing.db, &text)?;
            let status = if activates {
                text.status.unwrap_or_default()
            } else {
                Status::Inactive
            };
            let new = NewPolicy {
                text: &text,
                status,
            };
            let id = create_policy(writing.db, &new, writing.entropy, writing.now)?;
            let policy = find_policy(writing.db, id.as_str())?;
            writing.log(Event::of(EventType::PolicyCreate).to(target(&policy)))?;
            Ok(Json(view(&policy, None, writing.url)))
        })
        .await
}

fn check(db: &Connection, text: &PolicyText) -> Result<(), ApiError> {
    if is_name_taken(db, text.policy_type, &text.name, None)? {
        return Err(ApiError::duplicate("name"));
    }
    check_count(db, text.policy_type)?;
    sent::check_required(db, text)?;
    sent::check_named(db, &text.named, "")
}

pub(super) fn check_count(db: &Connection, policy_type: PolicyType) -> Result<(), ApiError> {
    let count: u32 = db
        .prepare_cached("SELECT count(*) FROM policies WHERE type = ?1")?
        .query_row([policy_type.as_str()], |row| row.get(0))?;
    if count >= MOST {
        return Err(ApiError::new(ErrorCode::TooManyTargets));
    }
    Ok(())
}
