use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::record::find_policy;
use super::sent;
use super::view::{target, view};
use crate::Org;
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::policy::Status;
use crate::policy::edit::{is_name_taken, replace_policy};

/// `PUT /api/v1/policies/{policyId}`. What the body leaves out stays; a priority moves the policy.
pub(super) async fn replace(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<Value>,
) -> Result<Json<Value>, ApiError> {
    let before = org.store().read(|db| Ok(find_policy(db, &id)))??;
    let text = sent::policy(before.policy_type, body)?;
    change
        .run(move |writing| {
            let before = find_policy(writing.db, &id)?;
            if is_name_taken(writing.db, text.policy_type, &text.name, Some(&before.id))? {
                return Err(ApiError::duplicate("name"));
            }
            if before.is_system && text.status == Some(Status::Inactive) {
                return Err(ApiError::invalid(
                    "status",
                    "A system policy cannot be deactivated",
                ));
            }
            sent::check_required(writing.db, &text)?;
            sent::check_named(writing.db, &text.named, &before.conditions.to_string())?;
            replace_policy(writing.db, &before.id, &text, writing.now)?;
            let policy = find_policy(writing.db, &id)?;
            writing.log(Event::of(EventType::PolicyUpdate).to(target(&policy)))?;
            Ok(Json(view(&policy, None, writing.url)))
        })
        .await
}
