use http::StatusCode;

use super::super::{policy_of, server_of};
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::delete_policy;

/// `DELETE …/policies/{policyId}`, with its rules.
pub(super) async fn delete(
    change: Change,
    Path((server, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let server = server_of(writing.db, &server)?;
            let policy = policy_of(writing.db, &server.id, &id)?;
            if policy.system {
                return Err(ApiError::forbidden());
            }
            delete_policy(writing.db, &server.id, &policy.id)?;
            writing.log(Event::of(EventType::PolicyDelete).to(target(&policy)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
