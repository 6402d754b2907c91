use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::Org;
use crate::api::v1::policies::record::{find_policy, find_rule};
use crate::api::v1::policies::view::rule_view;
use crate::api::{ApiError, Path};

/// `GET /api/v1/policies/{policyId}/rules/{ruleId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((policy, rule)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(find_policy(db, &policy).and_then(|policy| {
            let rule = find_rule(db, &policy.id, &rule)?;
            Ok(Json(rule_view(&policy, &rule, org.url())))
        }))
    })?
}
