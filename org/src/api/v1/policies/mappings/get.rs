use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::record::find;
use super::view;
use crate::Org;
use crate::api::v1::policies::record::find_policy;
use crate::api::{ApiError, Path};

/// `GET /api/v1/policies/{policyId}/mappings/{mappingId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((policy, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(find_policy(db, &policy).and_then(|policy| {
            let (app, _) = find(db, &policy, &id)?;
            Ok(Json(view(&policy, &app, org.url())))
        }))
    })?
}
