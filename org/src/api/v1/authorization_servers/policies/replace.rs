use axum::Json;
use serde_json::Value;

use super::super::{Status, policy_of, server_of};
use super::body::PolicyBody;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::{PolicyRecord, put_policy};

/// `PUT …/policies/{policyId}`.
pub(super) async fn replace(
    change: Change,
    Path((server, id)): Path<(String, String)>,
    Body(body): Body<PolicyBody>,
) -> Result<Json<Value>, ApiError> {
    let checked = body.checked()?;
    change
        .run(move |writing| {
            let server = server_of(writing.db, &server)?;
            let before = policy_of(writing.db, &server.id, &id)?;
            checked.check(writing.db, &server.id, Some(&before.id))?;
            let policy = PolicyRecord {
                name: checked.name,
                description: checked.description,
                is_active: body.status == Status::Active,
                priority: body.priority.unwrap_or(before.priority),
                clients: checked.clients,
                updated_at: writing.now,
                ..before
            };
            put_policy(writing.db, &server.id, &policy)?;
            let policy = policy_of(writing.db, &server.id, &policy.id)?;
            writing.log(Event::of(EventType::PolicyUpdate).to(target(&policy)))?;
            Ok(Json(view(&server, &policy, writing.url)))
        })
        .await
}
