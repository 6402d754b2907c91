use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::super::{policy_of, server_of};
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Path};

/// `GET …/policies/{policyId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((server, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(server_of(db, &server).and_then(|server| {
            let policy = policy_of(db, &server.id, &id)?;
            Ok(Json(view(&server, &policy, org.url())))
        }))
    })?
}
