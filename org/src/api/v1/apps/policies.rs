use http::StatusCode;
use model::AppId;
use rusqlite::{Connection, OptionalExtension as _};

use super::find_app;
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType, Target};
use crate::policy::{PolicyId, PolicyType, Status, assign_app_policy};
use crate::store::parsed;

/// A policy as far as the assignment of an app needs it.
struct Named {
    id: PolicyId,
    kind: PolicyType,
    status: Status,
    name: String,
}

/// `PUT /api/v1/apps/{appId}/policies/{policyId}`: instead of the policy of the same type that the app had.
pub(super) async fn assign(
    change: Change,
    Path((id, policy)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            let policy = find_policy(writing.db, &policy)?;
            if policy.status == Status::Inactive {
                return Err(ApiError::invalid("policyId", "The policy is not active"));
            }
            if !assign_app_policy(writing.db, &app.id, &policy.id)? {
                return Err(ApiError::invalid(
                    "policyId",
                    "Apps are assigned to policies of the types ACCESS_POLICY and PROFILE_ENROLLMENT",
                ));
            }
            let event = match policy.kind {
                PolicyType::AccessPolicy => EventType::AppPolicyUpdate,
                _ => EventType::AppUpdate,
            };
            let kind = policy.kind.as_str();
            let to = Target::new("PolicyEntity", policy.id.as_str(), kind, policy.name);
            writing.log(Event::of(event).to(target(&app)).to(to))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

fn find_policy(db: &Connection, id: &str) -> Result<Named, ApiError> {
    db.prepare_cached("SELECT id, type, status, name FROM policies WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Named {
                id: parsed(row, 0)?,
                kind: parsed(row, 1)?,
                status: parsed(row, 2)?,
                name: row.get(3)?,
            })
        })
        .optional()?
        .ok_or_else(|| ApiError::not_found("Policy", id))
}

/// A new app has the default policy of each type that apps have.
pub(super) fn assign_defaults(db: &Connection, app: &AppId) -> Result<(), ApiError> {
    let defaults: Vec<PolicyId> = db
        .prepare_cached(
            "SELECT id FROM policies WHERE system AND type IN ('ACCESS_POLICY', 'PROFILE_ENROLLMENT')",
        )?
        .query_map([], |row| parsed(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    for policy in &defaults {
        assign_app_policy(db, app, policy)?;
    }
    Ok(())
}
