use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::record::find_factor;
use super::view::view;
use crate::Org;
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Caller, Path};

/// `GET /api/v1/users/{userId}/factors/{factorId}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path((user, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| {
        Ok(find_user(db, &caller, &user).and_then(|user| {
            let factor = find_factor(db, &user, &id)?;
            Ok(Json(view(&user, &factor, org.url())))
        }))
    })?
}
