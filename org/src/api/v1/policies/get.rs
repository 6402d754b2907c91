use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::record::{find_policy, rules_of};
use super::{builtin, view::view};
use crate::Org;
use crate::api::{ApiError, Listing, Path};

/// `GET /api/v1/policies/{policyId}`, with its rules when `expand` asks for them.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    if let Some(policy) = builtin::find(&id, &org) {
        return Ok(Json(policy));
    }
    let expands = listing.parameter("expand") == Some("rules");
    let (policy, rules) = org.store().read(|db| {
        let policy = find_policy(db, &id);
        let rules = match (&policy, expands) {
            (Ok(policy), true) => Some(rules_of(db, &policy.id)?),
            _ => None,
        };
        Ok((policy, rules))
    })?;
    Ok(Json(view(&policy?, rules.as_deref(), org.url())))
}
