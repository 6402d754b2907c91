use axum::Json;
use http::StatusCode;
use serde_json::Value;

use super::super::{Status, policy_of, server_of};
use super::body::PolicyBody;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::{PolicyRecord, list_policies, put_policy};
use crate::wire_id::wire_id;

/// More make every token slow.
const MOST: usize = 100;

/// `POST …/policies`. Without a priority it is asked last.
pub(super) async fn create(
    change: Change,
    Path(server): Path<String>,
    Body(body): Body<PolicyBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let checked = body.checked()?;
    change
        .run(move |writing| {
            let server = server_of(writing.db, &server)?;
            checked.check(writing.db, &server.id, None)?;
            if list_policies(writing.db, &server.id)?.len() >= MOST {
                return Err(ApiError::invalid("policies", "The server has 100 policies"));
            }
            let policy = PolicyRecord {
                id: wire_id("00p", writing.entropy),
                name: checked.name,
                description: checked.description,
                is_active: body.status == Status::Active,
                priority: body.priority.unwrap_or(u32::MAX),
                system: false,
                clients: checked.clients,
                created_at: writing.now,
                updated_at: writing.now,
            };
            put_policy(writing.db, &server.id, &policy)?;
            let policy = policy_of(writing.db, &server.id, &policy.id)?;
            writing.log(Event::of(EventType::PolicyCreate).to(target(&policy)))?;
            Ok((
                StatusCode::CREATED,
                Json(view(&server, &policy, writing.url)),
            ))
        })
        .await
}
