use http::StatusCode;

use super::super::{policy_of, server_of};
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::put_policy;

/// `POST …/policies/{policyId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(path): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    switch(change, path, true).await
}

/// `POST …/policies/{policyId}/lifecycle/deactivate`.
pub(super) async fn deactivate(
    change: Change,
    Path(path): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    switch(change, path, false).await
}

async fn switch(
    change: Change,
    (server, id): (String, String),
    is_active: bool,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let server = server_of(writing.db, &server)?;
            let mut policy = policy_of(writing.db, &server.id, &id)?;
            policy.is_active = is_active;
            policy.updated_at = writing.now;
            put_policy(writing.db, &server.id, &policy)?;
            let event = if is_active {
                EventType::PolicyActivate
            } else {
                EventType::PolicyDeactivate
            };
            writing.log(Event::of(event).to(target(&policy)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
