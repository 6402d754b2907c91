use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::view::view;
use super::{place_of, rule_of};
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET …/rules/{ruleId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((server, policy, id)): Path<(String, String, String)>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(place_of(db, &server, &policy).and_then(|(server, policy)| {
            let rule = rule_of(db, &policy.id, &id)?;
            Ok(Json(view(&server, &policy, &rule, org.url())))
        }))
    })?
}
